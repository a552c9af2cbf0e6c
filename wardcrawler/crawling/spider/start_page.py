"""What a person gave as the address of a portal: its home page, one of its lists, an article."""

import re
from typing import Literal
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import text_of
from wardcrawler.extraction.selectors import select
from wardcrawler.extraction.urls import absolute, base_url
from wardcrawler.items import NotAnArticle
from wardcrawler.platforms.base import Platform
from wardcrawler.text.dates import says_other
from wardcrawler.text.normalise import fold

StartPage = Literal["home", "list", "article"]

_HOME = re.compile(r"(?:ve )?trang (?:chu|nhat|chinh)|home ?(?:page)?|cong thong tin dien tu")
_SAYS_LITTLE = re.compile(r"index\.(?:php|html?|aspx)|default\.aspx|[a-z]{2}|home|trang-chu|web|portal", re.I)


def start_page(document: HtmlElement, url: str, platform: type[Platform]) -> StartPage:
    """Tell what the page at ``url`` is. A home page may stand under a path (``/vi/``, ``/cong``,
    ``/index.php``): a list is one only where the way to its home page ("Trang chủ") leads further up.
    """
    steps = _steps(url)
    if not steps:
        return "home"
    if _is_article(document, url, platform):
        return "article"
    base, own_host = base_url(document, url), urlsplit(url).hostname
    for link in select(document, ("a[href]",)):
        if not (_HOME.fullmatch(fold(text_of(link))) or _HOME.fullmatch(fold(link.get("title") or ""))):
            continue
        address = absolute(link.get("href"), base)
        if address is None or urlsplit(address).hostname != own_host:
            continue
        home = _steps(address)
        if len(home) < len(steps) and steps[: len(home)] == home:
            return "list" if platform.article_links(document, url) else "home"
    return "home"


def _steps(url: str) -> list[str]:
    """Return the steps of an address that say something, its query the last one."""
    parts = urlsplit(url)
    steps = [step for step in parts.path.split("/") if step and not _SAYS_LITTLE.fullmatch(step)]
    query = [pair for pair in parts.query.split("&") if pair and not pair.startswith(("language=", "lang="))]
    return [*steps, *query]


def _is_article(document: HtmlElement, url: str, platform: type[Platform]) -> bool:
    if platform.article_key(platform.canonical(url)) is None or platform.is_listing(document, url):
        return False
    try:
        article = platform.parse_article(document, url)
    except NotAnArticle:
        return False
    return not all(says_other(date.text) for date in article.dates)
