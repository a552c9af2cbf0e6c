"""``wardcrawler.open``: a database as dataclasses, the same as the commands print."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, fields
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

import wardcrawler
from tests.support.command import Run
from wardcrawler.store.export import EXPORT_COLUMNS


@pytest.fixture
def db(demo: tuple[Path, str]) -> Iterator[wardcrawler.Database]:
    with wardcrawler.open(demo[0]) as database:
        yield database


def printed(wardcrawler: Run, db: Path, *arguments: str) -> object:
    return json.loads(wardcrawler(*arguments, "--db", str(db), "--json").stdout)


# --- searching ---------------------------------------------------------------------------------------------


def test_hits_are_those_of_the_command(demo: tuple[Path, str], wardcrawler: Run) -> None:
    import wardcrawler as api

    with api.open(demo[0]) as db:
        hits = json.loads(json.dumps([asdict(hit) for hit in db.search("dan van", level="ward")]))
    assert hits == printed(wardcrawler, demo[0], "search", "dan van", "--level", "ward")
    assert len(hits) >= 3


def test_filters_take_one_name_or_several(db: wardcrawler.Database) -> None:
    everywhere = {hit.site for hit in db.search("ủy ban", limit=1000)}
    some = sorted(everywhere)[:2]
    assert {hit.site for hit in db.search("ủy ban", limit=1000, site=some)} == set(some)
    assert {hit.site for hit in db.search("ủy ban", limit=1000, site=some[0])} == {some[0]}


@pytest.mark.parametrize("day", ["2024-01-01", date(2024, 1, 1), datetime(2024, 1, 1, 12)])  # noqa: DTZ001
def test_days_are_dates_or_texts(db: wardcrawler.Database, day: date | str) -> None:
    before = [hit.published_at for hit in db.search("ủy ban", limit=1000, until=day)]
    after = [hit.published_at for hit in db.search("ủy ban", limit=1000, since=day)]
    assert before
    assert after
    assert max(str(at) for at in before) < "2024-01-02"
    assert min(str(at) for at in after) >= "2024-01-01"


@pytest.mark.parametrize("query", ["ủy ban", "dan van", "sét viên", "title:họp OR đất", "thông báo NOT họp"])
def test_newest_first_finds_the_same_in_another_order(db: wardcrawler.Database, query: str) -> None:
    best = db.search(query, limit=10_000)
    newest = db.search(query, limit=10_000, sort="newest")
    assert {(hit.id, hit.exact) for hit in newest} == {(hit.id, hit.exact) for hit in best}
    assert [hit.rank for hit in newest] == list(range(1, len(best) + 1))
    assert sorted(newest, key=lambda hit: not hit.exact) == newest
    for exact in (True, False):
        dates = [hit.published_at or "" for hit in newest if hit.exact == exact]
        assert dates == sorted(dates, reverse=True)
    assert [hit.id for hit in db.search(query, sort="newest", limit=3, offset=2)] == [
        hit.id for hit in newest[2:5]
    ]


def test_newest_first_knows_files_and_filters(db: wardcrawler.Database) -> None:
    hits = db.search("file:viên", sort="newest", limit=1000)
    assert {hit.id for hit in hits} == {hit.id for hit in db.search("file:viên", limit=1000)}
    assert all(hit.attachment for hit in hits)
    wards = db.search("ủy ban", sort="newest", level="ward", limit=1000)
    assert {hit.id for hit in wards} == {hit.id for hit in db.search("ủy ban", level="ward", limit=1000)}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"query": ""}, "no word"),
        ({"query": "a " * 101}, "too long"),
        ({"query": "a", "site": "nowhere"}, "no portal 'nowhere'"),
        ({"query": "a", "since": "June"}, "no day such as"),
        ({"query": "a", "sort": "best"}, "'relevance' or 'newest'"),
    ],
)
def test_what_cannot_be_asked_is_an_input_error(
    db: wardcrawler.Database, arguments: dict[str, str], words: str
) -> None:
    with pytest.raises(wardcrawler.InputError, match=words):
        db.search(**arguments)  # type: ignore[arg-type]


# --- records and articles ----------------------------------------------------------------------------------


def test_records_are_those_of_the_export(
    demo: tuple[Path, str], wardcrawler: Run, db: wardcrawler.Database
) -> None:
    lines = wardcrawler("export", "--db", str(demo[0]), "--level", "ward").stdout.splitlines()
    records = [asdict(record) for record in db.records(level="ward")]
    assert records == [json.loads(line) for line in lines]
    assert len(records) > 20


def test_a_record_has_the_columns_of_an_export(db: wardcrawler.Database) -> None:
    assert tuple(field.name for field in fields(wardcrawler.Record)) == EXPORT_COLUMNS


def test_records_stream(db: wardcrawler.Database) -> None:
    records = db.records()
    assert next(records).id <= next(records).id
    with pytest.raises(wardcrawler.InputError, match="no province"):
        db.records(province="atlantis")


def test_an_article_is_what_show_prints(demo: tuple[Path, str], wardcrawler: Run) -> None:
    import wardcrawler as api

    with api.open(demo[0]) as db:
        with_all = "SELECT article_id FROM similar UNION SELECT article_id FROM article_attachments LIMIT 5"
        ids = [row[0] for row in db.connection.execute(with_all)]
        for article_id in ids:
            article = db.article(article_id)
            assert article is not None
            assert asdict(article) == printed(wardcrawler, demo[0], "show", str(article_id))
        assert db.article(10**6) is None


# --- health, rights ----------------------------------------------------------------------------------------


def test_health_is_what_status_prints(demo: tuple[Path, str], wardcrawler: Run) -> None:
    import wardcrawler as api

    with api.open(demo[0]) as db:
        health = db.health(timedelta(days=9999), command_options=f" --db {demo[0]}")
    printed_ = printed(wardcrawler, demo[0], "status", "--max-age", "9999d")
    assert [asdict(portal) for portal in health] == printed_
    assert all(isinstance(portal, api.PortalHealth) for portal in health)


def test_it_only_reads_unless_asked(db: wardcrawler.Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.connection.execute("DELETE FROM articles")


def test_to_write_it_is_made_if_need_be(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    with pytest.raises(wardcrawler.DatabaseProblem) as missing:
        wardcrawler.open(path)
    assert missing.value.exit_code == 2
    with wardcrawler.open(str(path), write=True) as db:
        assert list(db.records()) == []
        db.connection.execute("INSERT INTO sites(name, base_url) VALUES ('a', 'https://a.example')")
    with wardcrawler.open(path) as db:
        assert [portal.site for portal in db.health()] == ["a"]


def test_after_its_block_it_is_closed(demo: tuple[Path, str]) -> None:
    with wardcrawler.open(demo[0]) as db:
        pass
    with pytest.raises(sqlite3.ProgrammingError):
        db.connection.execute("SELECT 1")
