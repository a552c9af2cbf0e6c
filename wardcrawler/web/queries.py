"""Ready-made queries, from ``queries.toml``."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from wardcrawler.store.schema.descriptions import Text
from wardcrawler.store.search.fts_expression import ARTICLE_COLUMNS, expression
from wardcrawler.store.search.query import parse

_MATCHES_NOTHING = '{folded} : ""'


@dataclass(frozen=True, slots=True)
class Query:
    """A query. ``parameters`` are its named ones, with their labels; ``chart`` the columns to draw, or None;
    ``needs`` a table without which it is not offered, or None.
    """

    name: str
    title: Text
    description: Text
    sql: str
    parameters: Mapping[str, Text]
    chart: tuple[str, str] | None
    needs: str | None


@cache
def queries() -> Mapping[str, Query]:
    """Read all queries by name, in the order in which they are offered."""
    text = files("wardcrawler.web").joinpath("queries.toml").read_text(encoding="utf-8")
    return {
        name: Query(
            name,
            Text(*said["title"]),
            Text(*said["description"]),
            said["sql"].strip(),
            {parameter: Text(*label) for parameter, label in said.get("parameters", {}).items()},
            tuple(said["chart"]) if "chart" in said else None,
            said.get("needs"),
        )
        for name, said in tomllib.loads(text).items()
    }


def offered(tables: Iterable[str]) -> list[Query]:
    """Return the queries that a database with these tables can answer."""
    there = set(tables)
    return [query for query in queries().values() if query.needs is None or query.needs in there]


def for_datasette(tables: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return the same as Datasette describes canned queries; titles in both languages, for its JSON."""
    return {
        query.name: {
            "sql": query.sql,
            "title": f"{query.title.vi} · {query.title.en}",
            "description": f"{query.description.vi} · {query.description.en}",
            "params": list(query.parameters),
        }
        for query in offered(tables)
    }


def fts_words(text: str) -> str:
    """Write a query as the expression that FTS5's MATCH takes, for articles that match it in any spelling of
    diacritics; the queries' own function of SQL.

    The language of ``text`` is that of ``wardcrawler search``. Without a word it matches nothing.
    """
    query = parse(text)
    found = expression(query.root, exact=False, columns=ARTICLE_COLUMNS) if query else None
    return found or _MATCHES_NOTHING
