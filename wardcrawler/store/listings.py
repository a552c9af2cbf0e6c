"""Rows of ``listings``: how far a section was ever walked. See ``state`` for what they mean."""

import sqlite3


def open_walk(connection: sqlite3.Connection, *, site: str, url: str, section: str, at: str) -> None:
    """A walk begins; an earlier one that did not finish keeps its start."""
    connection.execute(
        """
        INSERT INTO listings(site, url, section, open_since, last_walked_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (site, url) DO UPDATE SET
            section = excluded.section,
            open_since = coalesce(open_since, excluded.open_since),
            last_walked_at = excluded.last_walked_at
        """,
        (site, url, section, at, at),
    )


def finish_walk(connection: sqlite3.Connection, *, site: str, url: str, at: str) -> None:
    """The open walk is whole: from now on a walk may stop at what is known."""
    connection.execute(
        "UPDATE listings SET backfilled_at = coalesce(backfilled_at, ?), open_since = NULL "
        "WHERE site = ? AND url = ?",
        (at, site, url),
    )
