"""The lists of a portal that declares no sections: asked for where the portal names them itself, and found
behind the links of its home page.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from twisted.python.failure import Failure

from wardcrawler.crawling.middlewares.failures import explain
from wardcrawler.crawling.reasons import CLOSED_BECAUSE, NOT_SENT
from wardcrawler.crawling.spider.candidates import Candidate, home_links
from wardcrawler.crawling.spider.page import page_of
from wardcrawler.crawling.spider.start_page import StartPage, start_page
from wardcrawler.extraction.declared_lists import declared_lists
from wardcrawler.extraction.document import read_document
from wardcrawler.extraction.feeds import feed_kind, sitemap_children
from wardcrawler.extraction.listings import ArticleLink, ListingRequest
from wardcrawler.extraction.refresh import refresh_target
from wardcrawler.extraction.urls import family
from wardcrawler.items import Item, LeftOut, ListingRefusal, NoListing, NotAnArticle
from wardcrawler.platforms.reader import PageReader

logger = logging.getLogger(__name__)

_BEFORE_ALL_ARTICLES = 25
_MOST_SITEMAPS = 50
_MOST_FEEDS = 1
_MOST_REFRESHES = 3
_FIRST_OF_FAMILY = 2


class FoundList(NamedTuple):
    """A link that leads to a list of articles, and the list's first page."""

    candidate: Candidate
    response: Response


class Found(NamedTuple):
    """What discovery found: ``lists`` in the order to walk them, ``pages`` of the menu that are none, and
    ``articles`` that the home page links to by the way. ``start`` says what the page given for the home page
    is: of a list it is the only one here, of an article among ``pages``.
    ``refusal`` says why the home page is none that can be read, or is None; ``is_whole`` whether every link
    was looked at.
    """

    lists: Sequence[FoundList]
    pages: Sequence[FoundList]
    articles: Sequence[ArticleLink]
    start: StartPage
    refusal: NotAnArticle | None
    is_whole: bool


class Discovery:
    """Asks for the home page, then for what it and robots.txt name: sitemaps (RFC 9309, 2.2.4; sitemaps.org),
    the REST list of WordPress, the portal's feed, and every link of its menus, at most
    ``WARDCRAWLER_DISCOVERY_PAGES`` of these. What lists articles is to be walked.

    ``walk`` is given all of them when every candidate has answered, so that their walks open together:
    ``listings``, where the next crawl finds them, never holds a part of them. ``known`` are addresses that
    earlier crawls looked at: they are not asked for.
    """

    def __init__(
        self,
        crawler: Crawler,
        home: str,
        hosts: Sequence[str],
        reader: PageReader,
        walk: Callable[[Found], Iterator[Request | Item]],
        known: Container[str] = (),
    ) -> None:
        self._crawler = crawler
        self._home = home
        self._hosts = hosts
        self._reader = reader
        self._walk = walk
        self._known = known
        self._waiting = 0
        self._lists: dict[tuple[str, frozenset[str]], FoundList] = {}
        self._pages: list[FoundList] = []
        self._articles: list[ArticleLink] = []
        self._later: list[Candidate] = []
        self._menu_pages = 0
        self._refusal: NotAnArticle | None = None
        self._sitemaps: list[str] = []
        self._asked: set[str] = set()
        self._is_whole = True
        self._refreshes = 0
        self._start: StartPage = "home"
        crawler.signals.connect(self.robots_parsed, signal=signals.robots_parsed)

    def robots_parsed(self, robotparser: RobotParser) -> None:
        """Keep the sitemaps that robots.txt names."""
        named = getattr(getattr(robotparser, "rp", None), "sitemaps", ())
        self._sitemaps += [address for address in named if address not in self._sitemaps]

    def begin(self) -> Request:
        """Make the request for the home page."""
        return Request(
            self._home, callback=self.parse_home, errback=self.home_failed, priority=_BEFORE_ALL_ARTICLES
        )

    # --- the home page -----------------------------------------------------------------------------

    def parse_home(self, response: Response) -> Iterator[Request | Item]:
        """Ask for the candidates."""
        try:
            document = read_document(response.body, page_of(response).charset)
            further = refresh_target(document, response.url)
            if further is not None and self._refreshes < _MOST_REFRESHES:
                self._refreshes += 1
                self._home = further
                yield self.begin()
                return
            document, platform, self._refusal = self._reader.read_home(page_of(response))
        except NotAnArticle as refusal:
            yield ListingRefusal(response.url, "", refusal.reason, refusal.words)
            return
        self._home = response.url
        self._start = start_page(document, response.url, platform)
        if self._start != "home":
            yield from self._walk(self._only(Candidate(_path(response.url), response.url), response))
            return
        self._take(Candidate("", response.url, "home"), response)
        links = home_links(document, response.url, platform, self._hosts)
        self._articles = links.articles
        first = self._first_of_families(links.candidates)
        yield from self._ask([*first, *self._new(self._declared(document, response.url))])
        if not self._waiting:
            yield from self._end()

    def _only(self, candidate: Candidate, response: Response) -> Found:
        """Return what is found where the address given is no home page: a list, or an article."""
        page = [FoundList(candidate, response)]
        is_list = self._start == "list"
        return Found(
            page if is_list else [], [] if is_list else page, [], self._start, self._refusal, is_whole=True
        )

    def _first_of_families(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Return the candidates to ask for now. Of those that differ in numbers only (a list for each month
        or year) a few tell whether the others are needed: see :meth:`_needed`.
        """
        first, members = [], Counter[str]()
        for candidate in self._new(candidates):
            kin = family(candidate.url)
            members[kin] += 1
            if members[kin] <= _FIRST_OF_FAMILY:
                first.append(candidate)
            else:
                self._later.append(candidate)
        return first

    def _needed(self) -> list[Candidate]:
        """Return the candidates that were put off and are to be asked for after all: none of a family whose
        first members list nothing that sitemaps, feeds and other lists do not name too.
        """
        later, self._later = self._later, []
        named: set[str] = set()
        of_family: dict[str, set[str]] = defaultdict(set)
        kin_later = {family(candidate.url) for candidate in later}
        for (_, keys), found in self._lists.items():
            kin = family(found.candidate.url)
            if found.candidate.kind == "section" and kin in kin_later:
                of_family[kin] |= keys
            else:
                named |= keys
        return [candidate for candidate in later if of_family[family(candidate.url)] - named]

    def _ask(self, candidates: Sequence[Candidate]) -> Iterator[Request | Item]:
        """Ask for candidates; say which are too many."""
        most = self._crawler.settings.getint("WARDCRAWLER_DISCOVERY_PAGES") - self._menu_pages
        menu = [candidate for candidate in candidates if candidate.kind == "section"]
        cut = set(menu[max(0, most) :])
        self._menu_pages += len(menu) - len(cut)
        self._is_whole = self._is_whole and not cut
        for candidate in cut:
            yield LeftOut(candidate.url, "budget", f"a link of {self._home}; the next crawl goes on there")
        asked = [candidate for candidate in candidates if candidate not in cut]
        self._waiting += len(asked)
        for candidate in reversed(asked):  # of equal requests Scrapy sends the last first
            yield self._request(candidate)

    def _declared(self, document: HtmlElement, url: str) -> list[Candidate]:
        """Return what the portal itself calls lists. What was found in an earlier crawl is walked anyway."""
        rest, feeds = declared_lists(document, url)
        newest = [rest] if rest else feeds[:_MOST_FEEDS]
        sitemaps = self._sitemaps or [urljoin(url, "sitemap.xml")]
        return [
            *(Candidate(_path(address), self._at_home(address), "feed") for address in newest),
            *(Candidate(_path(address), self._at_home(address), "sitemap") for address in sitemaps),
        ]

    def _at_home(self, address: str) -> str:
        """Return ``address`` as one of the portal: many name sitemaps of a host or port that they had."""
        parts, home = urlsplit(address), urlsplit(self._home)
        return parts._replace(scheme=home.scheme, netloc=home.netloc, fragment="").geturl()

    def _new(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        new = []
        for candidate in candidates:
            if candidate.url not in self._known and candidate.url not in self._asked:
                self._asked.add(candidate.url)
                new.append(candidate)
        return new

    def home_failed(self, failure: Failure) -> Iterator[Item]:
        """Say why the home page did not come: without it nothing is known of the portal."""
        reason, words, _ = explain(failure)
        yield ListingRefusal(self._home, "", reason, words)

    # --- the candidates ----------------------------------------------------------------------------

    def _request(self, candidate: Candidate) -> Request:
        return Request(
            candidate.url,
            callback=self.parse_candidate,
            errback=self.candidate_failed,
            cb_kwargs={"candidate": candidate},
            priority=_BEFORE_ALL_ARTICLES,
        )

    def parse_candidate(self, response: Response, candidate: Candidate) -> Iterator[Request | Item]:
        """Keep the candidate if it lists articles, and not just those that another lists too."""
        children = sitemap_children(response.body) if candidate.kind == "sitemap" else None
        if children is not None:
            yield from self._parse_index(children)
        elif not self._take(candidate, response) and candidate.kind == "section":
            self._pages.append(FoundList(candidate, response))
        yield from self._one_less()

    def _parse_index(self, children: Sequence[str]) -> Iterator[Request | Item]:
        platform = self._reader.platform
        named = [self._at_home(child) for child in children]
        wanted = [child for child in named if platform is None or platform.sitemap_may_list_articles(child)]
        for child in wanted[_MOST_SITEMAPS:]:
            self._is_whole = False
            yield LeftOut(child, "budget", f"one of {len(wanted)} sitemaps; {_MOST_SITEMAPS} are read")
        some = wanted[:_MOST_SITEMAPS]
        yield from self._ask(self._new(Candidate(_path(child), child, "sitemap") for child in some))

    def candidate_failed(self, failure: Failure) -> Iterator[Request | Item]:
        """Drop a candidate that cannot be had: it was a guess, and is no list. One that the portal was too
        busy for may be one: then no walk opens, and the next crawl looks again.
        """
        reason, words, _ = explain(failure)
        if reason in (NOT_SENT, "http-429"):
            yield ListingRefusal(self._home, "", reason, words)
            return
        logger.info("No section: %s", words)
        request: Request = failure.request  # type: ignore[attr-defined]
        candidate: Candidate = request.cb_kwargs["candidate"]
        if candidate.kind == "section":
            yield NoListing(candidate.url, candidate.title)
        yield from self._one_less()

    def _take(self, candidate: Candidate, response: Response) -> bool:
        """Keep a list unless it is one already; return whether it is a list."""
        keys = self._keys(response, candidate)
        if keys:
            kind = "section" if candidate.kind == "home" else candidate.kind
            before = self._lists.get((kind, keys))
            if before is None or before.candidate.kind == "home":
                self._lists[kind, keys] = FoundList(candidate, response)
        return bool(keys)

    def _keys(self, response: Response, candidate: Candidate) -> frozenset[str]:
        try:
            document, platform = self._reader.read_listing(page_of(response))
        except NotAnArticle:
            return frozenset()
        if candidate.kind in ("feed", "sitemap") and feed_kind(document) is None:
            return frozenset()  # a page in its place
        keys = frozenset(link.key for link in platform.article_links(document, response.url))
        if candidate.kind != "section":
            return keys
        following = platform.next_listing(document, response.url, ListingRequest(response.url))
        if not keys:
            # the page of a list that a script loads shows nothing and leads to the list's own first page
            return frozenset({following.url}) if following and following.page == 1 else keys
        is_list = platform.is_listing(document, response.url) or (following and platform.keys_are_certain)
        return keys if is_list else frozenset()

    def _one_less(self) -> Iterator[Request | Item]:
        self._waiting -= 1
        if not self._waiting and not self._crawler.stats.get_value(CLOSED_BECAUSE):
            yield from self._end()

    def _end(self) -> Iterator[Request | Item]:
        yield from self._ask(self._needed())
        if self._waiting:
            return
        order = {"section": 0, "home": 1, "feed": 2, "sitemap": 3}
        lists = sorted(self._lists.values(), key=lambda found: order[found.candidate.kind])
        yield from self._walk(
            Found(lists, self._pages, self._articles, self._start, self._refusal, self._is_whole)
        )


def _path(url: str) -> str:
    """Return what a list without a name is called: its address without the host."""
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")
