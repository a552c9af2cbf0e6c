"""One portal's run: what the spider asks of the database, what it puts there, and the run's own row."""

import asyncio
import logging
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import AsyncioLoopingCall, create_looping_call
from sqlite_utils import Database
from twisted.internet.task import LoopingCall
from twisted.python.failure import Failure

from wardcrawler.crawling.middlewares.failures import NOT_SENT
from wardcrawler.crawling.middlewares.retry import CLOSED_BECAUSE
from wardcrawler.crawling.runs.outcome import GIVEN_UP, HEALTHY, STORAGE_FAILED, Observations, judge
from wardcrawler.crawling.runs.result import RunResult
from wardcrawler.crawling.runs.rows import save_portal
from wardcrawler.crawling.runs.session import Opened
from wardcrawler.crawling.runs.standing import Standing
from wardcrawler.crawling.spider.walk import Walk
from wardcrawler.items import Article
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.store.state import DuePage, PageState, SiteState
from wardcrawler.store.tables.attachments import OFFSITE, DueFile, due_files, offsite_files
from wardcrawler.store.tables.pages import GONE_STATUSES
from wardcrawler.store.writer import Job, Tally, Writer

if TYPE_CHECKING:
    from wardcrawler.crawling.spider.portal import Portal

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_FLUSHES = 2.0


class Run:
    """Scrapy extension: opens the database when a crawl really starts, closes it with the outcome.

    Building it does nothing, so that ``scrapy shell`` and ``scrapy list`` leave no trace.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.site = ""
        self.seen = Observations()
        self.problem: DatabaseProblem | None = None
        self._failed_because: str | None = None
        self.result: RunResult | None = None
        self._opened: Opened | None = None
        self._walks: list[Walk] = []
        self._kept: set[str] = set()
        self._holding: set[str] = set()
        self._missing: set[str] = set()
        self.rechecked = 0
        self._flushing: AsyncioLoopingCall | LoopingCall | None = None
        self._closing: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to the end of the crawl."""
        run = cls(crawler)
        crawler.signals.connect(run.item_failed, signal=signals.item_error)
        crawler.signals.connect(run.spider_closed, signal=signals.spider_closed)
        return run

    # --- the beginning -----------------------------------------------------------------------------

    def begin(self, portal: "Portal") -> None:
        """Open the database and insert the run's row. Raises :class:`DatabaseProblem`."""
        self.site = portal.name
        self._opened = Opened.begin(self.crawler.settings, portal)
        self.seen.knew_articles = self.state.has_articles()
        self._flushing = create_looping_call(self._flush_now_and_then)
        self._flushing.start(SECONDS_BETWEEN_FLUSHES, now=False)

    @property
    def opened(self) -> Opened:
        """What the run holds; only between ``begin`` and the end."""
        assert self._opened is not None  # noqa: S101
        return self._opened

    @property
    def writer(self) -> Writer:
        """The open writer; only between ``begin`` and the end."""
        return self.opened.writer

    @property
    def database(self) -> Database:
        """The open database; only between ``begin`` and the end."""
        return self.opened.db

    @property
    def state(self) -> SiteState:
        """What earlier runs left; only between ``begin`` and the end."""
        return self.opened.state

    @property
    def moved_from(self) -> str | None:
        """The portal's address in earlier runs, if it is another now."""
        return self.opened.moved_from

    @property
    def run_id(self) -> int | None:
        """The id of the run's row, once there is one."""
        return self._opened.run_id if self._opened else None

    def also(self, job: Job) -> None:
        """Queue something to be committed in order with the rest."""
        self.write(lambda: self.writer.also(job))

    def fail(self, problem: DatabaseProblem, reason: str = STORAGE_FAILED) -> None:
        """What the crawl brings can no longer be written: remember why, and close the crawl."""
        if self.problem or self.result:
            return
        self.storage_failed(problem, reason)
        self._closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason=reason))

    # --- what the spider asks and says -------------------------------------------------------------

    def kept_addresses(self) -> list[tuple[str, str, str | None]]:
        """Key, address and category of pages that earlier runs could not store and that are due again."""
        kept = self.state.failed(max_tries=self.crawler.settings.getint("WARDCRAWLER_MAX_TRIES"))
        self._kept = {key for key, _, _ in kept}
        return kept

    def known(self, keys: Sequence[str]) -> dict[str, PageState]:
        """State of those of ``keys`` that have a row in ``pages``."""
        known = self.state.known(keys)
        self._holding.update(key for key, state in known.items() if state.article_id is not None)
        return known

    def due(self, most: int) -> list[DuePage]:
        """At most ``most`` pages whose article is to be fetched again, the most urgent first."""
        due = self.state.due(most)
        self._holding.update(page.key for page in due)
        self.rechecked += len(due)
        return due

    def stored_pages(self, after: str, most: int) -> list[DuePage]:
        """The next pages that hold an article and are not gone, in the order of their keys."""
        stored = self.state.stored(after, most)
        self._holding.update(page.key for page in stored)
        return stored

    def due_files(self, hosts: Collection[str]) -> list[DueFile]:
        """The files on ``hosts`` that articles of this portal link to and that were not had yet. Of those
        elsewhere is kept that they are.
        """
        for url in offsite_files(self.database, self.site, hosts):
            self.writer.fail_file(url, f"{OFFSITE}: not a host of this portal", is_try=False)
        max_tries = self.crawler.settings.getint("WARDCRAWLER_MAX_TRIES")
        return list(due_files(self.database, self.site, hosts, max_tries=max_tries))

    def open_walk(self, title: str, url: str) -> Walk:
        """The walk of one section; an earlier one that did not finish decides what counts as known."""
        listing = self.state.listing(url)
        walk = Walk(
            title=title,
            url=url,
            known_before=self.opened.run_id if listing.open_run is None else listing.open_run,
            is_backfill=listing.backfilled_at is None,
            usual_links=listing.links,
        )
        self.writer.open_listing(url, section=title)
        self._walks.append(walk)
        return walk

    def sections_walked_before(self) -> list[tuple[str, str]]:
        """Title and address of the sections that earlier runs walked, in the order they were found."""
        return self.state.sections()

    def platform_recognised(self, portal: "Portal", platform: str) -> None:
        """Say of a portal that was crawled by its address which platform it turned out to be."""
        self.write(lambda: save_portal(self.database, portal, platform))

    def listing_answered(self, links: int) -> None:
        """A listing page came and named ``links`` articles."""
        self.seen.listings_answered += 1
        self.seen.links_found += links

    def listing_failed(self, section: str, url: str, reason: str, words: str) -> None:
        """A listing page did not come, or is none."""
        self.seen.listings_failed[reason] += 1
        self.seen.first_words = self.seen.first_words or f"{url}: {words}"
        self.crawler.stats.inc_value(f"wardcrawler/listing_failed/{reason}")

    def refuse(
        self, key: str, url: str, category: str | None, reason: str, words: str, status: int | None
    ) -> None:
        """Keep the address of a page that gave no article, for the next run."""
        if reason == NOT_SENT and (key in self._kept or key in self._holding):
            return  # the address is kept already, and this was no try
        if key in self._holding:
            self.seen.refused_known[reason] += 1
            if status in GONE_STATUSES:
                self._missing.add(key)
        else:
            (self.seen.refused_again if key in self._kept else self.seen.refused)[reason] += 1
        self.crawler.stats.inc_value(f"wardcrawler/refused/{reason}")
        self.write(
            lambda: self.writer.put_failure(
                key=key, url=url, category=category, reason=f"{reason}: {words}", http_status=status
            )
        )

    def put(self, article: Article) -> None:
        """Queue an article for the next batch; one that the store cannot hold is refused like a bad page."""
        try:
            self.write(
                lambda: self.writer.put(article, article.http_status, article.etag, article.last_modified)
            )
        except ValueError as error:
            self.refuse(
                article.key, article.url, article.category, "not-storable", str(error), article.http_status
            )

    def confirm(self, key: str) -> None:
        """The server says that a known page is as it was when it was last fetched."""
        self.write(lambda: self.writer.confirm(key, 304))

    def item_failed(self, item: Article, failure: Failure) -> None:
        """A pipeline broke on an article: its address is kept like that of a bad page."""
        self.refuse(
            item.key, item.url, item.category, "pipeline-error", repr(failure.value), item.http_status
        )

    @property
    def tally(self) -> Tally:
        """What is in the database by now."""
        return self.writer.tally if self._opened else Tally()

    @property
    def standing(self) -> Standing:
        """How far this run has come."""
        tally = self.tally
        return Standing(
            listings=self.seen.listings_answered,
            requests=self.crawler.stats.get_value("downloader/request_count", 0),
            errors=self._errors(),
            pages=tally.stored,
            new=tally.new,
            changed=tally.changed,
            unchanged=tally.unchanged,
            duplicates=tally.duplicates,
        )

    def _errors(self) -> int:
        return self.seen.all_refused().total() + self.seen.listings_failed.total()

    def _flush_now_and_then(self) -> None:
        self.write(self.writer.flush)

    def write(self, action: Callable[[], object]) -> None:
        """Do something with the database; one that cannot be written closes the crawl."""
        if self._failed_because == STORAGE_FAILED or self.result:
            return
        try:
            action()
        except DatabaseProblem as problem:
            self.fail(problem)

    def storage_failed(self, problem: DatabaseProblem, reason: str = STORAGE_FAILED) -> None:
        """The database or the archive cannot be written: remember why; the crawl is closed for it."""
        logger.error("%s", problem)
        self.problem = problem
        self._failed_because = reason
        self.seen.first_words = str(problem)

    # --- the end -----------------------------------------------------------------------------------

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Store what is queued, mark finished sections, complete the run's row."""
        if self.result is not None:  # given up before it closed
            return
        if self._flushing is not None and self._flushing.running:
            self._flushing.stop()
        self.seen.close_reason = self._failed_because or reason
        self.seen.close_words = self.crawler.stats.get_value(CLOSED_BECAUSE, "")
        if self._opened is not None:
            self._at_the_end(self._finish_walks)
        self.result = self._conclude(spider.name)
        if self._opened is None:
            return
        if self.result.outcome in HEALTHY and self._missing:
            self._at_the_end(self._count_missing)
            self.result = self._conclude(spider.name)
        self._record(self._opened, self.result)
        if self.result.outcome != "interrupted" and not self.problem:
            self._opened.link()
        self._opened.end()

    def give_up(self) -> RunResult:
        """End the run of a crawl that was told to close and does not."""
        assert self.crawler.spider is not None  # noqa: S101
        self.spider_closed(self.crawler.spider, GIVEN_UP)
        assert self.result is not None  # noqa: S101
        return self.result

    def _at_the_end(self, action: Callable[[], None]) -> None:
        """Queue the last things and commit all that is queued."""
        if self._failed_because == STORAGE_FAILED:
            return
        try:
            action()
            self.writer.flush()
        except DatabaseProblem as problem:
            self.storage_failed(problem)
            self.seen.close_reason = STORAGE_FAILED

    def _count_missing(self) -> None:
        """Only a healthy run may say of a page that it is gone: a portal in trouble answers 404 for all."""
        for key in sorted(self._missing):
            self.writer.miss(key)

    def _finish_walks(self) -> None:
        for walk in self._walks:
            if self.seen.close_reason == "finished" and walk.is_whole:
                self.writer.finish_listing(walk.url, links=walk.first_links or 0)
        stopped_early = [walk for walk in self._walks if not walk.reached_end and not walk.left_out]
        self.seen.sections_left = len(stopped_early)
        self.seen.fallen = [fall for walk in self._walks if (fall := walk.fall)]

    def _conclude(self, site: str) -> RunResult:
        stats, tally = self.crawler.stats, self.tally
        self.seen.new_or_changed = tally.new + tally.changed + tally.duplicates
        self.seen.stored = tally.stored
        self.seen.changed, self.seen.unchanged = tally.changed, tally.unchanged
        refused = self.seen.all_refused()
        outcome, reason = judge(self.seen)
        return RunResult(
            site=site,
            outcome=outcome,
            reason=reason,
            requests=stats.get_value("downloader/request_count", 0),
            pages=self.seen.stored,
            new=tally.new,
            changed=tally.changed,
            unchanged=tally.unchanged,
            duplicates=tally.duplicates,
            gone=tally.gone,
            rechecked=self.rechecked,
            files=tally.files,
            errors=self._errors(),
            bytes=stats.get_value("downloader/response_bytes", 0),
            refused=dict(refused),
            exit_code=self.problem.exit_code if self.problem else 0,
        )

    def _record(self, opened: Opened, result: RunResult) -> None:
        try:
            opened.record(result)
        except DatabaseProblem as problem:
            if not self.problem:
                self.storage_failed(problem)
                result.outcome, result.reason, result.exit_code = "error", str(problem), problem.exit_code
