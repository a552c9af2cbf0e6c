"""Rows of ``runs``: one for each portal in each run."""

import json
from collections.abc import Mapping
from contextlib import nullcontext
from datetime import datetime, timedelta

from sqlite_utils import Database

from wardcrawler.exit_codes import USAGE
from wardcrawler.store.database.clock import Clock, now
from wardcrawler.store.database.connection import synced, transaction, translate_errors
from wardcrawler.store.database.errors import DatabaseProblem

RUNNING = "running"
REPARSING, REPARSED = "reparsing", "reparsed"
"""Outcomes of a run that read archives; REPARSING is one that did not reach its end. No portal was asked:
such runs say nothing of its health.
"""
KILLED = "the process ended before the run did: killed, crashed or without power"

COUNTS = (
    "requests", "pages", "new", "changed", "unchanged", "duplicates", "gone", "errors", "bytes", "rechecked",
    "files", "seen", "covered",
)  # fmt: skip
"""The columns of ``runs`` that count something."""

CLOCK_TOLERANCE = timedelta(hours=1)


def require_clock(db: Database, clock: Clock = now) -> None:
    """Raise ``DatabaseProblem`` (2) if the clock is behind the last run's start by more than an hour.

    A run under a wrong clock would write wrong times, and take the dates of new articles for future ones.
    """
    with translate_errors(db):
        row = db.execute("SELECT started_at FROM runs ORDER BY id DESC LIMIT 1").fetchone()
    present = clock()
    if row and datetime.fromisoformat(row[0]) - datetime.fromisoformat(present) > CLOCK_TOLERANCE:
        raise DatabaseProblem(
            f"this machine's clock says {present[:16]}, but the last run began {row[0][:16]}; set the clock "
            "(or, if it was wrong then, run once with --set WARDCRAWLER_TRUST_CLOCK=1)",
            USAGE,
        )


def start_run(
    db: Database, site: str, command: str, version: str, clock: Clock = now, *, tls: str | None = None
) -> int:
    """Insert the row of a run that begins, with the outcome 'running', and return its id. Commits at once.

    ``tls`` says whether certificates are verified (docs/politeness.md): where they are not, anybody between
    could have written what is stored.

    Runs of this site that still stand as 'running' were killed: they become 'interrupted', without an
    end, for a database has one run at a time (see ``lock``). Raises ``DatabaseProblem``.
    """
    with transaction(db) as connection:
        connection.execute(
            "UPDATE runs SET outcome = 'interrupted', reason = ? WHERE site = ? AND outcome = ?",
            (KILLED, site, RUNNING),
        )
        run = {
            "site": site,
            "started_at": clock(),
            "outcome": RUNNING,
            "command": command,
            "version": version,
            "tls": tls,
        }
        db.table("runs").insert(run)
        run_id: int = db.execute("SELECT last_insert_rowid()").fetchone()[0]
    return run_id


def start_reparse(db: Database, site: str, command: str, version: str, clock: Clock = now) -> int:
    """Insert the row of a run that reads archives, and return its id. Commits at once. Raises
    ``DatabaseProblem``.
    """
    with transaction(db) as connection:
        run_id = connection.execute(
            "INSERT INTO runs(site, started_at, outcome, command, version) VALUES (?, ?, ?, ?, ?)",
            (site, clock(), REPARSING, command, version),
        ).lastrowid
    assert run_id is not None  # noqa: S101  # a row was inserted
    return run_id


def crawl_times(db: Database, site: str, clock: Clock = now) -> list[tuple[str, str]]:
    """Return when crawls of ``site`` began and ended, the earliest first. One that was killed counts until
    the next began. Raises ``DatabaseProblem``.
    """
    with translate_errors(db):
        rows = db.execute(
            "SELECT started_at, coalesce(finished_at, lead(started_at) OVER (ORDER BY id), ?) FROM runs "
            "WHERE site = ? AND outcome NOT IN (?, ?) ORDER BY started_at",
            (clock(), site, REPARSING, REPARSED),
        )
        return [(began, ended) for began, ended in rows]


def finish_run(
    db: Database,
    run_id: int,
    outcome: str,
    reason: str | None,
    refused: Mapping[str, int] | None = None,
    clock: Clock = now,
    to_disk: bool = True,
    left_out: Mapping[str, int] | None = None,
    /,
    **counts: int,
) -> None:
    """Complete the row of a run. Commits at once, and to the disk itself: what a finished run stored
    survives a power cut. With ``to_disk`` False that is left to the caller (``connection.sync``), who ends
    many runs and syncs once for all.

    ``refused`` counts the pages that gave no article by reason, ``left_out`` the addresses that were seen and
    not asked for; they are stored as JSON objects. ``counts`` are those of ``COUNTS`` (``bytes`` are those of
    downloads). Raises ``DatabaseProblem``; ``ValueError``
    for a count that is no column.
    """
    if unknown := counts.keys() - set(COUNTS):
        raise ValueError(f"runs has no count {', '.join(sorted(unknown))}")
    end = {
        "finished_at": clock(),
        "outcome": outcome,
        "reason": reason,
        "refused": _as_json(refused),
        "left_out": _as_json(left_out),
    }
    with synced(db) if to_disk else nullcontext(), transaction(db):
        db.table("runs").update(run_id, {**end, **counts})


def _as_json(counts: Mapping[str, int] | None) -> str | None:
    return json.dumps(counts, ensure_ascii=False, sort_keys=True) if counts else None


def running_run(db: Database, site: str) -> int | None:
    """Return the id of the run of ``site`` that still stands as running, or None.

    Raises ``DatabaseProblem``.
    """
    with translate_errors(db):
        row = db.execute(
            "SELECT max(id) FROM runs WHERE site = ? AND outcome = ?", (site, RUNNING)
        ).fetchone()
    run_id: int | None = row[0]
    return run_id


def run_start(db: Database, run_id: int | None) -> str | None:
    """Return when a run began, as its row says; None without a row. Raises ``DatabaseProblem``."""
    with translate_errors(db):
        row = db.execute("SELECT started_at FROM runs WHERE id = ?", (run_id,)).fetchone()
    return row[0] if row else None
