"""A portal as a Scrapy spider: constants that declare it, and the walk through its listings.

Sections are walked newest first, page by page. A section that was never finished is walked to its end
whatever is known already (backfill). A finished one is left after the first page on which every article
was known before. What "known" means when an earlier walk was killed: see ``store/state.py``.
"""

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import date, datetime
from functools import partial
from typing import Any, ClassVar
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.exceptions import CloseSpider
from scrapy.http import FormRequest, Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from wardcrawler.crawling.middlewares.contact import require_contact, state_contact
from wardcrawler.crawling.middlewares.failures import explain
from wardcrawler.crawling.middlewares.public_resolver import allow_local
from wardcrawler.crawling.middlewares.tls import VERIFIED, set_tls
from wardcrawler.crawling.runs.outcome import STORAGE_FAILED
from wardcrawler.crawling.runs.run import Run
from wardcrawler.crawling.spider.attachments import Attachments
from wardcrawler.crawling.spider.declaration import check_declaration
from wardcrawler.crawling.spider.discovery import Discovery
from wardcrawler.crawling.spider.reading import PageReader
from wardcrawler.crawling.spider.rechecks import NOT_MODIFIED, Rechecks, ask_if_changed
from wardcrawler.crawling.spider.unlisted import Unlisted
from wardcrawler.crawling.spider.walk import Walk
from wardcrawler.extraction.listings import ArticleLink, ListingRequest
from wardcrawler.extraction.refusals import refuse_stub
from wardcrawler.items import Article, NotAnArticle
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.store.state import DuePage, PageState
from wardcrawler.text.dates import ICT, DateRefused, read_date
from wardcrawler.units.unit import REFORM

_FIRST_FAILED, _THEN_ARTICLES, _THEN_LISTINGS, _THEN_KNOWN = 30, 20, 10, 0


class Portal(PageReader):
    """A portal: subclass a platform and set the constants.

    Spider arguments (``scrapy crawl NAME -a since=2023-01-01``): ``since`` and ``until`` (dates, both
    included) keep only articles published then, undated ones included; ``limit`` stops after that many
    articles were asked for; ``full=1`` walks every section to its end and fetches known articles again.
    """

    title: ClassVar[str] = ""
    level: ClassVar[str] = ""
    province: ClassVar[str] = ""
    unit_code: ClassVar[str | None] = None
    unit_valid_from: ClassVar[str | None] = None
    """Which of the units that ever had this code: "" for one of before July 2025, "2025-07-01" for one of
    since. Where a class does not say, a district is of before and everything else of since."""
    base_url: ClassVar[str] = ""
    hosts: ClassVar[tuple[str, ...]] = ()
    tls: ClassVar[str] = VERIFIED
    sections: ClassVar[dict[str, str]] = {}
    status: ClassVar[str] = "unverified"
    successor: ClassVar[str | None] = None
    is_registered: ClassVar[bool] = True

    run: Run

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "base_url" in cls.__dict__ and cls.is_registered:  # platforms have no address
            if not cls.province and isinstance(getattr(cls, "name", None), str):
                cls.province = cls.name.split("-")[0]
            if cls.unit_code is not None and cls.unit_valid_from is None:
                cls.unit_valid_from = "" if cls.level == "district" else REFORM.isoformat()
            check_declaration(cls)

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Set what holds for this portal alone, as Scrapy asks when it makes a crawler."""
        super().update_settings(settings)
        state_contact(settings)
        require_contact([cls.base_url], settings)
        set_tls(settings, cls.tls)

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
        self.since = _as_date(since)
        self.until = _as_date(until)
        self.limit = int(limit) if limit else None
        self.full = str(full).lower() in ("1", "true", "yes")
        base_host = (urlsplit(self.base_url).hostname or "").lower()
        self.allowed_domains = [base_host, *self.hosts]
        self.walks: list[Walk] = []
        self.asked: set[str] = set()
        self.waiting: dict[str, Request] = {}
        allow_local(base_host)

    # --- the walk ----------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Any]:
        """Addresses kept from earlier runs first, then the first page of every section.

        Without ``sections`` they are those an earlier run found, else what :class:`Discovery` finds.
        """
        run = self.crawler.get_extension(Run)
        assert run is not None  # noqa: S101  # settings.py enables it
        self.run = run
        try:
            run.begin(self)
        except DatabaseProblem as problem:
            run.storage_failed(problem)
            raise CloseSpider(STORAGE_FAILED) from None
        self.rechecks = Rechecks(self)
        self.unlisted = Unlisted(self)
        self.attachments = Attachments(self)
        for key, url, category in run.kept_addresses():
            if self._may_ask_more():
                link = ArticleLink(url=self._at_present_address(url), key=key)
                yield self._article_request(link, category, _FIRST_FAILED)
        sections = [(title, urljoin(self.base_url, path)) for title, path in self.sections.items()]
        for title, url in sections or self._sections_found_before():
            yield self.listing_request(ListingRequest(url), self.open_walk(title, url))
        if not self.walks:
            yield Discovery(self).begin()

    def _sections_found_before(self) -> Iterator[tuple[str, str]]:
        for title, url in self.run.sections_walked_before():
            if title:  # the home page was walked for want of sections: there may be some now
                yield title, self._at_present_address(url)

    def open_walk(self, title: str, url: str) -> Walk:
        """The walk of the section ``title`` at ``url``, beginning now."""
        walk = self.run.open_walk(title, url)
        walk.left_out = bool(self.since or self.until)
        self.walks.append(walk)
        return walk

    def _at_present_address(self, url: str) -> str:
        """A kept address, where the portal is now: portals move to https, or to another name."""
        before = self.run.moved_from
        return f"{self.base_url}/{url[len(before) + 1 :]}" if before and url.startswith(f"{before}/") else url

    def listing_request(self, asked: ListingRequest, walk: Walk) -> Request:
        """The request for one page of a walk."""
        kind = partial(FormRequest, formdata=list(asked.form)) if asked.form else Request
        return kind(
            asked.url,
            callback=self.parse_listing,
            errback=self.listing_failed,
            cb_kwargs={"walk": walk, "asked": asked},
            priority=_THEN_LISTINGS,
        )

    def parse_listing(self, response: Response, walk: Walk, asked: ListingRequest) -> Iterator[Request]:
        """Ask for the articles of a listing page that are to be fetched, then for the next page."""
        try:
            document, extractor = self.read_answer(response)
            links = extractor.article_links(document, response.url)
            following = extractor.next_listing(document, response.url, asked)
            if not links:
                refuse_stub(document, response.url)
        except NotAnArticle as refusal:
            if refusal.reason == "empty" and asked.form and asked.page > 1:
                walk.reached_end = True  # a fragment without a line: what VNPT's paging answers past the end
            else:
                self.run.listing_failed(walk.title, response.url, refusal.reason, refusal.words)
            return
        self.run.listing_answered(len(links))
        if following and following.page == asked.page:  # only the shell of a list that comes as JSON
            yield self.listing_request(following, walk)
            return
        if asked.page == 1:
            walk.first_links = len(links)
        known = self.run.known([link.key for link in links])
        for link in self._to_fetch(links, known, walk):
            yield self._article_request(link, walk.title, _THEN_ARTICLES)
        unseen = {link.key for link in links} - walk.seen
        walk.seen |= unseen
        if not following or not unseen or self._is_caught_up(links, known, walk):
            walk.reached_end = True
        elif self._is_past_period(links) or not self._may_ask_more():
            walk.left_out = True
        else:
            yield self.listing_request(following, walk)

    def _to_fetch(
        self, links: Iterable[ArticleLink], known: dict[str, PageState], walk: Walk
    ) -> Iterator[ArticleLink]:
        for link in links:
            if link.key in self.asked or (self._is_known(link, known) and not self.full):
                continue
            if not self._may_ask_more() or not self._is_in_period(_day(link)):
                walk.left_out = True
                continue
            yield link

    def _is_known(self, link: ArticleLink, known: dict[str, PageState]) -> bool:
        """Whether there is no need to ask for it: a page that was gone and is listed again is back."""
        return link.key in known and known[link.key].gone_at is None

    def _is_caught_up(self, links: Iterable[ArticleLink], known: dict[str, PageState], walk: Walk) -> bool:
        if walk.is_backfill or self.full:
            return False
        return all(link.key in known and known[link.key].first_run < walk.known_before for link in links)

    def _may_ask_more(self) -> bool:
        return self.limit is None or len(self.asked) < self.limit

    def _is_in_period(self, day: date | None) -> bool:
        if day is None:
            return True
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def _is_past_period(self, links: list[ArticleLink]) -> bool:
        days = [_day(link) for link in links]
        return self.since is not None and all(day is not None and day < self.since for day in days)

    def listing_failed(self, failure: Failure) -> None:
        """A listing page that could not be had: its section stays unfinished."""
        reason, words, _ = explain(failure)
        request: Request = failure.request  # type: ignore[attr-defined]
        self.run.listing_failed(request.cb_kwargs["walk"].title, request.url, reason, words)

    # --- articles ----------------------------------------------------------------------------------

    def _article_request(self, link: ArticleLink, category: str | None, priority: int) -> Request:
        self.asked.add(link.key)
        known = self.known_extractor
        request = Request(
            known.content_address(link.url) if known else link.url,
            callback=self.parse_article_page,
            errback=self.article_failed,
            cb_kwargs={"key": link.key, "category": category, "listed": link.date_text},
            priority=priority,
        )
        self.waiting[link.key] = request
        return request

    def recheck_request(self, page: DuePage) -> Request:
        """The request for a page that holds an article: whether it still does, and the same one."""
        return ask_if_changed(self.stored_request(page), page)

    def stored_request(self, page: DuePage) -> Request:
        """The request for a page that holds an article, as if for the first time."""
        link = ArticleLink(url=self._at_present_address(page.url), key=page.key, date_text=page.listed)
        return self._article_request(link, page.category, _THEN_KNOWN)

    def parse_article_page(
        self, response: Response, key: str, category: str | None, listed: str | None = None
    ) -> Iterator[Article]:
        """One article, under the key of the address that was linked, wherever redirects led. ``listed`` is
        the date its listing prints, which counts only where the page has none that can be read.
        """
        request = self.waiting.pop(key)
        if response.status == NOT_MODIFIED:
            self.run.confirm(key)
            return
        try:
            article = self.read_article_page(response, key, category, listed)
        except NotAnArticle as refusal:
            self.run.refuse(key, request.url, category, refusal.reason, refusal.words, response.status)
            return
        except Exception as error:
            self.logger.exception("Cannot parse %s", response.url)
            self.run.refuse(key, request.url, category, "parser-error", repr(error), response.status)
            if isinstance(error, MemoryError):
                raise  # a worker process ends for it: see crawling/workers/watched.py
            return
        yield article

    def article_failed(self, failure: Failure) -> None:
        """An article page that could not be had: its address is kept for the next run."""
        reason, words, status = explain(failure)
        request: Request = failure.request  # type: ignore[attr-defined]
        key, category = request.cb_kwargs["key"], request.cb_kwargs["category"]
        asked = self.waiting.pop(key, request)
        self.run.refuse(key, asked.url, category, reason, words, status)


def _as_date(value: str | date | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else value or None


def _day(link: ArticleLink) -> date | None:
    if not link.date_text:
        return None
    try:
        return read_date(link.date_text, now=datetime.now(ICT)).at.date()
    except DateRefused:
        return None
