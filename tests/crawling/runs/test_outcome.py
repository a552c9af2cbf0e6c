"""What a run's outcome says, and why."""

from collections import Counter
from typing import Any

import pytest

from wardcrawler.crawling.runs.outcome import Observations, judge


def run(**seen: Any) -> tuple[str, str | None]:
    for name in (
        "refused", "refused_again", "refused_known", "listings_failed", "left_out", "left_alone", "elsewhere",
        "links_elsewhere",
    ):  # fmt: skip
        seen[name] = Counter(seen.get(name, {}))
    return judge(Observations(**seen))


WENT_WELL = {"listings_answered": 3, "links_found": 20, "stored": 20}


@pytest.mark.parametrize(
    ("seen", "outcome"),
    [
        ({**WENT_WELL, "new_or_changed": 20}, "ok"),
        ({**WENT_WELL, "new_or_changed": 0}, "unchanged"),
        ({**WENT_WELL, "new_or_changed": 18, "refused": {"http-404": 1, "challenge": 1}}, "ok"),
        ({**WENT_WELL, "new_or_changed": 20, "refused": {"http-500": 1}}, "ok"),
        ({**WENT_WELL, "new_or_changed": 18, "refused": {"timeout": 3}}, "partial"),
        ({**WENT_WELL, "new_or_changed": 18, "refused": {"http-503": 2, "dns": 1}}, "partial"),
        ({"listings_answered": 1, "links_found": 10, "refused": {"timeout": 1}}, "partial"),
        ({**WENT_WELL, "new_or_changed": 18, "listings_failed": {"http-500": 1}}, "partial"),
        ({**WENT_WELL, "new_or_changed": 18, "sections_left": 1}, "partial"),
        ({**WENT_WELL, "new_or_changed": 18, "close_reason": "closespider_pagecount"}, "partial"),
        ({**WENT_WELL, "close_reason": "shutdown"}, "interrupted"),
        ({**WENT_WELL, "close_reason": "storage"}, "error"),
        ({**WENT_WELL, "new_or_changed": 20, "close_reason": "rest"}, "blocked"),
        ({"listings_failed": {"http-503": 1, "rest": 2}, "close_reason": "rest"}, "blocked"),
        ({**WENT_WELL, "new_or_changed": 20, "close_reason": "unavailable"}, "partial"),
        ({"listings_failed": {"http-503": 1, "rest": 2}, "close_reason": "unavailable"}, "dead"),
        ({"listings_answered": 2}, "empty"),
        ({"listings_answered": 2, "knew_articles": True}, "redesigned"),
        ({"listings_answered": 2, "links_found": 9, "refused": {"no-title": 9}}, "redesigned"),
        ({"listings_answered": 2, "links_found": 2, "refused": {"no-title": 2}}, "unchanged"),
        ({"listings_answered": 2, "links_found": 9, "refused_again": {"no-title": 9}}, "unchanged"),
        (
            {
                "listings_answered": 2,
                "links_found": 9,
                "refused": {"no-title": 1},
                "refused_again": {"no-title": 8},
            },
            "redesigned",
        ),
        ({"listings_answered": 2, "links_found": 9, "refused_known": {"no-body": 3}}, "redesigned"),
        ({"listings_answered": 2, "links_found": 9, "refused_known": {"no-body": 2}}, "unchanged"),
        ({**WENT_WELL, "refused_known": {"no-body": 5}}, "unchanged"),
        ({**WENT_WELL, "refused_known": {"http-404": 20}}, "unchanged"),
        ({**WENT_WELL, "refused_known": {"http-503": 4}}, "partial"),
        ({**WENT_WELL, "changed": 12, "unchanged": 3, "new_or_changed": 12}, "redesigned"),
        ({**WENT_WELL, "changed": 9, "new_or_changed": 9}, "ok"),
        ({**WENT_WELL, "changed": 12, "unchanged": 8, "new_or_changed": 12}, "ok"),
        ({**WENT_WELL, "fallen": ["Tin tức: 2 article links, usually 20"]}, "partial"),
        ({"listings_failed": {"refused": 3}}, "dead"),
        ({"listings_failed": {"dns": 1, "timeout": 2}}, "dead"),
        ({"listings_failed": {"http-404": 3}}, "dead"),
        ({"listings_failed": {"http-502": 3}}, "dead"),
        ({"listings_failed": {"robots": 3}}, "blocked"),
        ({"listings_failed": {"http-403": 3}}, "blocked"),
        ({"listings_failed": {"tls": 3}}, "blocked"),
        ({"listings_failed": {"challenge": 3}}, "challenge"),
        ({"listings_failed": {"unrecognised": 1}}, "error"),
        ({}, "error"),
    ],
)
def test_outcome(seen: dict[str, Any], outcome: str) -> None:
    assert run(**seen)[0] == outcome


def test_every_outcome_but_a_good_one_has_its_reason_in_words() -> None:
    assert run(**WENT_WELL, new_or_changed=20)[1] is None
    assert run(**WENT_WELL, new_or_changed=18, refused={"http-404": 2, "challenge": 1})[1] == (
        "not stored: challenge 1, http-404 2"
    )
    assert run(listings_failed={"refused": 1}, first_words="http://x/: connection refused") == (
        "dead", "http://x/: connection refused",
    )  # fmt: skip
    assert run(close_reason="rest", close_words="x asks for 3600 s of rest") == (
        "blocked", "x asks for 3600 s of rest",
    )  # fmt: skip
    assert "none of 9 article pages parses" in str(
        run(listings_answered=1, links_found=9, refused={"no-title": 9})[1]
    )


# --- nothing is left out in silence ------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["bound", "budget", "time", "not-sent", "unaccounted", "robots-sitemap"])
def test_what_nobody_asked_to_leave_out_makes_a_run_partial(reason: str) -> None:
    words = {reason: "page budget; run again, or --set WARDCRAWLER_DISCOVERY_PAGES=200"}
    seen = {**WENT_WELL, "new_or_changed": 20, "left_out": {reason: 312}, "left_out_words": words}
    assert run(**seen) == (
        "partial",
        "312 addresses left out: page budget; run again, or --set WARDCRAWLER_DISCOVERY_PAGES=200",
    )


def test_one_address_is_one_and_every_reason_is_told() -> None:
    words = {"bound": "so many of one family", "budget": "page budget"}
    left_out = {"budget": 2, "bound": 1}
    assert run(**WENT_WELL, left_out=left_out, left_out_words=words) == (
        "partial", "1 address left out: so many of one family; 2 addresses left out: page budget",
    )  # fmt: skip


def test_what_was_left_out_is_told_after_the_reason_that_comes_first() -> None:
    seen = {**WENT_WELL, "close_reason": "closespider_timeout", "left_out": {"bound": 5, "time": 17}}
    assert run(**seen, left_out_words={"bound": "a calendar"})[1] == (
        "closed early: its time was up; the next run goes on; 5 addresses left out: a calendar"
    )


def test_what_a_run_that_was_closed_early_did_not_come_to_is_counted_and_its_reason_says_enough() -> None:
    seen = {**WENT_WELL, "close_reason": "closespider_timeout", "left_out": {"time": 17}}
    assert run(**seen) == ("partial", "closed early: its time was up; the next run goes on")


@pytest.mark.parametrize("reason", ["limit", "period", "offsite"])
def test_what_a_person_asked_to_leave_out_or_what_is_others_leaves_the_run_well(reason: str) -> None:
    assert run(**WENT_WELL, new_or_changed=20, left_out={reason: 312})[0] == "ok"


def test_pages_that_failed_too_often_to_be_asked_for_are_told_of_a_good_run() -> None:
    assert run(**WENT_WELL, refused={"http-404": 1}, left_alone={"no-body": 4}) == (
        "unchanged",
        "not stored: http-404 1; failed too often to be asked for again this month: no-body 4",
    )


REMEDY = "crawl --url https://www.x.vn"


@pytest.mark.parametrize(
    ("seen", "outcome"),
    [
        ({"seen": 20, "covered": 10, "elsewhere": {"www.x.vn": 10}}, "partial"),
        ({"seen": 20, "covered": 11, "elsewhere": {"baotinh.vn": 9}}, "unchanged"),
        ({"seen": 4, "covered": 2, "elsewhere": {"baotinh.vn": 2}}, "unchanged"),
        ({"seen": 6, "covered": 3, "elsewhere": {"baotinh.vn": 2, "x.gov.vn": 1}}, "partial"),
        ({"seen": 2, "covered": 2, "elsewhere": {"www.x.vn": 2}}, "partial"),
        ({"seen": 20, "covered": 19, "elsewhere": {"www.x.vn": 1}, "is_at_alias": True}, "partial"),
        ({"seen": 20, "stored": 0, "elsewhere": {"www.x.vn": 20}}, "dead"),
        ({"seen": 20, "stored": 0, "covered": 1, "elsewhere": {"www.x.vn": 19}}, "partial"),
        ({"seen": 3, "stored": 0, "elsewhere": {"b.vn": 3}, "refused": {"offsite": 3}}, "dead"),
        ({"seen": 9, "stored": 0, "elsewhere": {"www.x.vn": 1}, "is_at_alias": True}, "partial"),
    ],
)
def test_a_portal_whose_articles_are_elsewhere_is_not_well(seen: dict[str, Any], outcome: str) -> None:
    listed = {"listed": seen["seen"], "listed_elsewhere": sum(seen["elsewhere"].values())}
    found, reason = run(**{**WENT_WELL, **listed, **seen}, remedy=REMEDY)
    assert found == outcome
    if outcome != "unchanged":
        hosts, all_of_them = seen["elsewhere"], seen["seen"]
        told = ", ".join(f"{host} {count}" for host, count in hosts.items())
        assert reason == (
            f"of {all_of_them} articles seen, {sum(hosts.values())} are on hosts that the portal does not "
            f"declare: {told}; {REMEDY}"
        )


def test_what_is_kept_from_other_nights_does_not_say_that_a_portal_moved() -> None:
    seen = {"seen": 45, "covered": 20, "elsewhere": {"baotinh.vn": 25}, "listed": 20, "listed_elsewhere": 0}
    assert run(**WENT_WELL, **seen)[0] == "unchanged"


def test_the_few_that_are_on_other_hosts_are_told_with_them() -> None:
    seen = {"seen": 20, "covered": 18, "refused": {"http-404": 1, "offsite": 1}, "elsewhere": {"b.vn": 1}}
    assert run(**WENT_WELL, **seen) == (
        "unchanged",
        "not stored: http-404 1, offsite 1; on other hosts: b.vn 1",
    )


@pytest.mark.parametrize(("knew", "outcome"), [(False, "empty"), (True, "redesigned")])
def test_listings_without_an_article_say_where_their_links_lead(knew: bool, outcome: str) -> None:
    found, reason = run(
        listings_answered=1, knew_articles=knew, links_elsewhere={"www.x.vn": 14}, remedy=REMEDY
    )
    assert found == outcome
    assert str(reason).endswith(f"; most of their links lead to www.x.vn 14; {REMEDY}")


def test_listings_that_lead_elsewhere_say_what_to_do() -> None:
    words = "http://x.vn/: leads to www.x.vn, not a host of this portal"
    assert run(listings_failed={"offsite": 1}, first_words=words, remedy=REMEDY) == (
        "dead", f"{words}; {REMEDY}",
    )  # fmt: skip
    assert run(**WENT_WELL, listings_failed={"offsite": 1}, remedy=REMEDY)[1] == (
        f"listing pages failed: offsite 1; {REMEDY}"
    )
