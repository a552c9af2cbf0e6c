"""Page of a portal: its health, how much it publishes, its newest articles and its sections."""

from typing import Any
from urllib.parse import unquote

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response

from wardcrawler.store import Database
from wardcrawler.store.article import rows
from wardcrawler.web.chart import bar_chart, by_month
from wardcrawler.web.context import records_address
from wardcrawler.web.database import ask, database_path
from wardcrawler.web.language import words_for
from wardcrawler.web.pages import render
from wardcrawler.web.pages.home import summary
from wardcrawler.web.summary import province_names

_NEWEST = """
SELECT id, title, published_at, date_precision, site, site_title, category FROM records
WHERE site = ? ORDER BY published_at DESC, id DESC LIMIT 20
"""
_MONTHS = """
SELECT substr(published_at, 1, 7), count(DISTINCT article_id) FROM pages
WHERE site = ? AND article_id IS NOT NULL GROUP BY 1
"""
_CATEGORIES = """
SELECT category, count(DISTINCT article_id) AS articles FROM pages
WHERE site = ? AND article_id IS NOT NULL GROUP BY 1 ORDER BY 2 DESC LIMIT 30
"""
_LISTINGS = (
    "SELECT section, url, backfilled_at, last_walked_at FROM listings WHERE site = ? ORDER BY section, url"
)
_RUNS = """
SELECT id, started_at, finished_at, outcome, reason, requests, new, changed, gone, seen, covered
FROM runs
WHERE site = ? ORDER BY id DESC LIMIT 10
"""
_FAILURES = """
SELECT failure, count(*) AS pages FROM pages WHERE site = ? AND failure IS NOT NULL GROUP BY 1 ORDER BY 2 DESC
LIMIT 10
"""
_UNIT = "SELECT unit_then, unit_now FROM records WHERE site = ? LIMIT 1"
_SITE = "SELECT * FROM sites WHERE name = ?"


async def page(request: Request, datasette: Datasette) -> Response:
    """Answer ``/portal/NAME``. Raises ``NotFound``."""
    name, t = unquote(request.url_vars["name"]), words_for(request)
    path = database_path(datasette)

    def found(db: Database) -> dict[str, Any] | None:
        site = next(rows(db, _SITE, (name,)), None)
        if site is None:
            return None
        health = next((row for row in summary.get(db, path).portals if row["site"] == name), None)
        return {
            "site": site,
            "health": health,
            "unit": next(rows(db, _UNIT, (name,)), None),
            "newest": list(rows(db, _NEWEST, (name,))),
            "months": dict(db.execute(_MONTHS, (name,)).fetchall()),
            "categories": list(rows(db, _CATEGORIES, (name,))),
            "listings": list(rows(db, _LISTINGS, (name,))),
            "runs": list(rows(db, _RUNS, (name,))),
            "failures": list(rows(db, _FAILURES, (name,))),
            "provinces": province_names(db),
        }

    answers = await ask(datasette, found)
    if answers is None:
        raise NotFound(t("no_portal", name=name))
    months = answers["months"]
    undated = months.pop(None, 0)
    bars = by_month(months, lambda month: records_address(site=name, page_published_at__startswith=month))
    chart = bar_chart(bars, title=t("by_month"), number=t.number, name=t.time)
    return await render(datasette, request, "portal.html", {**answers, "chart": chart, "undated": undated})


async def all_portals(request: Request, datasette: Datasette) -> Response:
    """Answer ``/portals``."""
    path = database_path(datasette)

    def found(db: Database) -> dict[str, Any]:
        return {"summary": summary.get(db, path), "provinces": province_names(db)}

    return await render(datasette, request, "portals.html", await ask(datasette, found))
