"""A portal as a Scrapy spider: constants that declare it, and the walk through its listings.

Sections are walked newest first, page by page. A section that was never finished is walked to its end
whatever is known already (backfill). A finished one is left after the first page on which every article
was known before. What "known" means when an earlier walk was killed: see ``store/state.py``.
"""

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import CloseSpider
from scrapy.http import FormRequest, Response
from scrapy.utils.python import global_object_name
from twisted.python.failure import Failure

from wardcrawler.crawling.middlewares.failures import explain
from wardcrawler.crawling.middlewares.public_resolver import allow_local
from wardcrawler.crawling.spider import article_pages
from wardcrawler.crawling.spider.article_pages import ArticlePages
from wardcrawler.crawling.spider.attachments import Attachments
from wardcrawler.crawling.spider.candidates import Candidate
from wardcrawler.crawling.spider.declaration import DeclaredSpider
from wardcrawler.crawling.spider.discovery import Discovery, Found
from wardcrawler.crawling.spider.elsewhere import Elsewhere
from wardcrawler.crawling.spider.families import Families
from wardcrawler.crawling.spider.known_articles import Rechecks, Unlisted
from wardcrawler.crawling.spider.lists import Lists
from wardcrawler.crawling.spider.page import Output, page_of, read_any_page
from wardcrawler.crawling.spider.sampling import Sampling
from wardcrawler.crawling.spider.scope import Scope
from wardcrawler.crawling.spider.walk import Walk
from wardcrawler.extraction.listings import ArticleLink, ListingRequest
from wardcrawler.extraction.refusals import refuse_stub
from wardcrawler.items import (
    Item,
    ListingPage,
    ListingRefusal,
    NotAnArticle,
    PlatformRecognised,
    SectionOpened,
)
from wardcrawler.pipelines.observations import STORAGE_FAILED
from wardcrawler.pipelines.store import Store
from wardcrawler.platforms.reader import PageReader
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.store.state import CrawlState, DuePage, PageState
from wardcrawler.store.tables.attachments import DueFile, due_files

_THEN_LISTINGS = 10
"""The priority of listing pages: see ``article_pages``."""


class Portal(DeclaredSpider):
    """A portal: constants, and the platform that reads its pages.

    Spider arguments (``scrapy crawl NAME -a since=2023-01-01``): ``since`` and ``until`` (dates, both
    included) keep only articles published then, undated ones included; ``limit`` stops after that many
    articles were asked for; ``full=1`` walks every section to its end and fetches known articles again.
    """

    state: CrawlState
    families: Families
    lists: Lists

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
        self.articles = ArticlePages(self.name, self.reader, self._article_read, self._platform_news)
        self.elsewhere = Elsewhere(self)
        self._sampling = Sampling(self.reader, self._read_listing)
        self._afterwards: list[Rechecks | Unlisted | Attachments] = []
        self._listings_answered = 0
        self.note = ""
        """What a person who gave the address is to know, in words."""
        self._told_platform: str | None = None
        allow_local((urlsplit(self.base_url).hostname or "").lower())

    # --- the beginning -----------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Any]:
        """Ask for addresses kept from earlier runs, then for the first page of every list; for the home page
        where :class:`Discovery` is to find lists.
        """
        self._open_store()
        settings = self.crawler.settings
        for key, url, category in self.state.failed(max_tries=settings.getint("WARDCRAWLER_MAX_TRIES")):
            self.lists.elsewhere.add(key)
            if self.scope.has_room(len(self.articles.asked)):
                link = ArticleLink(url=self.lists.present_address(url), key=key)
                yield self.articles.request(link, category, article_pages.BEFORE_ALL)
        for candidate in self.lists.known():
            yield SectionOpened(candidate.title, candidate.url, candidate.kind)
            yield self.listing_request(ListingRequest(candidate.url), self.lists.open(candidate))
        if self.lists.wants_discovery:
            looked_at = self.lists.looked_at()
            yield Discovery(
                self.crawler, self.home, self.allowed_domains, self.reader, self.walk_found, looked_at
            ).begin()

    @property
    def home(self) -> str:
        """The address of the home page."""
        return f"{self.base_url}{self.home_path}"

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
        self.families = Families.of(settings)
        self.lists = Lists(self.base_url, self.sections, self.state, self.scope, settings)

        def may_ask() -> bool:
            """Nobody who did not answer is asked for more."""
            return bool(self._listings_answered) and store.problem is None

        def files_due() -> list[DueFile]:
            max_tries = settings.getint("WARDCRAWLER_MAX_TRIES")
            return list(due_files(store.database, self.name, self.allowed_domains, max_tries=max_tries))

        known = (self.crawler, self.state, self.articles.asked, self._stored_request, may_ask)
        if not self.scope.is_limited and not self.scope.full:  # a full run asks for everything anyway
            self._afterwards.append(Rechecks(*known))
        if not self.scope.is_limited and (self.scope.full or settings.getbool("WARDCRAWLER_ARCHIVE_WHOLE")):
            self._afterwards.append(Unlisted(*known))
        if settings.getbool("WARDCRAWLER_ATTACHMENTS"):
            self._afterwards.append(
                Attachments(
                    self.crawler,
                    files_due,
                    lambda: may_ask() and not self.articles.waiting,
                    lambda: store.is_closed,
                )
            )

    def _stored_request(self, page: DuePage) -> Request:
        """Make the request for a page that holds an article, as if for the first time."""
        link = ArticleLink(self.lists.present_address(page.url), page.key, date_text=page.listed)
        return self.articles.request(link, page.category, article_pages.KNOWN)

    # --- what discovery found ----------------------------------------------------------------------

    def walk_found(self, found: Found) -> Output:
        """Walk the lists that discovery found; without any the home page, unless it was refused."""
        self.lists.is_whole = found.is_whole
        if found.start != "home":
            yield from self._walk_start_page(found)
        elif found.lists or self.lists.walks:
            yield from self._walk_lists(found)
        elif found.refusal is not None:
            yield ListingRefusal(self.home, "", found.refusal.reason, found.refusal.words)
        else:
            home = Candidate("", self.home, "home")
            yield SectionOpened(home.title, home.url, home.kind)
            yield self.listing_request(ListingRequest(home.url), self.lists.open(home))

    def _walk_lists(self, found: Found) -> Output:
        """Open the walks of what is new before any of them is read, then ask for what the home page links to
        by the way.
        """
        walked = {walk.url for walk in self.lists.walks}
        new = [each for each in found.lists if each.candidate.url not in walked]
        for candidate, _ in new:
            yield SectionOpened(candidate.title, candidate.url, candidate.kind)
        walks = [self.lists.open(candidate) for candidate, _ in new]
        for candidate, response in found.pages:
            yield from self.articles.parse_menu_page(candidate, response, self.state)
        for walk, (candidate, response) in zip(walks, new, strict=True):
            yield from self.parse_listing(response, walk, ListingRequest(candidate.url))
        if not self.scope.is_limited:
            yield from self._ask_of_home(found.articles)

    def _ask_of_home(self, links: Iterable[ArticleLink]) -> Output:
        links = list(links)
        self.lists.elsewhere |= {link.key for link in links}
        known = self.state.known([link.key for link in links])
        for link in links:
            if link.key not in known and link.key not in self.articles.asked:
                yield self.articles.request(link, None, article_pages.OF_NO_SECTION)

    def _walk_start_page(self, found: Found) -> Output:
        """Walk the list, or store the article, that a person gave in place of a home page; say so."""
        whole = f"for the whole portal: --url {self.base_url}"
        for candidate, response in found.lists:
            self.note = f"{response.url} is a list, walked alone; {whole}"
            yield SectionOpened(candidate.title, candidate.url, candidate.kind)
            walk = self.lists.open(candidate)
            yield from self.parse_listing(response, walk, ListingRequest(candidate.url))
        for candidate, response in found.pages:
            self.note = f"{response.url} is a single {found.start}; {whole}"
            self._listings_answered += 1
            yield ListingPage(response.url, "", 1)
            yield from self.articles.parse_menu_page(candidate, response, self.state)

    # --- the walk ----------------------------------------------------------------------------------

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
        self.families.listed(asked.url)
        of_section = walk.kind == "section"
        priority = article_pages.OF_A_SECTION if of_section else article_pages.OF_NO_SECTION
        for link in self._to_fetch(links, known, walk):
            yield self.articles.request(link, walk.title or None, priority)
        is_caught_up = not self.scope.full and walk.is_caught_up(asked.page, links, known)
        if not walk.note(links) or not following or is_caught_up:
            walk.reached_end = True
        elif (
            self.scope.is_past(links)
            or not self.scope.has_room(len(self.articles.asked))
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
            if link.key in self.articles.asked or (is_known and not self.scope.full):
                self.articles.also_in(link, walk.title)
                continue
            if not self.scope.has_room(len(self.articles.asked)) or not self.scope.covers(link):
                walk.left_out = True
                continue
            yield link

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

    def _article_read(self, url: str, item: Item) -> None:
        self.families.read(url, item)

    # --- any page ----------------------------------------------------------------------------------

    def parse(self, response: Response, **_: Any) -> Output:
        """Read any page of the portal, as ``scrapy parse`` and ``scrapy shell`` ask: give the record of an
        article, or requests for what a listing names. Knows nothing of earlier runs, stores nothing.
        """
        yield from read_any_page(response, self.reader, self.name, self.parse)
