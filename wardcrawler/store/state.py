"""What earlier runs left behind for a portal's next walk.

A section is walked newest first, so a walk that was killed leaves its newest articles stored and older ones
missing. Were they taken for known, the next walk would stop at them and never reach the rest. Hence
``listings.open_since``: the start of the earliest walk that did not finish. A page counts as known only if
it was first seen before that.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from wardcrawler.store.clock import Clock, now
from wardcrawler.store.database import reporting

REST_AFTER_TOO_MANY = timedelta(days=30)
"""How long an address that failed too often is left alone."""


@dataclass(frozen=True, slots=True)
class PageState:
    """A page's row. ``article_id`` is None while no article was ever read there; ``failure`` says why the
    last try gave none (None if it did), ``tries`` how often in a row.
    """

    article_id: int | None
    first_seen: str
    failure: str | None
    tries: int


@dataclass(frozen=True, slots=True)
class ListingState:
    """A section's walk. ``backfilled_at`` is None until its last page was once reached with every article
    on the way stored; ``open_since`` is the start of the earliest walk that did not finish, or None.
    """

    backfilled_at: str | None = None
    open_since: str | None = None


class SiteState:
    """Reads the state of one site: what is committed, not what a writer still holds."""

    def __init__(self, db: Database, site: str, clock: Clock = now) -> None:
        self._db = db
        self._site = site
        self._clock = clock

    def known(self, keys: Iterable[str]) -> dict[str, PageState]:
        """The state of those of ``keys`` that have a page."""
        # A JSON array as one parameter: SQLite limits how many a statement may have.
        rows = self._rows(
            "SELECT key, article_id, first_seen, failure, tries FROM pages "
            "WHERE site = ? AND key IN (SELECT value FROM json_each(?))",
            json.dumps(list(keys)),
        )
        return {key: PageState(*state) for key, *state in rows}

    def failed(self, *, max_tries: int | None = None) -> list[tuple[str, str, str | None]]:
        """Key, address and category of pages whose last try gave no article, the longest untried first.

        Those that failed ``max_tries`` times in a row are left out until 30 days after the last try.
        """
        rested = datetime.fromisoformat(self._clock()) - REST_AFTER_TOO_MANY
        return [
            (key, url, category)
            for key, url, category in self._rows(
                "SELECT key, url, category FROM pages WHERE site = ? AND failure IS NOT NULL "
                "AND (? IS NULL OR tries < ? OR checked_at <= ?) ORDER BY checked_at, key",
                max_tries,
                max_tries,
                rested.isoformat(),
            )
        ]

    def has_articles(self) -> bool:
        """Whether any article of this site is stored."""
        return bool(self._rows("SELECT 1 FROM pages WHERE site = ? AND article_id IS NOT NULL LIMIT 1"))

    def listing(self, url: str) -> ListingState:
        """The state of the section at ``url``; all None if it was never walked."""
        rows = self._rows("SELECT backfilled_at, open_since FROM listings WHERE site = ? AND url = ?", url)
        return ListingState(*rows[0]) if rows else ListingState()

    def sections(self) -> list[tuple[str, str]]:
        """Title and address of every section that was ever walked, in the order of their first walk."""
        return [
            (title, url)
            for title, url in self._rows("SELECT section, url FROM listings WHERE site = ? ORDER BY rowid")
        ]

    def _rows(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        with reporting(self._db):
            return self._db.execute(sql, (self._site, *parameters)).fetchall()
