"""Health of portals, as ``status`` shows it."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlite_utils import Database

from wardcrawler.store.database.connection import translate_errors

DAYS_KEPT = 60
"""Gaps between days on which a portal published: so many tell its usual rhythm."""

_HEALTH = """
SELECT
    h.*,
    s.base_url,
    (SELECT r.command FROM runs AS r WHERE r.id = h.run_id) AS command,
    EXISTS (SELECT 1 FROM runs AS r WHERE r.site = s.name AND r.outcome IN ('reparsing', 'reparsed'))
        AS is_reparsed,
    (SELECT min(p.first_seen) FROM pages AS p WHERE p.site = s.name AND p.article_id IS NOT NULL)
        AS seen_since,
    (
        SELECT min(r.started_at) FROM runs AS r
        WHERE r.site = s.name AND r.outcome NOT IN ('reparsing', 'reparsed')
    ) AS crawled_since
FROM sites AS s JOIN site_health AS h ON h.site = s.name
ORDER BY s.name
"""

_LAST_OF_EACH = """
SELECT site, outcome, max(id) FROM runs
WHERE outcome NOT IN ('running', 'interrupted', 'reparsing', 'reparsed') GROUP BY site, outcome
"""

_RUNS_SINCE = """
SELECT count(*), min(id) FROM runs WHERE site = ? AND outcome = ? AND id > ?
"""

# A page without a date counts by the day it was found, unless it may have been there for years: before
# the portal's sections were once walked to their end. A date after the day a page was found is a mistake
# of the portal's and would hide its silence for as long.
_DAYS = """
WITH walked AS (
    SELECT site, max(backfilled_at) AS at FROM listings GROUP BY site
),
days AS (
    SELECT DISTINCT
        p.site,
        CASE
            WHEN p.published_at IS NOT NULL THEN substr(p.published_at, 1, 10)
            WHEN p.first_seen > w.at THEN substr(p.first_seen, 1, 10)
        END AS day
    FROM pages AS p
    LEFT JOIN walked AS w ON w.site = p.site
    WHERE p.article_id IS NOT NULL
        AND (p.published_at IS NULL OR substr(p.published_at, 1, 10) <= substr(p.first_seen, 1, 10))
)
SELECT site, group_concat(day) FROM (
    SELECT site, day, row_number() OVER (PARTITION BY site ORDER BY day DESC) AS place
    FROM days WHERE day IS NOT NULL
)
WHERE place <= ? GROUP BY site
"""

_REFUSED = """
SELECT substr(failure, 1, instr(failure || ':', ':') - 1), count(*) FROM pages
WHERE site = ? AND failure IS NOT NULL AND article_id IS NULL GROUP BY 1
"""

_WELL = {"ok", "unchanged"}
"""One kind of outcome: a portal that publishes now and then has both."""

_NO_STREAK = {"streak_outcome": None, "streak_reason": None, "streak": 0, "streak_since": None}


def site_health(db: Database) -> list[dict[str, Any]]:
    """Read the rows of the view ``site_health``, by site name, each with more that is not in the view:

    - ``base_url``; ``command`` of the last run, None for a portal that never ran, as its outcome is;
    - ``is_reparsed``: whether it has pages from archives that were read;
    - ``watched_since``: when a crawl first stored an article of it, or None;
    - ``streak_outcome``, ``streak_reason``: those of the last run that tells of the portal ('running' and
      'interrupted' ones do not), ``streak``: how many such runs in a row ended like it ('ok' and
      'unchanged' being alike), ``streak_since``: when the first of them began. None, and 0, without one;
    - ``days``: the last days on which it published, newest first, as ``YYYY-MM-DD``;
    - ``missing``: by reason, the addresses that keep ``coverage`` from 1: those that gave no article, and
      those in ``left_out``, which is a dict in place of JSON.
    """
    with translate_errors(db), _one_state(db):
        streaks = _streaks(db)
        days = {site: text.split(",") for site, text in db.execute(_DAYS, (DAYS_KEPT + 1,))}
        rows = [_with_missing(db, _watched(row)) for row in db.query(_HEALTH)]
    return [
        {
            **row,
            **(streaks.get(row["site"]) or _NO_STREAK),
            "days": sorted(days.get(row["site"], ()), reverse=True),
        }
        for row in rows
    ]


def _watched(row: dict[str, Any]) -> dict[str, Any]:
    """Return ``row`` with ``watched_since``. An archive shows a portal before anybody watched it."""
    seen, crawled = row.pop("seen_since"), row.pop("crawled_since")
    if row["is_reparsed"]:
        seen = max(seen, crawled) if seen and crawled else None
    return row | {"watched_since": seen}


def _with_missing(db: Database, row: dict[str, Any]) -> dict[str, Any]:
    """Return ``row`` with what is missing by reason, which is looked up only where something is."""
    left_out: dict[str, int] = json.loads(row["left_out"] or "{}")
    missing = Counter(left_out)
    if row["known"] > row["pages"]:
        missing.update(dict(db.execute(_REFUSED, (row["site"],)).fetchall()))
    return row | {"left_out": left_out, "missing": dict(missing)}


@contextmanager
def _one_state(db: Database) -> Iterator[None]:
    """Let all that is read inside be of one moment, though a crawl may write."""
    db.conn.execute("BEGIN")
    try:
        yield
    finally:
        db.conn.execute("ROLLBACK")


def _streaks(db: Database) -> dict[str, dict[str, Any]]:
    """Find the streak of each site, step by step, for the index on site and outcome answers each step at
    once; one statement over all runs takes seconds when there are years of them.
    """
    last: dict[str, dict[str, int]] = defaultdict(dict)
    for site, outcome, run in db.execute(_LAST_OF_EACH):
        last[site][outcome] = run
    return {site: _streak(db, site, runs) for site, runs in last.items()}


def _streak(db: Database, site: str, last: dict[str, int]) -> dict[str, Any]:
    """Find the streak of ``site``, whose last run of each outcome is ``last``."""
    outcome = max(last, key=lambda name: last[name])
    alike = _WELL if outcome in _WELL else {outcome}
    turn = max((run for name, run in last.items() if name not in alike), default=0)
    since = [db.execute(_RUNS_SINCE, (site, name, turn)).fetchone() for name in sorted(alike & last.keys())]
    first = min(run for _, run in since if run is not None)
    (reason,) = db.execute("SELECT reason FROM runs WHERE id = ?", (last[outcome],)).fetchone()
    (began,) = db.execute("SELECT started_at FROM runs WHERE id = ?", (first,)).fetchone()
    return {
        "streak_outcome": outcome,
        "streak_reason": reason,
        "streak": sum(count for count, _ in since),
        "streak_since": began,
    }
