"""Links of a home page that may lead to listings."""

import re
from collections.abc import Container
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import collapse, text_of
from wardcrawler.extraction.files import is_file
from wardcrawler.extraction.selectors import select
from wardcrawler.extraction.structure.listings import boilerplate_of, is_headline
from wardcrawler.extraction.urls import absolute, base_url
from wardcrawler.platforms.base import Platform
from wardcrawler.text.normalise import fold

Kind = Literal["section", "home", "feed", "sitemap"]
"""What a listing is: a page of a menu, the home page, a feed or REST list (both name the newest articles
first), a sitemap.
"""

# Which are asked for first, where a home page has more links than may be asked for. Words decide nothing else.
_NEWS = re.compile(
    r"\b(?:tin tuc|su kien|ban tin|diem tin|thoi su|thong bao|hoat dong|cai cach hanh chinh|chi dao dieu hanh"
    r"|chuyen doi so|tuyen truyen|tin (?!anh|hoc|nhan)\w+)\b"
)
_OTHER = re.compile(
    r"\b(?:van ban|thu tuc|dich vu|gioi thieu|lien he|dang nhap|dang ky|video|album|hinh anh|thu vien|so do"
    r"|ban do|hoi dap|tra cuu|co cau|phan anh|gop y|rss|trang chu|home)\b"
)


class Candidate(NamedTuple):
    """A link that may lead to a listing: its words as printed, its address, what it would be."""

    title: str
    url: str
    kind: Kind = "section"


def menu_candidates(
    document: HtmlElement, url: str, platform: type[Platform], hosts: Container[str]
) -> list[Candidate]:
    """Find the links of the page at ``url`` that may lead to listings: all links with words in menus,
    sidebars and footers, and those outside of them that are no headline of an article.

    Each address comes once, none that is a trap, a file or the page itself, or that leaves ``hosts``; those
    whose words promise news come first, those that promise something else last, each in document order.
    """
    base, own = base_url(document, url), platform.canonical(url)
    boilerplate = boilerplate_of(document)
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
        if link not in boilerplate and is_headline(title) and platform.article_key(address) is not None:
            headlines.add(address)
            continue
        rank = _rank(title)
        if address not in found or rank < found[address][0]:
            found[address] = (rank, Candidate(title, address))
    in_order = sorted(found.values(), key=lambda entry: entry[0])
    return [candidate for _, candidate in in_order if candidate.url not in headlines]


def _words(link: HtmlElement) -> str:
    """Return what a link says: its text, its title or that of its picture."""
    if text := collapse(text_of(link)):
        return text
    pictures = (picture.get("alt") for picture in select(link, ("img[alt]",)))
    return next((collapse(text) for text in (link.get("title"), *pictures) if text and collapse(text)), "")


def _rank(title: str) -> int:
    words = fold(title)
    if _OTHER.search(words):
        return 2
    return 0 if _NEWS.search(words) else 1
