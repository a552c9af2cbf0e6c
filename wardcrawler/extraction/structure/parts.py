"""Whether what a platform's selectors found is the whole text, or a part of it."""

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import collapse
from wardcrawler.extraction.structure.listings import boilerplate_of
from wardcrawler.extraction.structure.main_text import has_library

_ENOUGH = 0.6  # of a page's long paragraphs
_LONG = 80  # characters of a paragraph that is one by its length


def is_part(document: HtmlElement, text: str) -> bool:
    """Return whether ``text``, lead and body with a paragraph a line, holds less than six tenths of the
    page's long paragraphs, those of menus, sidebars and footers aside: there may be more of it. False without
    the library that could tell, and without a text.
    """
    lines = set(text.split("\n"))
    own = sum(len(line) for line in lines if len(line) >= _LONG)
    if not own or not has_library():
        return False
    others = 0
    furniture = boilerplate_of(document, set())
    for paragraph in document.iter("p"):
        if paragraph in furniture:
            continue
        words = collapse(paragraph.text_content())
        linked = sum(len(link.text_content()) for link in paragraph.iter("a"))
        if len(words) >= _LONG and words not in lines and 2 * linked < len(words):
            others += len(words)
    return own < _ENOUGH * (own + others)


def holds(whole: str, part: str) -> bool:
    """Return whether ``whole`` is the longer text of which ``part`` is one, line by line."""
    lines = set(whole.split("\n"))
    held = sum(len(line) for line in part.split("\n") if line in lines)
    return held >= _ENOUGH * len(part) and len(part) < _ENOUGH * len(whole)
