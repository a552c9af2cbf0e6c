"""The health of every portal in a database, with advice, as ``status`` and the pages in a browser show it."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from wardcrawler.crawling.runs.log import log_path
from wardcrawler.monitoring.advice import advise
from wardcrawler.monitoring.health import assess_health, may_have_crashed
from wardcrawler.store import Database
from wardcrawler.store.database.lock import lock_is_held
from wardcrawler.store.health import site_health
from wardcrawler.text.dates import ICT

DEFAULT_MAX_AGE = timedelta(hours=36)
"""A portal whose nightly crawl failed once is not stale yet."""


def portal_health(
    database: Database, db: Path, max_age: timedelta = DEFAULT_MAX_AGE, *, options: str = ""
) -> list[dict[str, Any]]:
    """Return the rows of ``assess_health`` for all portals, by name, each with ``advice``: a sentence of
    ``advise``, or None.

    ``database`` is the one at ``db``; ``options`` are for the commands in the advice. Raises
    ``DatabaseProblem``.
    """
    found, crashed = _read_rows(database, db)
    now = datetime.now(ICT)

    def assess(row: dict[str, Any]) -> dict[str, Any]:
        return assess_health(row, now=now, max_age=max_age, lock_is_held=row["run_id"] not in crashed)

    rows = [assess(row) for row in found]
    if not all(row["healthy"] for row in rows):
        retired = _retired_portals()
        rows = [assess({**row, "status": "retired"} if row["site"] in retired else row) for row in found]
    log = str(log_path(db))
    return [{**row, "advice": advise(row, options=options, log=log)} for row in rows]


def _read_rows(database: Database, db: Path) -> tuple[list[dict[str, Any]], set[int]]:
    """Return the rows of all portals, and the ids of runs among them that crashed though their outcome is
    'running'.

    A crawl may end between a look at its rows and one at the lock: what was 'running' before the lock was
    seen to be free, and still is after, has crashed.
    """
    found = site_health(database)
    unended = {row["run_id"] for row in found if may_have_crashed(row)}
    if not unended or lock_is_held(db):
        return found, set()
    return site_health(database), unended


def _retired_portals() -> set[str]:
    """Return the portals whose class says so by now. 'crawl --all' leaves them out, so their row never learns
    of it.
    """
    from wardcrawler.crawling.portals.registry import load_portals  # noqa: PLC0415  Scrapy, only where needed

    portals, _ = load_portals()
    return {name for name, portal in portals.items() if portal.status == "retired"}
