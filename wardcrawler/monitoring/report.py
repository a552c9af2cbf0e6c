"""The health of every portal in a database, judged, with what to do: what ``status`` and the pages show."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from wardcrawler.crawling.runs.log import log_path
from wardcrawler.monitoring.advice import advise
from wardcrawler.monitoring.health import judge_health, may_have_crashed
from wardcrawler.store import Database
from wardcrawler.store.database.lock import lock_is_held
from wardcrawler.store.health import site_health
from wardcrawler.text.dates import ICT

USUAL_MAX_AGE = timedelta(hours=36)
"""A nightly crawl that failed once is not stale yet."""


def judged_portals(
    database: Database, db: Path, max_age: timedelta = USUAL_MAX_AGE, *, options: str = ""
) -> list[dict[str, Any]]:
    """The rows of ``judge_health`` for all portals, by name, each with ``advice``, see ``advise``.

    ``database`` is the one at ``db``. Raises ``DatabaseProblem``.
    """
    found, crashed = _found(database, db)
    now = datetime.now(ICT)

    def judge(row: dict[str, Any]) -> dict[str, Any]:
        return judge_health(row, now=now, max_age=max_age, lock_is_held=row["run_id"] not in crashed)

    rows = [judge(row) for row in found]
    if not all(row["healthy"] for row in rows):
        retired = _retired_portals()
        rows = [judge({**row, "status": "retired"} if row["site"] in retired else row) for row in found]
    log = str(log_path(db))
    return [{**row, "advice": advise(row, options=options, log=log)} for row in rows]


def _found(database: Database, db: Path) -> tuple[list[dict[str, Any]], set[int]]:
    """The rows of all portals, and the runs among them that no longer live though they stand as running.

    A crawl may end between a look at its rows and one at the lock: what stood as running before the lock was
    seen to be free, and still does after, is dead.
    """
    found = site_health(database)
    unended = {row["run_id"] for row in found if may_have_crashed(row)}
    if not unended or lock_is_held(db):
        return found, set()
    return site_health(database), unended


def _retired_portals() -> set[str]:
    """Portals whose class says so by now. 'crawl --all' leaves them out, so their row never learns of it."""
    from wardcrawler.crawling.portals.registry import load_portals  # noqa: PLC0415  Scrapy, only where needed

    portals, _ = load_portals()
    return {name for name, portal in portals.items() if portal.status == "retired"}
