"""Whether what a platform's selectors found is the whole text, or the first of several blocks of it."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import HEADINGS, collapse
from wardcrawler.extraction.boxes import has_box_name
from wardcrawler.extraction.structure.listings import is_boilerplate
from wardcrawler.extraction.structure.main_text import has_library
from wardcrawler.extraction.structure.paragraphs import LONG

_ENOUGH = 0.6  # of the text, in the block that the selectors find
_OF_READERS = re.compile(r"comment|repl(?:y|ies)|binh-?luan|y-?kien|author|excerpt|teaser", re.IGNORECASE)


def further_paragraphs(document: HtmlElement, text: str) -> set[str]:
    """Return the paragraphs in the blocks behind that of ``text``, lead and body with a paragraph a line, if
    that holds less than six tenths of them all; else none, nor without the library that could read them all.

    A block of the same text is a sibling of the first. It bears no name of a box, of comments or of teasers,
    and no heading stands in it or before it.
    """
    lines = set(text.split("\n"))
    own = sum(len(line) for line in lines if len(line) >= LONG)
    if not own or not has_library():
        return set()
    last = None
    for paragraph in document.iter("p"):
        if collapse(paragraph.text_content()) in lines:
            last = paragraph
    block = None if last is None else last.getparent()
    if block is None:
        return set()
    found = {words for sibling in _blocks_behind(block) for words in _long_paragraphs(sibling)} - lines
    return found if own < _ENOUGH * (own + sum(map(len, found))) else set()


def _blocks_behind(block: HtmlElement) -> Iterator[HtmlElement]:
    for sibling in block.itersiblings():
        if not isinstance(sibling.tag, str):
            continue
        if sibling.tag in HEADINGS or next(sibling.iter(*HEADINGS), None) is not None:
            return
        names = f"{sibling.get('class')} {sibling.get('id')}"
        if is_boilerplate(sibling) or has_box_name(sibling) or _OF_READERS.search(names):
            return
        yield sibling


def _long_paragraphs(block: HtmlElement) -> Iterator[str]:
    for paragraph in block.iter("p"):
        words = collapse(paragraph.text_content())
        linked = sum(len(link.text_content()) for link in paragraph.iter("a"))
        if len(words) >= LONG and 2 * linked < len(words):
            yield words


def is_whole(whole: str, part: str, further: set[str]) -> bool:
    """Return whether ``whole`` is ``part`` and the ``further`` paragraphs, line by line, and nothing else
    that is long.
    """
    lines = set(whole.split("\n"))
    own = set(part.split("\n"))
    others = {line for line in lines - own - further if len(line) >= LONG}
    return further <= lines and own <= lines and not others
