"""The health of portals, as ``status`` shows it."""

from typing import Any

from sqlite_utils import Database

from wardcrawler.store.database import reporting

DAYS_KEPT = 60
"""So many gaps between days on which a portal published tell its usual rhythm."""

_MORE = """
SELECT
    s.name AS site,
    s.base_url,
    last.command,
    (SELECT min(p.first_seen) FROM pages AS p WHERE p.site = s.name AND p.article_id IS NOT NULL)
        AS watched_since
FROM sites AS s
LEFT JOIN runs AS last ON last.id = (SELECT max(r.id) FROM runs AS r WHERE r.site = s.name)
"""

# 'ok' and 'unchanged' are one kind: a portal that publishes now and then has both. Beside max(), SQLite
# takes the other columns of a group from the row that has the greatest (lang_select.html, 2.5).
_STREAKS = """
WITH telling AS (
    SELECT
        id, site, started_at, outcome, reason,
        CASE WHEN outcome IN ('ok', 'unchanged') THEN 'well' ELSE outcome END AS kind
    FROM runs
    WHERE outcome NOT IN ('running', 'interrupted')
),
latest AS (
    SELECT max(id) AS id, site, outcome, reason, kind FROM telling GROUP BY site
),
turned AS (
    SELECT l.site, max(t.id) AS id
    FROM latest AS l JOIN telling AS t ON t.site = l.site AND t.kind <> l.kind
    GROUP BY l.site
)
SELECT
    l.site,
    l.outcome AS streak_outcome,
    l.reason AS streak_reason,
    count(*) AS streak,
    min(t.started_at) AS streak_since
FROM latest AS l
LEFT JOIN turned USING (site)
JOIN telling AS t ON t.site = l.site AND t.id > coalesce(turned.id, 0)
GROUP BY l.site
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

_NO_STREAK = {"streak_outcome": None, "streak_reason": None, "streak": 0, "streak_since": None}


def site_health(db: Database) -> list[dict[str, Any]]:
    """The rows of the view ``site_health``, by site name, each with more that is not in the view:

    - ``base_url``; ``command`` of the last run, None for a portal that never ran, as its outcome is;
    - ``watched_since``: when its first article was stored, or None;
    - ``streak_outcome``, ``streak_reason``: those of the last run that tells of the portal ('running' and
      'interrupted' ones do not), ``streak``: how many such runs in a row ended like it ('ok' and
      'unchanged' being alike), ``streak_since``: when the first of them began. None, and 0, without one;
    - ``days``: the last days on which it published, newest first, as ``YYYY-MM-DD``.
    """
    with reporting(db):
        more = {row["site"]: row for row in db.query(_MORE)}
        streaks = {row["site"]: row for row in db.query(_STREAKS)}
        days = {site: text.split(",") for site, text in db.execute(_DAYS, (DAYS_KEPT + 1,))}
        rows = list(db.query("SELECT * FROM site_health ORDER BY site"))
    return [
        {
            **row,
            **more[row["site"]],
            **(streaks.get(row["site"]) or _NO_STREAK),
            "days": sorted(days.get(row["site"], ()), reverse=True),
        }
        for row in rows
    ]
