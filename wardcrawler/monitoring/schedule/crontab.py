"""A crawl as lines of a crontab (crontab(5))."""

import re
import shlex
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, tzinfo

from wardcrawler.monitoring.schedule.job import (
    GRACE,
    IO_PRIORITY,
    NICENESS,
    STATUS_HOURS_LATER,
    Job,
    ScheduleProblem,
    clock_time,
    has_summer_time,
    local_time,
    require_one_line,
)

LONGEST_COMMAND = 998
"""Bytes. Debian's cron refuses a crontab with a longer command (MAX_COMMAND in its cron.h)."""

_UNSAFE_BACKSLASH = re.compile(r"\\[\\%]")


def crontab(job: Job, *, zone: tzinfo, zone_name: str, today: datetime, tools: dict[str, str]) -> str:
    """Return the lines to put into a crontab: the crawl every night, the health report on Mondays.

    ``zone`` is the machine's, whose hours cron counts, ``zone_name`` its name, ``today`` an aware time of the
    day for which its offset counts; ``tools`` are the paths of those of ``nice``, ``ionice`` and ``timeout``
    that the machine has. The environment stands in the command itself: a line
    with a variable would hold for all that follows in the crontab, and some crons know none.

    Raises :class:`ScheduleProblem` for what a crontab cannot hold.
    """
    starts = local_time(job.starts, zone, today)
    report = local_time(job.window.closes + STATUS_HOURS_LATER * 60 + job.delay, zone, _monday(today))
    crawl_words = [*_low_priority(tools), *_time_limit(job, tools), *job.crawl_command]
    crawl = _command(job, crawl_words, job.environment)
    status = _command(job, job.status_command, {})
    begins, closes = clock_time(job.starts), clock_time(job.window.closes)
    lines = [
        "# wardcrawler: to install, run 'crontab -e' and put these lines at the end.",
        f"# Every night at {begins} in Viet Nam, which is {starts:%H:%M} here ({zone_name}): cron",
        "# goes by this machine's clock. The minute is its own, so that not all crawls begin at once.",
    ]
    if has_summer_time(zone, today.year):
        lines.append("# Half of the year it is an hour off in Viet Nam, for the clocks here change.")
    if "timeout" in tools:
        lines.append(f"# At {closes} there a crawl still at work is ended in order; it goes on next night.")
    lines += [
        "# Two crawls never work at once: a lock beside the database refuses the second (exit code 75).",
        "# Silent when all is well; cron mails the rest to you, or as MAILTO=… on a line above says.",
        f"# Log: {job.log}",
        f"{starts.minute} {starts.hour} * * *  {crawl}",
        "# Mondays: what is not well, what has gone quiet, and what to do.",
        f"{report.minute} {report.hour} * * {report.isoweekday() % 7}  {status}",
    ]
    return "\n".join(lines) + "\n"


def _command(job: Job, words: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return ``words`` as a command for the sixth field of a crontab, in the job's folder."""
    assignments = [f"{name}={shlex.quote(value)}" for name, value in sorted(environment.items())]
    require_one_line([*assignments, *words, str(job.folder), str(job.log)])
    command = " ".join(["cd", shlex.quote(str(job.folder)), "&&", *assignments, shlex.join(words)])
    if _UNSAFE_BACKSLASH.search(command):
        raise ScheduleProblem(
            "a path or a value holds a backslash before a percent sign or another backslash, which not all "
            "crons read alike; rename it or use --systemd"
        )
    # cron itself, before any shell, ends the command at a percent sign that has no backslash.
    command = command.replace("%", r"\%")
    if len(command.encode(errors="surrogateescape")) > LONGEST_COMMAND:
        raise ScheduleProblem(
            f"the command has more than {LONGEST_COMMAND} bytes, which cron refuses; "
            "use shorter paths or --systemd"
        )
    return command


def _low_priority(tools: dict[str, str]) -> list[str]:
    words = []
    if "nice" in tools:
        words += [tools["nice"], "-n", str(NICENESS)]
    if "ionice" in tools:
        words += [tools["ionice"], "-c", "2", "-n", str(IO_PRIORITY)]
    return words


def _time_limit(job: Job, tools: dict[str, str]) -> list[str]:
    if "timeout" not in tools:
        return []
    # --foreground: only the crawl gets the signal, once; a second one would end it out of order.
    return [
        tools["timeout"],
        "--foreground",
        "--preserve-status",
        "--signal=INT",
        f"--kill-after={GRACE.seconds // 60}m",
        f"{job.minutes}m",
    ]


def _monday(day: datetime) -> datetime:
    return day - timedelta(days=day.weekday())
