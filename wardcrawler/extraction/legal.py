"""Pages of one legal document: a table of its number, date and signer, and the file; not an article."""

import re

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import Line, lines_of
from wardcrawler.extraction.boilerplate import comparable

# Each begins a line of its own, as the label of a row does; a list of documents has both in one.
_LABELS = (
    re.compile(r"(?:số(?:\s*/\s*|\s+)ký hiệu|số hiệu)(?: văn bản)?\s*(?:[:|].*)?"),
    re.compile(r"(?:ngày ban hành|ngày ký)\s*(?:[:|].*)?"),
)


def is_legal_document(scope: HtmlElement) -> bool:
    """Whether ``scope`` describes one document: a row for its number ("Số ký hiệu") and one for its date
    ("Ngày ban hành"). A list of documents inside an article, with both at the head of a table, does not.
    """
    return is_legal_text(lines_of(scope))


def is_legal_text(lines: list[Line]) -> bool:
    """:func:`is_legal_document` of lines that are read already."""
    names = [comparable(line.text) for line in lines]
    return all(any(label.fullmatch(name) for name in names) for label in _LABELS)
