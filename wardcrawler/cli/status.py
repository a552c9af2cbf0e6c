"""``wardcrawler status``: the health of every portal, from its runs."""

import re
import shlex
import sys
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from wardcrawler.api.database import open_database
from wardcrawler.cli.options import db_option, json_option
from wardcrawler.cli.output.health_table import show_health
from wardcrawler.cli.output.text import complain, print_json
from wardcrawler.exit_codes import OK, SOME_UNHEALTHY

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
    with open_database(db) as database:
        portals = database.health(max_age, command_options=_db_option(db))
    unhealthy = [portal for portal in portals if not portal.healthy]
    if as_json:
        print_json([asdict(portal) for portal in portals])
    elif sys.stdout.isatty():
        show_health(portals)
    else:
        for portal in unhealthy:
            complain(f"{portal.site}: {(portal.problem or '').rstrip('.')}. {portal.advice}")
    sys.exit(SOME_UNHEALTHY if unhealthy else OK)


def _db_option(db: Path) -> str:
    """Return the option by which a command uses the same database: none if it is the default or the
    environment's.
    """
    source = click.get_current_context().get_parameter_source("db")
    return f" --db {shlex.quote(str(db))}" if source is ParameterSource.COMMANDLINE else ""
