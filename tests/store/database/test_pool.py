"""One connection for all crawls of a process, and one sync for all of their runs."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from wardcrawler.store.database.connection import sync, synced
from wardcrawler.store.database.pool import acquire, is_last_user, release, shared_connection
from wardcrawler.store.tables.runs import finish_run, running_run, start_run

WARD = "hcm-phuong-9"


def is_open(db: Database) -> bool:
    try:
        db.execute("SELECT 1")
    except sqlite3.ProgrammingError:
        return False
    return True


def statements(db: Database) -> list[str]:
    said: list[str] = []
    db.conn.set_trace_callback(said.append)
    return said


def test_all_users_have_one_connection_until_the_last_has_gone(path: Path) -> None:
    first, second = acquire(path), acquire(str(path))
    assert first is second
    release(first)
    assert (is_open(second), is_last_user(second)) == (True, True)
    release(second)
    assert not is_open(second)


def test_another_database_has_another_connection(path: Path) -> None:
    with shared_connection(path) as one, shared_connection(path.with_name("other.db")) as other:
        assert one is not other
    assert not is_open(one)


def test_what_is_held_is_synced_once_at_the_end(path: Path) -> None:
    with shared_connection(path) as db:
        said = statements(db)
        release(acquire(path))
        assert said == []
    assert [each for each in said if "synchronous" in each] == [
        "PRAGMA synchronous = FULL",
        "PRAGMA synchronous = NORMAL",
    ]
    assert not is_open(db)


def test_a_connection_whose_user_fails_is_closed_all_the_same(path: Path) -> None:
    with pytest.raises(RuntimeError), shared_connection(path) as db:
        raise RuntimeError
    assert not is_open(db)


def test_a_sync_writes_something_for_only_that_is_synced(db: Database) -> None:
    before = db.execute("PRAGMA data_version").fetchone(), db.execute("PRAGMA user_version").fetchone()
    said = statements(db)
    sync(db)
    assert said.index("PRAGMA synchronous = FULL") < said.index("COMMIT")
    assert "PRAGMA user_version = 0" in said
    assert (
        db.execute("PRAGMA data_version").fetchone(),
        db.execute("PRAGMA user_version").fetchone(),
    ) == before


def test_after_a_failure_commits_are_as_fast_as_before(db: Database) -> None:
    with pytest.raises(RuntimeError), synced(db):
        raise RuntimeError
    assert db.execute("PRAGMA synchronous").fetchone() == (1,)


def test_a_run_may_leave_the_sync_to_the_end_of_all(db: Database, clock: Any) -> None:
    run_id = start_run(db, WARD, "wardcrawler crawl", "0.1.0", clock)
    said = statements(db)
    finish_run(db, run_id, "ok", None, None, clock, False, new=3)
    assert not [each for each in said if "synchronous" in each]
    assert db.execute("SELECT outcome, new FROM runs").fetchone() == ("ok", 3)


def test_the_run_that_is_under_way_is_found(db: Database, clock: Any) -> None:
    assert running_run(db, WARD) is None
    run_id = start_run(db, WARD, "wardcrawler crawl", "0.1.0", clock)
    assert running_run(db, WARD) == run_id
    finish_run(db, run_id, "ok", None, None, clock)
    assert running_run(db, WARD) is None
