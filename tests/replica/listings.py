"""The listings of a replica portal, read without any of the crawler's own code."""

import re
from html import unescape

from tests.replica.client import Get
from wardcrawler.replica.portals import PORTALS, ReplicaPortal

BY_NAME = {portal.name: portal for portal in PORTALS}
_TITLE_LINK = {
    "hcmc": re.compile(r'article-title"><a href="([^"]+)">(.*?)</a>'),
    "hook": re.compile(r'asset_title"><a href="([^"]+)">(.*?)</a>'),
    "stock": re.compile(r'asset-title"><a href="([^"]+)">(.*?)</a>'),
}
_NEXT = re.compile(r'<li class="[^"]*"><a href="(/[^"]+)"[^>]*>(?:Sau|Tiếp theo)</a>')


def listing_pages(get: Get, portal: ReplicaPortal, section: str) -> list[str]:
    """Return all pages of a section, as text, by following "next"."""
    pages: list[str] = []
    target: str | None = portal.sections[section]
    while target is not None:
        pages.append(get(portal.name, target).text)
        following = _NEXT.search(pages[-1])
        target = unescape(following[1]) if following else None
    return pages


def links(get: Get, portal: ReplicaPortal, section: str) -> list[tuple[str, str]]:
    """Return address and title of every line of a section, in order."""
    return [
        (unescape(href), unescape(title))
        for page in listing_pages(get, portal, section)
        for href, title in _TITLE_LINK[portal.look].findall(page)
    ]


def slug_of(href: str) -> str:
    return href.partition("?")[0].partition(";")[0].rpartition("/")[2]
