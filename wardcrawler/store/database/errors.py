"""Problems of a database file, each in one line for people and as one exit code for scripts."""

import sqlite3
from pathlib import Path

from wardcrawler.exit_codes import LOCKED, STORAGE, USAGE


class DatabaseProblem(Exception):
    """The database cannot be used or written.

    ``message`` is one line that names the file and the remedy; ``exit_code`` is one of
    :mod:`wardcrawler.exit_codes`: 2 (wrong file), 5 (it could not be read or written) or 75 (locked).
    """

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.message = message
        self.exit_code = exit_code


_LOCKED = ("is being written by another program; try again when that has ended", LOCKED)

_KNOWN: dict[int, tuple[str, int]] = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_PROTOCOL: _LOCKED,
    sqlite3.SQLITE_FULL: ("could not be written: the disk is full; free some space and run again", STORAGE),
    sqlite3.SQLITE_IOERR: ("could not be read or written: disk I/O error; check the disk", STORAGE),
    sqlite3.SQLITE_READONLY: ("is read-only; make the file and its folder writable or use another", STORAGE),
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened; check the rights to the file and its folder", STORAGE),
    sqlite3.SQLITE_PERM: ("cannot be opened; check the rights to the file and its folder", STORAGE),
    sqlite3.SQLITE_CORRUPT: ("is damaged; restore a backup or rescue it with sqlite3's .recover", STORAGE),
    sqlite3.SQLITE_NOTADB: ("is not an SQLite database; name another file", USAGE),
}


_INDEXES = ("articles_fts", "attachments_fts")


def index_problem(path: Path | str, trouble: str) -> DatabaseProblem:
    """Make the problem of a search index of the database at ``path``: ``trouble``, and how to heal it."""
    return DatabaseProblem(
        f"the search index of {path} {trouble}; 'wardcrawler reindex' makes it anew", STORAGE
    )


def problem_from(error: sqlite3.Error, path: Path | str) -> DatabaseProblem | None:
    """Return the problem behind an error of SQLite, or None where it is the program's fault, not the file's.

    ``path`` is what people know the database by.
    """
    code = getattr(error, "sqlite_errorcode", None)
    if "no such table" in str(error) and str(error).endswith(_INDEXES):
        return index_problem(path, "is missing")
    if code == sqlite3.SQLITE_CORRUPT_VTAB or (code == sqlite3.SQLITE_ERROR and _names_index(error)):
        return index_problem(path, "is damaged")
    if code is None or code & 0xFF not in _KNOWN:
        return None
    words, exit_code = _KNOWN[code & 0xFF]  # the low byte is the primary result code
    return DatabaseProblem(f"{path} {words}", exit_code)


# What FTS5 says of tables that are missing under it. SQLite's own errors are never without details.
_OF_AN_INDEX = (*_INDEXES, "fts5 file format", "SQL logic error")


def _names_index(error: sqlite3.Error) -> bool:
    return any(words in str(error) for words in _OF_AN_INDEX)
