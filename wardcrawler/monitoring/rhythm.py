"""The rhythm in which a portal publishes, and whether it has gone quiet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

FEWEST_DAYS = 3
"""Fewer days on which a portal published, and so fewer than two gaps, tell no rhythm."""

LEAST_SILENCE = 14
"""Days. Tết alone keeps an office closed for nine."""

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
