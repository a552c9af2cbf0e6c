"""Summary of the database as a whole: counted once for each state of it."""

import threading
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wardcrawler.monitoring.report import portal_health
from wardcrawler.store import Database
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.text.normalise import fold

_MONTHS = "SELECT substr(published_at, 1, 7), count(*) FROM articles GROUP BY 1"
_COUNTS = """
SELECT
    (SELECT count(*) FROM articles),
    (SELECT count(article_id) FROM pages),
    (SELECT count(*) FROM pages WHERE gone_at IS NOT NULL),
    (SELECT count(*) FROM revisions),
    (SELECT count(*) FROM attachments)
"""

_Numbers = tuple[int, ...]

_QUICK = 0.2
"""Seconds that whoever asks may wait for counting."""

_OLDEST = 60.0
"""Seconds after which health is judged anew though nothing was written: a portal grows stale by itself."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of everything. ``portals`` are judged rows, see :mod:`wardcrawler.monitoring.report`; ``levels``
    and ``provinces`` count articles portal by portal, the most first; ``months`` counts texts by ``YYYY-MM``.
    """

    articles: int
    addresses: int
    gone: int
    edited: int
    files: int
    undated: int
    months: dict[str, int]
    portals: list[dict[str, Any]]
    levels: list[tuple[str, int]]
    provinces: list[tuple[str, int]]

    @property
    def unhealthy(self) -> list[dict[str, Any]]:
        """The portals that need a person."""
        return [row for row in self.portals if not row["healthy"]]


def summarise(db: Database, path: Path) -> Summary:
    """Count everything; at 200,000 articles a third of a second."""
    articles, addresses, gone, edited, files = db.execute(_COUNTS).fetchone()
    months = dict(db.execute(_MONTHS).fetchall())
    undated = months.pop(None, 0)
    portals = portal_health(db, path)
    return Summary(
        articles=articles,
        addresses=addresses,
        gone=gone,
        edited=edited,
        files=files,
        undated=undated,
        months=months,
        portals=portals,
        levels=_counted((row["level"], row["articles"]) for row in portals),
        provinces=_counted((row["province"], row["articles"]) for row in portals),
    )


def _counted(pairs: Iterable[tuple[str | None, int]]) -> list[tuple[str, int]]:
    counts: Counter[str] = Counter()
    for name, count in pairs:
        counts[name or ""] += count
    return counts.most_common()


class CachedSummary:
    """The summary of the database at a path, counted anew after something was written: at once where that is
    quick. Where it is not, the last one is given out while a thread counts, and that at most a tenth of the
    time, so that pages stay quick while a crawl writes.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counting = threading.Lock()
        self._found: Summary | None = None
        self._file: _Numbers = ()
        self._state: _Numbers = ()
        self._at = self._cost = 0.0

    def get(self, db: Database, path: Path) -> Summary:
        """Return the summary. Safe to call in several threads."""
        file, state = _state(path)
        with self._lock:
            if self._found is None or file != self._file:
                return self._count(db, path)
            age = time.monotonic() - self._at
            if state == self._state and age < _OLDEST:
                return self._found
            if self._cost < _QUICK:
                return self._count(db, path)
            found = self._found
        if age > 10 * self._cost and self._counting.acquire(blocking=False):
            threading.Thread(target=self._count_apart, args=(path,), daemon=True).start()
        return found

    def _count(self, db: Database, path: Path) -> Summary:
        file, state = _state(path)  # before the counting: what is written meanwhile is counted the next time
        began = time.monotonic()
        self._found = found = summarise(db, path)
        self._file, self._state = file, state
        self._at = time.monotonic()
        self._cost = self._at - began
        return found

    def _count_apart(self, path: Path) -> None:
        try:
            with suppress(DatabaseProblem), closing(open_database(path, read_only=True)) as db:
                self._count(db, path)
        finally:
            self._counting.release()


def _state(path: Path) -> tuple[_Numbers, _Numbers]:
    """Return numbers that tell the file, and numbers that differ once something was written, into it or into
    its log.
    """
    stat = path.stat()
    state = [stat.st_size, stat.st_mtime_ns]
    with suppress(FileNotFoundError):
        log = path.with_name(f"{path.name}-wal").stat()
        state += [log.st_size, log.st_mtime_ns]
    return (stat.st_dev, stat.st_ino), tuple(state)


def province_names(db: Database) -> dict[str, str]:
    """Read names of provinces by what portals' classes call them: "hatinh" is Hà Tĩnh, "hcm" Hồ Chí Minh."""
    names = {"hcm": "TP. Hồ Chí Minh"}
    for (name,) in db.execute("SELECT name FROM units WHERE level = 'province' ORDER BY valid_from"):
        short = name.removeprefix("Thành phố ").removeprefix("Tỉnh ").removeprefix("Thủ đô ")
        names.setdefault("".join(letter for letter in fold(short) if letter.isalnum()), short)
    return names
