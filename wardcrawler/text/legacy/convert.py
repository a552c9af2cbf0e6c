"""Conversion of texts in the encodings of before Unicode: known by their font or by what they look like.

A file in such an encoding says nothing of it: its bytes are Windows-1252 letters, and only the font draws
Vietnamese. Read without the font, "Cộng hòa" is "Céng hßa" (TCVN3) or "Coäng hoøa" (VNI).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from wardcrawler.text.legacy.charsets import from_tcvn3, from_vni
from wardcrawler.text.legacy.syllables import is_syllable

Charset = Literal["tcvn3", "vni"]

_CONVERTERS: dict[Charset, Callable[[str], str]] = {"tcvn3": from_tcvn3, "vni": from_vni}

_SUBSET_TAG = re.compile(r"^[A-Z]{6}\+")  # PDF (ISO 32000-1, 9.6.4)
_TCVN3_FONT = re.compile(r"Vn[A-Z][A-Za-z ]*|\.[Vv][Nn][A-Za-z][A-Za-z ]*")
_VNI_FONT = re.compile(r"VNI[-_ ]?[A-Z]|[Vv][Nn][Ii][-_ ][A-Za-z]")

# Letters that no text in Windows-1252 can hold: the horns, the breve, đ, ĩ, ũ, and all of U+1EA0 to U+1EF9.
_UNICODE_ONLY = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")
_BEYOND_ASCII = re.compile("[\xa1-\xff\u02d7\u03bc\u2010\u2011\u2219\u22c5]")
_SOFT_HYPHENED = re.compile(r"[^\s.,;:!?()\"/-]*\u00ad[^\s.,;:!?()\"/-]*")
_LONGEST = 12  # letters of a word, its soft hyphens among them
_OUTER = " \t.,;:!?()[]{}\"'“”‘’/\\-–…«»•"

FEWEST_WORDS = 3
"""Words beyond ASCII that must speak for an encoding before a text without a font name is converted."""

_SURE, _HOPELESS = 0.75, 0.4
"""The share of words that must be Vietnamese after converting, and may at most be so before."""


class Run(NamedTuple):
    """A piece of text and the name of the font it is set in, None where that is not known."""

    text: str
    font: str | None = None


class Font(NamedTuple):
    """A font of before Unicode: the encoding of its texts, and whether it shows capitals only."""

    charset: Charset
    capitals: bool


def legacy_font(name: str | None) -> Font | None:
    """Return what the font ``name`` says of the text in it; None for any that is not of before Unicode.

    ``.VnTime`` and its sisters are TCVN3 (``.VnTimeH``: capitals), ``VNI-Times`` and its sisters are VNI.
    The tag of a subset in a PDF ("ABCDEF+") and a style ("-Bold") may be there.
    """
    family = re.split(r"[,\-]", _SUBSET_TAG.sub("", name or ""), maxsplit=1)[0].strip()
    if _TCVN3_FONT.fullmatch(family):
        return Font("tcvn3", family.endswith("H") or (family.islower() and family.endswith("h")))
    if _VNI_FONT.match(_SUBSET_TAG.sub("", name or "")):
        return Font("vni", capitals=False)
    return None


def to_unicode(runs: Iterable[Run]) -> tuple[str, set[Charset]]:
    """Return the text of ``runs`` in Unicode, and the encodings that were converted from.

    The font decides, unless what is set in it is Unicode already: many documents kept the old font's name
    after they were converted. What stands in other fonts, or in unknown ones, goes through :func:`repair`.
    """
    runs = [Run(_without_symbols(run.text), run.font) for run in runs]
    found: set[Charset] = set()
    fonts: dict[str | None, Font] = {}
    for name in {run.font for run in runs}:
        font = font_in_use(name, "".join(run.text for run in runs if run.font == name))
        if font is not None:
            fonts[name] = font
    pieces = []
    for font, group in groupby(runs, key=lambda run: fonts.get(run.font)):
        text = "".join(run.text for run in group)
        if font is None:
            pieces.append(text)
        else:
            pieces.append(convert(text, font))
            found.add(font.charset)
    text, repaired = repair("".join(pieces))
    return text, found | ({repaired} if repaired else set())


def repair(text: str) -> tuple[str, Charset | None]:
    """Return ``text`` in Unicode, and the encoding it was in; ``text`` itself and None where it is in none.

    Told by its words: most of those beyond ASCII are no Vietnamese syllables as they stand, and are once
    converted. Lines with letters that only Unicode has are left alone, and do not count.
    """
    lines, charset = repair_each(text.split("\n"))
    return ("\n".join(lines) if charset else text), charset


def repair_each(
    pieces: Sequence[str], charset: Charset | None = None, fewest: int = FEWEST_WORDS
) -> tuple[list[str], Charset | None]:
    """Return the ``pieces`` of a text, each converted or as it was, and the encoding as :func:`repair` does.

    ``charset`` is the encoding where it is known already: then a piece is converted if its own words gain.
    Else at least ``fewest`` words must speak for one.
    """
    doubtful = [piece for piece in pieces if not is_unicode_vietnamese(piece)]
    is_known = charset is not None
    if charset is None:
        charset = _charset_of(_words("\n".join(doubtful)), fewest)
    if charset is None:
        return list(pieces), None
    convert = _CONVERTERS[charset]
    return [
        convert(piece)
        if not is_unicode_vietnamese(piece) and _gains(piece, convert, is_enough=not is_known)
        else piece
        for piece in pieces
    ], charset


def is_unicode_vietnamese(text: str) -> bool:
    """Return whether ``text`` holds a letter, composed or not, that neither TCVN3 nor VNI can look like."""
    return _UNICODE_ONLY.search(unicodedata.normalize("NFC", text)) is not None


def font_in_use(name: str | None, text: str) -> Font | None:
    """Return what the font ``name`` says of ``text``, all that is set in it; None where that is in Unicode,
    as in documents that were converted and kept the font's name, or in another language.
    """
    font = legacy_font(name)
    if font is None or is_unicode_vietnamese(text):
        return None
    words = _words(text)
    converted = _share(words, _CONVERTERS[font.charset])
    is_vietnamese = not words or converted >= max(_share(words), _HOPELESS)
    return font if is_vietnamese else None


def convert(text: str, font: Font) -> str:
    """Return ``text``, which is set in ``font``, in Unicode."""
    return from_tcvn3(text, capitals=font.capitals) if font.charset == "tcvn3" else from_vni(text)


def without_soft_hyphens(text: str) -> str:
    """Return ``text`` without soft hyphens but for those that are the ư of TCVN3: in words that are
    Vietnamese syllables with it, and none without.
    """
    if "\u00ad" not in text:
        return text
    return _SOFT_HYPHENED.sub(_with_letters_kept, text)


def _with_letters_kept(match: re.Match[str]) -> str:
    word = match[0]
    plain = word.replace("\u00ad", "")
    is_inside = word.strip("\u00ad") == word
    if len(word) > _LONGEST or is_unicode_vietnamese(word) or (is_syllable(plain) and not is_inside):
        return plain
    return word if plain and is_syllable(from_tcvn3(word)) else plain


def _without_symbols(text: str) -> str:
    """Return ``text`` with the letters of symbol fonts at their own place.

    Word stores them at U+F000 and up (ECMA-376-1, 17.3.3.30).
    """
    if not any("\uf020" <= letter <= "\uf0ff" for letter in text):
        return text
    return "".join(chr(ord(letter) - 0xF000) if "\uf020" <= letter <= "\uf0ff" else letter for letter in text)


def _words(text: str) -> list[str]:
    """Return the words of ``text`` with a letter beyond ASCII, without the punctuation around them."""
    return [word for piece in text.split() if _BEYOND_ASCII.search(word := piece.strip(_OUTER))]


def _charset_of(words: Sequence[str], fewest: int) -> Charset | None:
    if len(words) < fewest or _share(words) > _HOPELESS:
        return None
    best = max(_CONVERTERS, key=lambda charset: _share(words, _CONVERTERS[charset]))
    return best if _share(words, _CONVERTERS[best]) >= _SURE else None


def _gains(line: str, convert: Callable[[str], str], *, is_enough: bool) -> bool:
    """Return whether more words of ``line`` are Vietnamese once converted; ``is_enough`` if there is none
    that could tell.
    """
    words = _words(line)
    return _share(words, convert) > _share(words) if words else is_enough


def _share(words: Sequence[str], convert: Callable[[str], str] = str) -> float:
    """Return the share of ``words`` that are Vietnamese syllables after ``convert``, between 0 and 1."""
    if not words:
        return 0.0
    return sum(is_syllable(convert(word)) for word in words) / len(words)
