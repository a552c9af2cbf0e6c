"""Rows of ``archives``, ``captures`` and ``left_out``: the contents of each archive, and what it lacks."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from wardcrawler.store.database.clock import Clock, now
from wardcrawler.store.database.connection import transaction, translate_errors


@dataclass(frozen=True, slots=True)
class CaptureRow:
    """One answer in an archive: the columns of ``captures`` but for id and archive."""

    site: str
    run_id: int | None
    url: str
    method: str
    ts: str
    warc_file: str
    offset: int
    length: int
    digest: str
    status: int
    mime: str | None
    kind: str
    """``article``, ``listing``, ``requisite``, ``robots`` or ``page``."""
    key: str | None = None
    revisit: int = 0
    """1 where the payload is that of another record of the archive with the same digest."""
    truncated: str | None = None


# --- one archive -----------------------------------------------------------------------------------------


def unfinished_archive(db: Database, path: str) -> int | None:
    """Return the id of the archive at ``path`` that no run has finished yet, or None."""
    row = _one(db, "SELECT id FROM archives WHERE path = ? AND finished_at IS NULL", path)
    return int(row[0]) if row else None


def unfinished_path(db: Database, sites: Iterable[str]) -> str | None:
    """Return the path of the latest unfinished preservation of exactly these ``sites``, or None."""
    row = _one(
        db,
        "SELECT path FROM archives AS a WHERE finished_at IS NULL AND purpose = 'archive' AND ? = "
        "(SELECT group_concat(site, ' ') FROM (SELECT site FROM archive_sites WHERE archive_id = a.id "
        "ORDER BY site)) ORDER BY id DESC",
        " ".join(sorted(sites)),
    )
    return str(row[0]) if row else None


def begin_archive(
    db: Database, path: str, purpose: str, sites: Iterable[str], clock: Clock = now
) -> tuple[int, set[str]]:
    """Begin the archive at ``path``, or go on with that of an earlier run that did not finish it; return its
    id and those of ``sites`` that are whole in it. Commits at once. Raises ``DatabaseProblem``.
    """
    archive_id = unfinished_archive(db, path)
    with transaction(db) as connection:
        if archive_id is None:
            archive_id = connection.execute(
                "INSERT INTO archives(path, purpose, started_at) VALUES (?, ?, ?)", (path, purpose, clock())
            ).lastrowid
        connection.executemany(
            "INSERT OR IGNORE INTO archive_sites(archive_id, site) VALUES (?, ?)",
            [(archive_id, site) for site in sites],
        )
        done = connection.execute(
            "SELECT site FROM archive_sites WHERE archive_id = ? AND finished_at IS NOT NULL", (archive_id,)
        ).fetchall()
    assert archive_id is not None  # noqa: S101  # a row was inserted
    return archive_id, {site for (site,) in done}


def finish_archive(db: Database, archive_id: int, names: dict[str, str], clock: Clock = now) -> None:
    """Store that the archive is one whole file; ``names`` maps old names of WARC files to new ones.

    Commits at once. Raises ``DatabaseProblem``.
    """
    with transaction(db) as connection:
        connection.executemany(
            "UPDATE captures SET warc_file = ? WHERE archive_id = ? AND warc_file = ?",
            [(new, archive_id, old) for old, new in names.items()],
        )
        connection.execute("UPDATE archives SET finished_at = ? WHERE id = ?", (clock(), archive_id))


def waiting_sites(db: Database, archive_id: int) -> list[str]:
    """Return the portals of an archive that are not whole in it, by name."""
    rows = db.execute(
        "SELECT site FROM archive_sites WHERE archive_id = ? AND finished_at IS NULL ORDER BY site",
        (archive_id,),
    )
    return [site for (site,) in rows]


def finish_site(connection: sqlite3.Connection, *, archive_id: int, site: str, at: str) -> None:
    """Store that all of the portal that can be fetched is in the archive since ``at``."""
    connection.execute(
        "UPDATE archive_sites SET finished_at = ? WHERE archive_id = ? AND site = ?", (at, archive_id, site)
    )


def reopen_sites(db: Database, archive_id: int) -> None:
    """Store that no portal of the archive is whole in it any more. Commits at once."""
    with transaction(db) as connection:
        connection.execute("UPDATE archive_sites SET finished_at = NULL WHERE archive_id = ?", (archive_id,))


def known_archives(db: Database) -> list[tuple[str, list[str]]]:
    """Return the path of every archive that crawls of this database wrote, in order, with the names of its
    WARC files.

    Raises ``DatabaseProblem``.
    """
    with translate_errors(db):
        rows = db.execute(
            "SELECT a.path, json_group_array(DISTINCT c.warc_file) FROM archives AS a "
            "JOIN captures AS c ON c.archive_id = a.id GROUP BY a.id ORDER BY a.id"
        ).fetchall()
    return [(path, json.loads(names)) for path, names in rows]


# --- captures --------------------------------------------------------------------------------------------

_COLUMNS = tuple(CaptureRow.__dataclass_fields__)
_INSERT = f"INSERT INTO captures(archive_id, {', '.join(_COLUMNS)}) VALUES (?{', ?' * len(_COLUMNS)})"


def store_capture(connection: sqlite3.Connection, archive_id: int, row: CaptureRow) -> None:
    """Insert a capture."""
    connection.execute(_INSERT, (archive_id, *(getattr(row, name) for name in _COLUMNS)))


def replace_captures(db: Database, archive_id: int, warc_file: str, rows: Iterable[CaptureRow]) -> None:
    """Put ``rows`` in the place of all that the file ``warc_file`` was said to hold. Commits at once.

    Raises ``DatabaseProblem``.
    """
    with transaction(db) as connection:
        kept = {
            (url, ts): run_id
            for url, ts, run_id in connection.execute(
                "SELECT url, ts, run_id FROM captures WHERE archive_id = ? AND warc_file = ?",
                (archive_id, warc_file),
            )
        }
        connection.execute(
            "DELETE FROM captures WHERE archive_id = ? AND warc_file = ?", (archive_id, warc_file)
        )
        for row in rows:
            store_capture(connection, archive_id, row)
            if (row.url, row.ts) in kept:
                connection.execute(
                    "UPDATE captures SET run_id = ? WHERE id = last_insert_rowid()", (kept[row.url, row.ts],)
                )


@dataclass(frozen=True, slots=True)
class Place:
    """The place of an answer's record in a WARC file, in bytes; its request's record follows it."""

    warc_file: str
    offset: int
    length: int


def earlier_captures(db: Database, archive_id: int, method: str, url: str, run_id: int) -> list[Place]:
    """Find the whole answers that other runs of this archive than ``run_id`` got from ``url`` and that need
    not be asked for again: it is there, leads elsewhere or is gone. The latest first. A ``run_id`` of 0 takes
    all runs. Raises ``DatabaseProblem``.
    """
    with translate_errors(db):
        rows = db.execute(
            "SELECT warc_file, offset, length FROM captures WHERE archive_id = ? AND method = ? AND url = ? "
            "AND run_id IS NOT ? AND truncated IS NULL "
            "AND (status BETWEEN 200 AND 399 AND status NOT IN (206, 304) OR status IN (404, 410)) "
            "ORDER BY id DESC",
            (archive_id, method, url, run_id),
        ).fetchall()
    return [Place(*row) for row in rows]


def payload_capture(db: Database, archive_id: int, url: str, digest: str) -> Place | None:
    """Find the answer of ``url`` whose record holds the payload with this digest; None if there is none."""
    row = _one(
        db,
        "SELECT warc_file, offset, length FROM captures WHERE archive_id = ? AND url = ? AND digest = ? "
        "AND NOT revisit LIMIT 1",
        archive_id,
        url,
        digest,
    )
    return Place(*row) if row else None


# --- what was left out -------------------------------------------------------------------------------------


def leave_out(
    connection: sqlite3.Connection,
    *,
    archive_id: int,
    site: str,
    url: str,
    via: str | None,
    reason: str,
    at: str,
) -> None:
    """Store that ``url``, which a page of ``site`` at ``via`` needs or names, is not in the archive."""
    connection.execute(
        "INSERT OR REPLACE INTO left_out(archive_id, site, url, via, reason, seen_at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (archive_id, site, url, via, reason, at),
    )


def why_left_out(db: Database, archive_id: int, url: str) -> str | None:
    """Return the reason why ``url`` is not in the archive, or None."""
    row = _one(db, "SELECT reason FROM left_out WHERE archive_id = ? AND url = ?", archive_id, url)
    return str(row[0]) if row else None


_LEFT_OUT = """
SELECT site, url, via, reason FROM left_out WHERE archive_id = :id
UNION ALL
SELECT p.site, p.url, NULL, substr(p.failure, 1, instr(p.failure || ':', ':') - 1)
FROM archives AS a JOIN archive_sites AS s ON s.archive_id = a.id JOIN pages AS p ON p.site = s.site
WHERE a.id = :id AND a.purpose = 'archive' AND p.failure IS NOT NULL
"""


def left_out(db: Database, archive_id: int) -> Iterator[dict[str, Any]]:
    """Yield what was left out and is not in the archive after all by now, in order of site and address, with
    the keys ``url``, ``site``, ``via`` and ``reason``: requisites, and of a preservation the pages that gave
    no article.
    """
    cursor = db.execute(
        f"SELECT * FROM ({_LEFT_OUT}) AS l WHERE NOT EXISTS (SELECT 1 FROM captures AS c "
        "WHERE c.archive_id = :id AND c.url = l.url AND c.status = 200 AND c.truncated IS NULL) "
        "ORDER BY site, url",
        {"id": archive_id},
    )
    for site, url, via, reason in cursor:
        yield {"url": url, "site": site, "via": via, "reason": reason}


def archived_pages(db: Database, archive_id: int) -> Iterator[dict[str, Any]]:
    """Yield articles that the archive shows, then its listings and other pages that portals begin with.

    Keys: ``url``, ``ts``, ``site``, ``key``, ``kind``, and of articles ``title``, ``lead``, ``body`` and
    ``published_at``.
    """
    with translate_errors(db):
        cursor = db.execute(
            """
            SELECT c.url, max(c.ts) AS ts, c.site, c.key, c.kind, coalesce(a.title, l.section) AS title,
                a.lead, a.body, p.published_at
            FROM captures AS c
            LEFT JOIN pages AS p ON p.site = c.site AND p.key = c.key
            LEFT JOIN articles AS a ON a.id = p.article_id
            LEFT JOIN listings AS l ON l.site = c.site AND l.url = c.url
            WHERE c.archive_id = ? AND c.status = 200 AND c.method = 'GET'
                AND (c.kind = 'article' AND a.id IS NOT NULL OR c.kind IN ('listing', 'page'))
            GROUP BY c.archive_id, c.url
            """,
            (archive_id,),
        )
        names = [column[0] for column in cursor.description]
        for row in cursor:
            yield dict(zip(names, row, strict=True))


def _one(db: Database, sql: str, *parameters: object) -> tuple[Any, ...] | None:
    with translate_errors(db):
        row: tuple[Any, ...] | None = db.execute(sql, parameters).fetchone()
    return row
