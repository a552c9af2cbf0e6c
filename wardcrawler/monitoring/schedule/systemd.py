"""A crawl as a service and a timer of systemd (systemd.service(5), systemd.timer(5))."""

import re
from collections.abc import Sequence

from wardcrawler.monitoring.schedule.job import (
    GRACE,
    IO_PRIORITY,
    NICENESS,
    Job,
    ScheduleProblem,
    clock_time,
    require_one_line,
)

MOST_DELAY = 10
"""Minutes at most that the timer adds by chance, so that crawls which a restart makes up for spread too."""

_PLAIN = re.compile(r"[A-Za-z0-9_/.,:=@+-]+")
_UNFIT = re.compile(r"[\"'\\$]")


def unit_name(job: Job) -> str:
    """Return ``wardcrawler``, or ``wardcrawler-<database>``: several databases may be crawled
    on one machine.
    """
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", job.db.stem).strip("-")
    return "wardcrawler" if stem in ("", "wardcrawler") else f"wardcrawler-{stem}"


def units(job: Job, *, is_system: bool) -> dict[str, str]:
    """Return file names and texts of the service and of its timer, for the system's manager or for a user's.

    Raises :class:`ScheduleProblem` for what a unit cannot hold.
    """
    name = unit_name(job)
    return {f"{name}.service": _service(job, is_system=is_system), f"{name}.timer": _timer(job)}


def _service(job: Job, *, is_system: bool) -> str:
    lines = [
        "[Unit]",
        "Description=Nightly crawl by wardcrawler",
        *(["Wants=network-online.target", "After=network-online.target"] if is_system else []),
        "",
        "[Service]",
        "# A timer never starts a oneshot service that is still at work. A crawl started otherwise is kept",
        "# out by a lock beside the database (exit code 75).",
        "Type=oneshot",
        *(["# A user of its own that may write the database is better than root:", "# User=wardcrawler"]
          if is_system else []),
        f"WorkingDirectory={_path(str(job.folder))}",
        *(f"Environment={_quoted(f'{name}={value}')}" for name, value in sorted(job.environment.items())),
        f"ExecStart={_command(job.crawl_command)}",
        "# Into the journal: what is not well, what has gone quiet, and what to do. Exit code 3 fails the",
        "# unit; with SuccessExitStatus=3 it would not.",
        f"ExecStopPost={_command(job.status_command)}",
        f"# Ended in order at {clock_time(job.window.closes)} in Viet Nam; it goes on the next night.",
        f"TimeoutStartSec={job.minutes - MOST_DELAY if job.minutes > 2 * MOST_DELAY else job.minutes}min",
        f"TimeoutStopSec={GRACE.seconds // 60}min",
        "KillMode=mixed",
        "KillSignal=SIGINT",
        f"Nice={NICENESS}",
        "IOSchedulingClass=best-effort",
        f"IOSchedulingPriority={IO_PRIORITY}",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _timer(job: Job) -> str:
    lines = [
        "[Unit]",
        "Description=Nightly crawl by wardcrawler",
        "",
        "[Timer]",
        "# The hour in Viet Nam, whatever this machine's zone. The minute is this machine's own.",
        f"OnCalendar=*-*-* {clock_time(job.starts)}:00 Asia/Ho_Chi_Minh",
        f"RandomizedDelaySec={MOST_DELAY}min",
        "# A night that the machine slept through is made up for when it wakes, be it by day.",
        "Persistent=true",
        "",
        "[Install]",
        "WantedBy=timers.target",
    ]
    return "\n".join(lines) + "\n"


def _command(words: Sequence[str]) -> str:
    if _UNFIT.search(words[0]):
        # systemd takes no such path for an executable ("contains special characters"), a shell does.
        words = ["/bin/sh", "-c", 'exec "$0" "$@"', *words]
    # In the arguments of a command, unlike in Environment=, a dollar sign stands for a variable.
    return " ".join(word if _PLAIN.fullmatch(word) else _quoted(word).replace("$", "$$") for word in words)


def _quoted(word: str) -> str:
    """Return a word in quotes, as systemd.syntax(7), "Quoting", reads it; % begins a specifier."""
    require_one_line([word])
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def _path(path: str) -> str:
    """Return a path that goes to the end of the line: quotes would be a part of it."""
    require_one_line([path])
    if path != path.strip() or path.endswith("\\"):
        raise ScheduleProblem(f"{path!r} ends with a blank or a backslash, which no unit can hold; rename it")
    return path.replace("%", "%%")
