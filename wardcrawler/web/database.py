"""Database as Datasette and our pages read it: never written, live, and perhaps replaced meanwhile."""

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from datasette.app import Datasette
from datasette.database import Database as DatasetteDatabase

from wardcrawler.store import Database
from wardcrawler.store.database.connection import open_database

NAME = "wardcrawler"
"""The database's name in addresses, whatever its file is called: links and scripts stay good."""

LONGEST = 5.0
"""Seconds that one of our pages may ask the database."""

_Result = TypeVar("_Result")


class LiveDatabase(DatasetteDatabase):
    """A database that is opened as every command of ours opens it, and anew when another file stands at its
    path or its schema changed: one that was restored or migrated is seen, one that is too new refused.

    Everything raises ``DatabaseProblem``.
    """

    def __init__(self, datasette: Datasette, path: str) -> None:
        super().__init__(datasette, path, is_mutable=True)
        self._of_thread = threading.local()

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], _Result]) -> _Result:
        """Call ``fn`` with a connection in one of Datasette's threads, and return what it returns."""
        return await asyncio.get_running_loop().run_in_executor(
            self.ds.executor, lambda: fn(self._connection())
        )

    async def execute(self, *arguments: Any, **options: Any) -> Any:
        """Execute SQL as Datasette does, but show a mistake in somebody's SQL to him, and do not log it."""
        return await super().execute(*arguments, **{**options, "log_sql_errors": False})

    def connect(self, write: bool = False) -> sqlite3.Connection:
        """Open a connection that only reads."""
        if write:
            raise sqlite3.OperationalError("the database is only read here")
        return open_database(Path(self.path), read_only=True).conn

    def _connection(self) -> sqlite3.Connection:
        known = self._of_thread
        state = (_identity(Path(self.path)), _schema_version(getattr(known, "connection", None)))
        if state != getattr(known, "state", None) or state[0] is None:
            if getattr(known, "connection", None) is not None:
                known.connection.close()
                known.connection = None
            connection = self.connect()
            self.ds._prepare_connection(connection, self.name)
            known.connection = connection
            known.state = (_identity(Path(self.path)), _schema_version(connection))
        found: sqlite3.Connection = known.connection
        return found


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _schema_version(connection: sqlite3.Connection | None) -> int | None:
    if connection is None:
        return None
    (version,) = connection.execute("PRAGMA schema_version").fetchone()
    return int(version)


async def ask(datasette: Datasette, question: Callable[[Database], _Result]) -> _Result:
    """Call ``question`` with the database, in one of Datasette's threads, and return what it finds.

    The database is opened for each page: that costs a millisecond, and what holds for commands (another file,
    another schema, no file) holds for pages. Raises ``DatabaseProblem``, and sqlite3's "interrupted" after
    :data:`LONGEST` seconds.
    """
    path = database_path(datasette)

    def answer() -> _Result:
        with closing(open_database(path, read_only=True)) as db, time_limit(db, LONGEST):
            return question(db)

    return await asyncio.get_running_loop().run_in_executor(datasette.executor, answer)


@contextmanager
def time_limit(db: Database, seconds: float) -> Iterator[None]:
    """Interrupt queries inside after so many seconds together."""
    end = time.monotonic() + seconds
    db.conn.set_progress_handler(lambda: time.monotonic() > end, 10_000)
    try:
        yield
    finally:
        db.conn.set_progress_handler(None, 0)


def database_path(datasette: Datasette) -> Path:
    """Return the path of the database."""
    return Path(datasette.get_database(NAME).path)
