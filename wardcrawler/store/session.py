"""One portal's run in the database: all that is held from the insertion of its row until that is complete."""

import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlite_utils import Database

from wardcrawler.store.database.clock import now
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.store.database.lock import PortalLock
from wardcrawler.store.database.pool import acquire, is_last_user, release
from wardcrawler.store.state import CrawlState
from wardcrawler.store.tables.runs import finish_run, require_clock, start_run
from wardcrawler.store.tables.similar import link_new_articles
from wardcrawler.store.tables.sites import SiteRow, save_site, site_address
from wardcrawler.store.writer import Writer
from wardcrawler.version import __version__

logger = logging.getLogger(__name__)


@dataclass
class RunSession:
    """The connection, the run's row, the writer, and what earlier runs know of the portal."""

    db: Database
    lock: PortalLock | None
    run_id: int
    writer: Writer
    state: CrawlState

    @classmethod
    def begin(
        cls, path: Path, site: SiteRow, *, command: str | None, tls: str, trust_clock: bool = False
    ) -> "RunSession":
        """Open the database at ``path`` and insert the run's row.

        ``command`` is that of the command line, which holds the lock of the whole database; None for plain
        Scrapy, whose crawls hold a lock of their portal. ``tls`` says whether certificates are verified.
        ``trust_clock`` lets a run begin though the clock is behind the last run's start.
        Raises :class:`DatabaseProblem`, holding nothing.
        """
        lock = None if command else PortalLock(path, site.name)
        try:
            db = acquire(path)
            try:
                if not trust_clock:
                    require_clock(db)
                before = site_address(db, site.name)
                save_site(db, **asdict(site))
                command = command or f"scrapy crawl {site.name}"
                run_id = start_run(db, site.name, command, __version__, tls=tls)
                writer = Writer(db, site.name, run=run_id)
                moved_from = before if before != site.base_url else None
                state = CrawlState(db, site.name, run=run_id, moved_from=moved_from)
                return cls(db, lock, run_id, writer, state)
            except BaseException:
                release(db)
                raise
        except BaseException:
            if lock is not None:
                lock.release()
            raise

    def record(
        self,
        outcome: str,
        reason: str | None,
        refused: Mapping[str, int],
        left_out: Mapping[str, int],
        counts: Mapping[str, int],
    ) -> None:
        """Complete the run's row; ``counts`` are its columns that count. Raises :class:`DatabaseProblem`."""
        # Whoever shares the connection syncs it once, when all runs have ended (``pool.shared_connection``).
        finish_run(
            self.db, self.run_id, outcome, reason, refused, now, is_last_user(self.db), left_out,
            **counts,
        )  # fmt: skip

    def link(self) -> None:
        """Link near-duplicates where nobody else will: crawls of the command line are linked when all of
        them have ended.
        """
        if self.lock is None or not is_last_user(self.db):
            return
        try:
            link_new_articles(self.db)
        except DatabaseProblem as problem:
            logger.error("%s; the next crawl links what is new", problem)

    def end(self) -> None:
        """Give back all that is held."""
        release(self.db)
        if self.lock is not None:
            self.lock.release()
