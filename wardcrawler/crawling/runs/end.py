"""The end of a portal's run: judged from its counts in one place, and written into its row."""

from typing import Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from wardcrawler.crawling.reasons import CLOSED_BECAUSE
from wardcrawler.crawling.runs.accounts import take_account
from wardcrawler.crawling.runs.outcome import GIVEN_UP, HEALTHY, RunProgress, RunResult, judge
from wardcrawler.crawling.spider.known_articles import RECHECKED
from wardcrawler.crawling.spider.nightly import nightly_lists
from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.pipelines.store import Store
from wardcrawler.store.database.errors import DatabaseProblem


class RunEnd:
    """Scrapy extension: when the spider is closed, marks finished sections, judges the run from what the
    store counted, completes its row and gives the database back. ``result`` is None until then.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.result: RunResult | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to the end of the crawl."""
        end = cls(crawler)
        crawler.signals.connect(end.spider_closed, signal=signals.spider_closed)
        return end

    @property
    def progress(self) -> RunProgress:
        """How far the run has come."""
        store = self._store
        if store is None:
            return RunProgress()
        tally = store.tally
        return RunProgress(
            listings=store.seen.listings_answered,
            requests=self.crawler.stats.get_value("downloader/request_count", 0),
            errors=store.seen.errors(),
            pages=tally.stored,
            new=tally.new,
            changed=tally.changed,
            unchanged=tally.unchanged,
            duplicates=tally.duplicates,
        )

    def give_up(self) -> RunResult:
        """End the run of a crawl that was told to close and does not; return its result."""
        assert self.crawler.spider is not None  # noqa: S101
        self.spider_closed(self.crawler.spider, GIVEN_UP)
        assert self.result is not None  # noqa: S101
        return self.result

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Store what is queued, mark finished sections, complete the run's row."""
        store = self._store
        if self.result is not None or store is None or not isinstance(spider, Portal):
            return  # given up before it closed, or no crawl of a portal
        if store.session is None and store.problem is None:
            return  # the walk never began: a shell, or a page that was only parsed
        store.stop()
        seen = store.seen
        seen.close_reason = store.failed_because or reason
        seen.close_words = self.crawler.stats.get_value(CLOSED_BECAUSE, "")
        if store.session is not None:
            self._finish_walks(store, spider)
        self.result = self._judge(store, spider.name)
        if store.session is None:
            return
        if self.result.outcome in HEALTHY and store.has_missing:
            store.count_missing()
            self.result = self._judge(store, spider.name)
        self._record(store, self.result)
        if self.result.outcome != "interrupted" and not store.problem:
            store.session.link()
        store.close()

    @property
    def _store(self) -> Store | None:
        return self.crawler.get_item_pipeline(Store)

    def _finish_walks(self, store: Store, portal: Portal) -> None:
        seen, walks = store.seen, portal.lists.walks
        seen.note = portal.note
        is_finished = seen.close_reason == "finished"
        store.finish_sections(
            (walk.url, walk.first_links or 0) for walk in walks if is_finished and walk.is_whole
        )
        if is_finished and portal.lists.all_looked_over:
            self._end_look(store, portal)
        if portal.settings.getbool("WARDCRAWLER_ATTACHMENTS") and seen.listings_answered:
            store.refuse_offsite_files(portal.allowed_domains)
        seen.sections_left = sum(not walk.reached_end and not walk.left_out for walk in walks)
        seen.fallen = [fall for walk in walks if (fall := walk.fall)]
        try:
            take_account(seen, portal, store.opened.state)
        except DatabaseProblem as problem:
            if not store.problem:
                store.storage_failed(problem)

    def _end_look(self, store: Store, portal: Portal) -> None:
        """Choose which lists are walked every night until the portal is looked over again."""
        most = portal.settings.getint("WARDCRAWLER_NIGHTLY_SECTIONS")
        try:
            published = portal.state.published(portal.lists.seen())
        except DatabaseProblem as problem:
            store.storage_failed(problem)
        else:
            store.end_look(nightly_lists(portal.lists.walks, published, most))

    def _judge(self, store: Store, site: str) -> RunResult:
        stats, tally, seen = self.crawler.stats, store.tally, store.seen
        if store.failed_because is not None:
            seen.close_reason = store.failed_because
        seen.new_or_changed = tally.new + tally.changed + tally.duplicates
        seen.stored, seen.changed, seen.unchanged = tally.stored, tally.changed, tally.unchanged
        outcome, reason = judge(seen)
        return RunResult(
            site=site,
            outcome=outcome,
            reason=reason,
            requests=stats.get_value("downloader/request_count", 0),
            pages=tally.stored,
            new=tally.new,
            changed=tally.changed,
            unchanged=tally.unchanged,
            duplicates=tally.duplicates,
            gone=tally.gone,
            rechecked=stats.get_value(RECHECKED, 0),
            files=tally.files,
            errors=seen.errors(),
            bytes=stats.get_value("downloader/response_bytes", 0),
            seen=seen.seen,
            covered=seen.covered,
            refused=dict(seen.all_refused()),
            left_out=dict(seen.left_out),
            exit_code=store.problem.exit_code if store.problem else 0,
        )

    def _record(self, store: Store, result: RunResult) -> None:
        try:
            store.opened.record(
                result.outcome, result.reason, result.refused, result.left_out, result.counts()
            )
        except DatabaseProblem as problem:
            if not store.problem:
                store.storage_failed(problem)
                result.outcome, result.reason, result.exit_code = "error", str(problem), problem.exit_code
