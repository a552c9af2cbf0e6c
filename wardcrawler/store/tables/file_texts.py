"""Texts of kept files: the text columns of ``attachments``, and its search index."""

import json
from dataclasses import dataclass

from sqlite_utils import Database

from wardcrawler.attachments.readers.result import Reading
from wardcrawler.store.database.clock import Clock, now
from wardcrawler.store.database.connection import transaction, translate_errors
from wardcrawler.store.search.index import index_new_file


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
