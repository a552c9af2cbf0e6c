"""``wardcrawler status``: the health of every portal, from its runs."""

import re
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from wardcrawler.cli import exits
from wardcrawler.cli.options import complain, db_option, json_option, open_to_read, print_json
from wardcrawler.operate.health import judge_health
from wardcrawler.store.clock import ICT
from wardcrawler.store.health import site_health

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
    """Show the health of every portal that was ever crawled; exit code 3 if any is unhealthy.

    Without a terminal, healthy portals are not mentioned.
    """
    database = open_to_read(db)
    now = datetime.now(ICT)
    rows = [judge_health(row, now=now, max_age=max_age) for row in site_health(database)]
    unhealthy = [row for row in rows if not row["healthy"]]
    if as_json:
        print_json(rows)
    elif sys.stdout.isatty():
        _show(rows)
    else:
        for row in unhealthy:
            complain(f"{row['site']}: {row['problem']}")
    sys.exit(exits.SOME_UNHEALTHY if unhealthy else exits.OK)


def _show(rows: list[dict[str, Any]]) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in (
        "portal",
        "outcome",
        "last success",
        "last new article",
        "articles",
        "kept addresses",
        "problem",
    ):
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(
            row["site"],
            Text(row["outcome"] or "never ran", style="green" if row["healthy"] else "red"),
            _minute(row["last_success"]),
            _minute(row["last_new_article"]),
            str(row["articles"]),
            str(row["failures"]),
            row["problem"] or "",
        )
    Console().print(table)
    if not rows:
        click.echo("no portal was crawled into this database yet")


def _minute(moment: str | None) -> str:
    return moment[:16].replace("T", " ") if moment else "never"
