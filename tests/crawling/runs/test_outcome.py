"""What a run's outcome says, and why."""

from collections import Counter
from typing import Any

import pytest

from wardcrawler.crawling.runs.outcome import Observations, judge


def run(**seen: Any) -> tuple[str, str | None]:
    for name in ("refused", "refused_again", "refused_known", "listings_failed"):
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
