"""First page: counts of what is in the database, and where to begin."""

from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from wardcrawler.store import Database
from wardcrawler.store.article import rows
from wardcrawler.store.database.clock import now
from wardcrawler.web import queries
from wardcrawler.web.chart import bar_chart, by_month
from wardcrawler.web.context import records_address
from wardcrawler.web.database import ask, database_path
from wardcrawler.web.language import words_for
from wardcrawler.web.pages import render
from wardcrawler.web.summary import CachedSummary, province_names

# By the index on published_at. What a portal dates in the future by mistake would stay on top for years.
NEWEST = """
SELECT a.id, a.title, a.published_at, a.date_precision, p.site, s.title AS site_title, p.category
FROM articles AS a
JOIN pages AS p ON p.rowid = (
    SELECT q.rowid FROM pages AS q WHERE q.article_id = a.id
    ORDER BY q.published_at IS NULL, q.published_at, q.first_seen, q.site, q.key LIMIT 1
)
JOIN sites AS s ON s.name = p.site
WHERE a.published_at <= ?
ORDER BY a.published_at DESC, a.id DESC LIMIT 12
"""

_MOST_PROVINCES = 12

summary = CachedSummary()
"""One for all pages of the server."""


async def page(request: Request, datasette: Datasette) -> Response:
    """Answer ``/``."""
    t, path = words_for(request), database_path(datasette)

    def found(db: Database) -> dict[str, Any]:
        whole = summary.get(db, path)
        return {
            "summary": whole,
            "newest": list(rows(db, NEWEST, (now(),))),
            "provinces": province_names(db),
            "tables": db.table_names(),
        }

    answers = await ask(datasette, found)
    whole = answers["summary"]
    bars = by_month(whole.months, lambda month: records_address(published_at__startswith=month))
    first, last = period(whole.months)
    return await render(
        datasette,
        request,
        "home.html",
        {
            **answers,
            "first": first,
            "last": last,
            "chart": bar_chart(bars, title=t("by_month"), number=t.number, name=t.time),
            "most_provinces": _MOST_PROVINCES,
            "offered": queries.offered(answers["tables"]),
        },
    )


def period(months: dict[str, int]) -> tuple[str | None, str | None]:
    """Return the first and the last month with articles, ``YYYY-MM``; None without any. Months after the
    present one are mistakes of portals.
    """
    there = sorted(month for month in months if month <= now()[:7])
    return (there[0], there[-1]) if there else (None, None)
