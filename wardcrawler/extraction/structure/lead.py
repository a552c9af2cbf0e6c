"""The lead of an article of unknown make: what stands between its title and its text."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import BLOCKS, text_of
from wardcrawler.extraction.structure.paragraphs import unlinked_length

_FEWEST_WORDS = 6  # of a sentence; ways, tools and names of authors are shorter
_LINKED = 0.5
_SHORT = 160  # characters of a line that may be one of an author and a date
_AROUND = 2  # elements that may say what a block is
_OTHERS = ("figure", "figcaption", "li", "td", "form", "nav", "dd", "dt", "label", "button")
_LONGEST = 1500  # characters
_BYLINE = re.compile(  # a date or the time of day, an author
    r"(?<!\d)\d{1,2}\s?[:h]\s?\d{2}(?!\d)|(?<!\d)(?:\d{1,2}[./-]){2}\d{2,4}(?!\d)"
    r"|\d\s+(?:phút|giờ|ngày|tuần|tháng|năm) trước|\d\s+(?:lượt|views?)\b"
    r"|^(?:posted |written |đăng )?(?:by|bởi)\b"
    r"|^(?:updated|published|posted|cập nhật|ngày đăng|tác giả|nguồn)\b",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"caption|credit|byline|author|meta|chu-?thich|tac-?gia", re.IGNORECASE)


def lead_element(title: HtmlElement, body: HtmlElement, boilerplate: set[HtmlElement]) -> HtmlElement | None:
    """Return the block between ``title`` and ``body`` that is a sentence and neither a date line nor links,
    whatever its class; None without one.
    """
    for block in _between(title, body):
        words = text_of(block)
        if block not in boilerplate and len(words) <= _LONGEST and _is_sentence(block, words):
            return block
    return None


def _is_sentence(block: HtmlElement, words: str) -> bool:
    if len(words.split()) < _FEWEST_WORDS or unlinked_length(block) < (1 - _LINKED) * len(words):
        return False
    if _BYLINE.search(words) and len(words) < _SHORT:
        return False
    around = (block, *islice(block.iterancestors(), _AROUND))
    return not any(each.tag in _OTHERS or _CAPTION.search(each.get("class") or "") for each in around)


def _between(title: HtmlElement, body: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the blocks without another block in them that begin after ``title`` and end before ``body``."""
    holding = {body, *body.iterancestors()}
    in_title = {title, *title.iterdescendants()}
    passed = False
    for element in title.getroottree().iter():
        if element is title:
            passed = True
        elif element is body:
            return
        elif not passed or element in holding or element in in_title or element.tag not in BLOCKS:
            continue
        elif not any(child.tag in BLOCKS for child in element.iterdescendants()):
            yield element
