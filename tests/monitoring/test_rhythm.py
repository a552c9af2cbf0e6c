"""How often a portal publishes; quiet and frozen ones."""

from datetime import date, timedelta

import pytest

from wardcrawler.monitoring.health import describe_gap, rhythm_of

TODAY = date(2026, 11, 20)


def days(*ages: int) -> list[str]:
    return [str(TODAY - timedelta(days=age)) for age in ages]


def moment(age: int) -> str:
    return f"{TODAY - timedelta(days=age)}T22:30:00+07:00"


@pytest.mark.parametrize(
    ("ages", "usual"),
    [
        ((0, 1, 2), 1),
        ((0, 2, 4, 6), 2),
        ((0, 1, 4), 2),
        ((0, 1, 2, 3, 4, 400), 1),
        ((0, 7, 14, 21, 22), 7),
        ((0, 0, 5, 5, 10), 5),
    ],
)
def test_the_usual_gap_is_the_median_between_days_of_publishing(ages: tuple[int, ...], usual: float) -> None:
    assert rhythm_of(days(*ages), watched_since=moment(100), last_success=moment(0)).usual == usual


@pytest.mark.parametrize("ages", [(), (400,), (400, 401)])
def test_too_few_days_tell_no_rhythm_and_so_no_silence(ages: tuple[int, ...]) -> None:
    rhythm = rhythm_of(days(*ages), watched_since=moment(399), last_success=moment(0))
    assert (rhythm.usual, rhythm.is_quiet, rhythm.is_frozen) == (None, False, False)


@pytest.mark.parametrize(
    ("gap", "silence", "is_quiet"),
    [(1, 14, False), (1, 15, True), (2, 14, False), (2, 15, True), (7, 42, False), (7, 43, True)],
)
def test_quiet_is_longer_than_a_fortnight_and_than_six_usual_gaps(
    gap: int, silence: int, is_quiet: bool
) -> None:
    published = days(*range(silence, silence + 30 * gap, gap))
    rhythm = rhythm_of(published, watched_since=moment(silence + 100), last_success=moment(0))
    assert (rhythm.silence, rhythm.is_quiet, rhythm.is_frozen) == (silence, is_quiet, False)


def test_a_portal_that_was_silent_for_too_long_when_first_crawled_is_frozen() -> None:
    published = days(*range(500, 560, 2))
    rhythm = rhythm_of(published, watched_since=moment(500 - 15), last_success=moment(0))
    assert (rhythm.is_frozen, rhythm.is_quiet) == (True, False)
    assert str(rhythm.last) == days(500)[0]


def test_a_portal_that_was_still_alive_when_first_crawled_is_quiet() -> None:
    rhythm = rhythm_of(days(*range(500, 560, 2)), watched_since=moment(500 - 14), last_success=moment(0))
    assert (rhythm.is_frozen, rhythm.is_quiet) == (False, True)


def test_a_frozen_portal_that_publishes_again_is_neither() -> None:
    rhythm = rhythm_of(days(3, *range(500, 560, 2)), watched_since=moment(100), last_success=moment(0))
    assert (rhythm.is_frozen, rhythm.is_quiet, rhythm.usual) == (False, False, 2)


def test_silence_counts_to_the_last_look_for_what_came_since_nobody_knows() -> None:
    rhythm = rhythm_of(days(*range(40, 80, 2)), watched_since=moment(90), last_success=moment(30))
    assert (rhythm.silence, rhythm.is_quiet) == (10, False)


def test_without_a_run_that_went_well_nothing_is_said_of_silence() -> None:
    rhythm = rhythm_of(days(*range(40, 80, 2)), watched_since=moment(90), last_success=None)
    assert (rhythm.silence, rhythm.is_quiet, rhythm.is_frozen) == (None, False, False)


@pytest.mark.parametrize(
    ("usual", "words"),
    [
        (0.5, "every day"),
        (1, "every day"),
        (1.5, "every 2 days"),
        (2.0, "every 2 days"),
        (30.4, "every 30 days"),
    ],
)
def test_a_rhythm_in_words(usual: float, words: str) -> None:
    assert describe_gap(usual) == words
