"""Assesses the health of portals against their own rhythm: which need a person, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

from wardcrawler.crawling.runs.outcome import HEALTHY

FEWEST_DAYS = 3
"""Fewer days on which a portal published, and so fewer than two gaps, tell no rhythm."""

LEAST_SILENCE = 14
"""Days. Tết alone keeps an office closed for nine."""

LEAST_COVERAGE = 0.95
"""A portal of whose articles less is stored deserves a look, however well its runs end."""

USUAL_GAPS = 6
"""So many times its usual gap may a portal say nothing."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A portal's rhythm as its days of publishing show it; all in days."""

    usual: float | None
    """The median gap between two days on which it published; None if they are too few."""
    last: date | None
    """The last such day."""
    silence: int | None
    """Days from the last such day to the last run that went well."""
    is_frozen: bool = False
    """It had been silent for too long when it was first crawled already, and still is."""
    is_quiet: bool = False
    """It fell silent for too long since it is crawled."""


def rhythm_of(days: Sequence[str], *, watched_since: str | None, last_success: str | None) -> Rhythm:
    """Return the rhythm of a portal that published on ``days`` (``YYYY-MM-DD``, in any order).

    ``watched_since`` and ``last_success`` are the times of its first stored article and of the last run that
    went well (ISO 8601), or None. Silence is counted to the latter: what happened since nobody knows.
    """
    found = sorted({date.fromisoformat(day) for day in days})
    if not found:
        return Rhythm(None, None, None)
    last = found[-1]
    silence = max((_day(last_success) - last).days, 0) if last_success else None
    if len(found) < FEWEST_DAYS:
        return Rhythm(None, last, silence)
    usual = float(median((later - earlier).days for earlier, later in pairwise(found)))
    longest = max(LEAST_SILENCE, USUAL_GAPS * usual)
    if silence is None or silence <= longest:
        return Rhythm(usual, last, silence)
    is_frozen = watched_since is not None and (_day(watched_since) - last).days > longest
    return Rhythm(usual, last, silence, is_frozen=is_frozen, is_quiet=not is_frozen)


def _day(moment: str) -> date:
    return date.fromisoformat(moment[:10])


def describe_gap(usual: float) -> str:
    """Return ``every day`` or ``every 2 days`` for the days of a gap."""
    days = max(int(usual + 0.5), 1)
    return "every day" if days == 1 else f"every {days} days"


_LOCKLESS = "scrapy "
"""Plain Scrapy's commands begin with it; their runs do not hold the database's lock."""

_NOT_TOLD = ("days", "command", "is_reparsed")

_Trouble = tuple[str, str]
"""The kind of trouble in one word, and the problem in words."""


def assess_health(
    row: dict[str, Any], *, now: datetime, max_age: timedelta, lock_is_held: bool = True
) -> dict[str, Any]:
    """Return a row of ``store.health.site_health`` with its assessment; ``now`` is aware.

    The result is without ``days``, ``command`` and ``is_reparsed``, and with

    - ``healthy``: its last run that tells of the portal ended well, its last success is not older than
      ``max_age``, its last run did not crash, and it did not go quiet (its rhythm). A portal whose
      class says ``status = "retired"`` is always healthy;
    - ``state``: one word. Of healthy portals the outcome of the last run, or running, frozen, retired,
      archived (known from archives alone); else the outcome, or crashed, quiet, stale, unfinished, never-ran;
    - ``problem``: words, or None; ``note``: what to know of a healthy portal, or None;
    - ``shortfall``: words, where less than ``LEAST_COVERAGE`` of what the portal ever showed is stored: how
      much, and why the rest is not. None otherwise, and of a retired portal. It makes no portal unhealthy:
      many a portal lists legal documents, or what it took off, for ever;
    - ``last_article_day``: the last day on which it published; ``rhythm_days``: the median gap between such
      days; ``quiet_days``: days from the last one to the last success; ``frozen_since``: that last day, of a
      frozen portal. None where unknown.

    A run that stands as 'running' while no run holds the database's lock (``lock_is_held``) crashed, but for
    plain Scrapy's, which hold none.
    """
    rhythm = rhythm_of(row["days"], watched_since=row["watched_since"], last_success=row["last_success"])
    is_running = row["outcome"] == "running" and (lock_is_held or not may_have_crashed(row))
    trouble = None if row["status"] == "retired" else _trouble(row, now, max_age, rhythm, is_running)
    state, note = _state_of_healthy(row, rhythm)
    kept = {name: value for name, value in row.items() if name not in _NOT_TOLD}
    return kept | {
        "healthy": trouble is None,
        "state": trouble[0] if trouble else state,
        "problem": _one_line(trouble[1]) if trouble else None,
        "note": None if trouble else note,
        "shortfall": None if row["status"] == "retired" else _describe_shortfall(row),
        "last_article_day": str(rhythm.last) if rhythm.last else None,
        "rhythm_days": rhythm.usual,
        "quiet_days": rhythm.silence,
        "frozen_since": str(rhythm.last) if rhythm.is_frozen else None,
    }


def may_have_crashed(row: dict[str, Any]) -> bool:
    """Return whether the lock is worth asking for: the last run is 'running', and is one that holds it."""
    return row["outcome"] == "running" and not row["command"].startswith(_LOCKLESS)


def _trouble(
    row: dict[str, Any], now: datetime, max_age: timedelta, rhythm: Rhythm, is_running: bool
) -> _Trouble | None:
    if row["outcome"] is None:
        return None if row["is_reparsed"] else ("never-ran", "never ran")
    if row["outcome"] == "running" and not is_running:
        began = row["started_at"][:16].replace("T", " ")
        return "crashed", f"the run of {began} crashed: it never ended, and no run is at work on the database"
    if row["streak"] and row["streak_outcome"] not in HEALTHY:
        return row["streak_outcome"], _describe_streak(row)
    if row["last_success"] is not None:
        return _trouble_of_portal(row, now, max_age, rhythm)
    if is_running:
        return None  # its first run
    return "unfinished", f"no run ended well yet; the last one: {row['outcome']}"


def _trouble_of_portal(
    row: dict[str, Any], now: datetime, max_age: timedelta, rhythm: Rhythm
) -> _Trouble | None:
    age = now - datetime.fromisoformat(row["last_success"])
    if age > max_age:
        return "stale", f"last success {_describe_age(age)} ago"
    if rhythm.is_quiet and rhythm.usual is not None:
        return "quiet", f"nothing new for {rhythm.silence} days; usually {describe_gap(rhythm.usual)}"
    return None


def _describe_streak(row: dict[str, Any]) -> str:
    words = str(row["streak_outcome"])
    if row["streak"] > 1:
        words += f" for {row['streak']} runs since {row['streak_since'][:10]}"
    elif row["unhealthy_streak"] > 1:
        words += f", and the last {row['unhealthy_streak']} runs did not go well"
    return f"{words}: {row['streak_reason']}" if row["streak_reason"] else words


def _state_of_healthy(row: dict[str, Any], rhythm: Rhythm) -> tuple[str, str | None]:
    if row["status"] == "retired":
        return "retired", None
    if rhythm.is_frozen:
        return "frozen", f"frozen: nothing published since {rhythm.last}"
    if row["outcome"] is None and row["is_reparsed"]:
        return "archived", "its pages are from archives; it was never crawled"
    return row["outcome"] or "never-ran", None


def percent(coverage: float) -> str:
    """Write a share as ``98 %``, rounded down: all is only what lacks nothing."""
    return f"{int(coverage * 100 + 1e-9)} %"


def _describe_shortfall(row: dict[str, Any]) -> str | None:
    coverage = row["coverage"]
    if coverage is None or coverage >= LEAST_COVERAGE:
        return None
    reasons = sorted(row["missing"].items(), key=lambda entry: (-entry[1], entry[0]))
    told = ", ".join(f"{reason} {count}" for reason, count in reasons)
    return _one_line(f"{percent(coverage)} of the articles it showed are stored; missing: {told}")


def _describe_age(age: timedelta) -> str:
    hours = int(age.total_seconds() // 3600)
    return f"{hours} hours" if hours < 48 else f"{hours // 24} days"


def _one_line(words: str) -> str:
    """Return ``words``, which may quote what a portal answered, on one line and without
    control characters.
    """
    return "".join(letter for letter in " ".join(words.split()) if letter.isprintable())
