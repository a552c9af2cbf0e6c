"""Search page: the same search as ``wardcrawler search``, with the words marked."""

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from wardcrawler.store import Database
from wardcrawler.store.search.facets import EVERYTHING, Condition, FacetProblem, Facets, condition
from wardcrawler.store.search.search import SearchProblem, checked_query, search_for
from wardcrawler.web.database import ask, time_limit
from wardcrawler.web.language import Words, words_for
from wardcrawler.web.markup import marked
from wardcrawler.web.pages import render
from wardcrawler.web.queries import fts_words
from wardcrawler.web.summary import province_names

PAGE = 20
_MOST_PAGES = 25
_MOST_VALUES = 12
_COUNTING = 0.5
"""Seconds for the counts beside the results; where that is not enough, they are left out."""

_COUNTS = """
SELECT p.site, substr(p.published_at, 1, 4), count(DISTINCT p.article_id)
FROM articles_fts AS f JOIN pages AS p ON p.article_id = f.rowid
WHERE articles_fts MATCH ? {of_some}
GROUP BY 1, 2
"""
_OF_SOME = """
AND EXISTS (
    SELECT 1 FROM records AS r WHERE r.id = p.article_id AND r.site = p.site AND r.key = p.key AND {condition}
)
"""
_SITES = "SELECT name, coalesce(title, name), level, province FROM sites"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search as an address asks for it. ``facets`` are by their names there, those without a value too."""

    query: str
    facets: Mapping[str, str]
    page: int

    @property
    def is_narrowed(self) -> bool:
        """True if it asks for some of the records only."""
        return any(self.facets.values())

    def address(self, **changes: str) -> str:
        """Return the address of the same search with other values, from its first page."""
        values = {"q": self.query, **self.facets, **changes}
        return f"/search?{urlencode({name: value for name, value in values.items() if value})}"


def search_request(request: Request) -> SearchRequest:
    """Read the search that an address asks for."""
    names = ("portal", "level", "province", "unit", "category", "since", "until")
    number = request.args.get("page") or "1"
    return SearchRequest(
        query=(request.args.get("q") or "").strip(),
        facets={name: (request.args.get(name) or "").strip() for name in names},
        page=min(max(int(number), 1), _MOST_PAGES) if number.isascii() and number.isdecimal() else 1,
    )


async def page(request: Request, datasette: Datasette) -> Response:
    """Answer ``/search?q=…``."""
    wanted, t = search_request(request), words_for(request)
    found = await ask(datasette, lambda db: _found(db, wanted, t))
    status = 400 if found["problem"] else 200
    return await render(datasette, request, "search.html", {**found, "asked": wanted}, status)


def _found(db: Database, wanted: SearchRequest, t: Words) -> dict[str, Any]:
    sites = {name: (title, level, province) for name, title, level, province in db.execute(_SITES)}
    found: dict[str, Any] = {
        "provinces": province_names(db),
        "levels": sorted({level for _, level, _ in sites.values() if level}),
        "province_values": sorted({province for _, _, province in sites.values() if province}),
        "hits": [],
        "counts": {},
        "problem": None,
        "taken_as_words": None,
        "more": False,
        "sites": sites,
    }
    if not wanted.query:
        return found
    try:
        query = checked_query(wanted.query)
        facets = condition(db, facets_of(wanted, t))
        hits = search_for(db, query, PAGE + 1, facets, offset=(wanted.page - 1) * PAGE)
    except (SearchProblem, FacetProblem) as problem:
        return {**found, "problem": str(problem)}
    return {
        **found,
        "taken_as_words": query.problem,
        "hits": [
            (hit, marked(hit.title, hit.title_marks), marked(hit.snippet, hit.snippet_marks))
            for hit in hits[:PAGE]
        ],
        "more": len(hits) > PAGE and wanted.page < _MOST_PAGES,
        "counts": _counts(db, wanted.query, facets, sites),
    }


def facets_of(wanted: SearchRequest, t: Words) -> Facets:
    """Return the facets that an address asks for. Raises ``FacetProblem`` for a day that is none."""

    def several(name: str) -> tuple[str, ...]:
        return (wanted.facets[name],) if wanted.facets[name] else ()

    def day(name: str) -> date | None:
        try:
            return date.fromisoformat(wanted.facets[name]) if wanted.facets[name] else None
        except ValueError:
            raise FacetProblem(t("no_day", text=wanted.facets[name])) from None

    return Facets(
        sites=several("portal"),
        levels=several("level"),
        provinces=several("province"),
        units=several("unit"),
        categories=several("category"),
        since=day("since"),
        until=day("until"),
    )


def _counts(
    db: Database, query: str, facets: Condition, sites: Mapping[str, tuple[str, str | None, str | None]]
) -> dict[str, list[tuple[str, int]]]:
    """Count the articles that each level, province, portal and year has, all pages together; empty if
    counting takes too long.
    """
    of_some = _OF_SOME.format(condition=facets.sql) if facets != EVERYTHING else ""
    try:
        with time_limit(db, _COUNTING):
            found = db.execute(
                _COUNTS.format(of_some=of_some), (fts_words(query), *facets.parameters)
            ).fetchall()
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise
        return {}
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("level", "province", "portal", "year")}
    for site, year, count in found:
        _, level, province = sites[site]
        for name, value in (("level", level), ("province", province), ("portal", site), ("year", year)):
            if value:
                counts[name][value] += count
    return {name: values.most_common(_MOST_VALUES) for name, values in counts.items() if len(values) > 1}
