"""``wardcrawler schedule``: the crontab lines or systemd units that run crawls every night."""

import os
import re
import shutil
import socket
import sys
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from click.core import ParameterSource

from wardcrawler.cli.crawl import crawl
from wardcrawler.cli.options import db_option, own_portals_option
from wardcrawler.crawling.portals.registry import load_portals, project_settings, select_portals
from wardcrawler.crawling.runs.log import log_path
from wardcrawler.monitoring.schedule.crontab import crontab
from wardcrawler.monitoring.schedule.job import Job, ScheduleProblem, Window, parse_window
from wardcrawler.monitoring.schedule.systemd import unit_name, units
from wardcrawler.store.database.filesystem import require_local

_CARRIED = re.compile(r"WARDCRAWLER_\w+|(https?|all|no)_proxy", re.IGNORECASE)
"""Variables that a crawl heeds, the proxies of urllib and Scrapy among them."""


class _WindowType(click.ParamType[Window]):
    name = "window"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Window:
        if isinstance(value, Window):
            return value
        try:
            return parse_window(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.command(short_help="Print the crontab lines or the systemd units for nightly crawls.")
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
    own: tuple[Path, ...],
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
    if not os.environ.get("WARDCRAWLER_CONTACT"):
        raise click.UsageError(
            "portals must be able to reach you: run 'export WARDCRAWLER_CONTACT=you@example.org' (or the "
            "address of a page) first"
        )
    require_local(db)
    db = db.absolute()
    job = Job(
        program=_program(),
        folder=Path.cwd(),
        db=db,
        log=log_path(db),
        crawl=_crawl_arguments(select, own, crawl_options),
        environment=_environment(),
        window=window,
        machine=_machine(),
    )
    try:
        text = _crontab(job) if kind == "cron" else _units(job, into)
    except ScheduleProblem as problem:
        raise click.UsageError(str(problem)) from None
    click.echo(text, nl=False)


def _crawl_arguments(select: str | None, own: tuple[Path, ...], options: tuple[str, ...]) -> list[str]:
    """The arguments of the nightly ``crawl``, checked now rather than at night."""
    files = [word for file in own for word in ("--portals", str(file.absolute()))]
    words = [*(["--select", select] if select else []), *files, *options]
    context = crawl.make_context("crawl", list(words))
    if context.get_parameter_source("db") is ParameterSource.COMMANDLINE:
        raise click.UsageError("give --db to 'schedule' itself, before --")
    given = context.params
    chosen = [name for name in ("site", "all_", "select", "url") if given[name]]
    if len(chosen) > 1:
        raise click.UsageError("give portal names, or --all, or --select, or --url")
    if given["select"]:
        try:
            matches = select_portals(given["select"], load_portals(project_settings(given["own"]))[0])
        except ValueError as error:
            raise click.UsageError(str(error)) from None
        if not matches:
            raise click.UsageError(f"no portal matches {given['select']}; 'wardcrawler sites' lists them all")
    return words if chosen else ["--all", *words]


def _program() -> list[str]:
    """How this program was started, by an absolute path."""
    started = Path(sys.argv[0]).absolute()
    if started.name == "wardcrawler" and os.access(started, os.X_OK) and started.is_file():
        return [str(started)]
    return [sys.executable, "-m", "wardcrawler"]


def _environment() -> dict[str, str]:
    # The database is named on the command line.
    return {
        name: value
        for name, value in os.environ.items()
        if _CARRIED.fullmatch(name) and name != "WARDCRAWLER_DB" and value
    }


def _machine() -> str:
    try:
        return Path("/etc/machine-id").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return socket.gethostname()


def _crontab(job: Job) -> str:
    zone, name = _zone_of_cron()
    found = {tool: shutil.which(tool) for tool in ("nice", "ionice", "timeout")}
    tools = {tool: path for tool, path in found.items() if path}
    return crontab(job, zone=zone, zone_name=name, today=datetime.now(zone), tools=tools)


def _zone_of_cron() -> tuple[tzinfo, str]:
    """The machine's zone, whatever this shell's TZ, for that is cron's; and its name."""
    localtime = Path("/etc/localtime")
    try:
        with localtime.open("rb") as file:
            zone = ZoneInfo.from_file(file)
    except (OSError, ValueError):
        return UTC, "UTC"
    _, _, name = str(localtime.resolve()).partition("zoneinfo/")
    return zone, name or datetime.now(zone).tzname() or "local time"


def _units(job: Job, into: Path | None) -> str:
    is_system = os.geteuid() == 0
    name, made = unit_name(job), units(job, is_system=is_system)
    manager = "systemctl" if is_system else "systemctl --user"
    usual = "/etc/systemd/system" if is_system else "~/.config/systemd/user"
    then = f"{manager} daemon-reload && {manager} enable --now {name}.timer"
    linger = "" if is_system else ", and 'loginctl enable-linger' lets it run while you are logged out"
    if into:
        try:
            into.mkdir(parents=True, exist_ok=True)
            for file, text in made.items():
                (into / file).write_text(text, encoding="utf-8", errors="surrogateescape")
        except OSError as error:
            raise click.UsageError(f"{into} cannot be written: {error.strerror}") from None
        return f"{', '.join(made)} written into {into}.\nNow '{then}'{linger}.\n"
    files = "\n".join(f"# --- {usual}/{file}\n{text}" for file, text in made.items())
    return f"# Two files; '--into {usual}' writes them. Then '{then}'{linger}.\n\n{files}"
