"""Plugin of Datasette: our pages, queries, descriptions and functions of SQL."""

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Base400, Request, Response
from datasette.views.base import DatasetteError
from markupsafe import Markup

from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.store.schema.descriptions import descriptions
from wardcrawler.text.normalise import fold
from wardcrawler.web import context, queries
from wardcrawler.web.database import NAME
from wardcrawler.web.language import words_for
from wardcrawler.web.pages import article, file, home, portal, search

_INTERNAL = ("similar_bands", "similar_state")
_RECORDS = {
    "sort_desc": "published_at",
    "facets": ["level", "province"],
}

_View = Callable[..., Awaitable[Response]]


@hookimpl
def register_routes() -> list[tuple[str, _View]]:
    """Register our pages."""
    return [
        (r"^/$", home.page),
        (r"^/search$", search.page),
        (r"^/article/(?P<id>[0-9]{1,19})$", article.page),
        (r"^/portals$", portal.all_portals),
        (r"^/portal/(?P<name>[^/]+)$", portal.page),
        (r"^/file/(?P<sha256>[0-9a-f]{64})$", file.download),
    ]


@hookimpl
async def canned_queries(datasette: Datasette, database: str) -> dict[str, dict[str, Any]]:
    """Return the ready-made queries."""
    if database != NAME:
        return {}
    return queries.for_datasette(await datasette.get_database(NAME).table_names())


@hookimpl
def get_metadata(key: str | None, database: str | None, table: str | None) -> dict[str, Any]:
    """Return descriptions of tables and columns, in both languages."""
    tables: dict[str, dict[str, Any]] = {
        name: {
            "description": f"{described.text.vi} · {described.text.en}",
            "columns": {
                column: f"{said.text.vi} · {said.text.en}" for column, said in described.columns.items()
            },
        }
        for name, described in descriptions().items()
    }
    for name in ("_sqlite_migrations", *_INTERNAL):
        tables[name] = {"hidden": True}
    tables["records"].update(_RECORDS)
    tables["articles"]["sort_desc"] = "id"
    tables["runs"]["sort_desc"] = "id"
    return {"title": "wardcrawler", "databases": {NAME: {"tables": tables}}}


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Add the functions that the ready-made queries use, for everybody's SQL."""
    conn.create_function("fold", 1, lambda text: fold(str(text or "")), deterministic=True)
    conn.create_function("fts_words", 1, lambda text: queries.fts_words(str(text or "")), deterministic=True)


@hookimpl
def extra_template_vars(
    request: Request | None, datasette: Datasette, database: str | None, table: str | None
) -> dict[str, Any]:
    """Return the variables that our templates use, on Datasette's own pages too."""
    return context.template_variables(request, table)


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: str | None, database: str | None) -> Markup | None:
    """Show numbers of articles and names of portals as links to their pages, times for people."""
    return context.cell(row, value, column, table) if database == NAME else None


@hookimpl
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Callable[[], Any]:
    """Answer with one readable line for what went wrong."""

    async def answer() -> Response:
        t = words_for(request)
        status, message = _problem(exception, t)
        if status == 500:
            context.log_failure(exception)
        if request.path.endswith(".json"):
            return Response.json({"ok": False, "error": str(message), "status": status}, status=status)
        html = await datasette.render_template(
            "error.html", {"error": message, "status": status, "title": None}, request=request
        )
        return Response.html(html, status=status)

    return answer


def _problem(exception: Exception, t: Any) -> tuple[int, str]:
    if isinstance(exception, DatabaseProblem):
        return 503, exception.message
    if isinstance(exception, sqlite3.OperationalError) and "interrupted" in str(exception):
        return 503, t("too_slow")
    if isinstance(exception, Base400):
        said = str(exception.args[0]) if exception.args else ""
        return exception.status, t("not_found") if said in ("", "404") else said
    if isinstance(exception, DatasetteError):
        # It says one thing as HTML: that a query took too long.
        slow = exception.message_is_html
        return exception.status, t("too_slow") if slow else exception.message or exception.title or ""
    return 500, t("internal")
