"""Whole copies of a database, made while others go on writing into it."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from wardcrawler.attachments.atomic import remove_leftovers, replace_durably, temporary_file
from wardcrawler.exit_codes import LOCKED, STORAGE, USAGE
from wardcrawler.store.database.connection import (
    connect_read_only,
    is_database,
    is_part_of,
    translate_errors,
)
from wardcrawler.store.database.errors import DatabaseProblem, problem_from
from wardcrawler.store.database.lock import lock_is_held

PAGES_A_STEP = 2_000
"""About 8 MB: often enough for a progress bar and for Ctrl-C, too seldom to cost anything."""

Progress = Callable[[int, int], None]
"""Called with the number of pages copied so far and of all of them."""


def back_up(db_path: Path, target: Path, on_progress: Progress = lambda done, total: None) -> int:
    """Copy the database at ``db_path`` to the file ``target``; return the size of the copy in bytes.

    The copy is the database of the moment the copying began, in one file that is complete without any
    other. It is made beside ``target`` and takes its name when it is whole, checked and on the disk: until
    then, and if anything goes wrong, an earlier ``target`` stays as it is. Needs no lock: a crawl may run.

    Raises ``DatabaseProblem``: 2 where ``db_path`` is no database or ``target`` cannot be meant, 75 where
    ``target`` is a database in use, 5 where reading or writing fails.
    """
    target = Path(os.path.realpath(target))
    with closing(connect_read_only(db_path)) as source:
        _require_sensible(db_path, target)
        remove_leftovers(target)
        with _writing(target), temporary_file(target) as file:
            copy = Path(file.name)
            _copy(source, db_path, copy, target, on_progress)
            _check(copy, db_path, target)
            like = target if target.exists() else db_path
            size = copy.stat().st_size
            replace_durably(copy, target, like.stat().st_mode & 0o777)
            return size


def _require_sensible(db_path: Path, target: Path) -> None:
    if target.is_dir():
        raise DatabaseProblem(f"{target} is a folder; name a file in it", USAGE)
    if not target.parent.is_dir():
        raise DatabaseProblem(
            f"{target} cannot be made: there is no folder {target.parent}; make it, or mount its disk", USAGE
        )
    is_database(target)  # or nothing, or empty; of anything else it complains
    if is_part_of(target, db_path):
        raise DatabaseProblem(f"{target} is the database itself, or a part of it; name another file", USAGE)
    # A journal that stays beside a file which is replaced would be played into the new one.
    journals = (target.with_name(target.name + end) for end in ("-wal", "-journal"))
    if lock_is_held(target) or any(journal.exists() for journal in journals):
        raise DatabaseProblem(f"{target} is a database in use; name another file", LOCKED)


def _copy(source: sqlite3.Connection, db_path: Path, copy: Path, target: Path, on_progress: Progress) -> None:
    # Nobody else knows the copy: no locks, no journal, and one fsync at the end. So it may also be made
    # on a network file system.
    uri = f"{copy.as_uri()}?nolock=1"
    with _writing(target), closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as destination:
        destination.execute("PRAGMA journal_mode = OFF")
        destination.execute("PRAGMA synchronous = OFF")
        with translate_errors(db_path):
            # A backup in steps begins anew whenever another process writes, for ever while a crawl does,
            # unless a transaction of ours holds on to one state (https://sqlite.org/backup.html). With a
            # write-ahead log it keeps no writer waiting; the log cannot be emptied meanwhile, that is all.
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        try:
            source.backup(
                destination,
                pages=PAGES_A_STEP,
                progress=lambda status, remaining, total: on_progress(total - remaining, total),
            )
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_CORRUPT:
                raise problem_from(error, db_path) or error from None
            raise
        source.execute("ROLLBACK")
    with _writing(target), copy.open("r+b") as file:
        # "Version of the file format for writing and reading": 2 says that there is a write-ahead log, which
        # readers would want to make beside the file; 1 that there is none
        # (https://sqlite.org/fileformat2.html, 1.3.3). A crawl into the copy turns it on again.
        file.seek(18)
        file.write(b"\x01\x01")
        os.fsync(file.fileno())


def _check(copy: Path, db_path: Path, target: Path) -> None:
    with closing(sqlite3.connect(f"{copy.as_uri()}?mode=ro&immutable=1", uri=True)) as db, _writing(target):
        try:
            (first, *_) = db.execute("PRAGMA integrity_check(1)").fetchone()
        except sqlite3.DatabaseError as error:
            first = str(error)
    if first != "ok":
        kept = f"; {target} stays as it was" if target.exists() else ""
        raise DatabaseProblem(
            f"{db_path} is damaged, its copy fails the check ({' '.join(first.split())}){kept}; restore an "
            "earlier backup or rescue it with sqlite3's .recover",
            STORAGE,
        )


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    """Name ``target``, which people know, in the problem of whatever fails, not the file beside it."""
    try:
        with translate_errors(target):
            yield
    except OSError as error:
        raise DatabaseProblem(
            f"{target} could not be written: {error.strerror}; name a file on another disk",
            STORAGE,
        ) from None
