"""What the database tells of a portal's days and of its runs."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlite_utils import Database

from wardcrawler.items import Article
from wardcrawler.store.health import DAYS_KEPT, site_health
from wardcrawler.store.tables.runs import finish_run, start_run
from wardcrawler.store.writer import Writer

WARD, DISTRICT = "hcm-phuong-9", "hcm-tan-binh"
Make = Callable[..., Article]


def health(db: Database, site: str = WARD) -> dict[str, Any]:
    return next(row for row in site_health(db) if row["site"] == site)


def run(db: Database, clock: Any, outcome: str, site: str = WARD) -> None:
    run_id = start_run(db, site, "wardcrawler crawl --all", "0.1.0", clock)
    if outcome != "running":
        finish_run(db, run_id, outcome, f"why {outcome}", None, clock)
    clock.forward(days=1)


def publish(writer: Writer, article: Make, *days: str | None) -> None:
    for day in days:
        number = writer.tally.stored
        published = f"{day}T09:00:00+07:00" if day else None
        writer.put(article(f"bai-{number}", body=f"Tin {number}", published_at=published))
        writer.flush()


@pytest.mark.parametrize(
    ("outcomes", "streak", "length", "since"),
    [
        (["ok"], "ok", 1, "2023-07-01"),
        (["dead", "ok", "unchanged", "ok"], "ok", 3, "2023-07-02"),
        (["ok", "dead", "dead", "dead"], "dead", 3, "2023-07-02"),
        (["dead", "challenge", "dead"], "dead", 1, "2023-07-03"),
        (["ok", "dead", "interrupted", "dead", "running"], "dead", 2, "2023-07-02"),
        (["partial", "partial"], "partial", 2, "2023-07-01"),
        (["interrupted"], None, 0, None),
        ([], None, 0, None),
    ],
)
def test_runs_in_a_row_that_ended_alike_are_counted(
    db: Database, clock: Any, outcomes: list[str], streak: str | None, length: int, since: str | None
) -> None:
    for outcome in outcomes:
        run(db, clock, outcome)
    run(db, clock, "blocked", site=DISTRICT)
    row = health(db)
    assert (row["streak_outcome"], row["streak"]) == (streak, length)
    assert (row["streak_since"] or "")[:10] == (since or "")
    assert row["streak_reason"] == (f"why {streak}" if streak else None)
    assert health(db, DISTRICT)["streak"] == 1


def test_days_of_publishing_are_told_once_each_newest_first(
    db: Database, writer: Writer, district_writer: Writer, article: Make
) -> None:
    publish(writer, article, "2023-06-20", "2023-06-24", "2023-06-24", "2023-06-22")
    district_writer.put(article("bai-1", site=DISTRICT, published_at="2023-05-01T00:00:00+07:00"))
    district_writer.flush()
    assert health(db)["days"] == ["2023-06-24", "2023-06-22", "2023-06-20"]
    assert health(db, DISTRICT)["days"] == ["2023-05-01"]


def test_only_the_last_days_are_told(db: Database, writer: Writer, article: Make) -> None:
    days = [f"2022-{month:02}-{day:02}" for month in (1, 2, 3, 4) for day in range(1, 21)]
    publish(writer, article, *days)
    assert health(db)["days"] == sorted(days, reverse=True)[: DAYS_KEPT + 1]


def test_a_date_after_the_day_it_was_found_is_a_mistake_and_does_not_count(
    db: Database, writer: Writer, article: Make
) -> None:
    publish(writer, article, "2023-06-24", "2023-07-01", "2032-06-25")
    assert health(db)["days"] == ["2023-07-01", "2023-06-24"]


def test_a_page_without_a_date_counts_by_the_day_it_was_found_once_all_was_walked(
    db: Database, writer: Writer, article: Make, clock: Any
) -> None:
    writer.open_listing("https://x.example.vn/tin", section="Tin")
    publish(writer, article, None, None)
    writer.finish_listing("https://x.example.vn/tin")
    writer.flush()
    assert health(db)["days"] == []
    clock.forward(days=2)
    publish(writer, article, None)
    assert health(db)["days"] == ["2023-07-03"]


def test_watching_begins_with_the_first_article_stored(
    db: Database, writer: Writer, article: Make, clock: Any
) -> None:
    writer.put_failure("bai-x", "https://x.example.vn/-/x", None, "timeout: no answer")
    writer.flush()
    assert health(db)["watched_since"] is None
    first = clock.forward(days=1)
    publish(writer, article, "2023-06-24")
    clock.forward(days=1)
    publish(writer, article, "2023-06-25")
    assert health(db)["watched_since"] == first


def test_the_last_command_and_the_address_are_told(db: Database, clock: Any) -> None:
    run(db, clock, "ok")
    row = health(db)
    assert (row["command"], row["base_url"]) == ("wardcrawler crawl --all", f"https://{WARD}.example.vn")
    assert health(db, DISTRICT)["command"] is None


# --- coverage --------------------------------------------------------------------------------------


def saw(db: Database, clock: Any, outcome: str, seen: int, **left_out: int) -> None:
    run_id = start_run(db, WARD, "wardcrawler crawl --all", "0.1.0", clock)
    finish_run(db, run_id, outcome, None, None, clock, True, left_out, seen=seen, covered=seen - 1)
    clock.forward(days=1)


def test_coverage_is_what_is_stored_of_all_that_was_ever_seen(
    db: Database, writer: Writer, article: Make, clock: Any
) -> None:
    publish(writer, article, *(f"2023-06-{day}" for day in range(10, 16)))
    for number, reason in enumerate(("http-404: gone", "http-404: gone", "no-body: a title")):
        writer.put_failure(f"x-{number}", f"https://x.example.vn/-/x-{number}", None, reason)
    writer.flush()
    saw(db, clock, "partial", 12, bound=2, budget=1)
    row = health(db)
    assert (row["pages"], row["known"], row["seen"], row["covered"]) == (6, 9, 12, 11)
    assert row["left_out"] == {"bound": 2, "budget": 1}
    assert row["coverage"] == 0.5
    assert row["missing"] == {"http-404": 2, "no-body": 1, "bound": 2, "budget": 1}


def test_what_a_later_run_no_longer_leaves_out_is_not_missing(
    db: Database, writer: Writer, article: Make, clock: Any
) -> None:
    publish(writer, article, "2023-06-10")
    saw(db, clock, "partial", 4, budget=3)
    assert health(db)["coverage"] == 0.25
    saw(db, clock, "ok", 4)
    assert (health(db)["coverage"], health(db)["missing"]) == (1, {})


@pytest.mark.parametrize("outcome", ["dead", "blocked", "interrupted", "challenge"])
def test_a_run_that_did_not_get_there_takes_nothing_back(
    db: Database, writer: Writer, article: Make, clock: Any, outcome: str
) -> None:
    publish(writer, article, "2023-06-10")
    saw(db, clock, "partial", 4, budget=3)
    saw(db, clock, outcome, 2)
    assert (health(db)["seen"], health(db)["coverage"]) == (4, 0.25)


def test_a_page_that_holds_an_article_is_covered_though_the_last_try_failed_or_it_is_gone(
    db: Database, writer: Writer, article: Make
) -> None:
    publish(writer, article, "2023-06-10")
    writer.put_failure("bai-0", "https://x.example.vn/-/bai-0", None, "timeout: no answer")
    writer.flush()
    row = health(db)
    assert (row["failures"], row["coverage"], row["missing"]) == (1, 1, {})


def test_of_a_portal_that_showed_nothing_nothing_can_be_said(db: Database, clock: Any) -> None:
    run(db, clock, "dead")
    row = health(db)
    assert (row["known"], row["seen"], row["covered"], row["coverage"]) == (0, None, None, None)
    assert (row["left_out"], row["missing"]) == ({}, {})


def test_the_last_run_that_saw_anything_is_found_by_an_index(db: Database) -> None:
    plan = [row[3] for row in db.execute("EXPLAIN QUERY PLAN SELECT * FROM site_health")]
    assert [step for step in plan if "idx_runs_site_that_saw" in step]
    assert not [step for step in plan if step.startswith(("SCAN r", "SCAN told"))]
