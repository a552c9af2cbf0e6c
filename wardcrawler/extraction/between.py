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


class Piece(NamedTuple):
    """A text as it is, the block it stands in, whether it is a link's, and whether a line begins with it."""

    block: HtmlElement | None
    text: str
    is_link: bool
    begins: bool


def piece(element: HtmlElement, text: str, *, is_tail: bool) -> Piece:
    """Return the text in ``element``, or right behind it, as a piece of a line; an empty one for a caption
    and for what is hidden.
    """
    holder = element.getparent() if is_tail else element
    around = [] if holder is None else [holder, *holder.iterancestors()]
    block = next((each for each in around if each.tag in BLOCKS), None)
    inline = around[: around.index(block)] if block is not None else around
    is_unread = any(map(_is_unread, around))
    return Piece(
        block,
        "" if is_unread else text,
        any(each.tag == "a" for each in inline),
        is_tail and element.tag == "br",
    )


def lines_of(pieces: list[Piece]) -> list[str]:
    """Return the lines of ``pieces``, in order, that are less than half links."""
    lines: list[list[Piece]] = []
    for each in pieces:
        if not lines or each.begins or lines[-1][-1].block is not each.block:
            lines.append([])
        lines[-1].append(each)
    found = []
    for line in lines:
        text = collapse("".join(each.text for each in line))
        linked = sum(len(each.text) for each in line if each.is_link)
        if text and linked * 2 < len(text):
            found.append(text)
    return found


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
