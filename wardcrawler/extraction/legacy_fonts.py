"""Pages in fonts of before Unicode (.VnTime, VNI-Times): their texts put into Unicode, in the parsed page.

Such a page holds Latin letters that only its font draws as Vietnamese (``text.legacy``). Fonts are named by
``<font face>``, styles and the style sheets in the page; where sheets in files name them, the words decide.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml.html import HtmlElement

from wardcrawler.extraction.css_rules import declarations
from wardcrawler.extraction.style_sheets import StyleSheets
from wardcrawler.text.legacy.convert import convert, font_in_use, legacy_font, repair_each

# One pattern a beginning: alternatives of them take five times as long, and so does what looks behind before
# the first letter. "Vn" stands in the middle of data in base64 too.
_FONTS_NAMED = tuple(
    map(re.compile, (r"\.[Vv][Nn][A-Za-z]", "VNI[-_ ]", "vni[-_ ]", r"Vn(?<![A-Za-z0-9]Vn)[A-Z][a-z]"))
)
_RULE_NAMES_FONT = re.compile(r"\.vn[a-z]|\bvn[a-z]|\bvni[-_ ]", re.IGNORECASE)
_UNICODE = re.compile("[ĐđĂăĨĩŨũƠơƯư\u0300-\u0323\u1ea0-\u1ef9]")
_LATIN = re.compile("[\xa1-\xff]")  # what letters in such fonts look like
_ENTITIES = ("&shy;", "acute;", "grave;", "circ;", "uml;")
_HEAD = 5_000  # characters that are looked at first
_FEWEST_WORDS = 8  # that must speak for an encoding where no font does
_UNREAD = ("script", "style", "template")
_ATTRIBUTES = ("title", "alt", "content")
_FAMILY = re.compile(r"[\"']?\s*(\.?[\w-][\w \-]*)")


class _Piece(NamedTuple):
    """A text of the page: where it stands (``text``, ``tail`` or an attribute's name) and its font."""

    element: HtmlElement
    place: str
    text: str
    font: str | None


def convert_fonts(document: HtmlElement, markup: str) -> None:
    """Put the texts of ``document`` that are set in TCVN3 or VNI fonts into Unicode; ``markup`` is the page
    it was parsed from.

    A font decides for all that is set in it, unless that is Unicode already. Titles and other texts without a
    font follow where they gain by it. Without any font, at least eight words must tell. What is not certain
    stays to the letter.
    """
    if not (_names_font(markup) or _may_need_a_font(markup)):
        return
    pieces = list(_pieces(document, StyleSheets.of(document)))
    set_in: dict[str | None, list[str]] = {}
    for piece in pieces:
        set_in.setdefault(piece.font, []).append(piece.text)
    fonts = {name: font for name, texts in set_in.items() if (font := font_in_use(name, "\n".join(texts)))}
    fonts = {name: font for name, font in fonts.items() if _LATIN.search("".join(set_in[name]))}
    loose: list[_Piece] = []
    for piece in pieces:
        font = fonts.get(piece.font)
        if font is None:
            loose.append(piece)
        else:
            _put(piece, convert(piece.text, font))
    charsets = {font.charset for font in fonts.values()}
    known = charsets.pop() if len(charsets) == 1 else None
    texts, _ = repair_each([piece.text for piece in loose], known, _FEWEST_WORDS)
    for piece, text in zip(loose, texts, strict=True):
        if text != piece.text:
            _put(piece, text)


def _names_font(markup: str) -> bool:
    return any(font.search(markup) is not None for font in _FONTS_NAMED)


def _may_need_a_font(markup: str) -> bool:
    """Return whether ``markup`` has letters of Latin-1 beyond ASCII, and none that only Unicode has."""
    if _UNICODE.search(markup, 0, _HEAD) is not None:  # where nearly all pages tell
        return False
    beyond = len(markup.encode("latin-1", "ignore")) - len(markup.encode("ascii", "ignore"))
    beyond += sum(map(markup.count, _ENTITIES)) - markup.count("\xa0")
    return beyond >= _FEWEST_WORDS and _UNICODE.search(markup) is None


def _pieces(document: HtmlElement, sheets: StyleSheets) -> Iterator[_Piece]:
    has_rules = bool(sheets.naming(_RULE_NAMES_FONT).by_name)
    waiting: list[tuple[HtmlElement, str | None]] = [(document, None)]
    while waiting:
        element, font = waiting.pop()
        if not isinstance(element.tag, str):
            continue
        if element.tail and element.tail.strip():
            yield _Piece(element, "tail", element.tail, font)
        if element.tag in _UNREAD:
            continue
        own = _own_font(element, sheets if has_rules else None) or font
        if element.text and element.text.strip():
            yield _Piece(element, "text", element.text, own)
        for name in _ATTRIBUTES:
            value = element.get(name)
            if value and not value.isascii():
                yield _Piece(element, name, value, None)
        waiting.extend((child, own) for child in element)


def _own_font(element: HtmlElement, sheets: StyleSheets | None) -> str | None:
    families = [element.get("face") or ""]
    if sheets is not None:
        for _, declared in sheets.cascaded(element):
            families.append(declared.get("font-family") or _in_shorthand(declared.get("font", "")))
    elif style := element.get("style"):
        declared = declarations(style)
        families.append(declared.get("font-family") or _in_shorthand(declared.get("font", "")))
    family = next((each for each in reversed(families) if each), "")
    found = _FAMILY.match(family.strip())
    return found[1].strip() if found else None


def _in_shorthand(font: str) -> str:
    """Return the family of a ``font`` shorthand if it is one of before Unicode, else nothing."""
    for part in re.split("[\"',]", font):
        for name in (part.strip(), part.strip().rpartition(" ")[2]):
            if legacy_font(name) is not None:
                return name
    return ""


def _put(piece: _Piece, text: str) -> None:
    if piece.place == "text":
        piece.element.text = text
    elif piece.place == "tail":
        piece.element.tail = text
    else:
        piece.element.set(piece.place, text)
