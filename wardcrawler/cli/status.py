"""``wardcrawler status``: the health of every portal, from its runs."""

import re
import shlex
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from wardcrawler.cli import exits
from wardcrawler.cli.health_table import show_health
from wardcrawler.cli.options import complain, db_option, json_option, open_to_read, print_json
from wardcrawler.monitoring.report import portal_health

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
    rows = portal_health(open_to_read(db), db, max_age, options=_db_option(db))
    unhealthy = [row for row in rows if not row["healthy"]]
    if as_json:
        print_json(rows)
    elif sys.stdout.isatty():
        show_health(rows)
    else:
        for row in unhealthy:
            complain(f"{row['site']}: {row['problem'].rstrip('.')}. {row['advice']}")
    sys.exit(exits.SOME_UNHEALTHY if unhealthy else exits.OK)


def _db_option(db: Path) -> str:
    """What a command needs to use the same database: nothing if it is the default or the environment's."""
    source = click.get_current_context().get_parameter_source("db")
    return f" --db {shlex.quote(str(db))}" if source is ParameterSource.COMMANDLINE else ""
