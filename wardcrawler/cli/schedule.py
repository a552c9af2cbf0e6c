"""``wardcrawler schedule``: the crontab lines or systemd units that run crawls every night."""

import os
import sys
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from wardcrawler.api import schedule as scheduling
from wardcrawler.api.options import PortalChoice
from wardcrawler.api.portals import choose
from wardcrawler.api.schedule import Window, parse_window
from wardcrawler.cli.crawl import crawl
from wardcrawler.cli.options import Command, db_option, own_portals_option


class _WindowType(click.ParamType[Window]):
    name = "window"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Window:
        if isinstance(value, Window):
            return value
        try:
            return parse_window(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.command(cls=Command, short_help="Print the crontab lines or the systemd units for nightly crawls.")
@click.option("--cron", "kind", flag_value="cron", help="Lines for a crontab.")
@click.option("--systemd", "kind", flag_value="systemd", help="A service and its timer.")
@click.option("--select", metavar="KEY=VALUE,…", help="What to crawl, as in 'crawl'; without it, --all.")
@click.option(
    "--window",
    type=_WindowType(),
    default="22:00-05:00",
    show_default=True,
    metavar="HH:MM-HH:MM",
    help="When to crawl, in the time of Viet Nam.",
)
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="With --systemd: write the units there.",
)
@own_portals_option
@db_option
@click.argument("crawl_options", nargs=-1, type=click.UNPROCESSED, metavar="[-- OPTIONS OF CRAWL]")
def schedule(
    kind: str | None,
    select: str | None,
    window: Window,
    into: Path | None,
    files: tuple[Path, ...],
    db: Path,
    crawl_options: tuple[str, ...],
) -> None:
    """Print what runs a crawl every night: lines for a crontab, or a service and a timer for systemd.

    With the paths, the database and the WARDCRAWLER_ variables of now. What stands behind -- goes to
    'crawl' as it is, such as -- --delay 3.
    """
    if kind is None:
        raise click.UsageError("give --cron or --systemd")
    if into and kind == "cron":
        raise click.UsageError("--into goes with --systemd")
    scheduling.require_possible(db)
    job = scheduling.nightly_job(
        _program(), _crawl_arguments(select, files, crawl_options), db=db, window=window
    )
    if kind == "cron":
        text = scheduling.cron_lines(job)
    else:
        units = scheduling.systemd_units(job)
        text = _written(units, into) if into else _printed(units)
    click.echo(text, nl=False)


def _crawl_arguments(select: str | None, files: tuple[Path, ...], options: tuple[str, ...]) -> list[str]:
    """Return the arguments of the nightly ``crawl``, checked now rather than at night."""
    own = [word for file in files for word in ("--portals", str(file.absolute()))]
    words = [*(["--select", select] if select else []), *own, *options]
    context = crawl.make_context("crawl", list(words))
    if context.get_parameter_source("db") is ParameterSource.COMMANDLINE:
        raise click.UsageError("give --db to 'schedule' itself, before --")
    given = context.params
    chosen = [name for name in ("site", "all_", "select", "url") if given[name]]
    if len(chosen) > 1:
        raise click.UsageError("give portal names, or --all, or --select, or --url")
    if given["select"]:
        choose(PortalChoice(select=given["select"], files=given["files"]))
    return words if chosen else ["--all", *words]


def _program() -> list[str]:
    """Return how this program was started, by an absolute path."""
    started = Path(sys.argv[0]).absolute()
    if started.name == "wardcrawler" and os.access(started, os.X_OK) and started.is_file():
        return [str(started)]
    return [sys.executable, "-m", "wardcrawler"]


def _written(units: scheduling.Units, into: Path) -> str:
    scheduling.write_units(units, into)
    return f"{', '.join(units.files)} written into {into}.\nNow {_then(units)}.\n"


def _printed(units: scheduling.Units) -> str:
    files = "\n".join(f"# --- {units.folder}/{file}\n{text}" for file, text in units.files.items())
    return f"# Two files; '--into {units.folder}' writes them. Then {_then(units)}.\n\n{files}"


def _then(units: scheduling.Units) -> str:
    linger = ", and 'loginctl enable-linger' lets it run while you are logged out"
    return f"'{units.start}'{linger if units.is_personal else ''}"
