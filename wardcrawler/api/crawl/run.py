"""Crawl portals under the database's lock: incrementally, or as a whole into an archive."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from scrapy.settings import BaseSettings, Settings

from wardcrawler.api.crawl.recording import Recording
from wardcrawler.api.crawl.settings import crawl_settings, refuse_without_contact
from wardcrawler.api.errors import CrawlFailed, InputError
from wardcrawler.api.finish import FinishListener, interruptible, link, read_texts
from wardcrawler.api.options import CrawlOptions, PortalChoice
from wardcrawler.api.portals import Chosen, choose
from wardcrawler.archives.recording.archive import check_path, file_name
from wardcrawler.attachments.readers.result import Status
from wardcrawler.attachments.vault import Vault
from wardcrawler.crawling.process import Silence, host_groups
from wardcrawler.crawling.process import crawl as crawl_here
from wardcrawler.crawling.runs.log import log_path, start_log
from wardcrawler.crawling.runs.outcome import HEALTHY, SUCCESSFUL, RunProgress, RunResult
from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.crawling.workers.limits import WorkersDoNotStart, available_cores
from wardcrawler.crawling.workers.parent import crawl_in_workers
from wardcrawler.exit_codes import INTERRUPTED, NONE_SUCCEEDED, OK, SOME_UNHEALTHY
from wardcrawler.monitoring.alerts import Alerts
from wardcrawler.store import Database
from wardcrawler.store.database.lock import RunLock
from wardcrawler.store.database.pool import shared_connection
from wardcrawler.store.tables.runs import require_clock

__all__ = ["HEALTHY", "CrawlListener", "CrawlReport", "RunProgress", "RunResult", "crawl", "preserve"]

PRESERVATION = {
    "WARDCRAWLER_DISCOVERY_PAGES": "1000",  # there may be no next crawl to go on
    "CLOSESPIDER_PAGECOUNT": "500000",  # requisites count too: a crawl's own bound would be too low
    "WARDCRAWLER_FILES_MOST": "0",  # files are bounded by the archive's limits alone
    "WARDCRAWLER_FILES_BYTES": "0",
}
"""Settings of a preservation, unless others are given."""


@dataclass(frozen=True, slots=True)
class CrawlReport:
    """How a crawl ended: a result for each portal; the files whose texts were read, by status, None where no
    files were asked for; the archive's files, if one was written.

    ``left_out`` says in words what is not in the archive, or is None; ``unfinished`` names the portals that
    are not whole in it, for which it was not made yet.
    """

    results: list[RunResult]
    texts: Counter[Status] | None = None
    archive: list[Path] = field(default_factory=list)
    left_out: str | None = None
    unfinished: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """Return the gravest thing that happened, as an exit code; OK if nothing was to crawl."""
        outcomes = [result.outcome for result in self.results]
        storage = max((result.exit_code for result in self.results), default=OK)
        if storage or not outcomes:
            return storage
        if "interrupted" in outcomes:
            return INTERRUPTED
        if not any(outcome in SUCCESSFUL for outcome in outcomes):
            return NONE_SUCCEEDED
        if any(outcome not in HEALTHY for outcome in outcomes):
            return SOME_UNHEALTHY
        return OK


class CrawlListener(Silence, FinishListener):
    """Hears how a crawl comes on; does nothing. In this order: ``crawling``; of each portal ``started``,
    ``progressed`` every second, ``finished``; ``crawled``; ``linking``; ``reading_files``; ``done``.
    """

    def crawling(self, portals: int) -> None:
        """Hear that the crawls of so many portals begin."""

    def crawled(self) -> None:
        """Hear that all of them have ended."""

    def done(self, report: CrawlReport) -> None:
        """Hear that all is stored; nobody outside was told yet."""


def crawl(
    choice: PortalChoice,
    options: CrawlOptions,
    *,
    db: Path,
    archive: Path | None = None,
    command: str = "wardcrawler.crawl",
    verbose: bool = False,
    listener: CrawlListener | None = None,
) -> CrawlReport:
    """Fetch what is new on portals and store it in ``db``, each text once. Once a process: Scrapy's reactor
    does not start again.

    ``archive`` names a file, ``.wacz`` or ``.warc.gz``, that keeps every answer. ``command`` is what ``runs``
    says of how it was started. The log goes to ``logs/`` beside the database, with ``verbose`` to standard
    error too. What is wrong with one portal is in its result. The pings and webhooks that the settings name
    are sent at the end.

    Raises, before anything is fetched, :class:`InputError` and ``DatabaseProblem``; later
    ``DatabaseProblem``, :class:`CrawlFailed` if worker processes do not start, ``KeyboardInterrupt`` at a
    second Ctrl-C (the first ends all crawls in order).
    """
    listener = listener or CrawlListener()
    if options.since and options.until and options.since > options.until:
        raise InputError(f"since {options.since} is after until {options.until}")
    settings = crawl_settings(db, options, command, portal_files=choice.files)
    chosen = choose(choice, settings, listener.warn)
    recording = None
    if archive is not None:
        check_path(archive, "crawl")
        recording = Recording(archive, "crawl", db_path=db)
    return _run_with_alerts(chosen, settings, options, db, recording, verbose, listener)


def preserve(
    choice: PortalChoice,
    options: CrawlOptions,
    *,
    db: Path,
    archive: Path | None = None,
    close: bool = False,
    command: str = "wardcrawler.preserve",
    verbose: bool = False,
    listener: CrawlListener | None = None,
) -> CrawlReport:
    """Fetch everything of portals, page requisites and files too, into one WACZ; store records as a crawl
    does.

    ``archive`` names the WACZ; None names it after the portal and the day, beside the database. A run that
    was stopped is continued by the same call. With ``close`` the WACZ is made even if some portals are not
    whole in it. Everything else, the errors too, is as in :func:`crawl`.
    """
    listener = listener or CrawlListener()
    options = replace(
        options,
        full=True,
        attachments=options.attachments is not False,
        timeout=options.timeout or 0,
        settings={**PRESERVATION, **options.settings},
    )
    settings = crawl_settings(db, options, command, portal_files=choice.files)
    chosen = choose(choice, settings, listener.warn)
    if archive is not None:
        check_path(archive, "archive")
    name = file_name(chosen.portals[0].name) if len(chosen.portals) == 1 else "portals"
    recording = Recording(archive, "archive", db_path=db, name=name, close=close)
    return _run_with_alerts(chosen, settings, options, db, recording, verbose, listener)


def _run_with_alerts(
    chosen: Chosen,
    settings: Settings,
    options: CrawlOptions,
    db: Path,
    recording: Recording | None,
    verbose: bool,
    listener: CrawlListener,
) -> CrawlReport:
    """Run the crawl; tell ``WARDCRAWLER_PING_URL`` and ``WARDCRAWLER_WEBHOOK_URL`` how it ended."""
    alerts = Alerts(
        settings.get("WARDCRAWLER_PING_URL") or "",
        settings.get("WARDCRAWLER_WEBHOOK_URL") or "",
        db,
        log_path(db),
        listener.warn,
    )
    with alerts:
        refuse_without_contact(chosen.portals, settings)
        report = run(
            chosen, settings, options, db=db, recording=recording, verbose=verbose, listener=listener
        )
        alerts.conclude(report.exit_code, report.results)
    return report


def run(
    chosen: Chosen,
    settings: Settings,
    options: CrawlOptions,
    *,
    db: Path,
    recording: Recording | None = None,
    verbose: bool = False,
    listener: CrawlListener,
) -> CrawlReport:
    """Crawl portal classes under the database's lock, tell nobody outside, and return how it went.

    One host is crawled in this process, several in up to ``options.jobs`` others. Raises as :func:`crawl`.
    """
    with (
        RunLock(db) as lock,
        shared_connection(db) as database,
    ):  # a database that cannot be used is said before any request
        if not settings.getbool("WARDCRAWLER_TRUST_CLOCK"):
            require_clock(database)
        start_log(log_path(db), verbose)
        portals = chosen.portals
        if recording is not None:
            portals = recording.begin(database, portals, settings)
        has_files = settings.getbool("WARDCRAWLER_ATTACHMENTS")
        if has_files:
            Vault(db).sweep()
        crawler = _Crawler(settings, options, database, lock.descriptor, verbose, listener)
        results = crawler.crawl(portals)
        if recording is not None:
            recording.finish(database, results, listener.warn)
        texts: Counter[Status] = Counter()
        if all(result.outcome != "interrupted" and not result.exit_code for result in results):
            link(database, listener.linking)
            if has_files:
                texts = read_files(database, db, settings, listener)
    report = CrawlReport([*results, *chosen.missing], texts if has_files else None)
    if recording is not None:
        report = replace(
            report, archive=recording.files, left_out=recording.left_out, unfinished=recording.unfinished
        )
    listener.done(report)
    return report


@dataclass(frozen=True, slots=True)
class _Crawler:
    """Crawls portals in this process or in others."""

    settings: Settings
    options: CrawlOptions
    database: Database
    lock: int
    verbose: bool
    listener: CrawlListener

    def crawl(self, portals: Sequence[type[Portal]]) -> list[RunResult]:
        groups = host_groups(portals)
        self.listener.crawling(len(portals))
        results: list[RunResult] = []
        if len(groups) > 1:
            results = self._in_workers(groups)
        elif groups:
            results = crawl_here(portals, self.settings, self._arguments(), self.listener)
        self.listener.crawled()
        return results

    def _in_workers(self, groups: Sequence[Sequence[type[Portal]]]) -> list[RunResult]:
        try:
            return crawl_in_workers(
                groups, self.settings, self._arguments(), jobs=self.options.jobs or available_cores(),
                db=self.database, listener=self.listener, keep_open=[self.lock], verbose=self.verbose,
            )  # fmt: skip
        except WorkersDoNotStart as problem:
            raise CrawlFailed(str(problem)) from problem

    def _arguments(self) -> dict[str, Any]:
        """Return the spiders' arguments."""
        return {name: getattr(self.options, name) for name in ("since", "until", "limit", "full")}


def read_files(
    db: Database, db_path: Path, settings: BaseSettings, listener: FinishListener
) -> Counter[Status]:
    """Read the texts of kept files that were not read yet; return how many there are by status.

    Ctrl-C ends it with ``KeyboardInterrupt``; the next crawl goes on. Raises ``DatabaseProblem``.
    """
    listener.reading_files()
    with interruptible():
        return read_texts(db, db_path, settings)
