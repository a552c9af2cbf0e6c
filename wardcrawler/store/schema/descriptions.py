"""Descriptions of every table, view and column, for people: in English and in Vietnamese.

The words stand in ``store/schema/words/*.toml``, one file for each subject::

    [pages]                             # the table or view: what one row is
    en = "One address on one portal …"
    vi = "Một địa chỉ trên một cổng …"
    [pages.columns]
    site = ["The portal.", "Cổng."]     # English, Vietnamese
    key = "other.key"                   # what another column says, and its NULL, values and type
    [pages.null]                        # of columns that may be NULL: what NULL means
    [pages.values.status]               # of columns with a few fixed values: what each means
    [pages.types]                       # of a view's expressions: what SQLite does not tell
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

_INTERNAL = (
    "sqlite_*",
    "_sqlite_migrations",
    "*_fts_config",
    "*_fts_data",
    "*_fts_docsize",
    "*_fts_idx",
    "similar_bands",
    "similar_state",
)


class Text(NamedTuple):
    """One text in two languages, one line each."""

    en: str
    vi: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``null`` says what NULL means, None where it cannot be; ``values`` those of a fixed set;
    ``type`` is SQLite's, None where the schema tells it.
    """

    text: Text
    null: Text | None = None
    values: Mapping[str, Text] = field(default_factory=dict)
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view: what one row is, and its columns."""

    text: Text
    columns: Mapping[str, Column]


def is_internal(table: str) -> bool:
    """Return whether a table is there only for SQLite, for the index or for migrations, not for people."""
    return any(fnmatchcase(table, pattern) for pattern in _INTERNAL)


@cache
def descriptions() -> Mapping[str, Table]:
    """Read the description of every table and view that is not internal, by name.

    Raises ``KeyError`` for a reference to nothing, ``ValueError`` for a table that is described twice.
    """
    words: dict[str, Any] = {}
    for file in files("wardcrawler.store.schema").joinpath("words").iterdir():
        more = tomllib.loads(file.read_text(encoding="utf-8"))
        if twice := words.keys() & more.keys():
            raise ValueError(f"{file.name} describes again: {', '.join(sorted(twice))}")
        words |= more
    return {
        name: Table(
            Text(table["en"], table["vi"]),
            {column: _column(words, name, column) for column in table["columns"]},
        )
        for name, table in sorted(words.items())
    }


def _column(words: dict[str, Any], name: str, column: str) -> Column:
    """Read the description of one column; ``words`` are the tables of all files by name."""
    table = words[name]
    entry = table["columns"][column]
    known = _follow(words, entry) if isinstance(entry, str) else Column(Text(*entry))
    null = table.get("null", {}).get(column)
    values = table.get("values", {}).get(column, {})
    return Column(
        known.text,
        Text(*null) if null else known.null,
        {value: Text(*text) for value, text in values.items()} or known.values,
        table.get("types", {}).get(column, known.type),
    )


def _follow(words: dict[str, Any], reference: str) -> Column:
    """Read the description that ``reference`` ("table.column") leads to."""
    table, _, column = reference.partition(".")
    return _column(words, table, column)
