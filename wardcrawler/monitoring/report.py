"""The health of every portal in a database, with advice, as ``status`` and the pages in a browser show it."""

import shlex
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from wardcrawler.crawling.runs.log import log_path
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


_ADVICE = {
    "challenge": "Open {url} in a browser: if it shows the portal, ask more slowly, '{crawl} --delay 10 -v'; "
    "if the check stays, write to the office that runs it",
    "blocked": "Read {url}/robots.txt: if it forbids crawlers, ask the office for leave; "
    "if not, ask more slowly, '{crawl} --delay 10 -v'",
    "dead": "Open {url} in a browser: if it moved, run 'wardcrawler probe' on the new address; "
    "if it was given up, {give_up}",
    "redesigned": "Run 'wardcrawler probe {quoted_url}' and {correct}",
    "empty": "Run 'wardcrawler probe {quoted_url}' to see which sections it finds, and {correct}",
    "partial": "Wait for the next run, which asks again for what failed; if it stays so, see why with "
    "'{crawl} -v'",
    "error": "Run '{crawl} -v' and read the errors",
    "quiet": "Open {url} in a browser: if it has news, run 'wardcrawler probe {quoted_url}'; "
    "if it was given up, {give_up}",
    "never-ran": "Run '{crawl}'",
    "unfinished": "Let it run to its end with '{crawl}'; it goes on where it was",
    "stale": "See that the schedule still runs it ('crontab -l', 'systemctl list-timers'), "
    "then run '{crawl}'",
    "crashed": "Look for the reason at the end of the log{log} and in 'dmesg' (out of memory?), then run "
    "'{crawl}'; it goes on where it was",
}


_SHORTFALL = (
    "Run '{crawl} --full -v', which asks for all it lists once more; what then stays missing has its reason "
    "in pages.failure"
)


def advise(row: dict[str, Any], *, options: str = "", log: str = "") -> str | None:
    """Return what to do about a row of ``assess_health``; None for a healthy one that lacks nothing.

    ``options`` are appended to every command that needs the database (" --db x.db"); ``log`` is the path of
    its log.
    """
    if row["healthy"] and not row["shortfall"]:
        return None
    url = row["base_url"]
    by_address = urlsplit(url).netloc == row["site"]  # crawled with --url: there is no class to edit
    name = f"--url {shlex.quote(url)}" if by_address else row["site"]
    advice = _SHORTFALL if row["healthy"] else _ADVICE.get(row["state"], _ADVICE["error"])
    words = advice.format(
        url=url,
        quoted_url=shlex.quote(url),
        crawl=f"wardcrawler crawl {name}{options}",
        correct="crawl it with the --platform and --section it names"
        if by_address
        else "correct the portal's row in its portals.csv",
        give_up="crawl it no more" if by_address else 'set status = "retired" in the portal\'s row',
        log=f" ({log})" if log else "",
    )
    return f"{words}."
