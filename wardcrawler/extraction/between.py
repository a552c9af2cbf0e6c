"""The lines that are printed between an article's title and its text."""

import re
from typing import NamedTuple

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import BLOCKS, collapse

_CAPTION = re.compile(r"caption|chu-?thich|image-?desc", re.IGNORECASE)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class Piece(NamedTuple):
    """A text as it is, the block it stands in, whether it is a link's, and whether a line begins with it."""

    block: HtmlElement | None
    text: str
    is_link: bool
    begins: bool


def piece(element: HtmlElement, text: str, *, is_tail: bool) -> Piece:
    """Return the text in ``element``, or right behind it, as a piece of a line."""
    is_link = False
    block = element.getparent() if is_tail else element
    while block is not None and block.tag not in BLOCKS:
        is_link = is_link or block.tag == "a"
        block = block.getparent()
    return Piece(block, text, is_link, is_tail and element.tag == "br")


def lines_of(pieces: list[Piece]) -> list[str]:
    """Return the lines of ``pieces``, in order, that are less than half links.

    Captions and hidden blocks are none.
    """
    lines: list[list[Piece]] = []
    for each in pieces:
        if not lines or each.begins or lines[-1][-1].block is not each.block:
            lines.append([])
        lines[-1].append(each)
    found = []
    for line in lines:
        text = collapse("".join(each.text for each in line))
        linked = sum(len(each.text) for each in line if each.is_link)
        if text and linked * 2 < len(text) and not _is_unread(line[0].block):
            found.append(text)
    return found


def _is_unread(block: HtmlElement | None) -> bool:
    """Return whether ``block`` is a caption or hidden, or in what is."""
    return block is not None and any(
        around.tag in ("figure", "figcaption")
        or around.get("hidden") is not None
        or _CAPTION.search(around.get("class") or "")
        or _UNSEEN.search(around.get("style") or "")
        for around in (block, *block.iterancestors())
    )
