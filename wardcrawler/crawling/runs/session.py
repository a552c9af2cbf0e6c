"""What a run holds from the moment its row is in the database until that row is complete."""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.settings import BaseSettings
from sqlite_utils import Database

from wardcrawler.crawling.runs.result import RunResult
from wardcrawler.crawling.runs.rows import save_portal
from wardcrawler.store.database.clock import now
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.store.database.lock import PortalLock
from wardcrawler.store.database.pool import borrow, give_back, is_last_user
from wardcrawler.store.state import SiteState
from wardcrawler.store.tables.runs import finish_run, require_clock, start_run
from wardcrawler.store.tables.similar import link_new_articles
from wardcrawler.store.tables.sites import site_address
from wardcrawler.store.writer import Writer
from wardcrawler.version import __version__

if TYPE_CHECKING:
    from wardcrawler.crawling.spider.portal import Portal

logger = logging.getLogger(__name__)


@dataclass
class Opened:
    """The connection, the run's row, what writes and what knows the portal's state."""

    db: Database
    lock: PortalLock | None
    run_id: int
    writer: Writer
    state: SiteState
    moved_from: str | None
    """The portal's address in earlier runs, if it is another now."""

    @classmethod
    def begin(cls, settings: BaseSettings, portal: "Portal") -> "Opened":
        """Open the database and insert the run's row. Raises :class:`DatabaseProblem`, holding nothing."""
        path = Path(settings["WARDCRAWLER_DB"])
        command = settings.get("WARDCRAWLER_COMMAND")
        # the command line's own crawls hold the lock of the whole database
        lock = None if command else PortalLock(path, portal.name)
        try:
            db = borrow(path)
            try:
                return cls._begin(settings, portal, db, lock, command or f"scrapy crawl {portal.name}")
            except BaseException:
                give_back(db)
                raise
        except BaseException:
            if lock is not None:
                lock.release()
            raise

    @classmethod
    def _begin(
        cls, settings: BaseSettings, portal: "Portal", db: Database, lock: PortalLock | None, command: str
    ) -> "Opened":
        if not settings.getbool("WARDCRAWLER_TRUST_CLOCK"):
            require_clock(db)
        before = site_address(db, portal.name)
        save_portal(db, portal, getattr(portal, "platform", None))
        run_id = start_run(
            db, portal.name, command, __version__, tls=settings["WARDCRAWLER_TLS"] or portal.tls
        )
        return cls(
            db=db,
            lock=lock,
            run_id=run_id,
            writer=Writer(db, portal.name, run=run_id),
            state=SiteState(db, portal.name),
            moved_from=before if before != portal.base_url else None,
        )

    def record(self, result: RunResult) -> None:
        """Complete the run's row. Raises :class:`DatabaseProblem`."""
        # Whoever shares the connection syncs it once, when all runs have ended (``shared.held``).
        finish_run(
            self.db, self.run_id, result.outcome, result.reason, result.refused, now, is_last_user(self.db),
            **result.counts(),
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
        give_back(self.db)
        if self.lock is not None:
            self.lock.release()
