"""A portal as a Scrapy spider: constants that declare it, and the walk through its listings.

Sections are walked newest first, page by page. A section that was never finished is walked to its end
whatever is known already (backfill). A finished one is left after the first page on which every article
was known before. What "known" means when an earlier walk was killed: see ``store/state.py``.
"""

from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import suppress
from datetime import date
from functools import partial
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.exceptions import CloseSpider
from scrapy.http import FormRequest, Response
from scrapy.utils.python import global_object_name
from twisted.python.failure import Failure

from wardcrawler.crawling.middlewares.failures import explain
from wardcrawler.crawling.middlewares.public_resolver import allow_local
from wardcrawler.crawling.reasons import NOT_SENT
from wardcrawler.crawling.spider.attachments import Attachments
from wardcrawler.crawling.spider.candidates import Candidate, Kind
from wardcrawler.crawling.spider.declaration import DeclaredSpider
from wardcrawler.crawling.spider.discovery import Discovery, Found
from wardcrawler.crawling.spider.elsewhere import Elsewhere
from wardcrawler.crawling.spider.families import Families
from wardcrawler.crawling.spider.known_articles import Rechecks, Unlisted
from wardcrawler.crawling.spider.page import Output, page_of, read_any_page
from wardcrawler.crawling.spider.sampling import Sampling
from wardcrawler.crawling.spider.scope import Scope
from wardcrawler.crawling.spider.start_page import StartPage
from wardcrawler.crawling.spider.walk import Walk
from wardcrawler.extraction.listings import ArticleLink, ListingRequest
from wardcrawler.extraction.refusals import refuse_stub
from wardcrawler.items import (
    Alias,
    Article,
    Item,
    ListingPage,
    ListingRefusal,
    NoListing,
    NotAnArticle,
    PlatformRecognised,
    Refusal,
    SectionOpened,
    Unchanged,
)
from wardcrawler.pipelines.observations import STORAGE_FAILED
from wardcrawler.pipelines.store import Store
from wardcrawler.platforms.reader import PageReader
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.store.state import CrawlState, DuePage, PageState
from wardcrawler.store.tables.attachments import DueFile, due_files

_FIRST_FAILED, _THEN_ARTICLES, _THEN_LISTINGS, _THEN_UNCATEGORISED, _THEN_KNOWN = 30, 20, 10, 5, 0


class Portal(DeclaredSpider):
    """A portal: constants, and the platform that reads its pages.

    Spider arguments (``scrapy crawl NAME -a since=2023-01-01``): ``since`` and ``until`` (dates, both
    included) keep only articles published then, undated ones included; ``limit`` stops after that many
    articles were asked for; ``full=1`` walks every section to its end and fetches known articles again.
    """

    state: CrawlState
    families: Families

    def __init__(
        self,
        name: str | None = None,
        *,
        since: str | date | None = None,
        until: str | date | None = None,
        limit: int | str | None = None,
        full: bool | str = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(name, **kwargs)
        self.scope = Scope.of(since, until, limit, full)
        self.reader = PageReader(self.platform)
        self.walks: list[Walk] = []
        self.asked: set[str] = set()
        self.seen_elsewhere: set[str] = set()
        """Keys of articles seen anywhere but in the walks: kept ones, those of sitemaps, feeds …"""
        self.elsewhere = Elsewhere(self)
        self.waiting: dict[str, Request] = {}
        self._sampling = Sampling(self.reader, self._read_listing)
        self._afterwards: list[Rechecks | Unlisted | Attachments] = []
        self._listings_answered = 0
        self.is_look = True
        """Whether the portal is looked over: all its lists are walked, and some pages deeper."""
        self.looked_everywhere = True
        self.note = ""
        """What a person who gave the address is to know, in words."""
        self._discovery: Discovery | None = None
        self._told_platform: str | None = None
        allow_local((urlsplit(self.base_url).hostname or "").lower())

    # --- the walk ----------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Any]:
        """Ask for addresses kept from earlier runs, then for the first page of every section.

        Without ``sections`` they are those an earlier run found, else those that :class:`Discovery` finds.
        """
        self._open_store()
        settings = self.crawler.settings
        self.families = Families.of(settings)
        for key, url, category in self.state.failed(max_tries=settings.getint("WARDCRAWLER_MAX_TRIES")):
            self.seen_elsewhere.add(key)
            if self.scope.has_room(len(self.asked)):
                link = ArticleLink(url=self._at_present_address(url), key=key)
                yield self._article_request(link, category, _FIRST_FAILED)
        lists = self._declared() if self.sections else self._found_before()
        for candidate in lists:
            walk = self.open_walk(candidate)
            yield SectionOpened(candidate.title, candidate.url, candidate.kind)
            yield self.listing_request(ListingRequest(candidate.url), walk)
        if not self.sections and (self.is_look or not self.walks):
            known = {known.url for known in self.state.lists()}
            self._discovery = Discovery(
                self.crawler, self.home, self.allowed_domains, self.reader, self.walk_found, known
            )
            yield self._discovery.begin()

    @property
    def home(self) -> str:
        """The address of the home page."""
        return f"{self.base_url}{self.home_path}"

    def _declared(self) -> list[Candidate]:
        return [Candidate(title, urljoin(self.base_url, path)) for title, path in self.sections.items()]

    def _found_before(self) -> list[Candidate]:
        """Return the lists that earlier runs found: all of them where the portal is looked over."""
        return [
            Candidate(known.title, self._at_present_address(known.url), cast("Kind", known.kind))
            for known in self.state.lists()
            if known.kind != "page" and (known.nightly or self.is_look)
        ]

    def _open(self, candidate: Candidate) -> Output:
        self.open_walk(candidate)
        yield SectionOpened(candidate.title, candidate.url, candidate.kind)

    def seen(self) -> set[str]:
        """Return the keys of all that was seen as an article in this run."""
        return self.seen_elsewhere.union(*(walk.seen for walk in self.walks))

    def _open_store(self) -> None:
        """Learn what earlier runs know, and arrange for what is asked for when the walks are through."""
        store = self.crawler.get_item_pipeline(Store)
        if store is None:
            self.logger.error("ITEM_PIPELINES has no %s: nothing would be kept", global_object_name(Store))
            raise CloseSpider("no_store")
        try:
            self.state = store.open(self.site_row(), tls=self.tls)
        except DatabaseProblem:
            raise CloseSpider(STORAGE_FAILED) from None
        settings = self.crawler.settings

        def may_ask() -> bool:
            """Nobody who did not answer is asked for more."""
            return bool(self._listings_answered) and store.problem is None

        def files_due() -> list[DueFile]:
            max_tries = settings.getint("WARDCRAWLER_MAX_TRIES")
            return list(due_files(store.database, self.name, self.allowed_domains, max_tries=max_tries))

        self.is_look = not self.scope.is_limited and (
            self.scope.full or self.state.is_look_due(settings.getfloat("WARDCRAWLER_LOOK_DAYS"))
        )
        known = (self.crawler, self.state, self.asked, self.stored_request, may_ask)
        if not self.scope.is_limited and not self.scope.full:  # a full run asks for everything anyway
            self._afterwards.append(Rechecks(*known))
        if not self.scope.is_limited and (self.scope.full or settings.getbool("WARDCRAWLER_ARCHIVE_WHOLE")):
            self._afterwards.append(Unlisted(*known))
        if settings.getbool("WARDCRAWLER_ATTACHMENTS"):
            self._afterwards.append(
                Attachments(
                    self.crawler, files_due, lambda: may_ask() and not self.waiting, lambda: store.is_closed
                )
            )

    def open_walk(self, candidate: Candidate) -> Walk:
        """Begin the walk of a list; an earlier one that did not finish decides which articles count as
        known.
        """
        listing = self.state.listing(candidate.url)
        deep = self.crawler.settings.getint("WARDCRAWLER_LOOK_DEPTH") if self.is_look else 1
        walk = Walk(
            title=candidate.title if candidate.kind == "section" else "",
            url=candidate.url,
            kind=candidate.kind,
            least_pages=max(listing.depth, deep),
            known_before=self.state.run if listing.open_run is None else listing.open_run,
            is_backfill=listing.backfilled_at is None,
            usual_links=listing.links,
            left_out=self.scope.is_period,
        )
        self.walks.append(walk)
        return walk

    def walk_found(self, found: Found) -> Output:
        """Walk the lists that discovery found; without any the home page, unless it was refused."""
        self.looked_everywhere = found.is_whole
        if self._discovery is not None and self._discovery.start != "home":
            yield from self._walk_start_page(found, self._discovery.start)
            return
        if not found.lists and not self.walks:
            if found.refusal is not None:
                yield ListingRefusal(self.home, "", found.refusal.reason, found.refusal.words)
                return
            yield from self._open(Candidate("", self.home, "home"))
            yield self.listing_request(ListingRequest(self.home), self.walks[-1])
            return
        walked = {walk.url for walk in self.walks}
        new = [each for each in found.lists if each.candidate.url not in walked]
        walks = []
        for candidate, _ in new:
            yield from self._open(candidate)
            walks.append(self.walks[-1])
        for candidate, response in found.pages:
            yield from self._menu_page(candidate, response)
        for walk, (candidate, response) in zip(walks, new, strict=True):
            yield from self.parse_listing(response, walk, ListingRequest(candidate.url))
        known = self.state.known([link.key for link in found.articles])
        for link in found.articles:
            if link.key not in known and link.key not in self.asked and not self.scope.is_limited:
                yield self._article_request(link, None, _THEN_UNCATEGORISED)

    def _walk_start_page(self, found: Found, kind: StartPage) -> Output:
        """Walk the list, or store the article, that a person gave in place of a home page; say so."""
        for candidate, response in found.lists:
            self.note = f"{response.url} is a list, walked alone; for the whole portal: --url {self.base_url}"
            yield from self._open(candidate)
            yield from self.parse_listing(response, self.walks[-1], ListingRequest(candidate.url))
        for candidate, response in found.pages:
            self.note = f"{response.url} is a single {kind}; for the whole portal: --url {self.base_url}"
            yield ListingPage(response.url, "", 1)
            self._listings_answered += 1
            yield from self._menu_page(candidate, response)

    def _menu_page(self, candidate: Candidate, response: Response) -> Output:
        """Read a page of a menu that lists nothing: an article where it has a date, else only noted."""
        platform = self.reader.platform
        key = platform.article_key(candidate.url) if platform else None
        if key is not None and key not in self.asked and key not in self.state.known([key]):
            with suppress(NotAnArticle):
                article = self.reader.read_article(page_of(response), site=self.name, key=key)
                if article.dates:
                    self.asked.add(key)
                    yield article
                    return
        yield NoListing(candidate.url, candidate.title)

    def _at_present_address(self, url: str) -> str:
        """Bring a kept address to where the portal is now: portals move to https, or to another name."""
        before = self.state.moved_from
        return f"{self.base_url}/{url[len(before) + 1 :]}" if before and url.startswith(f"{before}/") else url

    def listing_request(self, asked: ListingRequest, walk: Walk) -> Request:
        """Make the request for one page of a walk."""
        kind = partial(FormRequest, formdata=list(asked.form)) if asked.form else Request
        return kind(
            asked.url,
            callback=self.parse_listing,
            errback=self.listing_failed,
            cb_kwargs={"walk": walk, "asked": asked},
            priority=_THEN_LISTINGS,
        )

    def parse_listing(self, response: Response, walk: Walk, asked: ListingRequest) -> Output:
        """Read a listing page, once it is known who can."""
        if self._sampling.is_needed:
            yield from self._sampling.hold(response, walk, asked)
        else:
            yield from self._read_listing(response, walk, asked)

    def _read_listing(self, response: Response, walk: Walk, asked: ListingRequest) -> Output:
        """Ask for the articles of a listing page that are to be fetched, then for the next page."""
        try:
            document, platform = self.reader.read_listing(page_of(response))
            links = platform.article_links(document, response.url)
            following = platform.next_listing(document, response.url, asked)
            if not links:
                refuse_stub(document, response.url)
        except NotAnArticle as refusal:
            if refusal.reason == "empty" and asked.form and asked.page > 1:
                walk.reached_end = True  # a fragment without a line: what VNPT's paging answers past the end
            else:
                yield ListingRefusal(response.url, walk.title, refusal.reason, refusal.words)
            return
        yield from self._platform_news(response.url)
        self._listings_answered += 1
        yield ListingPage(response.url, walk.title, len(links))
        self.elsewhere.note(document, response.url, links)
        if following and following.page == asked.page:  # only the shell of a list that comes as JSON
            yield self.listing_request(following, walk)
            return
        if asked.page == 1:
            walk.first_links = len(links)
        known = self.state.known([link.key for link in links])
        found, stored = len(links), {key for key, page in known.items() if page.article_id is not None}
        links = self.families.worth_reading(links, stored)
        walk.left_out = walk.left_out or len(links) < found
        self.families.listed(asked, links)
        for link in self._to_fetch(links, known, walk):
            priority = _THEN_ARTICLES if walk.kind == "section" else _THEN_UNCATEGORISED
            yield self._article_request(link, walk.title or None, priority)
        is_caught_up = not self.scope.full and walk.is_caught_up(asked.page, links, known)
        if not walk.note(links) or not following or is_caught_up:
            walk.reached_end = True
        elif (
            self.scope.is_past(links)
            or not self.scope.has_room(len(self.asked))
            or not self.families.may_turn_to(following.url)
        ):
            walk.left_out = True
        else:
            yield self.listing_request(following, walk)
        yield from self.families.left_out()

    def _to_fetch(
        self, links: Iterable[ArticleLink], known: dict[str, PageState], walk: Walk
    ) -> Iterator[ArticleLink]:
        for link in links:
            is_known = link.key in known and known[link.key].gone_at is None  # a gone page is back
            if link.key in self.asked or (is_known and not self.scope.full):
                self._also_in(link.key, walk)
                continue
            if not self.scope.has_room(len(self.asked)) or not self.scope.covers(link):
                walk.left_out = True
                continue
            yield link

    def _also_in(self, key: str, walk: Walk) -> None:
        """Tell an article that waits, and was found on no section's list, of its section."""
        request = self.waiting.get(key)
        if request is not None and walk.title and request.cb_kwargs["category"] is None:
            request.cb_kwargs["category"] = walk.title

    def listing_failed(self, failure: Failure) -> Output:
        """Say why a listing page could not be had: its section stays unfinished."""
        reason, words, _ = explain(failure)
        request: Request = failure.request  # type: ignore[attr-defined]
        yield ListingRefusal(request.url, request.cb_kwargs["walk"].title, reason, words)

    def _platform_news(self, url: str) -> Output:
        """Say of a portal that declares no platform which one its pages show, when that is news."""
        if self.reader.shown != self._told_platform:
            self._told_platform = self.reader.shown
            if self.reader.shown is not None:
                yield PlatformRecognised(self.reader.shown, url)

    # --- articles ----------------------------------------------------------------------------------

    def _article_request(self, link: ArticleLink, category: str | None, priority: int) -> Request:
        self.asked.add(link.key)
        platform = self.reader.platform
        request = Request(
            platform.content_address(link.url) if platform else link.url,
            callback=self.parse_article_page,
            errback=self.article_failed,
            cb_kwargs={"key": link.key, "category": category, "listed": link.date_text},
            priority=priority,
        )
        self.waiting[link.key] = request
        return request

    def stored_request(self, page: DuePage) -> Request:
        """Make the request for a page that holds an article, as if for the first time."""
        link = ArticleLink(url=self._at_present_address(page.url), key=page.key, date_text=page.listed)
        return self._article_request(link, page.category, _THEN_KNOWN)

    def parse_article_page(
        self, response: Response, key: str, category: str | None, listed: str | None = None
    ) -> Output:
        """Read one article, under the key of the address where redirects ended, if that names one; then the
        address that was linked is another of it. ``listed`` is the date its listing prints, which counts only
        where the page has none that can be read.
        """
        request = self.waiting.pop(key)
        if response.status == HTTPStatus.NOT_MODIFIED:
            yield Unchanged(key, request.url)
            return
        try:
            item: Item = self.reader.read_article(
                page_of(response), site=self.name, key=key, category=category, listed=listed
            )
        except NotAnArticle as refusal:
            item = Refusal(key, request.url, category, refusal.reason, refusal.words, response.status)
        except MemoryError as error:
            yield Refusal(key, request.url, category, "parser-error", repr(error), response.status)
            raise  # a worker process ends for it: see crawling/workers/watched.py
        except Exception as error:
            self.logger.exception("Cannot parse %s", response.url)
            item = Refusal(key, request.url, category, "parser-error", repr(error), response.status)
        if request.priority == _THEN_ARTICLES:  # no address kept from earlier runs speaks of those listed now
            self.families.read(request.url, item)
        yield from self._platform_news(response.url)
        if isinstance(item, Article) and (landed := self._landed(response, request)) not in (None, key):
            yield Alias(key, request.url, landed)
            self.asked.add(landed)
            item.key = landed
        yield item

    def _landed(self, response: Response, request: Request) -> str | None:
        """Return the key of the address where redirects ended; None where none led on."""
        if response.url == request.url or self.reader.platform is None:
            return None
        return self.reader.platform.article_key(self.reader.platform.canonical(response.url))

    def article_failed(self, failure: Failure) -> Output:
        """Say why an article page could not be had: its address is kept for the next run."""
        reason, words, status = explain(failure)
        request: Request = failure.request  # type: ignore[attr-defined]
        key, category = request.cb_kwargs["key"], request.cb_kwargs["category"]
        url = self.waiting.pop(key, request).url
        yield Refusal(key, url, category, reason, words, status, is_try=reason != NOT_SENT)

    # --- any page ----------------------------------------------------------------------------------

    def parse(self, response: Response, **_: Any) -> Output:
        """Read any page of the portal, as ``scrapy parse`` and ``scrapy shell`` ask: give the record of an
        article, or requests for what a listing names. Knows nothing of earlier runs, stores nothing.
        """
        yield from read_any_page(response, self.reader, self.name, self.parse)
