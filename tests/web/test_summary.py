"""Counts that take long do not keep pages waiting."""

import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from wardcrawler.store.database.connection import open_database
from wardcrawler.web import summary
from wardcrawler.web.summary import CachedSummary


@pytest.fixture
def path(rich: Path, tmp_path: Path) -> Path:
    target = tmp_path / "counted.db"
    with closing(sqlite3.connect(rich)) as source, closing(sqlite3.connect(target)) as db:
        source.backup(db)
    return target


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    with closing(open_database(path, read_only=True)) as db:
        yield db


def write_an_article(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(
            "INSERT INTO articles (title, body, html, date_source, content_hash, first_seen, last_changed) "
            "VALUES ('x', 'x', 'x', 'none', random(), 'x', 'x')"
        )


def join_others() -> None:
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and thread.name.endswith("(_count_apart)"):
            thread.join()


def test_where_counting_is_quick_it_is_done_at_once(
    db: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summary, "_QUICK", 3600)
    cached = CachedSummary()
    before = cached.get(db, path)
    assert cached.get(db, path) is before
    write_an_article(path)
    assert cached.get(db, path).articles == before.articles + 1


def test_where_it_is_not_the_last_count_is_given_out_meanwhile(
    db: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summary, "_QUICK", -1)
    cached = CachedSummary()
    before = cached.get(db, path)
    cached._cost = 0  # a tenth of the time has passed since
    write_an_article(path)
    assert cached.get(db, path) is before
    join_others()
    assert cached.get(db, path).articles == before.articles + 1


def test_another_file_is_counted_at_once(db: Database, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summary, "_QUICK", -1)
    cached = CachedSummary()
    before = cached.get(db, path)
    other = path.with_name("other.db")
    shutil.copyfile(path, other)
    write_an_article(other)
    other.replace(path)
    with closing(open_database(path, read_only=True)) as replaced:
        assert cached.get(replaced, path).articles == before.articles + 1
