"""Every table, view and column is described once, in two languages, and nothing else is."""

from typing import get_args

import pytest
from sqlite_utils import Database

from wardcrawler.archives.recording.archive import Purpose
from wardcrawler.attachments.readers.result import Status
from wardcrawler.crawling.middlewares.tls import TLS
from wardcrawler.crawling.runs.outcome import Outcome
from wardcrawler.crawling.spider.declaration import LEVELS, STATUSES
from wardcrawler.items import DatePrecision, DateSource
from wardcrawler.store.schema.descriptions import Text, descriptions, is_internal
from wardcrawler.store.tables.runs import REPARSED, REPARSING, RUNNING

SETS = {
    ("articles", "date_precision"): get_args(DatePrecision),
    ("articles", "date_source"): get_args(DateSource),
    ("sites", "level"): LEVELS,
    ("sites", "status"): STATUSES,
    ("units", "level"): LEVELS,
    ("runs", "outcome"): (*get_args(Outcome), RUNNING, REPARSED, REPARSING),
    ("runs", "tls"): TLS,
    ("attachments", "text_status"): get_args(Status),
    ("archives", "purpose"): get_args(Purpose),
}


def names_of(db: Database) -> list[str]:
    rows = db.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")
    return [name for (name,) in rows if not is_internal(name)]


def columns_of(db: Database, table: str) -> list[tuple[str, str, bool]]:
    """Name, type and whether it may be NULL; hidden columns of the search indexes are left out."""
    rows = db.execute(f"PRAGMA table_info('{table}')").fetchall()
    return [(name, type_, not (required or key)) for _, name, type_, required, _, key in rows]


def test_every_table_and_view_is_described_and_no_other(db: Database) -> None:
    assert set(descriptions()) == set(names_of(db))


def test_every_column_is_described_and_no_other(db: Database) -> None:
    described = {name: list(table.columns) for name, table in descriptions().items()}
    assert described == {name: [column for column, _, _ in columns_of(db, name)] for name in described}


def test_what_null_means_is_said_where_it_can_be_and_nowhere_else(db: Database) -> None:
    for name in db.table_names():
        for column, _, may_be_null in columns_of(db, name) if not is_internal(name) else ():
            said = descriptions()[name].columns[column].null is not None
            assert said == may_be_null, f"{name}.{column}"


def test_the_type_of_every_column_of_a_view_is_told(db: Database) -> None:
    for name in db.view_names():
        for column, type_, _ in columns_of(db, name):
            said = descriptions()[name].columns[column].type
            assert bool(type_) != bool(said), f"{name}.{column}: {type_!r} by the schema, {said!r} by words"


def test_every_text_is_one_line_in_each_language() -> None:
    def is_line(text: Text) -> bool:
        return all(part.strip() == part != "" and "\n" not in part and "|" not in part for part in text)

    for name, table in descriptions().items():
        assert is_line(table.text), name
        for column, said in table.columns.items():
            texts = (said.text, *said.values.values(), *((said.null,) if said.null else ()))
            assert all(map(is_line, texts)), f"{name}.{column}"


@pytest.mark.parametrize(("table", "column"), SETS)
def test_fixed_values_are_those_of_the_program(table: str, column: str) -> None:
    assert set(descriptions()[table].columns[column].values) == set(SETS[table, column])


def test_a_view_says_of_a_column_what_its_table_says() -> None:
    tables = descriptions()
    assert tables["records"].columns["date_source"] == tables["articles"].columns["date_source"]
    assert tables["records"].columns["page_published_at"] == tables["pages"].columns["published_at"]
