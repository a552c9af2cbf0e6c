"""Merging everything another database knows into ours, as if one had crawled all of it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from glob import escape
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TypeVar

from sqlite_utils import Database

from wardcrawler.attachments.vault import Vault
from wardcrawler.exit_codes import STORAGE, USAGE
from wardcrawler.store.database.backup import back_up
from wardcrawler.store.database.clock import Clock, now
from wardcrawler.store.database.connection import (
    connect_read_only,
    is_up_to_date,
    open_database,
    read_only_uri,
    synced,
    transaction,
    translate_errors,
)
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.store.merging import TEMPORARY
from wardcrawler.store.merging.archives import merge_archives
from wardcrawler.store.merging.articles import merge_articles, update_last_changed
from wardcrawler.store.merging.files import merge_files
from wardcrawler.store.merging.pages import merge_pages
from wardcrawler.store.merging.runs import merge_runs
from wardcrawler.store.merging.sites import merge_sites

Progress = Callable[[str, int, int], None]
"""Called with what is being merged ("articles", "pages"), how many are done, and of how many."""

_ROWS_A_CALL = 200
_Row = TypeVar("_Row")


@dataclass
class Merged:
    """Counts of what one database brought: rows that were new, pages that were known and are otherwise now,
    texts of pages that were edited, archives that are not whole and were left out; files that were not there.
    """

    path: str
    sites: int = 0
    articles: int = 0
    known_articles: int = 0
    pages: int = 0
    changed_pages: int = 0
    revisions: int = 0
    files: int = 0
    runs: int = 0
    archives: int = 0
    unfinished_archives: int = 0
    missing_files: list[str] = field(default_factory=list)


def merge(
    db: Database, db_path: Path, other_path: Path, progress: Progress = lambda *_: None, clock: Clock = now
) -> Merged:
    """Merge the database at ``other_path`` into ``db``, which is open to write at ``db_path``, locked.

    The other one is only read; one of an older wardcrawler is copied beside ours, and the copy brought up to
    date. All of it is one transaction: after a kill at any moment nothing of it is there, or all. A second
    merge of the same changes nothing. Files are kept before any row says so.

    Raises ``DatabaseProblem``: 2 for what is no database of ours, or of a newer program, or ours itself, 5
    for what cannot be read or written, 75 for a database that is locked.
    """
    _require_another(db_path, other_path)
    _require_whole(other_path)
    with (
        _up_to_date(other_path, db_path) as path,
        _attached(db, path, other_path),
        synced(db),
        transaction(db) as connection,
    ):
        found = _merge(connection, Vault(db_path), Vault(other_path), progress, clock())
    found.path = str(other_path)
    return found


def _require_whole(path: Path) -> None:
    """Read all of the other database before anything of it is taken: SQLite notices damage only where it
    reads, and does not say then which of two databases is damaged.
    """
    with translate_errors(path), closing(connect_read_only(path)) as connection:
        try:
            verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):  # locked, or the disk cannot be read
                raise
            verdict = str(error)
    if verdict != "ok":
        what = " ".join(verdict.split())
        raise DatabaseProblem(
            f"{path} is damaged ({what}); restore a backup or rescue it with sqlite3's .recover", STORAGE
        )


def require_mergeable(db_path: Path, other_path: Path) -> None:
    """Raise ``DatabaseProblem`` (2 or 5) for a database that cannot be merged into the one at ``db_path``."""
    _require_another(db_path, other_path)
    is_up_to_date(other_path)


def _require_another(db_path: Path, other_path: Path) -> None:
    if other_path.exists() and db_path.exists() and other_path.samefile(db_path):
        raise DatabaseProblem(f"{other_path} is the database itself; name another to merge into it", USAGE)


@contextmanager
def _up_to_date(other_path: Path, db_path: Path) -> Iterator[Path]:
    """Provide the other database, or a copy of it in the schema of this program, removed at the end."""
    database = db_path.resolve()
    prefix = f".{database.name}.merging-"
    for left_behind in database.parent.glob(f"{escape(prefix)}*"):  # by a kill; we hold the lock
        rmtree(left_behind, ignore_errors=True)
    if is_up_to_date(other_path):
        yield other_path
        return
    own = Path(mkdtemp(prefix=prefix, dir=database.parent))
    try:
        back_up(other_path, own / "copy.db")
        open_database(own / "copy.db").close()
        yield own / "copy.db"
    finally:
        rmtree(own, ignore_errors=True)


@contextmanager
def _attached(db: Database, path: Path, other_path: Path) -> Iterator[None]:
    with translate_errors(other_path):
        db.execute("ATTACH ? AS other", (read_only_uri(path),))
        # The journal of what is attached is asked for at the first look, and may be refused.
        db.execute("SELECT count(*) FROM other.sqlite_schema").fetchone()
    try:
        yield
    finally:
        with suppress(sqlite3.Error):  # of a merge that failed: the first error is the one to tell
            for table in TEMPORARY:
                db.execute(f"DROP TABLE IF EXISTS temp.{table}")
            db.execute("DETACH other")


def _merge(connection: sqlite3.Connection, ours: Vault, theirs: Vault, progress: Progress, at: str) -> Merged:
    found = Merged("", sites=merge_sites(connection))
    runs = merge_runs(connection, at)
    found.runs = runs.new
    files = merge_files(connection, ours, theirs)
    found.files, found.missing_files = files.new, files.missing
    for is_new in _with_progress(merge_articles(connection), connection, "articles", progress):
        found.articles += is_new
        found.known_articles += not is_new
    for page in _with_progress(merge_pages(connection, runs), connection, "pages", progress):
        found.pages += page.is_new
        found.changed_pages += page.is_changed
        found.revisions += page.revisions
    update_last_changed(connection)
    found.archives, found.unfinished_archives = merge_archives(connection, runs)
    return found


def _with_progress(
    rows: Iterator[_Row], connection: sqlite3.Connection, table: str, progress: Progress
) -> Iterator[_Row]:
    """Yield ``rows``, and call ``progress`` now and then."""
    (total,) = connection.execute(f"SELECT count(*) FROM other.{table}").fetchone()
    for done, row in enumerate(rows, 1):
        yield row
        if done % _ROWS_A_CALL == 0 or done == total:
            progress(table, done, total)
