"""Opening a database, with what is refused before anything is written; transactions; syncing to the disk."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlite_utils import Database

from wardcrawler.exit_codes import STORAGE, USAGE
from wardcrawler.store.database.errors import DatabaseProblem, problem_from
from wardcrawler.store.database.filesystem import require_local
from wardcrawler.store.schema.migrations import MIGRATIONS, migration_names

BUSY_TIMEOUT = 30.0
"""Seconds to wait for another writer: its longest transaction is one batch."""

_MAGIC = b"SQLite format 3\0"

_CACHE_KIB = 8_000
"""A tenth faster at 40,000 articles than SQLite's 2,000; more than 8,000 makes no difference."""


def open_database(
    path: Path | str, *, create: bool = True, read_only: bool = False, busy_timeout: float = BUSY_TIMEOUT
) -> Database:
    """Open the database at ``path``, made (with its folder) or migrated if need be.

    ``create=False`` requires that it is there. ``read_only`` does too, and never migrates. An empty file
    is a new database. Opening one that is up to date writes nothing and waits for nobody.

    Raises :class:`DatabaseProblem` with exit code 2 for a path that holds no database of ours, or one
    that a newer program wrote, or where none is, or, to write, on a network file system; 5 if it cannot be
    read or written; 75 if another program keeps it locked for longer than ``busy_timeout`` seconds.
    """
    path = Path(path)
    is_new = not _is_there(path)
    if is_new and (read_only or not create):
        raise DatabaseProblem(f"{path} does not exist; crawl first or name another database", USAGE)
    if not read_only:
        require_local(path)
        _require_writable(path, is_new)
    with translate_errors(path):
        db = _connect(path, _reading_mode(path) if read_only else "rwc" if is_new else "rw", busy_timeout)
        try:
            _prepare(db, path, read_only)
        except BaseException:
            db.close()
            raise
    return db


def is_up_to_date(path: Path) -> bool:
    """Return True if the database at ``path`` has the schema of this program, False if it has an older one.

    Raises :class:`DatabaseProblem`: 2 where there is none, or one that is not ours, or a newer one.
    """
    with closing(connect_read_only(path)) as connection, translate_errors(path):
        return not _has_pending_migrations(Database(connection, execute_plugins=False), path)


def read_only_uri(path: Path) -> str:
    """Return the URI by which SQLite opens the database at ``path`` to read it; ``ATTACH`` takes it too."""
    return f"{path.absolute().as_uri()}?mode={_reading_mode(path)}"


def connect_read_only(path: Path) -> sqlite3.Connection:
    """Open a connection that only reads, to a database that any version of wardcrawler wrote.

    Raises :class:`DatabaseProblem`: 2 where there is none, 5 if it cannot be read.
    """
    if not is_database(path):
        raise DatabaseProblem(f"{path} does not exist, or is empty; name another database", USAGE)
    with translate_errors(path):
        db = _connect(path, _reading_mode(path), BUSY_TIMEOUT)
        try:
            is_ours = bool(list(MIGRATIONS.applied(db)))
        except BaseException:
            db.close()
            raise
    if not is_ours:
        db.close()
        raise DatabaseProblem(f"{path} is not a database of wardcrawler; name another file", USAGE)
    return db.conn


def is_database(path: Path) -> bool:
    """Return whether there is a database of SQLite at ``path``, of any program; an empty file is none yet.

    Raises :class:`DatabaseProblem` (2 or 5) for a file that is something else, or cannot be read.
    """
    return _is_there(path) and path.stat().st_size > 0


def is_part_of(path: Path, db_path: Path) -> bool:
    """Return whether ``path`` is the database at ``db_path`` itself, its journal or its lock file."""
    database = Path(os.path.realpath(db_path))
    parts = (database, *(database.with_name(database.name + end) for end in ("-wal", "-shm", ".lock")))
    return Path(os.path.realpath(path)) in parts or (path.exists() and path.samefile(database))


@contextmanager
def translate_errors(source: Path | Database) -> Iterator[None]:
    """Turn SQLite's errors about the file (a path or an open database) into :class:`DatabaseProblem`."""
    try:
        yield
    except sqlite3.Error as error:
        problem = problem_from(error, source if isinstance(source, Path) else path_of(source))
        if problem is None:
            raise
        raise problem from error


@contextmanager
def transaction(db: Database) -> Iterator[sqlite3.Connection]:
    """Do what is inside in one transaction: committed as a whole, or not at all.

    ``Database.atomic`` begins a deferred transaction, which SQLite aborts at once, without waiting, when
    another program writes between its first read and its first write. IMMEDIATE takes the lock first.
    Raises :class:`DatabaseProblem`.
    """
    with translate_errors(db):
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield db.conn
            db.conn.execute("COMMIT")
        except BaseException:
            if db.conn.in_transaction:  # SQLite itself rolls back after some errors
                with suppress(sqlite3.Error):  # the first error is the one to tell
                    db.conn.execute("ROLLBACK")
            raise


@contextmanager
def synced(db: Database) -> Iterator[None]:
    """Bring what is committed inside, and all that was before, to the disk before its commit returns.

    With ``synchronous = NORMAL`` a commit is safe from the death of the process, but reaches the disk at a
    checkpoint only: a power cut may take it. A commit under FULL syncs the journal, with all that any process
    committed to it before.
    """
    db.execute("PRAGMA synchronous = FULL")
    try:
        yield
    finally:
        db.execute("PRAGMA synchronous = NORMAL")


def sync(db: Database) -> None:
    """Put all that was committed on the disk. Raises :class:`DatabaseProblem`."""
    with synced(db), transaction(db) as connection:
        # Only a transaction that writes is synced. This writes the database's first page as it was.
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        connection.execute(f"PRAGMA user_version = {version}")


def path_of(db: Database) -> str:
    """Return the file of an open database."""
    return str(db.execute("PRAGMA database_list").fetchone()[2])


def _is_there(path: Path) -> bool:
    try:
        if path.is_dir():
            raise DatabaseProblem(f"{path} is a folder; name a file in it", USAGE)
        if path.exists() and not path.is_file():
            raise DatabaseProblem(f"{path} is not a regular file; name another", USAGE)
        with path.open("rb") as file:
            beginning = file.read(len(_MAGIC))
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        code = STORAGE if isinstance(error, PermissionError) else USAGE
        raise DatabaseProblem(f"{path} cannot be opened: {error.strerror}; name another file", code) from None
    # SQLite would take a file of a few bytes for an empty database, and write over it.
    if beginning not in (b"", _MAGIC):
        raise DatabaseProblem(f"{path} is not an SQLite database; name another file", USAGE)
    return True


def _require_writable(path: Path, is_new: bool) -> None:
    if is_new:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            why = "its folder is a file" if isinstance(error, FileExistsError) else error.strerror
            raise DatabaseProblem(
                f"{path} cannot be created: {why}; name a file in another folder", STORAGE
            ) from None
    # SQLite opens what it may not write as read-only, and says so only at the first write.
    elif not os.access(path, os.W_OK, effective_ids=True):
        raise DatabaseProblem(f"{path} is read-only; make it writable or use another database", STORAGE)
    if not os.access(path.resolve().parent, os.W_OK, effective_ids=True):
        raise DatabaseProblem(
            f"{path} cannot be written: its folder is read-only, and SQLite keeps its journal there; "
            "make the folder writable or use another",
            STORAGE,
        )


def _reading_mode(path: Path) -> str:
    """Return the mode, for SQLite's URI, in which the database at ``path`` is opened for reading.

    To read a database in WAL mode SQLite makes files beside it. Where it may not, and no journal says
    that anybody writes, the file is read as one that does not change.
    """
    file = path.resolve()
    if os.access(file.parent, os.W_OK, effective_ids=True) or file.with_name(f"{file.name}-wal").exists():
        return "ro"
    return "ro&immutable=1"


def _connect(path: Path, mode: str, busy_timeout: float) -> Database:
    # sqlite-utils opens no URIs, and without one SQLite would create what is missing.
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=busy_timeout, isolation_level=None
    )
    return Database(connection, execute_plugins=False)


def _prepare(db: Database, path: Path, read_only: bool) -> None:
    has_pending = _has_pending_migrations(db, path)
    if read_only:
        if has_pending:
            raise DatabaseProblem(
                f"{path} is empty or from an older wardcrawler; run a crawl on it to bring it up to date",
                USAGE,
            )
        return
    db.enable_wal()
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    if has_pending:
        with transaction(db):
            MIGRATIONS.apply(db)


def _has_pending_migrations(db: Database, path: Path) -> bool:
    """Return whether the schema is older than the program. Raises if it is newer, or not ours."""
    # In this order: another program may be making the database just now, in one transaction.
    has_tables = db.execute("SELECT EXISTS (SELECT 1 FROM sqlite_schema)").fetchone() == (1,)
    applied = {migration.name for migration in MIGRATIONS.applied(db)}
    known = migration_names()
    if unknown := applied - known:
        raise DatabaseProblem(
            f"{path} was written by a newer wardcrawler (migration {max(unknown)}); upgrade wardcrawler",
            USAGE,
        )
    if has_tables and not applied:
        raise DatabaseProblem(f"{path} is the database of another program; name another file", USAGE)
    return applied != known
