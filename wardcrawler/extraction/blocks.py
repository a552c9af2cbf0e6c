"""Visible text by blocks: the lines that a reader sees, one a block."""

import html
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml.html import HtmlElement

# Elements whose text a reader does not see, or sees elsewhere.
UNREAD = frozenset((
    "script", "style", "noscript", "template", "svg", "math", "canvas", "audio", "video", "iframe",
    "frame", "frameset", "noframes", "object", "embed", "applet", "select", "option", "textarea", "title",
    "head", "meta", "link",
    "xmp", "plaintext", "noembed",
))  # fmt: skip
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
BLOCKS = HEADINGS | frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr",
    "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_ESCAPED = re.compile(r"&#(?:x[0-9A-Fa-f]{1,6}|[0-9]{1,7});")
_CELLS = ("td", "th")


class Slot(NamedTuple):
    """The place of a piece of text: inside an element, before its first child, or behind it (``tail``)."""

    element: HtmlElement
    is_tail: bool


@dataclass(slots=True)
class Line:
    """The text of one block on one line, white space collapsed; ``tag`` is the block's element, ``slots`` are
    the places the text comes from.
    """

    text: str
    tag: str
    slots: list[Slot] = field(default_factory=list)


class _Collector:
    """Gathers pieces of text until a block ends."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.pieces: list[str] = []
        self.slots: list[Slot] = []
        self.blocks: list[str] = ["div"]

    def add(self, text: str | None, element: HtmlElement, *, is_tail: bool) -> None:
        if text:
            self.pieces.append(text)
            self.slots.append(Slot(element, is_tail))

    def end_line(self) -> None:
        if self.pieces:
            text = collapse("".join(self.pieces))
            if text:
                self.lines.append(Line(text, self.blocks[-1], self.slots))
            self.pieces, self.slots = [], []


def collapse(text: str) -> str:
    """Return ``text`` on one line: every run of white space is one space, and invisible characters
    (zero-width ones, soft hyphens) are stripped from both ends.
    """
    return " ".join(text.split()).strip("\u200b\u200c\u200d\u2060\ufeff\u00ad ")


def text_of(element: HtmlElement) -> str:
    """Return all visible text in ``element`` on one line, blocks separated by a space."""
    if not len(element):  # most links, spans and paragraphs
        return collapse(element.text or "") if element.tag not in UNREAD else ""
    return " ".join(line.text for line in lines_of(element))


def unescaped(title: str) -> str:
    """Return ``title`` with numeric references (``&#x1EE9;``) resolved: some portals escape titles twice."""
    return _ESCAPED.sub(lambda reference: html.unescape(reference[0]), title)


def text_lengths(root: HtmlElement) -> dict[HtmlElement, tuple[int, int]]:
    """Count the characters of text, without white space, that stand outside of links and in them: for
    ``root`` and every element in it, in one pass.
    """
    lengths: dict[HtmlElement, tuple[int, int]] = {}
    for element in reversed(list(root.iter())):
        plain, linked = lengths.get(element, (0, 0))
        if element.tag in UNREAD or not isinstance(element.tag, str):
            plain = linked = 0
        else:
            plain += _length(element.text)
        if element.tag == "a":
            plain, linked = 0, plain + linked
        lengths[element] = (plain, linked)
        parent = element.getparent()
        if parent is not None and element is not root:
            before = lengths.get(parent, (0, 0))
            lengths[parent] = (before[0] + plain + _length(element.tail), before[1] + linked)
    return lengths


def is_mostly_links(lengths: tuple[int, int]) -> bool:
    """Return whether more text stands in links than outside of them (see :func:`text_lengths`)."""
    return lengths[1] > lengths[0]


def _length(text: str | None) -> int:
    return sum(map(len, text.split())) if text else 0


def lines_of(root: HtmlElement) -> list[Line]:
    """Return the blocks in ``root`` that hold text, in document order.

    Inline elements do not break a word; ``<br>`` ends a line. A table row with text in several cells is one
    line, its cells in order joined by " | "; where only one cell has text (a layout table, a picture beside
    its story) or a cell holds another table, the blocks in it stay lines of their own. Works without
    recursion, however deep the tree is.
    """
    collector = _Collector()
    waiting: list[tuple[HtmlElement, bool]] = [(root, False)]
    while waiting:
        element, is_end = waiting.pop()
        tag = element.tag
        if not is_end and tag not in UNREAD and isinstance(tag, str):
            if tag == "br":
                collector.end_line()
            elif tag == "tr" and (row := _row(element)) is not None:
                collector.end_line()
                collector.lines.append(row)
            else:
                if tag in BLOCKS:
                    collector.end_line()
                    collector.blocks.append(tag)
                collector.add(element.text, element, is_tail=False)
                waiting.append((element, True))
                waiting.extend((child, False) for child in reversed(element))
                continue
        elif is_end and tag in BLOCKS:
            collector.end_line()
            collector.blocks.pop()
        if element is not root:
            collector.add(element.tail, element, is_tail=True)
    collector.end_line()
    return collector.lines


def _row(row: HtmlElement) -> Line | None:
    """Return a table row as one line, or None if it is to be read as blocks."""
    cells = [cell for cell in row if cell.tag in _CELLS]
    if len(cells) < 2 or row.find(".//tr") is not None:
        return None
    read = [lines_of(cell) for cell in cells]
    if sum(1 for lines in read if lines) < 2:
        return None
    text = " | ".join(" ".join(line.text for line in lines) for lines in read)
    return Line(collapse(text), "tr", [slot for lines in read for line in lines for slot in line.slots])
