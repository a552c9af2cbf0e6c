"""One connection to a database for all crawls of a process.

Each connection costs file descriptors, a page cache and a few milliseconds. Every transaction of ours begins
and ends without giving way to the event loop, so crawls that share one cannot get into each other's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from wardcrawler.store.database.connection import open_database, sync


@dataclass
class _Shared:
    db: Database
    users: int


_shared: dict[Path, _Shared] = {}


def acquire(path: Path | str) -> Database:
    """Return the process's connection to the database at ``path``, opened for its first user.

    Each call needs its :func:`release`. Raises ``DatabaseProblem`` as ``open_database`` does.
    """
    key = Path(path).absolute()
    shared = _shared.get(key) or _shared.setdefault(key, _Shared(open_database(path), 0))
    shared.users += 1
    return shared.db


def release(db: Database) -> None:
    """Count one user less; close the connection after the last one."""
    key, shared = next((key, shared) for key, shared in _shared.items() if shared.db is db)
    shared.users -= 1
    if not shared.users:
        del _shared[key]
        db.close()


def is_last_user(db: Database) -> bool:
    """Return whether only one user is left."""
    return next(shared.users for shared in _shared.values() if shared.db is db) == 1


@contextmanager
def shared_connection(path: Path | str) -> Iterator[Database]:
    """Keep the connection open for many crawls; bring all they stored to the disk at the end, once for all.

    Raises ``DatabaseProblem``.
    """
    db = acquire(path)
    try:
        yield db
        if is_last_user(db):
            sync(db)
    finally:
        release(db)
