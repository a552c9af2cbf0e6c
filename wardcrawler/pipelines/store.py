"""Last pipeline: into the database. It owns the writer: opens it, hands it items, closes it."""

import asyncio
import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import singledispatchmethod
from pathlib import Path
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.utils.asyncio import AsyncioLoopingCall, create_looping_call
from twisted.internet.task import LoopingCall
from twisted.python.failure import Failure

from wardcrawler.attachments.vault import Vault
from wardcrawler.exit_codes import STORAGE
from wardcrawler.items import (
    Alias,
    Article,
    FetchedFile,
    FileRefusal,
    Item,
    LeftOut,
    ListingPage,
    ListingRefusal,
    NoListing,
    PlatformRecognised,
    Refusal,
    SectionOpened,
    Unchanged,
    UnchangedFile,
)
from wardcrawler.pipelines.observations import STORAGE_FAILED, Observations
from wardcrawler.store import Database
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.store.session import RunSession
from wardcrawler.store.state import CrawlState
from wardcrawler.store.tables.attachments import OFFSITE, offsite_files
from wardcrawler.store.tables.pages import GONE_STATUSES, incomplete_reason
from wardcrawler.store.tables.sites import SiteRow, save_platform
from wardcrawler.store.writer import Job, Tally, Writer

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_FLUSHES = 2.0


class Store:
    """Commits what flows by in batches, in order, each article with the state of its page; counts it.

    Nothing is opened before the spider begins its walk (:meth:`open`), so that ``scrapy shell``, ``parse``
    and ``list`` leave no trace; until then items pass by. A database that cannot be written closes the crawl.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.session: RunSession | None = None
        self.seen = Observations()
        self.problem: DatabaseProblem | None = None
        """Why the database or the archive cannot be written any more."""
        self.failed_because: str | None = None
        """The close reason that goes with it."""
        self.is_closed = False
        self._missing: set[str] = set()
        self._flushing: AsyncioLoopingCall | LoopingCall | None = None
        self._closing: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to items that another pipeline breaks on, and to the pauses of the crawl."""
        store = cls(crawler)
        crawler.signals.connect(store.item_failed, signal=signals.item_error)
        crawler.signals.connect(store.flush, signal=signals.spider_idle)
        return store

    # --- the beginning -----------------------------------------------------------------------------

    def open(self, site: SiteRow, *, tls: str) -> CrawlState:
        """Open the database, insert the run's row; return what earlier runs know of the portal.

        ``tls`` is how far the portal's certificates are trusted. Raises :class:`DatabaseProblem`.
        """
        settings = self.crawler.settings
        try:
            self.session = RunSession.begin(
                Path(settings["WARDCRAWLER_DB"]),
                site,
                command=settings.get("WARDCRAWLER_COMMAND"),
                tls=settings["WARDCRAWLER_TLS"] or tls,
                trust_clock=settings.getbool("WARDCRAWLER_TRUST_CLOCK"),
            )
            self.seen.knew_articles = self.session.state.has_articles()
        except DatabaseProblem as problem:
            self.storage_failed(problem)
            raise
        self._vault = Vault(settings["WARDCRAWLER_DB"])
        self._flushing = create_looping_call(self.flush)
        self._flushing.start(SECONDS_BETWEEN_FLUSHES, now=False)
        return self.session.state

    @property
    def opened(self) -> RunSession:
        """The session; only between :meth:`open` and :meth:`close`."""
        assert self.session is not None  # noqa: S101
        return self.session

    @property
    def database(self) -> Database:
        """The open database; only between :meth:`open` and :meth:`close`."""
        return self.opened.db

    @property
    def run_id(self) -> int | None:
        """The id of the run's row, once there is one."""
        return self.session.run_id if self.session else None

    @property
    def tally(self) -> Tally:
        """Counts of what is in the database by now."""
        return self.session.writer.tally if self.session else Tally()

    # --- items -------------------------------------------------------------------------------------

    def process_item(self, item: Item) -> Item:
        """Queue ``item`` for the next batch; pass an article on, to ``scrapy crawl -O`` and what listens.

        Raises ``DropItem`` for the rest: it says what became of an address, and ends here.
        """
        if self.session is not None:
            self._take(item)
        if not isinstance(item, Article):
            raise DropItem(f"{type(item).__name__} of {item.url} is noted", log_level="DEBUG")
        return item

    @singledispatchmethod
    def _take(self, item: Item) -> None:
        raise TypeError(f"the store knows no {type(item).__name__}")

    @_take.register
    def _article(self, item: Article) -> None:
        writer = self.opened.writer
        if item.missing_pages and self._holds_article(item.key):  # which may be whole: it stays
            reason, _, words = incomplete_reason(item).partition(": ")
            self._refusal(_refused(item, reason, words))
            return
        try:
            self.write(lambda: writer.put(item, item.http_status, item.etag, item.last_modified))
        except ValueError as error:  # the store cannot hold it: refused like a bad page
            self._refusal(_refused(item, "not-storable", str(error)))

    def _holds_article(self, key: str) -> bool:
        known = self.opened.state.known([key]).get(key)
        return known is not None and known.article_id is not None

    @_take.register
    def _refusal(self, item: Refusal) -> None:
        self.write(lambda: self._refuse(item))

    def _refuse(self, item: Refusal) -> None:
        """Keep the address for the next run; one that is kept already stays so where this was no try."""
        known = self.opened.state.known([item.key]).get(item.key)
        if known is not None and not item.is_try:
            return
        if known is not None and known.article_id is not None:
            self.seen.refused_known[item.reason] += 1
            if item.http_status in GONE_STATUSES:
                self._missing.add(item.key)
        elif known is not None:
            self.seen.refused_again[item.reason] += 1
        else:
            self.seen.refused[item.reason] += 1
        self.crawler.stats.inc_value(f"wardcrawler/refused/{item.reason}")
        self.opened.writer.put_failure(
            key=item.key, url=item.url, category=item.category, reason=f"{item.reason}: {item.words}",
            http_status=item.http_status,
        )  # fmt: skip

    @_take.register
    def _unchanged(self, item: Unchanged) -> None:
        self.write(lambda: self.opened.writer.confirm(item.key, item.http_status))

    @_take.register
    def _left_out(self, item: LeftOut) -> None:
        if item.url in self.seen.left_out_urls:
            return
        self.seen.left_out_urls[item.url] = item.reason
        self.seen.left_out[item.reason] += 1
        self.seen.left_out_words.setdefault(item.reason, item.words)
        self.crawler.stats.inc_value(f"wardcrawler/left_out/{item.reason}")

    @_take.register
    def _section_opened(self, item: SectionOpened) -> None:
        self.write(lambda: self.opened.writer.open_listing(item.url, section=item.title, kind=item.kind))

    @_take.register
    def _no_listing(self, item: NoListing) -> None:
        self.write(lambda: self.opened.writer.note_page(item.url, title=item.title))

    @_take.register
    def _alias(self, item: Alias) -> None:
        self.write(lambda: self.opened.writer.put_alias(item.key, item.url, item.of))

    @_take.register
    def _listing_page(self, item: ListingPage) -> None:
        self.seen.listings_answered += 1
        self.seen.links_found += item.links

    @_take.register
    def _listing_refusal(self, item: ListingRefusal) -> None:
        self.seen.listings_failed[item.reason] += 1
        self.seen.first_words = self.seen.first_words or f"{item.url}: {item.words}"
        self.crawler.stats.inc_value(f"wardcrawler/listing_failed/{item.reason}")

    @_take.register
    def _platform_recognised(self, item: PlatformRecognised) -> None:
        self.write(lambda: save_platform(self.database, self.opened.state.site, item.platform))

    @_take.register
    def _file(self, item: FetchedFile) -> None:
        self.write(lambda: self._keep(item))

    def _keep(self, item: FetchedFile) -> None:
        """The file first, then its row: no row is about a file that is not there."""
        try:
            stored = self._vault.put(item.body, item.extension)
        except OSError as error:
            place = self._vault.root / "files"
            raise DatabaseProblem(f"{place} cannot be written: {error.strerror}", STORAGE) from None
        self.opened.writer.put_file(
            item.url, stored, item.media_type, 200, etag=item.etag, last_modified=item.last_modified,
            name=item.name,
        )  # fmt: skip

    @_take.register
    def _unchanged_file(self, item: UnchangedFile) -> None:
        self.write(
            lambda: self.opened.writer.confirm_file(item.url, item.sha256, item.etag, item.last_modified)
        )

    @_take.register
    def _file_refusal(self, item: FileRefusal) -> None:
        self.crawler.stats.inc_value(f"wardcrawler/files_failed/{item.reason}")
        self.write(
            lambda: self.opened.writer.fail_file(
                item.url, f"{item.reason}: {item.words}", item.http_status, is_try=item.is_try
            )
        )

    def item_failed(self, item: Item, failure: Failure) -> None:
        """Refuse an article that a pipeline broke on: its address is kept like that of a bad page."""
        if isinstance(item, Article) and self.session is not None:
            self._refusal(_refused(item, "pipeline-error", repr(failure.value)))

    # --- writing -----------------------------------------------------------------------------------

    def also(self, job: Job) -> None:
        """Queue something else to be committed in order with the rest."""
        self.write(lambda: self.opened.writer.also(job))

    def flush(self) -> None:
        """Commit what is queued."""
        if self.session is not None:
            self.write(self.session.writer.flush)

    def write(self, action: Callable[[], object]) -> None:
        """Do something with the database; one that cannot be written closes the crawl."""
        if self.session is None or self.failed_because == STORAGE_FAILED or self.is_closed:
            return
        try:
            action()
        except DatabaseProblem as problem:
            self.fail(problem)

    def fail(self, problem: DatabaseProblem, reason: str = STORAGE_FAILED) -> None:
        """Remember why what the crawl brings can no longer be written, and close the crawl."""
        if self.problem or self.is_closed:
            return
        self.storage_failed(problem, reason)
        self._closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason=reason))

    def storage_failed(self, problem: DatabaseProblem, reason: str = STORAGE_FAILED) -> None:
        """Remember why the database or the archive cannot be written any more; log it."""
        logger.error("%s", problem)
        self.problem = problem
        self.failed_because = reason
        self.seen.first_words = str(problem)

    # --- the end, when the spider is closed --------------------------------------------------------

    def finish_sections(self, whole: Iterable[tuple[str, int]]) -> None:
        """Mark sections whose walk is whole, after all of their articles: address, and how many articles
        the first page named. Commits.
        """
        with self._last_words() as writer:
            for url, links in whole:
                writer.finish_listing(url, links=links)

    def end_look(self, nightly: Mapping[str, int]) -> None:
        """Keep that the portal was looked over, and which lists are walked every night, by address, with the
        number of pages to read at least. Commits.
        """
        with self._last_words() as writer:
            writer.end_look(nightly)

    def refuse_offsite_files(self, hosts: Collection[str]) -> None:
        """Keep of files on other hosts than ``hosts`` that nobody asks for them. Commits."""
        with self._last_words() as writer:
            for url in offsite_files(self.database, self.opened.state.site, hosts):
                writer.fail_file(url, f"{OFFSITE}: not a host of this portal", is_try=False)

    @property
    def has_missing(self) -> bool:
        """Whether known pages answered that they are gone."""
        return bool(self._missing)

    def count_missing(self) -> None:
        """Count known pages that answered that they are gone as missed. Only a healthy run may: a portal in
        trouble answers 404 for all. Commits.
        """
        with self._last_words() as writer:
            for key in sorted(self._missing):
                writer.miss(key)

    @contextmanager
    def _last_words(self) -> Iterator[Writer]:
        """Commit what is queued within; a database that cannot be written is remembered."""
        writer = self.opened.writer
        try:
            yield writer
            if self.failed_because != STORAGE_FAILED:
                writer.flush()
        except DatabaseProblem as problem:
            if self.failed_because != STORAGE_FAILED:
                self.storage_failed(problem)

    def stop(self) -> None:
        """Take nothing more by the clock."""
        if self._flushing is not None and self._flushing.running:
            self._flushing.stop()

    def close(self) -> None:
        """Give the database back; near-duplicates are linked first where nobody else will."""
        self.is_closed = True
        if self.session is not None:
            self.session.end()


def _refused(article: Article, reason: str, words: str) -> Refusal:
    return Refusal(article.key, article.url, article.category, reason, words, article.http_status)
