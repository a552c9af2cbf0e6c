"""Rows of ``listings``: the walks of each section, and how its first page usually looks. See ``state``."""

import json
import sqlite3
from collections.abc import Mapping

REMEMBERED = 10
"""Counts of article links on a section's first page that are kept: one of each whole walk."""


def open_walk(
    connection: sqlite3.Connection, *, site: str, url: str, section: str, at: str, run: int, kind: str
) -> None:
    """Store that a walk begins; an earlier one that did not finish keeps its start."""
    connection.execute(
        """
        INSERT INTO listings(site, url, section, open_since, last_walked_at, open_run, kind)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (site, url) DO UPDATE SET
            section = excluded.section,
            kind = excluded.kind,
            open_since = coalesce(open_since, excluded.open_since),
            last_walked_at = excluded.last_walked_at,
            open_run = coalesce(open_run, excluded.open_run)
        """,
        (site, url, section, at, at, run, kind),
    )


def note_page(connection: sqlite3.Connection, *, site: str, url: str, title: str, at: str) -> None:
    """Store that a page of a menu lists no articles; one that ever did stays what it is."""
    connection.execute(
        """
        INSERT INTO listings(site, url, section, last_walked_at, kind, nightly) VALUES (?, ?, ?, ?, 'page', 0)
        ON CONFLICT (site, url) DO UPDATE SET last_walked_at = excluded.last_walked_at WHERE kind = 'page'
        """,
        (site, url, title, at),
    )


def end_look(connection: sqlite3.Connection, *, site: str, nightly: Mapping[str, int], at: str) -> None:
    """Store that a portal was looked over. Every night the lists ``nightly`` are walked, by address, so many
    pages deep at least; the others when it is looked over again.
    """
    connection.execute("UPDATE sites SET looked_at = ? WHERE name = ?", (at, site))
    connection.execute("UPDATE listings SET nightly = 0 WHERE site = ?", (site,))
    connection.executemany(
        "UPDATE listings SET nightly = 1, depth = ? WHERE site = ? AND url = ?",
        [(depth, site, url) for url, depth in nightly.items()],
    )


def reopen(connection: sqlite3.Connection, *, site: str, at: str, run: int) -> None:
    """Mark all sections as open, for pages that the run ``run`` brought came from no walk. The next walk of
    each section must not stop at them: what lies between them and the articles of before may be missing.
    """
    connection.execute(
        "UPDATE listings SET open_since = coalesce(open_since, ?), open_run = ? "
        "WHERE site = ? AND open_run IS NULL",
        (at, run, site),
    )


def finish_walk(connection: sqlite3.Connection, *, site: str, url: str, at: str, links: int) -> None:
    """Store that the open walk is whole: from now on a walk may stop at what is known. Its first page named
    ``links`` articles; none at all is not remembered, so that an emptied section never becomes the usual.
    """
    row = connection.execute("SELECT links FROM listings WHERE site = ? AND url = ?", (site, url)).fetchone()
    counts = json.loads(row[0]) if row and row[0] else []
    counts = [*counts, links][-REMEMBERED:] if links else counts
    connection.execute(
        "UPDATE listings SET backfilled_at = coalesce(backfilled_at, ?), open_since = NULL, open_run = NULL, "
        "links = ? WHERE site = ? AND url = ?",
        (at, json.dumps(counts), site, url),
    )
