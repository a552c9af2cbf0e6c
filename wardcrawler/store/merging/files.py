"""Merging ``attachments``, and the files themselves: first the file, then its row."""

import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

from wardcrawler.attachments.vault import Vault
from wardcrawler.exit_codes import STORAGE
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.store.search.index import index_new_file

_TEXT = "text, text_status, text_reason, pages, tool, charsets, read_at"


@dataclass
class Files:
    """The number of files that were new, and the paths of those that are not beside the other database."""

    new: int = 0
    missing: list[str] = field(default_factory=list)


def merge_files(connection: sqlite3.Connection, ours: Vault, theirs: Vault) -> Files:
    """Merge the kept files, and count them. A file that is missing keeps its row, for its text may be there;
    the next merge looks for it again. Raises ``DatabaseProblem`` (5) if one cannot be written.
    """
    found = Files()
    for sha256, media_type, size, path in connection.execute(
        "SELECT sha256, media_type, size, path FROM other.attachments ORDER BY rowid"
    ):
        if not _bring(ours, theirs, path, sha256, size):
            found.missing.append(path)
        found.new += connection.execute(
            "INSERT INTO main.attachments(sha256, media_type, size, path) VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO NOTHING",
            (sha256, media_type, size, path),
        ).rowcount
        _merge_text(connection, sha256)
    return found


def _bring(ours: Vault, theirs: Vault, path: str, sha256: str, size: int) -> bool:
    """Bring the file into our vault; return whether it is there."""
    try:
        target, source = ours.place(path), theirs.place(path)
    except ValueError:  # a path out of the vault: not one of ours
        return False
    if _has(target, size):
        return True
    if not _has(source, size):
        return False
    try:
        return ours.adopt(source, path, sha256)
    except OSError as error:
        raise DatabaseProblem(
            f"{ours.root / 'files'} cannot be written: {error.strerror}; free some space and run again",
            STORAGE,
        ) from None


def _has(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False


def _merge_text(connection: sqlite3.Connection, sha256: str) -> None:
    """Keep the text that was read last; if only one database has any, that one."""
    select = f"SELECT {_TEXT} FROM {{}}.attachments WHERE sha256 = ?"
    ours = connection.execute(select.format("main"), (sha256,)).fetchone()
    theirs = connection.execute(select.format("other"), (sha256,)).fetchone()
    if _rank(theirs) <= _rank(ours):
        return
    search_id = index_new_file(connection, theirs[0]) if theirs[0] else None
    connection.execute(
        f"UPDATE main.attachments SET ({_TEXT}, search_id) = (?, ?, ?, ?, ?, ?, ?, ?) WHERE sha256 = ?",
        (*theirs, search_id, sha256),
    )


def _rank(row: tuple[str | None, ...]) -> tuple[bool, str, str]:
    return bool(row[0]), row[6] or "", row[0] or ""
