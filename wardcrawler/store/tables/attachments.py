"""Rows of ``article_attachments`` and ``attachments``: files still to be fetched, and those that are kept.

A row says that a file is kept only after the file is: see ``attachments/vault.py``.
"""

import json
import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlite_utils import Database

from wardcrawler.attachments.readers.result import Reading
from wardcrawler.attachments.vault import StoredFile
from wardcrawler.store.database.clock import Clock, now
from wardcrawler.store.database.connection import transaction, translate_errors
from wardcrawler.store.search.index import index_new_file
from wardcrawler.store.state import REST_AFTER_TOO_MANY
from wardcrawler.store.tables.pages import PageOutcome
from wardcrawler.text.filenames import safe_name

OFFSITE = "offsite"
"""The reason for a file on a host that is none of the portal's: it is never asked for."""

HARDLY_ANY_TEXT = 200
"""Characters. An article with fewer is found by its files or not at all: they come first."""

# One address once, however many articles link to it, else the newest articles first: old files can wait.
_DUE = f"""
SELECT l.url, l.filename, kept.sha256, kept.etag, kept.last_modified, l.failure IS NULL
FROM article_attachments AS l
JOIN articles AS a ON a.id = l.article_id
LEFT JOIN article_attachments AS kept ON kept.rowid = (
    SELECT max(o.rowid) FROM article_attachments AS o WHERE o.url = l.url AND o.sha256 IS NOT NULL
)
WHERE l.sha256 IS NULL
    AND EXISTS (SELECT 1 FROM pages AS p WHERE p.article_id = l.article_id AND p.site = ?)
    AND (l.tries < ? OR l.checked_at <= ?)
ORDER BY length(coalesce(a.lead, '') || coalesce(a.body, '')) >= {HARDLY_ANY_TEXT},
    l.article_id DESC, l.position
"""


@dataclass(frozen=True, slots=True)
class DueFile:
    """A file that is to be fetched. ``sha256`` is that of the file another article has from this address,
    with what its server said of it then; None if none has.
    """

    url: str
    filename: str
    sha256: str | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """A server's answer for a file: when it was asked (``at``, ISO 8601 with +07:00), and its headers;
    ``name`` is the one it gave, or None.
    """

    at: str
    http_status: int | None
    etag: str | None = None
    last_modified: str | None = None
    name: str | None = None


def due_files(
    db: Database, site: str, hosts: Collection[str], *, max_tries: int, clock: Clock = now
) -> Iterator[DueFile]:
    """Yield the files that articles of ``site`` link to on one of ``hosts`` and that were not fetched yet.

    One that failed ``max_tries`` times is left alone for a month after each try. Raises ``DatabaseProblem``.
    """
    month_ago = (datetime.fromisoformat(clock()) - REST_AFTER_TOO_MANY).isoformat(timespec="seconds")
    seen: set[str] = set()
    with translate_errors(db):
        rows = db.execute(_DUE, (site, max_tries, month_ago)).fetchall()
    for url, filename, sha256, etag, last_modified, _ in rows:
        if url not in seen and _host(url) in hosts:
            seen.add(url)
            yield DueFile(url, filename, sha256, etag, last_modified)


def offsite_files(db: Database, site: str, hosts: Collection[str]) -> list[str]:
    """Return addresses of files that articles of ``site`` link to on other hosts, nothing known of them yet.

    Raises ``DatabaseProblem``.
    """
    with translate_errors(db):
        rows = db.execute(_DUE, (site, 1, "")).fetchall()
    return list(dict.fromkeys(url for url, *_, is_fresh in rows if is_fresh and _host(url) not in hosts))


def missing_files(db: Database, site: str) -> list[tuple[str, str]]:
    """Return address and file name of every file that articles of ``site`` link to and that is not kept, each
    address once. Raises ``DatabaseProblem``.
    """
    with translate_errors(db):
        return db.execute(
            "SELECT url, min(filename) FROM article_attachments AS l WHERE sha256 IS NULL AND EXISTS "
            "(SELECT 1 FROM pages AS p WHERE p.article_id = l.article_id AND p.site = ?) GROUP BY url",
            (site,),
        ).fetchall()


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def store_file(
    connection: sqlite3.Connection, url: str, stored: StoredFile, media_type: str, answer: FileAnswer
) -> PageOutcome:
    """Store that the file at ``url`` is kept, for all articles that link there and have none yet."""
    connection.execute(
        "INSERT INTO attachments(sha256, media_type, size, path) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (stored.sha256, media_type, stored.size, stored.path),
    )
    _link(connection, url, stored.sha256, answer)
    return "files"


def confirm_file(connection: sqlite3.Connection, url: str, sha256: str, answer: FileAnswer) -> None:
    """Store that the server says that the file at ``url`` is the one another article has from there."""
    _link(connection, url, sha256, answer)


def _link(connection: sqlite3.Connection, url: str, sha256: str, answer: FileAnswer) -> None:
    rows = connection.execute(
        "SELECT rowid, filename FROM article_attachments WHERE url = ? AND sha256 IS NULL", (url,)
    ).fetchall()
    connection.executemany(
        "UPDATE article_attachments SET sha256 = ?, filename = ?, http_status = ?, checked_at = ?, etag = ?, "
        "last_modified = ?, failure = NULL, tries = 0 WHERE rowid = ?",
        [
            (
                sha256,
                _name(filename, answer.name),
                answer.http_status,
                answer.at,
                answer.etag,
                answer.last_modified,
                rowid,
            )
            for rowid, filename in rows
        ],
    )


def _name(from_address: str, from_server: str | None) -> str:
    """Choose the address' own name, unless only the server's has an extension: ``get_file``,
    ``LinkClick.aspx``.
    """
    is_telling = "." in from_address and not from_address.lower().endswith((".aspx", ".ashx", ".php"))
    return safe_name(from_address) if is_telling or not from_server else from_server


def fail_file(
    connection: sqlite3.Connection, url: str, reason: str, answer: FileAnswer, *, is_try: bool
) -> None:
    """Store why the file at ``url`` could not be fetched; ``is_try`` counts it as a try."""
    connection.execute(
        "UPDATE article_attachments SET failure = ?, http_status = ?, checked_at = ?, tries = tries + ? "
        "WHERE url = ? AND sha256 IS NULL",
        (reason, answer.http_status, answer.at, int(is_try), url),
    )


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A kept file whose text is not known: ``text_status`` is None if it was never read."""

    sha256: str
    media_type: str
    path: str
    text_status: str | None


def unread_files(db: Database, *, with_failed: bool = False) -> list[KeptFile]:
    """Return the files that were never read, and those that a reader was missing for; ``with_failed`` those
    too whose reading failed. Raises ``DatabaseProblem``.
    """
    with translate_errors(db):
        rows = db.execute(
            "SELECT sha256, media_type, path, text_status FROM attachments WHERE text_status IS NULL "
            "OR text_status IN ('needs_reader', 'needs_ocr') OR (? AND text_status = 'failed') "
            "ORDER BY rowid",
            (with_failed,),
        ).fetchall()
    return [KeptFile(*row) for row in rows]


def save_text(db: Database, sha256: str, reading: Reading, clock: Clock = now) -> None:
    """Store what reading the file gave, and index its text. Commits at once. Raises ``DatabaseProblem``."""
    with transaction(db) as connection:
        search_id = index_new_file(connection, reading.text) if reading.text else None
        connection.execute(
            "UPDATE attachments SET text = ?, text_status = ?, text_reason = ?, pages = ?, tool = ?, "
            "charsets = ?, read_at = ?, search_id = ? WHERE sha256 = ?",
            (
                reading.text,
                reading.status,
                reading.reason,
                reading.pages,
                reading.tool,
                json.dumps(reading.charsets) if reading.charsets else None,
                clock(),
                search_id,
                sha256,
            ),
        )
