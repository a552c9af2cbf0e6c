"""What a reading of archives brings of one portal: its row in ``runs``, its writer, its counts."""

from bisect import bisect_right
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import partial

from wardcrawler.archives.reparsing.index import ARTICLE, IndexedCapture
from wardcrawler.archives.reparsing.pages import Pages
from wardcrawler.crawling.reasons import INCOMPLETE
from wardcrawler.items import Article
from wardcrawler.store import Database, captures
from wardcrawler.store.database.clock import now
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.store.state import CrawlState
from wardcrawler.store.tables.attachments import missing_files
from wardcrawler.store.tables.pages import Answer, Failure
from wardcrawler.store.tables.runs import REPARSED, REPARSING, crawl_times, finish_run, start_reparse
from wardcrawler.store.tables.sites import save_platform, save_site, site_address
from wardcrawler.store.writer import Writer, admit, require_text
from wardcrawler.text.dates import ICT
from wardcrawler.version import __version__


@dataclass
class Site:
    """What became of one portal's pages. ``refused`` counts those that gave no article by reason;
    ``corrected`` those that the database knew from the same capture with another text.
    """

    site: str
    platform: str | None = None
    pages: int = 0
    new: int = 0
    changed: int = 0
    corrected: int = 0
    unchanged: int = 0
    duplicates: int = 0
    files: int = 0
    refused: dict[str, int] = field(default_factory=dict)


class SiteRun:
    """Of one portal, from its first page to its last. Everything raises ``DatabaseProblem``."""

    def __init__(self, db: Database, pages: Pages, command: str) -> None:
        self.result = Site(pages.site)
        self._db = db
        self._pages = pages
        self._at = ""
        portal = pages.portal
        if portal.is_registered or site_address(db, portal.name) is None:
            save_site(db, **asdict(replace(portal.site_row(), platform=pages.platform)))
        self._times = crawl_times(db, portal.name)
        self._run_id = start_reparse(db, portal.name, command, __version__)
        self._state = CrawlState(db, portal.name)
        self.writer = Writer(db, portal.name, run=self._run_id, clock=lambda: self._at)

    def put(self, entry: IndexedCapture, article: Article) -> None:
        """Queue an article for the time its page was captured; one that cannot be stored is refused, one that
        lacks some of its pages is counted as such too.
        """
        try:
            normal = admit(article, self.result.site)
        except ValueError as error:
            self.refuse(entry, "not-storable", str(error))
            return
        if article.missing_pages:
            self.result.refused[INCOMPLETE] = self.result.refused.get(INCOMPLETE, 0) + 1
        at = self.set_time(entry)
        answer = Answer(at, article.http_status, article.etag, article.last_modified, self._run_id)
        capture = captures.Capture(answer, self._until(at))
        store = captures.store_incomplete if article.missing_pages else captures.store
        self.writer.also(partial(store, article=article, normal=normal, capture=capture))

    def confirm(self, entry: IndexedCapture) -> None:
        """Queue that the server said of a page that it was as before."""
        at = self.set_time(entry)
        self.writer.also(partial(captures.confirm, site=self.result.site, key=entry.key or "", at=at))

    def refuse(self, entry: IndexedCapture, reason: str, words: str) -> None:
        """Count a page that gives no article. If a crawl took it for one, its address is kept as it did."""
        self.result.refused[reason] = self.result.refused.get(reason, 0) + 1
        key = entry.key or ""
        with suppress(ValueError):  # what is not Unicode
            require_text(entry.url, [key, words], [entry.category])
            if entry.kind == ARTICLE and reason != "revisit":  # a payload elsewhere is no fault of the page
                failure = Failure(
                    self.result.site, key, entry.url, entry.category, f"{reason}: {words}", entry.status,
                    self.set_time(entry), self._run_id,
                )  # fmt: skip
                self.writer.also(partial(captures.store_failure, failure=failure))

    def listed_before(self, key: str) -> str | None:
        """Read the date of an article that only a listing told, which no archive that is read need hold."""
        return self._state.listed(key)

    def missing_files(self) -> list[tuple[str, str]]:
        """Address and file name of what articles link to and that is not kept."""
        return missing_files(self._db, self.result.site)

    def set_time(self, entry: IndexedCapture) -> str:
        """Set the writer's clock to the time an answer was captured; return it as the database writes it."""
        self._at = datetime.fromisoformat(entry.at).astimezone(ICT).isoformat(timespec="seconds")
        return self._at

    def flush(self) -> None:
        """Commit what is queued."""
        self.writer.flush()

    def finish(self, *, is_whole: bool) -> None:
        """Commit what is queued and complete the row; after a mishap as well as may be."""
        try:
            self.flush()
            self._complete(is_whole=is_whole)
        except DatabaseProblem:
            if is_whole:
                raise

    def _complete(self, *, is_whole: bool) -> None:
        tally, result = self.writer.tally, self.result
        result.platform = self._pages.platform
        if result.platform is not None:
            save_platform(self._db, result.site, result.platform)
        for name in ("new", "changed", "corrected", "unchanged", "duplicates", "files"):
            setattr(result, name, getattr(tally, name))
        result.pages = tally.stored
        reason = f"{tally.corrected} pages read otherwise than before" if tally.corrected else None
        finish_run(
            self._db, self._run_id, REPARSED if is_whole else REPARSING,
            reason if is_whole else "stopped before its end; run it again", result.refused, now, False,
            pages=result.pages, new=result.new, changed=result.changed, unchanged=result.unchanged,
            duplicates=result.duplicates, errors=sum(result.refused.values()), files=result.files,
        )  # fmt: skip

    def _until(self, at: str) -> str:
        """The end of the crawl that was at work at the time ``at``; ``at`` if none was."""
        place = bisect_right(self._times, at, key=lambda times: times[0])
        return max(at, self._times[place - 1][1]) if place else at
