"""Which portals need a person, and why."""

from datetime import datetime, timedelta
from typing import Any

from wardcrawler.operate.outcomes import HEALTHY

_SAYS_NOTHING = frozenset({"running", "interrupted"})
"""Outcomes that tell of the run, not of the portal."""


def judge_health(row: dict[str, Any], *, now: datetime, max_age: timedelta) -> dict[str, Any]:
    """A row of the view ``site_health`` with ``healthy`` (bool) and ``problem`` (words, or None).

    A portal is healthy if its last run that says anything about it ended well and its last success is
    not older than ``max_age`` before ``now`` (aware).
    """
    problem = _problem(row, now, max_age)
    return {**row, "healthy": problem is None, "problem": problem}


def _problem(row: dict[str, Any], now: datetime, max_age: timedelta) -> str | None:
    outcome = row["outcome"]
    if outcome is None:
        return "never ran"
    if outcome not in HEALTHY and outcome not in _SAYS_NOTHING:
        return f"{outcome}: {row['reason']}" if row["reason"] else str(outcome)
    if row["last_success"] is None:
        return f"no run ended well yet; the last one: {outcome}"
    age = now - datetime.fromisoformat(row["last_success"])
    if age > max_age:
        return f"last success {_in_words(age)} ago"
    return None


def _in_words(age: timedelta) -> str:
    hours = int(age.total_seconds() // 3600)
    return f"{hours} hours" if hours < 48 else f"{hours // 24} days"
