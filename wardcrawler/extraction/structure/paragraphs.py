"""The paragraphs of a page: its lines with where they stand and how much of them is no link."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import BLOCKS, HEADINGS, Line, Slot, collapse, lines_of, text_of

LONG = 80
"""Characters outside of links, of a paragraph that is one by its length alone."""
_LAYOUT = 400  # characters of a row of a table that lays out a page
_MOST = 0.5  # of the page's long paragraphs


@dataclass(frozen=True, slots=True, eq=False)
class Paragraph:
    """A line of a page: its ``text``, the ``tag`` of its block, the element its first words stand in
    (``place``), and how many characters stand outside of links (``length``).
    """

    text: str
    tag: str
    place: HtmlElement
    length: int

    @property
    def is_heading(self) -> bool:
        """Whether it is an ``h1`` to ``h6``."""
        return self.tag in HEADINGS

    @property
    def block(self) -> HtmlElement:
        """The nearest block around it."""
        around = (self.place, *self.place.iterancestors())
        return next((element for element in around if element.tag in BLOCKS), self.place)


def paragraphs_of(root: HtmlElement) -> list[Paragraph]:
    """Return the lines of text in ``root``, in document order; of a long row of a table each cell by
    itself, for tables may lay out a page.
    """
    links: dict[HtmlElement, bool] = {}
    found: list[Paragraph] = []
    for line in lines_of(root):
        is_layout = line.tag == "tr" and len(line.text) >= _LAYOUT
        for tag, slots in _cells(line) if is_layout else [(line.tag, line.slots)]:
            text = line.text if slots is line.slots else collapse("".join(map(_piece, slots)))
            if slots and text:
                found.append(Paragraph(text, tag, place_of(slots), _unlinked(slots, links, len(text))))
    return found


def _cells(row: Line) -> list[tuple[str, list[Slot]]]:
    cells: dict[HtmlElement, list[Slot]] = {}
    for slot in row.slots:
        holder = _holder(slot)
        around = (each for each in (holder, *holder.iterancestors()) if each.tag in ("td", "th"))
        cells.setdefault(next(around, holder), []).append(slot)
    return [(str(cell.tag), slots) for cell, slots in cells.items()]


def place_of(slots: list[Slot]) -> HtmlElement:
    """Return the element that the first words of a line's ``slots`` stand in."""
    return _holder(next((slot for slot in slots if _piece(slot).strip()), slots[0]))


def _piece(slot: Slot) -> str:
    return (slot.element.tail if slot.is_tail else slot.element.text) or ""


def _holder(slot: Slot) -> HtmlElement:
    parent = slot.element.getparent() if slot.is_tail else None
    return slot.element if parent is None else parent


def _unlinked(slots: list[Slot], links: dict[HtmlElement, bool], most: int) -> int:
    length = 0
    for slot in slots:
        holder = _holder(slot)
        if holder not in links:
            links[holder] = holder.tag == "a" or next(holder.iterancestors("a"), None) is not None
        if not links[holder]:
            length += len(_piece(slot))
    return min(length, most)


def lengths(paragraphs: Iterable[Paragraph]) -> Counter[HtmlElement]:
    """Count the characters outside of links of ``paragraphs`` in each element around them."""
    held: Counter[HtmlElement] = Counter()
    for paragraph in paragraphs:
        if paragraph.length:
            for around in (paragraph.place, *paragraph.place.iterancestors()):
                held[around] += paragraph.length
    return held


def main_holders(paragraphs: Iterable[Paragraph]) -> set[HtmlElement]:
    """Return the elements that hold most of a page's long ``paragraphs``. None of them is furniture, whatever
    its name: newspapers' main columns are called ``sidebar-1``, texts stand in ``widget`` and ``header``.
    """
    held = lengths(paragraph for paragraph in paragraphs if paragraph.length >= LONG)
    enough = _MOST * max(held.values(), default=0)
    return {each for each, length in held.items() if length >= enough and each.tag not in ("body", "html")}


def unlinked_length(body: HtmlElement | None) -> int:
    """Count the characters of text in ``body`` outside of links; 0 for None."""
    if body is None:
        return 0
    return len(text_of(body)) - sum(len(text_of(link)) for link in body.iter("a"))
