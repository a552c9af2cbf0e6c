"""Schedule nightly crawls: lines for a crontab, a service and a timer for systemd."""

import os
import re
import shutil
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from wardcrawler.api.errors import InputError
from wardcrawler.crawling.runs.log import log_path
from wardcrawler.monitoring.schedule.crontab import crontab
from wardcrawler.monitoring.schedule.job import Job, ScheduleProblem, Window, parse_window
from wardcrawler.monitoring.schedule.systemd import unit_name, units
from wardcrawler.store.database.filesystem import require_local

__all__ = ["Job", "Units", "Window", "cron_lines", "nightly_job", "parse_window", "require_possible"]
__all__ += ["systemd_units", "write_units"]

_CARRIED = re.compile(r"WARDCRAWLER_\w+|(https?|all|no)_proxy", re.IGNORECASE)
"""Variables that a crawl heeds, the proxies of urllib and Scrapy among them."""


@dataclass(frozen=True, slots=True)
class Units:
    """Units of systemd: texts by file name, the folder where they usually lie, the command that starts the
    timer there, and whether they are a person's, who must let them run while logged out.
    """

    files: dict[str, str]
    folder: str
    start: str
    is_personal: bool


def require_possible(db: Path, environment: Mapping[str, str] = os.environ) -> None:
    """Refuse to schedule what would be refused every night.

    Raises :class:`InputError` without ``WARDCRAWLER_CONTACT`` in ``environment``, ``DatabaseProblem`` (2) for
    a database on a network file system.
    """
    if not environment.get("WARDCRAWLER_CONTACT"):
        raise InputError(
            "portals must be able to reach you: run 'export WARDCRAWLER_CONTACT=you@example.org' (or the "
            "address of a page) first"
        )
    require_local(db)


def nightly_job(
    program: Sequence[str],
    crawl: Sequence[str],
    *,
    db: Path,
    window: Window,
    environment: Mapping[str, str] = os.environ,
) -> Job:
    """Return a crawl to be run every night in ``window``, in the current folder.

    ``program`` is how ``wardcrawler`` is started, by an absolute path; ``crawl`` are arguments of its
    ``crawl`` but for the database. It gets those variables of ``environment`` that a crawl heeds.
    """
    db = db.absolute()
    return Job(
        program=program,
        folder=Path.cwd(),
        db=db,
        log=log_path(db),
        crawl=crawl,
        environment={
            name: value
            for name, value in environment.items()
            if _CARRIED.fullmatch(name) and name != "WARDCRAWLER_DB" and value  # --db names the database
        },
        window=window,
        machine=_machine(),
    )


def cron_lines(job: Job) -> str:
    """Return the lines for the crontab of this machine, in its time zone.

    Raises :class:`InputError` for a path or an argument that no crontab can hold.
    """
    zone, name = _zone_of_cron()
    found = {tool: shutil.which(tool) for tool in ("nice", "ionice", "timeout")}
    tools = {tool: path for tool, path in found.items() if path}
    try:
        return crontab(job, zone=zone, zone_name=name, today=datetime.now(zone), tools=tools)
    except ScheduleProblem as problem:
        raise InputError(str(problem)) from None


def systemd_units(job: Job) -> Units:
    """Return the units for whoever runs this: of the system for root, else of the person.

    Raises :class:`InputError` for a path or an argument that no unit can hold.
    """
    is_system = os.geteuid() == 0
    manager = "systemctl" if is_system else "systemctl --user"
    try:
        return Units(
            files=units(job, is_system=is_system),
            folder="/etc/systemd/system" if is_system else "~/.config/systemd/user",
            start=f"{manager} daemon-reload && {manager} enable --now {unit_name(job)}.timer",
            is_personal=not is_system,
        )
    except ScheduleProblem as problem:
        raise InputError(str(problem)) from None


def write_units(made: Units, folder: Path) -> None:
    """Write the files into ``folder``, which is made if need be. Raises :class:`InputError` if that fails."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, text in made.files.items():
            (folder / file).write_text(text, encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {error.strerror}") from None


def _machine() -> str:
    try:
        return Path("/etc/machine-id").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return socket.gethostname()


def _zone_of_cron() -> tuple[tzinfo, str]:
    """Return the machine's zone, whatever this shell's TZ, for that is cron's; and its name."""
    localtime = Path("/etc/localtime")
    try:
        with localtime.open("rb") as file:
            zone = ZoneInfo.from_file(file)
    except (OSError, ValueError):
        return UTC, "UTC"
    _, _, name = str(localtime.resolve()).partition("zoneinfo/")
    return zone, name or datetime.now(zone).tzname() or "local time"
