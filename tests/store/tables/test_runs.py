"""The history of runs, and what it says of a portal's health."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlite_utils import Database

from wardcrawler.items import Article
from wardcrawler.store.health import site_health
from wardcrawler.store.tables.runs import finish_run, start_run
from wardcrawler.store.tables.sites import save_site
from wardcrawler.store.writer import Writer

WARD, DISTRICT = "hcm-phuong-9", "hcm-tan-binh"


def run(db: Database, clock: Any, outcome: str, site: str = WARD, reason: str | None = None) -> None:
    run_id = start_run(db, site, "wardcrawler crawl", "0.1.0", clock)
    clock.forward(minutes=10)
    finish_run(db, run_id, outcome, reason, None, clock)
    clock.forward(days=1)


def health(db: Database, site: str = WARD) -> dict[str, Any]:
    return next(row for row in site_health(db) if row["site"] == site)


def test_a_run_that_begins_is_seen_at_once(
    db: Database, clock: Any, open_again: Callable[..., Database]
) -> None:
    run_id = start_run(db, WARD, "wardcrawler crawl --all", "0.1.0", clock)
    row = open_again(read_only=True).table("runs").get(run_id)
    assert (row["site"], row["outcome"], row["started_at"]) == (WARD, "running", clock())
    assert (row["command"], row["version"]) == ("wardcrawler crawl --all", "0.1.0")
    assert (row["finished_at"], row["requests"]) == (None, 0)


def test_a_run_that_ends_says_how(db: Database, clock: Any) -> None:
    run_id = start_run(db, WARD, "wardcrawler crawl", "0.1.0", clock)
    end = clock.forward(minutes=3)
    counts = {
        "requests": 40,
        "pages": 30,
        "new": 20,
        "changed": 1,
        "unchanged": 5,
        "duplicates": 4,
        "gone": 0,
        "errors": 2,
        "bytes": 123_456,
    }
    finish_run(db, run_id, "partial", "kept: challenge 2", {"challenge": 2}, clock, **counts)
    row = db.table("runs").get(run_id)
    assert (row["outcome"], row["reason"], row["finished_at"]) == ("partial", "kept: challenge 2", end)
    assert {name: row[name] for name in counts} == counts
    assert json.loads(row["refused"]) == {"challenge": 2}


def test_a_run_says_what_it_saw_and_what_it_left_out(db: Database, clock: Any) -> None:
    run_id = start_run(db, WARD, "wardcrawler crawl", "0.1.0", clock)
    row = db.table("runs").get(run_id)
    assert (row["seen"], row["covered"], row["left_out"]) == (None, None, None)
    left_out = {"bound": 12, "budget": 300}
    finish_run(db, run_id, "partial", None, None, clock, True, left_out, seen=400, covered=88)
    row = db.table("runs").get(run_id)
    assert (row["seen"], row["covered"], json.loads(row["left_out"])) == (400, 88, left_out)


def test_a_count_that_is_no_column_is_refused(db: Database, clock: Any) -> None:
    run_id = start_run(db, WARD, "wardcrawler crawl", "0.1.0", clock)
    with pytest.raises(ValueError, match="runs has no count pgaes"):
        finish_run(db, run_id, "ok", None, None, clock, pgaes=1)
    assert db.table("runs").get(run_id)["outcome"] == "running"


def test_a_run_that_was_killed_is_marked_by_the_next_one_of_its_site(db: Database, clock: Any) -> None:
    killed = start_run(db, WARD, "wardcrawler crawl", "0.1.0", clock)
    elsewhere = start_run(db, DISTRICT, "wardcrawler crawl", "0.1.0", clock)
    start_run(db, WARD, "wardcrawler crawl", "0.1.0", clock)
    row = db.table("runs").get(killed)
    assert (row["outcome"], row["finished_at"]) == ("interrupted", None)
    assert "killed" in row["reason"]
    assert db.table("runs").get(elsewhere)["outcome"] == "running"


def test_what_a_finished_run_stored_is_synced_to_the_disk(db: Database, clock: Any) -> None:
    statements: list[str] = []
    run_id = start_run(db, WARD, "wardcrawler crawl", "0.1.0", clock)
    db.conn.set_trace_callback(statements.append)
    finish_run(db, run_id, "ok", None, None, clock)
    db.conn.set_trace_callback(None)
    assert statements.index("PRAGMA synchronous = FULL") < statements.index("COMMIT")
    assert db.execute("PRAGMA synchronous").fetchone() == (1,)


def test_a_portal_that_never_ran_has_no_outcome(db: Database) -> None:
    row = health(db)
    assert (row["outcome"], row["last_success"], row["last_new_article"]) == (None, None, None)
    assert (row["articles"], row["pages"], row["failures"], row["unhealthy_streak"]) == (0, 0, 0, 0)
    assert (row["title"], row["level"], row["province"]) == ("UBND Phường 9", "ward", "hcm")


def test_health_shows_the_last_run_and_the_last_success(db: Database, clock: Any) -> None:
    run(db, clock, "ok")
    run(db, clock, "dead", reason="timeout")
    row = health(db)
    assert (row["outcome"], row["reason"]) == ("dead", "timeout")
    assert row["started_at"] == "2023-07-02T08:10:00+07:00"
    assert row["last_success"] == "2023-07-01T08:10:00+07:00"


@pytest.mark.parametrize(
    ("outcomes", "streak"),
    [
        (["ok"], 0),
        (["unchanged"], 0),
        (["dead"], 1),
        (["ok", "dead", "challenge"], 2),
        (["dead", "dead", "ok"], 0),
        (["ok", "dead", "interrupted"], 1),
        (["dead", "unchanged", "blocked", "partial", "error"], 3),
    ],
)
def test_unhealthy_runs_are_counted_since_the_last_healthy_one(
    db: Database, clock: Any, outcomes: list[str], streak: int
) -> None:
    for outcome in outcomes:
        run(db, clock, outcome)
    run(db, clock, "dead", site=DISTRICT)
    start_run(db, WARD, "wardcrawler crawl", "0.1.0", clock)
    assert health(db)["unhealthy_streak"] == streak


def test_health_counts_articles_pages_and_kept_failures(
    db: Database, writer: Writer, article: Callable[..., Article], clock: Any
) -> None:
    writer.put(article("bai-1"))
    writer.put(article("bai-1-ban-sao", published_at="2023-06-30T09:00:00+07:00"))
    newest = clock.forward(days=1)
    writer.put(article("bai-2", body="Tin khác."))
    clock.forward(days=1)
    writer.put(article("bai-1"))
    writer.put_failure("bai-3", "https://x.example.vn/-/bai-3", None, "timeout: no answer")
    writer.flush()
    row = health(db)
    assert (row["articles"], row["pages"], row["failures"]) == (2, 3, 1)
    assert row["last_new_article"] == newest
    assert row["last_published"] == "2023-06-30T09:00:00+07:00"


def test_a_site_is_brought_up_to_date(db: Database) -> None:
    constants = {
        "title": "UBND Phường 9 (mới)",
        "level": "ward",
        "province": "hcm",
        "unit_code": "26995",
        "unit_valid_from": "2025-07-01",
        "base_url": "https://p9.example.vn",
        "status": "retired",
        "successor": "hcm-phuong-bay-hien",
    }
    save_site(db, name=WARD, platform=None, **constants)
    assert db.table("sites").get(WARD) == {
        "name": WARD,
        **constants,
        "platform": "liferay",
        "looked_at": None,
    }
    assert db.table("sites").count == 2
