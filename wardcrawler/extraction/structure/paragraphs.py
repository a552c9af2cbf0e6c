"""The paragraphs of a page: its lines with where they stand and how much of them is no link."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import BLOCKS, HEADINGS, Line, Slot, lines_of, text_of

_LONG = 80  # characters outside of links, of a paragraph that is one by its length alone
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
    """Return the lines of text in ``root``, in document order."""
    links: dict[HtmlElement, bool] = {}
    return [
        Paragraph(line.text, line.tag, place_of(line), _unlinked(line, links))
        for line in lines_of(root)
        if line.slots
    ]


def place_of(line: Line) -> HtmlElement:
    """Return the element that the first words of ``line`` stand in."""
    slot = next((slot for slot in line.slots if _piece(slot).strip()), line.slots[0])
    return _holder(slot)


def _piece(slot: Slot) -> str:
    return (slot.element.tail if slot.is_tail else slot.element.text) or ""


def _holder(slot: Slot) -> HtmlElement:
    parent = slot.element.getparent() if slot.is_tail else None
    return slot.element if parent is None else parent


def _unlinked(line: Line, links: dict[HtmlElement, bool]) -> int:
    length = 0
    for slot in line.slots:
        holder = _holder(slot)
        if holder not in links:
            links[holder] = holder.tag == "a" or next(holder.iterancestors("a"), None) is not None
        if not links[holder]:
            length += len(_piece(slot))
    return min(length, len(line.text))


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
    held = lengths(paragraph for paragraph in paragraphs if paragraph.length >= _LONG)
    enough = _MOST * max(held.values(), default=0)
    return {each for each, length in held.items() if length >= enough and each.tag not in ("body", "html")}


def unlinked_length(body: HtmlElement | None) -> int:
    """Count the characters of text in ``body`` outside of links; 0 for None."""
    if body is None:
        return 0
    return len(text_of(body)) - sum(len(text_of(link)) for link in body.iter("a"))
