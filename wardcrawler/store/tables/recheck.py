"""Schedule of rechecks: when a page that holds an article is asked for again.

Portals edit most articles in their first days, if ever. So the pauses widen: a page is due 1, 3, 7 and 30
days after the last fetch that found something new there, then every 90 days.
"""

from datetime import datetime, timedelta

STEPS = (1, 3, 7, 30)
WIDE_END = 90
"""Days between two checks once all of ``STEPS`` are over."""

OLD = timedelta(days=STEPS[-1])
"""An article published longer ago than this when it was first stored starts at the wide end."""

SOON = timedelta(hours=6)
"""A page is due so much before the full number of days: a nightly run does not start to the second."""


def next_check(at: str, *, changed_at: str | None, first_seen: str, published_at: str | None) -> str:
    """Return when a page fetched at ``at`` is due again (all times ISO 8601 with offset, as is the result).

    ``changed_at`` is the last fetch that found another text than before, None if none did; ``published_at``
    is None for an undated article, which counts as published when it was first seen.
    """
    now = datetime.fromisoformat(at)
    start = datetime.fromisoformat(changed_at or first_seen)
    if changed_at is None and published_at is not None:
        published = datetime.fromisoformat(published_at)
        if start - published > OLD:
            start = published
    due = (start + timedelta(days=days) for days in STEPS)
    following = next((moment for moment in due if moment - SOON > now), now + timedelta(days=WIDE_END))
    return (following - SOON).isoformat(timespec="seconds")


def wide_end(at: str) -> str:
    """Return when a page fetched at ``at`` is due again that needs no attention before long."""
    return (datetime.fromisoformat(at) + timedelta(days=WIDE_END) - SOON).isoformat(timespec="seconds")
