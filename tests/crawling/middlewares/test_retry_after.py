"""How long a server asks to be left alone: RFC 9110, 10.2.3."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcrawler.crawling.middlewares.retry import asked_rest

NOW = datetime(2026, 11, 23, 8, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        (" 3600 ", 3600.0),
        ("Mon, 23 Nov 2026 08:02:00 GMT", 120.0),
        ("Monday, 23-Nov-26 08:02:00 GMT", 120.0),
        ("Mon Nov 23 08:02:00 2026", 120.0),
        ("Mon, 23 Nov 2026 15:02:00 +0700", 120.0),
    ],
)
def test_both_forms_are_read(header: str, seconds: float) -> None:
    assert asked_rest(header, None, NOW) == seconds


@pytest.mark.parametrize(
    "header",
    [None, "", "0", "-5", "soon", "5 minutes", "1.5", "١٢", "²", "Mon, 23 Nov 2026 07:59:59 GMT", "Mon, 23",
     "Mon, 99 Nov 2026 08:02:00 GMT", "Mon, 23 Nov 99999999999 08:02:00 GMT"],
)  # fmt: skip
def test_the_past_and_nonsense_are_as_if_nothing_were_said(header: str | None) -> None:
    assert asked_rest(header, None, NOW) is None


def test_a_date_is_counted_on_the_servers_own_clock() -> None:
    seven_hours_fast = "Mon, 23 Nov 2026 15:00:00 GMT"
    assert asked_rest("Mon, 23 Nov 2026 15:01:00 GMT", seven_hours_fast, NOW) == 60.0
    assert asked_rest("Mon, 23 Nov 2026 08:01:00 GMT", "nonsense", NOW) == 60.0


def test_absurdly_many_seconds_are_just_very_many() -> None:
    assert asked_rest("9" * 5000, None, NOW) >= 1e9  # type: ignore[operator]


@given(st.text(), st.none() | st.text())
def test_no_header_breaks_it(header: str, date: str | None) -> None:
    assert asked_rest(header, date, NOW) is None or asked_rest(header, date, NOW) > 0  # type: ignore[operator]


@given(st.integers(1, 10**6))
def test_a_date_says_the_same_as_its_seconds(seconds: int) -> None:
    at = (NOW + timedelta(seconds=seconds)).astimezone(timezone(timedelta(0)))
    assert asked_rest(f"{at:%a, %d %b %Y %H:%M:%S} GMT", None, NOW) == seconds
