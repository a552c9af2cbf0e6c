"""The lines that are printed between an article's title and its text."""

import re
from typing import NamedTuple

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import BLOCKS, collapse

_CAPTION = re.compile(r"caption|chu-?thich|image-?desc", re.IGNORECASE)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_UNSEEN_CLASSES = frozenset((  # Bootstrap, WordPress, Drupal
    "hidden", "hide", "d-none", "invisible", "sr-only", "visually-hidden", "screen-reader-text",
    "element-hidden", "element-invisible", "rdf-meta",
))  # fmt: skip


class _Place(NamedTuple):
    """Where a text stands: in which block, in a link or not, in a caption or what is hidden or not."""

    block: HtmlElement | None = None
    is_link: bool = False
    is_unread: bool = False


class Between:
    """Texts, added in document order, and the lines that they make."""

    def __init__(self) -> None:
        self._places: dict[HtmlElement, _Place] = {}
        self._lines: list[list[tuple[str, _Place]]] = []

    def add(self, element: HtmlElement, text: str, *, is_tail: bool) -> None:
        """Add the text in ``element``, or right behind it, to the line of its block."""
        place = self._place(element.getparent() if is_tail else element)
        begins = is_tail and element.tag == "br"
        if begins or not self._lines or self._lines[-1][-1][1].block is not place.block:
            self._lines.append([])
        self._lines[-1].append((text, place))

    def lines(self) -> list[str]:
        """Return the lines that are less than half links, without captions and what is hidden."""
        found = []
        for line in self._lines:
            read = [(text, place.is_link) for text, place in line if not place.is_unread]
            whole = collapse("".join(text for text, _ in read))
            linked = sum(len(text) for text, is_link in read if is_link)
            if whole and linked * 2 < len(whole):
                found.append(whole)
        return found

    def _place(self, holder: HtmlElement | None) -> _Place:
        waiting: list[HtmlElement] = []
        while holder is not None and holder not in self._places:
            waiting.append(holder)
            holder = holder.getparent()
        place = _Place() if holder is None else self._places[holder]
        for element in reversed(waiting):
            place = _Place(
                element if element.tag in BLOCKS else place.block,
                place.is_link or element.tag == "a",
                place.is_unread or _is_unread(element),
            )
            self._places[element] = place
        return place


def _is_unread(element: HtmlElement) -> bool:
    """Return whether ``element`` is a caption or hidden; the page as a whole is seen in the end."""
    if element.tag in ("html", "body"):
        return False
    names = element.get("class") or ""
    return (
        element.tag in ("figure", "figcaption")
        or element.get("hidden") is not None
        or not _UNSEEN_CLASSES.isdisjoint(names.split())
        or _CAPTION.search(names) is not None
        or _UNSEEN.search(element.get("style") or "") is not None
    )
