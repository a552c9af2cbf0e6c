"""The lines that are printed between an article's title and its text."""

import re
from itertools import groupby
from operator import itemgetter

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import BLOCKS, collapse

_CAPTION = re.compile(r"caption|chu-?thich|image-?desc", re.IGNORECASE)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def in_block(element: HtmlElement, raw: str, *, is_end: bool) -> tuple[HtmlElement | None, str, bool]:
    """Return the block that a text stands in, the text as it is, and whether it is a link's."""
    is_link = False
    holder = element.getparent() if is_end else element
    while holder is not None and holder.tag not in BLOCKS:
        is_link = is_link or holder.tag == "a"
        holder = holder.getparent()
    return holder, f" {raw}" if is_end and element.tag == "br" else raw, is_link


def lines_of_texts(texts: list[tuple[HtmlElement | None, str, bool]]) -> list[str]:
    """Return the lines of ``texts`` that are less than half links: those in one block are a line. Captions and hidden blocks
    are none.
    """
    found = []
    for block, group in groupby(texts, key=itemgetter(0)):
        parts = list(group)
        line = collapse("".join(text for _, text, _ in parts))
        linked = sum(len(text) for _, text, is_link in parts if is_link)
        if line and linked * 2 < len(line) and not _is_unread(block):
            found.append(line)
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
