"""Names of categories: what is printed around them, and what stands in their place and is none."""

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import collapse
from wardcrawler.extraction.boilerplate import comparable
from wardcrawler.extraction.selectors import select

HOMES = frozenset((
    "trang chủ", "trang nhất", "trang đầu", "home", "homepage", "home page", "trang chính", "đầu trang",
))  # fmt: skip
LISTS = frozenset(("tin tức",))
"""What is no title and may yet be a category."""
CATEGORY_LABEL = re.compile(
    r"(?:(?:chuyên mục|danh mục|thể loại|chủ đề|category|categories)\s*[:：]\s*"
    r"|(?:posted in|filed under)(?:\s*[:：]\s*|\s+|$))(?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)
_LABEL = re.compile(
    r"(?:chuyên mục|danh mục|thể loại|chủ đề|mục|trong|in)\s*[:：]\s*"
    r"|(?:category|categories|posted in|filed under)(?:\s*[:：]\s*|\s+)",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"(?:địa chỉ|trụ sở|điện thoại|hotline|e-?mail|fax|tags?|từ khóa|từ khoá|tác giả|lượt xem)\s*[:：].*"
    r"|(?:bạn đang (?:ở|xem)|you are here|bởi|by)\b.*"
    r"|(?:số|đường|phố)\s+\d.*|https?:.*|.*@.*|.*\d{1,2}[/-]\d{1,2}[/-]\d{4}.*|[\W\d_]*",
    re.IGNORECASE,
)
_LONGEST = 80
_EDGES = " /\\›»>|·•,;:–-"


def category_name(text: str) -> str | None:
    """Return the category that ``text`` prints, without its label ("Chuyên mục: Pháp luật" → "Pháp luật");
    None for the home page, an address, a date and longer texts.
    """
    name = collapse(text).lstrip(_EDGES)
    if (label := _LABEL.match(name)) is not None:
        name = name[label.end() :]
    name = name.strip(_EDGES)
    is_other = len(name) > _LONGEST or comparable(name) in HOMES or _NO_NAME.fullmatch(name)
    return None if is_other else name


def innermost(links: Sequence[tuple[str, str]]) -> str:
    """Return the name of the first of ``links`` (names and addresses of an article's categories), or of the
    one that stands furthest below it: ``/tin-tuc/giao-duc/`` rather than ``/tin-tuc/``.
    """
    name, address = links[0]
    for other, below in links[1:]:
        if address and below.startswith(address.rstrip("/") + "/"):
            name, address = other, below
    return name


def is_of_title(step: str, title: str) -> bool:
    """Return whether ``step`` of a breadcrumb is ``title``, whole or cut off; both as ``comparable`` has
    them.
    """
    start = step.rstrip(".… ")
    return step == title or (step != start and title.startswith(start))


def site_names(document: HtmlElement) -> set[str]:
    """Return what the page says the site is called, in the form of ``comparable``."""
    metas = select(document, ("meta[property='og:site_name']", "meta[name='application-name']"))
    return {comparable(meta.get("content") or "") for meta in metas} - {""}
