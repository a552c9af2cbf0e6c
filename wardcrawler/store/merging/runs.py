"""Merging ``runs`` and ``listings``: of each portal, the state of walks that can be trusted.

A listing's state says up to where everything is stored, in terms of run numbers (see ``state``). It is only
true of the pages that were there when it was written. So, of each portal, these can be trusted:

- only they crawled it, or they went on where we stopped (all of our runs are theirs too): their listings;
- they have no run that we lack: ours;
- both crawled it on their own: neither. Between their newest articles and ours some may be missing, so
  every section is walked to its end once more (listings only: known articles are not fetched again).
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from typing import Literal, NamedTuple

Trusted = Literal["theirs", "ours", "neither"]
"""The database whose listings of a portal can be trusted."""


class _Run(NamedTuple):
    """The identity of a run among those of its portal: ``number`` counts those of one second and command."""

    started_at: str
    command: str
    number: int


class RunNumbers:
    """Numbers that their runs got in our database; ``new`` of them were not ours yet."""

    def __init__(self, connection: sqlite3.Connection, last: int) -> None:
        self._connection = connection
        self._last = last
        self.new = 0

    def ours(self, site: str, run: int) -> int:
        """Return our number of their run; 0, which is before all runs, stays."""
        row = self._connection.execute(
            "SELECT new FROM run_map WHERE site = ? AND old = ?", (site, run)
        ).fetchone()
        return int(row[0]) if row else run and run + self._last


def merge_runs(connection: sqlite3.Connection, at: str) -> RunNumbers:
    """Merge runs and listings, after the portals; return the new numbers. ``at`` is the time now, ISO 8601.

    Numbers stay in order of time within each portal.
    """
    connection.execute(
        "CREATE TEMP TABLE run_map(site TEXT, old INTEGER, new INTEGER, PRIMARY KEY (site, old)) "
        "WITHOUT ROWID"
    )
    connection.execute("PRAGMA defer_foreign_keys = ON")  # captures refer to runs, which get other numbers
    last = _last(connection, "main")
    beyond = last + _last(connection, "other")
    found = RunNumbers(connection, last)
    for (site,) in connection.execute("SELECT name FROM other.sites ORDER BY name").fetchall():
        ours, theirs = _runs(connection, "main", site), _runs(connection, "other", site)
        added = sorted(theirs.keys() - ours.keys())
        _complete(connection, [(ours[run], theirs[run]) for run in theirs.keys() & ours.keys()])
        trusted = _trusted(connection, site, ours, theirs)
        if trusted == "neither" and added:
            beyond, ours = _renumber(connection, site, ours, added, beyond)
            numbers = {run: ours[run] for run in theirs}
        else:
            numbers = {run: ours.get(run, theirs[run] + last) for run in theirs}
        connection.executemany(
            "INSERT INTO run_map VALUES (?, ?, ?)", [(site, theirs[run], numbers[run]) for run in theirs]
        )
        _add(connection, [(theirs[run], numbers[run]) for run in added])
        _merge_listings(connection, site, trusted, found, at)
        found.new += len(added)
    return found


def _last(connection: sqlite3.Connection, database: str) -> int:
    return int(connection.execute(f"SELECT coalesce(max(id), 0) FROM {database}.runs").fetchone()[0])


def _runs(connection: sqlite3.Connection, database: str, site: str) -> dict[_Run, int]:
    seen: Counter[tuple[str, str]] = Counter()
    runs = {}
    for id_, started_at, command in connection.execute(
        f"SELECT id, started_at, command FROM {database}.runs WHERE site = ? ORDER BY id", (site,)
    ):
        runs[_Run(started_at, command, seen[started_at, command])] = id_
        seen[started_at, command] += 1
    return runs


def _trusted(
    connection: sqlite3.Connection, site: str, ours: dict[_Run, int], theirs: dict[_Run, int]
) -> Trusted:
    (has_pages,) = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM main.pages WHERE site = ?)", (site,)
    ).fetchone()
    if not has_pages:
        return "theirs" if not ours.keys() - theirs.keys() else "neither"
    if not ours.keys() <= theirs.keys() or not ours:
        return "neither"
    return "theirs" if theirs.keys() - ours.keys() else "ours"


def _renumber(
    connection: sqlite3.Connection, site: str, ours: dict[_Run, int], added: list[_Run], beyond: int
) -> tuple[int, dict[_Run, int]]:
    """Give new numbers, in order of time, to our runs of a portal and those that are added to them.

    ``beyond`` is the highest number that is taken; returned are the highest one now, and the number by run.
    """
    numbers = {run: beyond + place for place, run in enumerate(sorted([*ours, *added]), 1)}
    changes = [(numbers[run], ours[run], site) for run in ours]
    connection.executemany("UPDATE main.runs SET id = ? WHERE id = ? AND site = ?", changes)
    connection.executemany("UPDATE main.captures SET run_id = ? WHERE run_id = ? AND site = ?", changes)
    connection.execute("CREATE TEMP TABLE renumbered(old INTEGER PRIMARY KEY, new INTEGER NOT NULL)")
    connection.executemany(
        "INSERT INTO renumbered(new, old) VALUES (?, ?)", [change[:2] for change in changes]
    )
    for table, column in (("pages", "first_run"), ("listings", "open_run")):
        connection.execute(
            f"UPDATE main.{table} SET {column} = coalesce("
            f"(SELECT new FROM temp.renumbered WHERE old = {column}), 0) WHERE site = ? AND {column} > 0",
            (site,),
        )
    connection.execute("DROP TABLE temp.renumbered")
    return beyond + len(numbers), numbers


def _columns(connection: sqlite3.Connection) -> list[str]:
    return [row[1] for row in connection.execute("PRAGMA main.table_info('runs')") if row[1] != "id"]


def _add(connection: sqlite3.Connection, numbers: list[tuple[int, int]]) -> None:
    names = ", ".join(_columns(connection))
    connection.executemany(
        f"INSERT INTO main.runs(id, {names}) SELECT ?2, {names} FROM other.runs WHERE id = ?1", numbers
    )


def _complete(connection: sqlite3.Connection, known: list[tuple[int, int]]) -> None:
    """Complete runs that were at work, or killed, when they were merged before: they may have ended since."""
    names = ", ".join(_columns(connection))
    for ours, theirs in known:
        connection.execute(
            f"UPDATE main.runs SET ({names}) = (SELECT {names} FROM other.runs WHERE id = ?2) "
            "WHERE id = ?1 AND finished_at IS NULL "
            "AND (SELECT finished_at FROM other.runs WHERE id = ?2) IS NOT NULL",
            (ours, theirs),
        )


class _Listing(NamedTuple):
    """A row of ``listings`` without its portal."""

    url: str
    section: str
    backfilled_at: str | None
    open_since: str | None
    last_walked_at: str
    open_run: int | None
    links: str | None
    kind: str
    nightly: int
    depth: int


_PUT_LISTING = (
    f"INSERT INTO main.listings(site, {', '.join(_Listing._fields)}) "
    f"VALUES ({', '.join('?' * (1 + len(_Listing._fields)))}) ON CONFLICT (site, url) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in _Listing._fields[1:])
)


def _merge_listings(
    connection: sqlite3.Connection, site: str, trusted: Trusted, found: RunNumbers, at: str
) -> None:
    if trusted == "ours":
        return
    if trusted == "neither":
        if _brings_pages(connection, site):
            _reopen(connection, site, at)
        return
    for listing in _listings(connection, site):
        run = listing.open_run and found.ours(site, listing.open_run)
        connection.execute(_PUT_LISTING, (site, *listing._replace(open_run=run)))


def _listings(connection: sqlite3.Connection, site: str) -> Iterator[_Listing]:
    rows = connection.execute(
        f"SELECT {', '.join(_Listing._fields)} FROM other.listings WHERE site = ? ORDER BY rowid", (site,)
    )
    yield from map(_Listing._make, rows.fetchall())


def _brings_pages(connection: sqlite3.Connection, site: str) -> bool:
    (brings,) = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM other.pages AS o WHERE o.site = ?1 AND NOT EXISTS ("
        "SELECT 1 FROM main.pages AS m WHERE m.site = ?1 AND m.key = o.key))",
        (site,),
    ).fetchone()
    return bool(brings)


def _reopen(connection: sqlite3.Connection, site: str, at: str) -> None:
    """Open all sections since run 0, which is before every page: none is known until a walk is whole. The
    portal is to be looked over.
    """
    connection.execute("UPDATE main.sites SET looked_at = NULL WHERE name = ?", (site,))
    connection.execute(
        "INSERT INTO main.listings(site, url, section, last_walked_at, kind, nightly) "
        "SELECT site, url, section, last_walked_at, kind, nightly FROM other.listings WHERE site = ? "
        "ORDER BY rowid "
        "ON CONFLICT (site, url) DO UPDATE SET last_walked_at = max(last_walked_at, excluded.last_walked_at)",
        (site,),
    )
    connection.execute(
        "UPDATE main.listings AS l SET open_run = 0, open_since = coalesce(open_since, ?2), links = coalesce("
        "links, (SELECT o.links FROM other.listings AS o WHERE o.site = l.site AND o.url = l.url)) "
        "WHERE site = ?1",
        (site, at),
    )
