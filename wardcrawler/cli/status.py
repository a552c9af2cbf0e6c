"""``wardcrawler status``: the health of every portal, from its runs."""

import re
import shlex
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource
from sqlite_utils import Database

from wardcrawler.cli import exits
from wardcrawler.cli.health_table import show_health
from wardcrawler.cli.options import complain, db_option, json_option, open_to_read, print_json
from wardcrawler.operate.advice import advise
from wardcrawler.operate.health import judge_health, may_have_crashed
from wardcrawler.operate.log import log_path
from wardcrawler.store.clock import ICT
from wardcrawler.store.health import site_health
from wardcrawler.store.lock import lock_is_held

_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_AGE = re.compile(r"(\d+)([mhd])")


class _Age(click.ParamType[timedelta]):
    name = "age"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        if isinstance(value, timedelta):
            return value
        match = _AGE.fullmatch(str(value))
        if not match:
            self.fail(f"'{value}' is no age such as 90m, 36h or 7d", param, ctx)
        return timedelta(**{_UNITS[match[2]]: int(match[1])})


@click.command(short_help="Show the health of every portal; exit 3 if any is unhealthy.")
@click.option(
    "--max-age", type=_Age(), default="36h", show_default=True, help="Older successes count as unhealthy."
)
@db_option
@json_option
def status(max_age: timedelta, db: Path, as_json: bool) -> None:
    """Show the health of every portal that was ever crawled, and what to do; exit code 3 if any is unhealthy.

    Unhealthy: the last run failed or crashed, the last success is too old, or nothing new came for much
    longer than usual. Without a terminal, healthy portals are not mentioned.
    """
    rows = _judged(open_to_read(db), db, max_age)
    unhealthy = [row for row in rows if not row["healthy"]]
    if as_json:
        print_json(rows)
    elif sys.stdout.isatty():
        show_health(rows)
    else:
        for row in unhealthy:
            complain(f"{row['site']}: {row['problem'].rstrip('.')}. {row['advice']}")
    sys.exit(exits.SOME_UNHEALTHY if unhealthy else exits.OK)


def _judged(database: Database, db: Path, max_age: timedelta) -> list[dict[str, Any]]:
    """The rows of all portals, judged, with ``advice``."""
    found, crashed = _found(database, db)
    now = datetime.now(ICT)

    def judge(row: dict[str, Any]) -> dict[str, Any]:
        return judge_health(row, now=now, max_age=max_age, lock_is_held=row["run_id"] not in crashed)

    rows = [judge(row) for row in found]
    if not all(row["healthy"] for row in rows):
        retired = _retired_portals()
        rows = [judge({**row, "status": "retired"} if row["site"] in retired else row) for row in found]
    options, log = _db_option(db), str(log_path(db))
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
    from wardcrawler.crawling.registered import load_portals  # noqa: PLC0415  Scrapy, only where needed

    portals, _ = load_portals()
    return {name for name, portal in portals.items() if portal.status == "retired"}


def _db_option(db: Path) -> str:
    """What a command needs to use the same database: nothing if it is the default or the environment's."""
    source = click.get_current_context().get_parameter_source("db")
    return f" --db {shlex.quote(str(db))}" if source is ParameterSource.COMMANDLINE else ""
