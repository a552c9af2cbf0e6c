"""The sections of a portal that declares none: the links of its home page that lead to news listings."""

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml.html import HtmlElement
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from wardcrawler.crawling.middlewares.failures import explain
from wardcrawler.crawling.reasons import CLOSED_BECAUSE, NOT_SENT
from wardcrawler.crawling.spider.page import page_of
from wardcrawler.extraction.blocks import collapse, text_of
from wardcrawler.extraction.listings import ListingRequest
from wardcrawler.extraction.selectors import select
from wardcrawler.extraction.urls import absolute, base_url
from wardcrawler.items import Item, ListingRefusal, NotAnArticle
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.reader import PageReader
from wardcrawler.text.normalise import fold

logger = logging.getLogger(__name__)

MOST_CANDIDATES = 12
"""So many pages are asked for to see whether they are listings."""

_BEFORE_ALL_ARTICLES = 25
_LONGEST_TITLE = 60

# What menus call their news, without diacritics, the surest first.
_NEWS = tuple(
    re.compile(rf"\b(?:{words})\b")
    for words in (
        "tin tuc|su kien|ban tin|diem tin|thoi su|thong bao",
        "hoat dong|cai cach hanh chinh|chi dao dieu hanh|chuyen doi so|tuyen truyen",
        r"tin (?!anh|hoc|nhan)\w+",
        "xay dung dang|doan the|mat tran|kinh te|van hoa|xa hoi|quoc phong|an ninh|giao duc|nong thon moi",
    )
)
_OTHER = re.compile(
    r"\b(?:van ban|thu tuc|dich vu|lich|gioi thieu|lien he|dang nhap|dang ky|video|album|hinh anh|thu vien"
    r"|so do|ban do|hoi dap|tra cuu|co cau|to chuc|phan anh|gop y|rss|huong dan|bieu mau|co quan|hoi dong)\b"
)


class Candidate(NamedTuple):
    """A link that may lead to a listing: its words as printed, its address."""

    title: str
    url: str


def menu_candidates(
    document: HtmlElement, url: str, platform: type[Platform], hosts: Sequence[str]
) -> list[Candidate]:
    """Find the links of a home page whose words promise news, the surest words first, at most
    ``MOST_CANDIDATES``; each address once, none that names an article, is a trap or leaves ``hosts``.
    """
    base = base_url(document, url)
    found: dict[str, tuple[int, Candidate]] = {}
    for link in select(document, ("a[href]",)):
        title = collapse(text_of(link))
        rank = _rank(title)
        address = absolute(link.get("href"), base)
        if rank is None or address is None or (urlsplit(address).hostname or "") not in hosts:
            continue
        address = platform.canonical(address)
        if platform.is_trap(address) or platform.article_key(address) is not None:
            continue
        if address not in found or rank < found[address][0]:
            found[address] = (rank, Candidate(title, address))
    ranked = sorted(found.values(), key=lambda entry: entry[0])
    return [candidate for _, candidate in ranked[:MOST_CANDIDATES]]


def _rank(title: str) -> int | None:
    words = fold(title)
    if len(words) > _LONGEST_TITLE or _OTHER.search(words):
        return None
    return next((rank for rank, news in enumerate(_NEWS) if news.search(words)), None)


FoundSection = tuple[Candidate, Response]
"""A link that leads to a listing, and the listing's first page."""


class Discovery:
    """Asks for the home page and its candidates; those that list articles are to be walked as sections.

    ``walk`` is given all of them when every candidate has answered, so that their walks open together:
    ``listings``, where the next crawl finds the sections, never holds a part of them. Where no candidate
    lists articles it is given none, and the refusal of the home page if there was one.
    """

    def __init__(
        self,
        crawler: Crawler,
        home: str,
        hosts: Sequence[str],
        reader: PageReader,
        walk: Callable[[Sequence[FoundSection], NotAnArticle | None], Iterator[Request | Item]],
    ) -> None:
        self._crawler = crawler
        self._home = home
        self._hosts = hosts
        self._reader = reader
        self._walk = walk
        self._waiting = 0
        self._listings: dict[frozenset[str], FoundSection] = {}
        self._refusal: NotAnArticle | None = None

    def begin(self) -> Request:
        """Make the request for the home page."""
        return Request(
            self._home, callback=self.parse_home, errback=self.home_failed, priority=_BEFORE_ALL_ARTICLES
        )

    def parse_home(self, response: Response) -> Iterator[Request | Item]:
        """Ask for the candidates."""
        try:
            document, platform, self._refusal = self._reader.read_home(page_of(response))
        except NotAnArticle as refusal:
            yield ListingRefusal(response.url, "", refusal.reason, refusal.words)
            return
        candidates = menu_candidates(document, response.url, platform, self._hosts)
        self._waiting = len(candidates)
        for candidate in reversed(candidates):  # of equal requests Scrapy sends the last first
            yield Request(
                candidate.url,
                callback=self.parse_candidate,
                errback=self.candidate_failed,
                cb_kwargs={"candidate": candidate},
                priority=_BEFORE_ALL_ARTICLES,
            )
        if not candidates:
            yield from self._walk((), self._refusal)

    def parse_candidate(self, response: Response, candidate: Candidate) -> Iterator[Request | Item]:
        """Keep the candidate if it lists articles, and not just those that another lists too."""
        keys = self._keys(response)
        if keys:
            self._listings.setdefault(keys, (candidate, response))
        yield from self._one_less()

    def candidate_failed(self, failure: Failure) -> Iterator[Request | Item]:
        """Drop a candidate that cannot be had: it was a guess. One that the portal was too busy for may be
        a section: then no walk opens, and the next crawl looks again.
        """
        reason, words, _ = explain(failure)
        if reason in (NOT_SENT, "http-429"):
            yield ListingRefusal(self._home, "", reason, words)
            return
        logger.info("No section: %s", words)
        yield from self._one_less()

    def home_failed(self, failure: Failure) -> Iterator[Item]:
        """Say why the home page did not come: without it nothing is known of the portal."""
        reason, words, _ = explain(failure)
        yield ListingRefusal(self._home, "", reason, words)

    def _keys(self, response: Response) -> frozenset[str]:
        try:
            document, platform = self._reader.read_listing(page_of(response))
        except NotAnArticle:
            return frozenset()
        keys = frozenset(link.key for link in platform.article_links(document, response.url))
        first = None if keys else platform.next_listing(document, response.url, ListingRequest(response.url))
        # the page of a list that a script loads shows nothing and leads to the list's own first page
        return frozenset({first.url}) if first and first.page == 1 else keys

    def _one_less(self) -> Iterator[Request | Item]:
        self._waiting -= 1
        if not self._waiting and not self._crawler.stats.get_value(CLOSED_BECAUSE):
            yield from self._walk(list(self._listings.values()), self._refusal)
