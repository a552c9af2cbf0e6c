"""Variables of all templates, and cells of tables that lead to our pages."""

import hashlib
import re
import sys
import traceback
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode

from datasette.utils.asgi import Request
from markupsafe import Markup

from wardcrawler.store.schema.descriptions import descriptions
from wardcrawler.version import __version__
from wardcrawler.web.chart import bar_chart, by_month
from wardcrawler.web.database import NAME
from wardcrawler.web.language import Words, words_for
from wardcrawler.web.markup import web_address
from wardcrawler.web.queries import queries

_ARTICLE_COLUMNS = {"id", "article_id", "other_id", "replaced_by"}
_WITH_ARTICLE_IDS = {None, "records", "pages", "revisions", "similar", "images", "article_attachments"}
_ID_OF_TITLE = {"title": "id", "title_now": "id", "other_title": "other_id"}
_SITE_COLUMNS = {"site", "other_site"}
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d\+07:00")
_MOST_ROWS = 100
"""Rows of a query that its page shows at first: more are a click away, and in its exports."""


def template_variables(request: Request | None, table: str | None) -> dict[str, Any]:
    """Return the variables that every template has: words, addresses, descriptions."""
    t = words_for(request)
    other = "en" if t.language == "vi" else "vi"
    pairs = (
        [(name, value) for name in request.args for value in request.args.getlist(name)] if request else []
    )
    return {
        "t": t,
        "language": t.language,
        "other_language": f"?{urlencode([*pairs, ('lang', other)])}",
        "all_rows": f"?{urlencode([*pairs, ('rows', 'all')])}",
        "most_rows": _MOST_ROWS,
        "numeric_columns": numeric_columns,
        "style_version": _style_version(),
        "version": __version__,
        "described": descriptions().get(table or ""),
        "descriptions": descriptions(),
        "ready": queries(),
        "query_chart": lambda name, rows: query_chart(t, name, rows),
        "article_address": article_address,
        "portal_address": portal_address,
        "records_address": records_address,
        "web_address": web_address,
    }


@cache
def _style_version() -> str:
    style = files("wardcrawler.web").joinpath("static", "style.css").read_bytes()
    return hashlib.sha256(style).hexdigest()[:8]


def article_address(article_id: int) -> str:
    """Return the address of an article's page."""
    return f"/article/{article_id}"


def portal_address(name: str) -> str:
    """Return the address of a portal's page."""
    return f"/portal/{quote(name, safe='')}"


_COLUMNS = ("published_at", "title", "site", "category", "unit_now", "url", "id")


def records_address(**filters: str) -> str:
    """Return the address of Datasette's table of records with these filters, and the columns people read."""
    pairs = [*filters.items(), *(("_col", column) for column in _COLUMNS)]
    return f"/{NAME}/records?{urlencode(pairs)}"


def numeric_columns(rows: list[Any]) -> set[str]:
    """Return the columns of a query that hold numbers and nothing else."""
    return {
        column
        for column in (rows[0].keys() if rows else ())
        if all(isinstance(row[column], int | float | None) for row in rows)
    }


def cell(row: Any, value: Any, column: str, table: str | None) -> Markup | None:
    """Show a cell as a link to a page of ours or a time as short as it can be; None for one that is shown as
    it is.
    """
    return page_link(row, value, column, table) or time_element(value)


def time_element(value: Any) -> Markup | None:
    """Show a time in Vietnam to the minute, or to the day where the clock only fills up; None for no time."""
    if not isinstance(value, str) or not (found := _MOMENT.fullmatch(value)):
        return None
    day, clock = found.groups()
    shown = day if value.endswith("T00:00:00+07:00") else f"{day} {clock}"
    return Markup('<time datetime="{}" title="{}">{}</time>').format(value, value, shown)


def page_link(row: Any, value: Any, column: str, table: str | None) -> Markup | None:
    """Show a cell as a link to a page of ours; None for another."""
    if column in _ARTICLE_COLUMNS and table in _WITH_ARTICLE_IDS and isinstance(value, int):
        if column == "id" and table == "revisions":
            return None
        return Markup('<a href="{}">{}</a>').format(article_address(value), value)
    if column in _SITE_COLUMNS and isinstance(value, str) and value:
        return Markup('<a href="{}">{}</a>').format(portal_address(value), value)
    if column in _ID_OF_TITLE and table in (None, "records") and isinstance(value, str):
        named = _ID_OF_TITLE[column]
        article_id = row[named] if named in row.keys() else None  # noqa: SIM118  sqlite3.Row has no "in"
        if isinstance(article_id, int):
            return Markup('<a href="{}">{}</a>').format(article_address(article_id), value)
    return None


def query_chart(t: Words, name: str, rows: list[Any]) -> Markup:
    """Draw the chart of a ready-made query's rows, empty for one without."""
    query = queries().get(name)
    if query is None or query.chart is None or not rows:
        return Markup("")
    label, value = query.chart
    if not {label, value} <= set(rows[0].keys()):
        return Markup("")
    counts = {str(row[label]): float(row[value]) for row in rows if row[label] is not None}
    return bar_chart(by_month(counts), title=t.pick(query.title), number=t.number, name=t.time)


def log_failure(exception: Exception) -> None:
    """Print a mistake of ours, for whoever started the server."""
    traceback.print_exception(exception, file=sys.stderr)
