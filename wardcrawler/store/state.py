"""State of a crawl: what earlier runs left behind for a portal's next walk.

A section is walked newest first, so a walk that was killed leaves its newest articles stored and older ones
missing. Were they taken for known, the next walk would stop at them and never reach the rest. Hence
``listings.open_run``: the run of the earliest walk that did not finish. A page counts as known only if an
earlier run saw it first. Runs are counted, not timed: clocks are set back.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlite_utils import Database

from wardcrawler.store.database.clock import Clock, now
from wardcrawler.store.database.connection import translate_errors

_SOON = timedelta(hours=6)  # a nightly run does not start to the second

REST_AFTER_TOO_MANY = timedelta(days=30)
"""The time for which an address that failed too often is left alone."""

_LISTED = (
    "(SELECT iif(date_precision = 'day', substr(pages.published_at, 1, 10), pages.published_at) "
    "FROM articles AS a WHERE a.id = article_id AND a.date_source = 'listing' "
    "AND a.published_at = pages.published_at)"
)
_DUE_PAGE = f"key, url, category, etag, last_modified, {_LISTED}"
"""The columns of a :class:`DuePage`."""


@dataclass(frozen=True, slots=True)
class PageState:
    """A page's row. ``article_id`` is None while no article was ever read there; ``failure`` says why the
    last try gave none (None if it did), ``tries`` how often in a row; ``first_run`` saw it first.
    """

    article_id: int | None
    first_run: int
    failure: str | None
    tries: int
    gone_at: str | None = None


@dataclass(frozen=True, slots=True)
class DuePage:
    """A page that holds an article and is to be asked for again, with what its server said of it.

    ``listed`` is the date of an article that only its listing dates, as ISO 8601 text: the page itself will
    not tell it.
    """

    key: str
    url: str
    category: str | None
    etag: str | None
    last_modified: str | None
    listed: str | None = None


@dataclass(frozen=True, slots=True)
class ListingState:
    """A section's walk. ``backfilled_at`` is None until its last page was once reached with every article
    on the way stored; ``open_run`` is the run of the earliest walk that did not finish, or None, and
    ``open_since`` its start. ``links`` counts the articles its first page named in the last whole walks.
    """

    backfilled_at: str | None = None
    open_since: str | None = None
    open_run: int | None = None
    links: tuple[int, ...] = ()
    depth: int = 1
    """So many pages of it are read every night at least: what is pinned may fill the first ones."""


class KnownList(NamedTuple):
    """A list as an earlier run found it; ``kind`` as in ``candidates.Kind``, or ``page`` for none."""

    title: str
    url: str
    kind: str
    nightly: bool


class CrawlState:
    """The state of one site, as it is committed: not what a writer still holds.

    ``run`` is the id of the run that asks; ``moved_from`` the portal's address in earlier runs, if it is
    another now. Every method raises ``DatabaseProblem``; times are ISO 8601 text with +07:00.
    """

    def __init__(
        self, db: Database, site: str, clock: Clock = now, *, run: int = 0, moved_from: str | None = None
    ) -> None:
        self.run = run
        self.moved_from = moved_from
        self._db = db
        self.site = site
        self._clock = clock

    def known(self, keys: Iterable[str]) -> dict[str, PageState]:
        """Read the state of those of ``keys`` that have a page, by key."""
        # A JSON array as one parameter: SQLite limits how many a statement may have.
        rows = self._rows(
            "SELECT p.key, iif(p.alias_of IS NULL, p.article_id, o.article_id), p.first_run, "
            "iif(p.alias_of IS NULL, p.failure, o.failure), iif(p.alias_of IS NULL, p.tries, o.tries), "
            "iif(p.alias_of IS NULL, p.gone_at, o.gone_at) "
            "FROM pages AS p LEFT JOIN pages AS o ON o.site = p.site AND o.key = p.alias_of "
            "WHERE p.site = ? AND p.key IN (SELECT value FROM json_each(?))",
            json.dumps(list(keys)),
        )
        return {key: PageState(*state) for key, *state in rows}

    def failed(self, *, max_tries: int | None = None) -> list[tuple[str, str, str | None]]:
        """Read key, address and category of pages that never gave an article, the longest untried first.

        Those that failed ``max_tries`` times in a row are left out until 30 days after the last try.
        """
        rested = datetime.fromisoformat(self._clock()) - REST_AFTER_TOO_MANY
        return [
            (key, url, category)
            for key, url, category in self._rows(
                "SELECT key, url, category FROM pages "
                "WHERE site = ? AND failure IS NOT NULL AND article_id IS NULL "
                "AND (? IS NULL OR tries < ? OR checked_at <= ?) ORDER BY checked_at, key",
                max_tries,
                max_tries,
                rested.isoformat(),
            )
        ]

    def due(self, most: int) -> list[DuePage]:
        """Read at most ``most`` pages that hold an article and are due to be asked for again.

        First those that waited longest in proportion to their pause: were it by date alone, a backlog of old
        articles would keep yesterday's, which are the likeliest to be edited, waiting for weeks.
        """
        at = self._clock()
        rows = self._rows(
            f"SELECT {_DUE_PAGE} FROM pages WHERE site = ? AND recheck_at <= ? "
            "ORDER BY (julianday(?) - julianday(recheck_at)) "
            "/ max(julianday(recheck_at) - julianday(checked_at), 0.01) DESC, recheck_at, key LIMIT ?",
            at,
            at,
            most,
        )
        return [DuePage(*row) for row in rows]

    def stored(self, after: str, most: int) -> list[DuePage]:
        """Read the first ``most`` pages behind the key ``after`` that hold an article and are not gone."""
        rows = self._rows(
            f"SELECT {_DUE_PAGE} FROM pages WHERE site = ? AND key > ? AND article_id IS NOT NULL "
            "AND gone_at IS NULL ORDER BY key LIMIT ?",
            after,
            most,
        )
        return [DuePage(*row) for row in rows]

    def listed(self, key: str) -> str | None:
        """Read the date of the article at ``key`` that only its listing told, as ``DuePage.listed``."""
        rows = self._rows(f"SELECT {_LISTED} FROM pages WHERE site = ? AND key = ?", key)
        return rows[0][0] if rows else None

    def has_articles(self) -> bool:
        """Return whether any article of this site is stored."""
        return bool(self._rows("SELECT 1 FROM pages WHERE site = ? AND article_id IS NOT NULL LIMIT 1"))

    def listing(self, url: str) -> ListingState:
        """Read the state of the section at ``url``; all None if it was never walked."""
        rows = self._rows(
            "SELECT backfilled_at, open_since, open_run, links, depth FROM listings "
            "WHERE site = ? AND url = ?",
            url,
        )
        if not rows:
            return ListingState()
        backfilled_at, open_since, open_run, links, depth = rows[0]
        return ListingState(backfilled_at, open_since, open_run, tuple(json.loads(links or "[]")), depth)

    def lists(self) -> list[KnownList]:
        """Read every list that was ever walked, and every page of a menu that is none (``page``), in the
        order in which they were found.
        """
        rows = self._rows("SELECT section, url, kind, nightly FROM listings WHERE site = ? ORDER BY rowid")
        return [KnownList(title, url, kind, bool(nightly)) for title, url, kind, nightly in rows]

    def is_look_due(self, days: float) -> bool:
        """Return whether the portal was never looked over, or not for so many days. A look of the future is
        none: clocks are set back.
        """
        ((looked_at,),) = self._rows("SELECT looked_at FROM sites WHERE name = ?")
        if looked_at is None:
            return True
        age = datetime.fromisoformat(self._clock()) - datetime.fromisoformat(looked_at)
        return not timedelta(0) <= age + _SOON < timedelta(days=days)

    def published(self, keys: Iterable[str]) -> dict[str, str]:
        """Read when those of ``keys`` that have a dated article were published (ISO 8601, UTC+7)."""
        rows = self._rows(
            "SELECT key, published_at FROM pages WHERE site = ? AND published_at IS NOT NULL "
            "AND key IN (SELECT value FROM json_each(?))",
            json.dumps(list(keys)),
        )
        return dict(rows)

    def _rows(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        with translate_errors(self._db):
            return self._db.execute(sql, (self.site, *parameters)).fetchall()
