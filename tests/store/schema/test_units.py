"""The units as tables, and the unit of then and of now beside every record."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from tests.support.records import WARD, MakeArticle
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.schema.migrations import MIGRATIONS
from wardcrawler.store.tables.sites import save_site
from wardcrawler.store.writer import Writer
from wardcrawler.units import address, by_code, successor_rows, unit_rows
from wardcrawler.units.register import REFORM

SITE = {
    "name": WARD, "title": "UBND", "province": "hcm", "base_url": "https://x.example.vn", "platform": None,
    "status": None, "successor": None,
}  # fmt: skip


def unit_of_records(db: Database, **site: Any) -> tuple[Any, ...]:
    save_site(db, **(SITE | {"level": "ward"} | site))
    row: tuple[Any, ...] = db.execute("SELECT unit_then, unit_now FROM records").fetchone()
    return row


@pytest.fixture
def with_an_article(db: Database, writer: Writer, article: MakeArticle) -> Database:
    writer.put(article())
    writer.flush()
    return db


def test_the_tables_hold_all_units_and_successors(db: Database) -> None:
    assert db.table("units").count == len(list(unit_rows()))
    assert db.table("unit_successors").count == len(list(successor_rows()))
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert db.table("units").strict
    assert db.table("unit_successors").strict


def test_the_full_names_are_those_of_the_library(db: Database) -> None:
    sample = db.execute(
        "SELECT code, valid_from, address FROM unit_addresses WHERE code LIKE '%7'"
    ).fetchall()
    assert len(sample) > 1000
    for code, valid_from, printed in sample:
        unit = by_code(code, REFORM if valid_from else REFORM.replace(year=2024))
        assert unit is not None
        assert printed == address(unit)


def test_a_record_names_the_unit_of_then_and_of_now(with_an_article: Database) -> None:
    assert unit_of_records(with_an_article, unit_code="27001", unit_valid_from="") == (
        "Phường 9, Quận Tân Bình, Thành phố Hồ Chí Minh",
        "Phường Tân Hòa, Thành phố Hồ Chí Minh",
    )


def test_one_code_is_another_unit_in_another_time(with_an_article: Database) -> None:
    assert unit_of_records(with_an_article, unit_code="26995", unit_valid_from="2025-07-01") == (
        "Phường Tân Hòa, Thành phố Hồ Chí Minh",
        "Phường Tân Hòa, Thành phố Hồ Chí Minh",
    )
    assert unit_of_records(with_an_article, unit_code="26995", unit_valid_from="")[0] == (
        "Phường 6, Quận Tân Bình, Thành phố Hồ Chí Minh"
    )


def test_a_split_unit_has_several_of_now_the_preferred_one_first(with_an_article: Database) -> None:
    code, wanted = with_an_article.execute(
        "SELECT o.old_code, a.address FROM unit_successors AS o "
        "JOIN unit_addresses AS a ON a.code = o.new_code AND a.valid_from = o.new_valid_from "
        "WHERE o.is_default = 1 AND EXISTS (SELECT 1 FROM unit_successors AS p WHERE p.old_code = o.old_code "
        "AND p.is_default = 0 AND p.new_code < o.new_code) LIMIT 1"
    ).fetchone()
    then, now = unit_of_records(with_an_article, unit_code=code, unit_valid_from="")
    assert then
    assert now.split("; ")[0] == wanted
    assert len(now.split("; ")) > 1


@pytest.mark.parametrize("code", [None, "99999"])
def test_a_portal_without_a_known_unit_has_none(with_an_article: Database, code: str | None) -> None:
    assert unit_of_records(with_an_article, unit_code=code, unit_valid_from=code and "") == (None, None)


def test_a_database_of_the_first_release_gets_the_units(
    path: Path, open_again: Callable[..., Database]
) -> None:
    with closing(Database(path)) as old:
        MIGRATIONS.apply(old, stop_before="m002_units")
        for name, level in (("hcm-quan-1", "district"), ("hcm-phuong-9", "ward")):
            old.table("sites").insert(
                {"name": name, "level": level, "unit_code": "760", "base_url": "https://x.example.vn"}
            )
    open_database(path).close()
    db = open_again(read_only=True)
    assert db.execute("SELECT name, unit_valid_from FROM sites ORDER BY name").fetchall() == [
        ("hcm-phuong-9", None),
        ("hcm-quan-1", ""),
    ]
    assert db.execute("SELECT count(*) FROM records").fetchone() == (0,)
    assert db.table("units").count > 14_000
