"""The time and the command of a crawl that runs unattended, alike in the crontab line and the
systemd units.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from wardcrawler.text.dates import ICT

MOST_SPREAD = 60
"""Minutes after the window opens in which crawls begin, each machine and database at its own."""

NICENESS = 10
IO_PRIORITY = 7
"""The lowest of the best-effort class. The idle class may wait for ever on a busy machine."""

GRACE = timedelta(minutes=15)
"""The time a crawl gets to end in order when the window closes: for what it waits for, and its last batch."""

STATUS_HOURS_LATER = 3
"""The health report comes so many hours after the window closes, on Mondays: people are at work then."""


class ScheduleProblem(ValueError):
    """Something that cannot be written into a crontab or a unit; the message names it, and the remedy."""


@dataclass(frozen=True, slots=True)
class Window:
    """Hours of the night in Viet Nam in which crawls may run, as minutes of the day."""

    opens: int
    closes: int

    @property
    def length(self) -> int:
        """Return its minutes; a window may go over midnight."""
        return (self.closes - self.opens) % (24 * 60) or 24 * 60


@dataclass(frozen=True, slots=True)
class Job:
    """A crawl to be scheduled. All paths are absolute."""

    program: Sequence[str]
    """The words that start ``wardcrawler``: its path, or an interpreter with arguments."""
    folder: Path
    """The working directory."""
    db: Path
    log: Path
    crawl: Sequence[str]
    """Arguments of ``wardcrawler crawl`` but for the database."""
    environment: Mapping[str, str]
    window: Window
    machine: str
    """An id that tells this machine from others."""

    @property
    def crawl_command(self) -> list[str]:
        """Return the words of the crawl's command, the program first."""
        return [*self.program, "crawl", *self.crawl, "--db", str(self.db)]

    @property
    def status_command(self) -> list[str]:
        """Return the words of the health report's command."""
        return [*self.program, "status", "--db", str(self.db)]

    @property
    def delay(self) -> int:
        """Return the minutes from the opening of the window to the start, always the same for a machine and a
        database: so that not everybody's crawl begins at the same minute, and this one does every night.
        """
        digest = hashlib.sha256(f"{self.machine}\n{self.db}".encode(errors="surrogateescape")).digest()
        return int.from_bytes(digest[:8]) % max(1, min(MOST_SPREAD, self.window.length // 2))

    @property
    def starts(self) -> int:
        """Return the minute of the day in Viet Nam at which the crawl starts."""
        return (self.window.opens + self.delay) % (24 * 60)

    @property
    def minutes(self) -> int:
        """Return the minutes the crawl may run, to the end of the window."""
        return self.window.length - self.delay


def parse_window(text: str) -> Window:
    """Read a :class:`Window` such as ``22:00-05:00``. Raises ``ValueError`` for anything else."""
    opens, dash, closes = text.partition("-")
    if not dash:
        raise ValueError(f"'{text}' is no window such as 22:00-05:00")
    return Window(*(_minute_of_day(part.strip(), text) for part in (opens, closes)))


def _minute_of_day(part: str, text: str) -> int:
    try:
        time = datetime.strptime(part, "%H:%M")  # noqa: DTZ007  a time of day has no zone
    except ValueError:
        raise ValueError(f"'{text}' is no window such as 22:00-05:00") from None
    return time.hour * 60 + time.minute


def clock_time(minute: int) -> str:
    """Return the minute of the day ``1337`` as ``22:17``."""
    return f"{minute // 60:02}:{minute % 60:02}"


def local_time(minute: int, zone: tzinfo, day: datetime) -> datetime:
    """Return the time in ``zone`` at which it is ``minute`` of the day in Viet Nam, on the day of ``day``
    (aware) there.
    """
    midnight = day.astimezone(ICT).replace(hour=0, minute=0, second=0, microsecond=0)
    return (midnight + timedelta(minutes=minute)).astimezone(zone)


def has_summer_time(zone: tzinfo, year: int) -> bool:
    """Return whether ``zone`` has summer time; Viet Nam has none."""
    january, july = (datetime(year, month, 1, tzinfo=zone).utcoffset() for month in (1, 7))
    return january != july


def require_one_line(words: Sequence[str]) -> None:
    """Raise :class:`ScheduleProblem` for a word that no line of a crontab or of a unit can hold."""
    for word in words:
        if any(ord(letter) < 32 or ord(letter) == 127 for letter in word):
            raise ScheduleProblem(f"{word!r} holds a line break or a control character; rename it")
