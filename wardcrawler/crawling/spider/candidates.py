"""Links of a home page that may lead to listings."""

import re
from collections.abc import Container
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import collapse, text_of
from wardcrawler.extraction.files import is_file
from wardcrawler.extraction.listings import ArticleLink
from wardcrawler.extraction.selectors import select
from wardcrawler.extraction.structure.listings import boilerplate_of, is_headline
from wardcrawler.extraction.structure.urls import split_page_number
from wardcrawler.extraction.urls import absolute, base_url
from wardcrawler.platforms.base import Platform
from wardcrawler.text.normalise import fold

Kind = Literal["section", "home", "feed", "sitemap"]
"""What a listing is: a page of a menu, the home page, a feed or REST list (both name the newest articles
first), a sitemap.
"""

# Which are asked for first, where a home page has more links than may be: words decide nothing else.
_NEWS = re.compile(
    r"\b(?:tin tuc|su kien|ban tin|diem tin|thoi su|thong bao|hoat dong|cai cach hanh chinh|chi dao dieu hanh"
    r"|chuyen doi so|tuyen truyen|tin (?!anh|hoc|nhan)\w+)\b"
)
_OTHER = re.compile(
    r"\b(?:van ban|thu tuc|dich vu|gioi thieu|lien he|dang nhap|dang ky|video|album|hinh anh|thu vien|so do"
    r"|ban do|hoi dap|tra cuu|co cau|phan anh|gop y|rss|trang chu|home)\b"
)

_PAGER = re.compile(
    r"[\W\d]*(?:(?:trang )?(?:tiep(?: theo)?|sau|truoc|dau|cuoi)|next|last|first|prev(?:ious)?)?[\W\d]*"
)
_OF_ANY_SECTION = re.compile(r"/(?:author|tac-gia|tag|tags)/[^/]+/?$|[?&](?:author|tag)=")
_FEED = re.compile(r"\.(?:xml|rss|atom)$")


class Candidate(NamedTuple):
    """A link that may lead to a listing: its words as printed, its address, what it would be."""

    title: str
    url: str
    kind: Kind = "section"


class HomeLinks(NamedTuple):
    """The links of a home page: those that may lead to listings, and those whose address is an article's."""

    candidates: list[Candidate]
    articles: list[ArticleLink]


def home_links(document: HtmlElement, url: str, platform: type[Platform], hosts: Container[str]) -> HomeLinks:
    """Sort the links of the page at ``url``: each address once, none that is a trap, a file, the page itself
    or a later page of a list, a feed, or that leaves ``hosts``.

    Where the platform cannot tell articles by their addresses, a headline outside of menus, sidebars and
    footers is neither: it is an entry of a list. Candidates whose words promise news come first, those that
    promise something else last, each in document order.
    """
    base, own = base_url(document, url), platform.canonical(url)
    series = split_page_number(own)[0]
    boilerplate = boilerplate_of(document)
    articles: dict[str, ArticleLink] = {}
    found: dict[str, tuple[int, Candidate]] = {}
    headlines: set[str] = set()
    for link in select(document, ("a[href]",)):
        title = _words(link)
        address = absolute(link.get("href"), base)
        if not title or address is None or (urlsplit(address).hostname or "") not in hosts:
            continue
        address = platform.canonical(address)
        if address == own or platform.is_trap(address) or is_file(address, picture=True):
            continue
        own_series, number = split_page_number(address)
        if (
            own_series == series
            or (number is not None and _PAGER.fullmatch(fold(title)))
            or _FEED.search(address)
        ):
            continue
        key = platform.article_key(address)
        if key is not None and platform.keys_are_certain:
            articles.setdefault(key, ArticleLink(address, key, title))
            continue
        if key is not None and link not in boilerplate and is_headline(title):
            headlines.add(address)
            continue
        rank = _rank(title)
        if address not in found or rank < found[address][0]:
            found[address] = (rank, Candidate(title if _names_section(link) else "", address))
    in_order = sorted(found.values(), key=lambda entry: entry[0])
    candidates = [candidate for _, candidate in in_order if candidate.url not in headlines]
    return HomeLinks(candidates, list(articles.values()))


def _words(link: HtmlElement) -> str:
    """Return what a link says: its text, its title or that of its picture."""
    if text := collapse(text_of(link)):
        return text
    pictures = (picture.get("alt") for picture in select(link, ("img[alt]",)))
    return next((collapse(text) for text in (link.get("title"), *pictures) if text and collapse(text)), "")


def _names_section(link: HtmlElement) -> bool:
    """Return whether the words of ``link`` name a section: not those of an author's or a tag's list, whose
    articles are of any.
    """
    kinds = (link.get("rel") or "").split()
    if "category" in kinds:
        return True
    return not {"author", "tag"} & set(kinds) and not _OF_ANY_SECTION.search(link.get("href") or "")


def _rank(title: str) -> int:
    words = fold(title)
    if _OTHER.search(words):
        return 2
    return 0 if _NEWS.search(words) else 1
