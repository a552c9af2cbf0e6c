"""Which portals need a person, why, and what he is told to do."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from wardcrawler.monitoring.health import assess_health, percent
from wardcrawler.monitoring.report import advise
from wardcrawler.text.dates import ICT

NOW = datetime(2026, 11, 28, 8, 0, tzinfo=ICT)
EVERY_OTHER_DAY = [str((NOW - timedelta(days=age)).date()) for age in range(1, 61, 2)]


def ago(**units: float) -> str:
    return (NOW - timedelta(**units)).isoformat(timespec="seconds")


def portal(outcome: str | None = "ok", **fields: Any) -> dict[str, Any]:
    """A portal that published every other day and whose last run, last night, ended with ``outcome``."""
    telling = outcome not in (None, "running", "interrupted")
    return {
        "site": "hcm-phuong-9",
        "base_url": "https://phuong9.example.gov.vn",
        "status": "unverified",
        "outcome": outcome,
        "command": "wardcrawler crawl --all",
        "started_at": ago(hours=10),
        "last_success": ago(hours=9),
        "is_reparsed": 0,
        "watched_since": ago(days=300),
        "streak_outcome": outcome if telling else "ok",
        "streak_reason": None,
        "streak": 1,
        "streak_since": ago(hours=10),
        "unhealthy_streak": 0,
        "days": EVERY_OTHER_DAY,
        "coverage": 1.0,
        "missing": {},
        **fields,
    }


def judged(row: dict[str, Any], *, max_age: timedelta = timedelta(hours=36), lock: bool = True) -> Any:
    return assess_health(row, now=NOW, max_age=max_age, lock_is_held=lock)


@pytest.mark.parametrize("outcome", ["ok", "unchanged", "interrupted"])
def test_a_portal_whose_last_telling_run_went_well_is_healthy(outcome: str) -> None:
    health = judged(portal(outcome))
    assert (health["healthy"], health["state"], health["problem"]) == (True, outcome, None)
    assert (health["rhythm_days"], health["quiet_days"], health["last_article_day"]) == (2, 0, "2026-11-27")


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({}, "dead: no answer"),
        (
            {"streak": 5, "streak_since": "2026-11-20T22:17:00+07:00"},
            "dead for 5 runs since 2026-11-20: no answer",
        ),
        ({"unhealthy_streak": 3}, "dead, and the last 3 runs did not go well: no answer"),
        ({"streak_reason": None}, "dead"),
        ({"streak_reason": "two\nlines\x1b[31m\tand  blanks"}, "dead: two lines[31m and blanks"),
    ],
)
def test_the_streak_of_an_outcome_is_told(fields: dict[str, Any], problem: str) -> None:
    health = judged(portal("dead", **{"streak_reason": "no answer", **fields}))
    assert (health["healthy"], health["state"], health["problem"]) == (False, "dead", problem)


@pytest.mark.parametrize("outcome", ["running", "interrupted"])
def test_a_run_that_tells_nothing_hides_no_trouble(outcome: str) -> None:
    health = judged(portal(outcome, streak_outcome="challenge", streak=2))
    assert health["state"] == "challenge"


def test_an_outcome_that_this_version_does_not_know_is_told_as_it_is() -> None:
    health = judged(portal("flooded"))
    assert (health["state"], health["problem"]) == ("flooded", "flooded")
    assert advise(health) == "Run 'wardcrawler crawl hcm-phuong-9 -v' and read the errors."


def test_a_portal_that_only_archives_know_needs_nobody() -> None:
    never = {"command": None, "last_success": None, "streak": 0, "streak_outcome": None}
    health = judged(portal(None, is_reparsed=1, watched_since=None, **never))
    assert (health["healthy"], health["state"]) == (True, "archived")


def test_a_portal_that_never_ran() -> None:
    health = judged(portal(None, command=None, last_success=None, streak=0, streak_outcome=None, days=[]))
    assert (health["state"], health["problem"]) == ("never-ran", "never ran")


def test_a_success_that_is_too_old() -> None:
    row = portal(last_success=ago(days=5))
    health = judged(row)
    assert (health["state"], health["problem"]) == ("stale", "last success 5 days ago")
    assert judged(row, max_age=timedelta(days=6))["healthy"]


def test_a_portal_that_never_went_well() -> None:
    health = judged(portal("interrupted", last_success=None, streak=0, streak_outcome=None))
    assert (health["state"], health["healthy"]) == ("unfinished", False)


def test_a_run_that_is_at_work_is_no_trouble_not_even_the_first() -> None:
    assert judged(portal("running"))["state"] == "running"
    assert judged(portal("running", last_success=None, streak=0, streak_outcome=None))["healthy"]


def test_a_run_that_stands_as_running_while_nobody_holds_the_lock_crashed() -> None:
    health = judged(portal("running"), lock=False)
    assert (health["healthy"], health["state"]) == (False, "crashed")
    assert health["problem"].startswith("the run of 2026-11-27 22:00 crashed")


def test_plain_scrapy_holds_no_lock_and_is_not_called_crashed() -> None:
    assert judged(portal("running", command="scrapy crawl hcm-phuong-9"), lock=False)["healthy"]


def test_a_portal_gone_quiet_is_unhealthy_though_every_run_goes_well() -> None:
    days = [str((NOW - timedelta(days=age)).date()) for age in range(41, 101, 2)]
    health = judged(portal("unchanged", days=days))
    assert (health["healthy"], health["state"], health["quiet_days"]) == (False, "quiet", 40)
    assert health["problem"] == "nothing new for 40 days; usually every 2 days"


def test_a_portal_that_was_frozen_when_first_crawled_is_healthy_and_called_frozen() -> None:
    days = [str(datetime(2025, 6, 30, tzinfo=ICT).date() - timedelta(days=age)) for age in range(0, 60, 3)]
    health = judged(portal("unchanged", days=days, watched_since="2026-10-01T22:17:00+07:00"))
    assert (health["healthy"], health["state"], health["frozen_since"]) == (True, "frozen", "2025-06-30")
    assert health["note"] == "frozen: nothing published since 2025-06-30"


@pytest.mark.parametrize(
    "row",
    [
        portal("dead", status="retired"),
        portal("unchanged", status="retired", last_success=ago(days=400)),
        portal("unchanged", status="retired", days=["2026-01-03", "2026-01-02", "2026-01-01"]),
    ],
)
def test_a_retired_portal_is_nobodys_trouble(row: dict[str, Any]) -> None:
    health = judged(row)
    assert (health["healthy"], health["state"]) == (True, "retired")


@pytest.mark.parametrize(
    ("coverage", "words"),
    [
        (None, None),
        (1.0, None),
        (0.95, None),
        (0.9499, "94 % of the articles it showed are stored; missing: bound 12, robots 12, no-body 3"),
        (0.0, "0 % of the articles it showed are stored; missing: bound 12, robots 12, no-body 3"),
    ],
)
def test_a_portal_of_which_a_part_is_missing_is_healthy_and_says_so(
    coverage: float | None, words: str | None
) -> None:
    health = judged(portal(coverage=coverage, missing={"no-body": 3, "robots": 12, "bound": 12}))
    assert (health["healthy"], health["state"], health["shortfall"]) == (True, "ok", words)


def test_what_is_missing_has_a_remedy_unless_something_worse_has_one() -> None:
    lacks = {"coverage": 0.5, "missing": {"no-body": 3}}
    assert str(advise(judged(portal(**lacks)))).startswith("Run 'wardcrawler crawl hcm-phuong-9 --full -v'")
    assert str(advise(judged(portal("dead", **lacks)))).startswith("Open https://phuong9.example.gov.vn")


def test_of_a_retired_portal_nothing_is_missing() -> None:
    health = judged(portal(status="retired", coverage=0.5, missing={"dns": 3}))
    assert (health["shortfall"], advise(health)) == (None, None)


@pytest.mark.parametrize(
    ("share", "words"), [(1.0, "100 %"), (0.9999, "99 %"), (0.29, "29 %"), (0.98, "98 %"), (0.0, "0 %")]
)
def test_a_share_is_rounded_down_so_that_all_is_only_all(share: float, words: str) -> None:
    assert percent(share) == words


TROUBLES = ["challenge", "blocked", "dead", "redesigned", "empty", "partial", "error", "quiet", "never-ran",
            "unfinished", "stale", "crashed"]  # fmt: skip


@pytest.mark.parametrize("state", TROUBLES)
def test_every_trouble_has_a_remedy_in_one_sentence_with_something_to_type(state: str) -> None:
    advice = advise({**portal(), "healthy": False, "state": state}, options=" --db x.db", log="logs/x.log")
    assert advice is not None
    assert advice.endswith(".")
    assert "wardcrawler " in advice
    assert "{" not in advice
    assert ". " not in advice


def test_the_remedy_names_the_portal_the_database_and_the_log() -> None:
    advice = advise(
        {**portal(), "healthy": False, "state": "crashed"}, options=" --db x.db", log="logs/x.log"
    )
    assert advice is not None
    assert "'wardcrawler crawl hcm-phuong-9 --db x.db'" in advice
    assert "(logs/x.log)" in advice


def test_a_portal_crawled_by_its_address_has_no_class_to_edit() -> None:
    row = portal(site="ubnd.example.vn", base_url="https://ubnd.example.vn")
    for state in TROUBLES:
        advice = advise({**row, "healthy": False, "state": state})
        assert advice is not None
        assert "class" not in advice
        assert "crawl ubnd" not in advice
    never_ran = advise({**row, "healthy": False, "state": "never-ran"})
    assert never_ran == "Run 'wardcrawler crawl --url https://ubnd.example.vn'."


def test_a_healthy_portal_needs_nothing() -> None:
    assert advise(judged(portal())) is None
