"""Rows of ``listings``: the walks of each section, and how its first page usually looks. See ``state``."""

import json
import sqlite3

REMEMBERED = 10
"""Counts of article links on a section's first page that are kept: one of each whole walk."""


def open_walk(
    connection: sqlite3.Connection, *, site: str, url: str, section: str, at: str, run: int
) -> None:
    """Store that a walk begins; an earlier one that did not finish keeps its start."""
    connection.execute(
        """
        INSERT INTO listings(site, url, section, open_since, last_walked_at, open_run)
        VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (site, url) DO UPDATE SET
            section = excluded.section,
            open_since = coalesce(open_since, excluded.open_since),
            last_walked_at = excluded.last_walked_at,
            open_run = coalesce(open_run, excluded.open_run)
        """,
        (site, url, section, at, at, run),
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
