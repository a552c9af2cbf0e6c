"""Options and manners that the commands share."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from sqlite_utils import Database

from wardcrawler.store.database.connection import open_database

DEFAULT_DB = "output/wardcrawler.db"

_Command = TypeVar("_Command", bound=Callable[..., Any])


def db_option(command: _Command) -> _Command:
    """``--db PATH``, else ``WARDCRAWLER_DB``, else ``output/wardcrawler.db``."""
    return click.option(
        "--db",
        type=click.Path(path_type=Path),
        default=lambda: os.environ.get("WARDCRAWLER_DB") or DEFAULT_DB,
        show_default=f"$WARDCRAWLER_DB or {DEFAULT_DB}",
        help="The database.",
    )(command)


def json_option(command: _Command) -> _Command:
    """``--json``: one JSON document on standard output."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")(command)


def portals_options(command: _Command) -> _Command:
    """Which portals: names, ``--all``, ``--select``, or ``--url`` with ``--section`` and ``--platform``."""
    for decorate in (
        click.option("--platform", help="With --url: do not recognise the platform, it is this one."),
        click.option(
            "--section",
            "sections",
            multiple=True,
            metavar="PATH",
            help="With --url: a listing of the portal.",
        ),
        click.option("--url", help="An unregistered portal; the site is named after its host."),
        click.option(
            "--select", metavar="KEY=VALUE,…", help="Portals by level, province, status or platform."
        ),
        click.option("--all", "all_", is_flag=True, help="Every registered portal that is not retired."),
        click.argument("site", nargs=-1),
    ):
        command = decorate(command)
    return command


def own_portals_option(command: _Command) -> _Command:
    """``--portals FILE``: portals of one's own, registered beside the others."""
    return click.option(
        "--portals",
        "own",
        multiple=True,
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Portals of your own, rows as in spiders/portals.csv; may be repeated. [$WARDCRAWLER_PORTALS]",
    )(command)


def pace_options(command: _Command) -> _Command:
    """``--limit``, ``--delay`` and ``--user-agent``: how much, how fast, under which name."""
    for decorate in (
        click.option("--user-agent", metavar="TEXT", help="Who we say we are; name a contact."),
        click.option(
            "--delay",
            type=click.FloatRange(min=0),
            metavar="S",
            help="Seconds between requests to a host. [1]",
        ),
        click.option("--limit", type=click.IntRange(min=1), help="At most so many articles of each portal."),
    ):
        command = decorate(command)
    return command


def loudness_options(command: _Command) -> _Command:
    """``-q`` and ``-v``."""
    command = click.option("-v", "--verbose", is_flag=True, help="Show the log on standard error.")(command)
    return click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors, on a terminal too.")(
        command
    )


def open_to_read(db: Path) -> Database:
    """The database, read-only, closed when the command ends. Raises ``DatabaseProblem``."""
    database = open_database(db, read_only=True)
    click.get_current_context().call_on_close(database.close)
    return database


def print_json(document: Any) -> None:
    """Print one JSON document, Vietnamese as it is."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def complain(message: str) -> None:
    """One line on standard error."""
    click.echo(f"wardcrawler: {message}", err=True)


def is_for_people(quiet: bool, as_json: bool) -> bool:
    """Whether to draw progress and tables: only on a terminal, and not when asked for silence or JSON."""
    return sys.stdout.isatty() and not quiet and not as_json
