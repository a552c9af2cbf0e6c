"""From the journal to the disk itself: what a power cut may not take.

With ``synchronous = NORMAL`` a commit is safe from the death of the process, but reaches the disk at a
checkpoint only. A commit under FULL syncs the journal, with all that any process committed to it before.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils import Database

from wardcrawler.store.database.connection import writing


@contextmanager
def synced(db: Database) -> Iterator[None]:
    """What is committed inside is on the disk when its commit returns, and so is all before it."""
    db.execute("PRAGMA synchronous = FULL")
    try:
        yield
    finally:
        db.execute("PRAGMA synchronous = NORMAL")


def sync(db: Database) -> None:
    """Put all that was committed on the disk. Raises ``DatabaseProblem``."""
    with synced(db), writing(db) as connection:
        # Only a transaction that writes is synced. This writes the database's first page as it was.
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        connection.execute(f"PRAGMA user_version = {version}")
