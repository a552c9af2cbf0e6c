"""The health of portals, judged from their runs and what they published."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from wardcrawler.monitoring.health import describe_gap, percent
from wardcrawler.monitoring.report import DEFAULT_MAX_AGE, portal_health
from wardcrawler.store import Database

__all__ = ["DEFAULT_MAX_AGE", "PortalHealth", "describe_gap", "percent", "portals_health"]


@dataclass(frozen=True, slots=True)
class PortalHealth:
    """How a portal is, and what to do.

    Counts and times are those of the view ``site_health``. ``streak`` runs in a row ended as
    ``streak_outcome`` since ``streak_since``. ``healthy`` is the verdict, ``state`` one word for it,
    ``problem`` says what is wrong and ``advice`` what to do, both None for a healthy one; ``note`` what to
    know of that.

    ``coverage`` is the share of the addresses it ever showed (``known``, and those in ``left_out``) that hold
    an article, ``missing`` counts the others by reason; where it is less than 0.95 ``shortfall`` says so in
    words, and ``advice`` what to do. Of the last run that ended ``ok``, ``unchanged`` or ``partial``,
    ``seen`` counts the articles it saw, in sitemaps and feeds too, ``covered`` those of them that are stored,
    ``left_out`` those it did not ask for.

    ``last_article_day`` is the last day on which it published, ``rhythm_days`` the median gap
    between such days, ``quiet_days`` the days from the last one to the last success, ``frozen_since`` the
    last day of a portal that was silent when first crawled. None where unknown.
    """

    site: str
    title: str | None
    level: str | None
    province: str | None
    platform: str | None
    status: str | None
    run_id: int | None
    started_at: str | None
    finished_at: str | None
    outcome: str | None
    reason: str | None
    last_success: str | None
    unhealthy_streak: int
    last_new_article: str | None
    last_published: str | None
    articles: int
    pages: int
    failures: int
    known: int
    seen: int | None
    covered: int | None
    left_out: dict[str, int]
    coverage: float | None
    missing: dict[str, int]
    base_url: str
    watched_since: str | None
    streak_outcome: str | None
    streak_reason: str | None
    streak: int
    streak_since: str | None
    healthy: bool
    state: str
    problem: str | None
    note: str | None
    shortfall: str | None
    last_article_day: str | None
    rhythm_days: float | None
    quiet_days: int | None
    frozen_since: str | None
    advice: str | None


def portals_health(
    db: Database, path: Path, max_age: timedelta = DEFAULT_MAX_AGE, *, command_options: str = ""
) -> list[PortalHealth]:
    """Return the health of every portal of the open database ``db``, which is at ``path``, by name.

    A last success that is older than ``max_age`` counts as unhealthy. ``command_options`` are appended to the
    commands that ``advice`` names (``" --db x.db"``). Raises ``DatabaseProblem``.
    """
    rows = portal_health(db, path, max_age, options=command_options)
    return [PortalHealth(**row) for row in rows]
