"""One connection to a database for all crawls of a process.

Each connection costs file descriptors, a page cache and a few milliseconds. Every transaction of ours begins
and ends without giving way to the event loop, so crawls that share one cannot get into each other's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from wardcrawler.store.database.connection import open_database
from wardcrawler.store.database.durability import sync


@dataclass
class _Opened:
    db: Database
    users: int


_opened: dict[Path, _Opened] = {}


def borrow(path: Path | str) -> Database:
    """The process's connection to the database at ``path``, opened if this is its first user; each call
    needs its :func:`give_back`. Raises ``DatabaseProblem`` as ``open_database`` does.
    """
    key = Path(path).absolute()
    opened = _opened.get(key) or _opened.setdefault(key, _Opened(open_database(path), 0))
    opened.users += 1
    return opened.db


def give_back(db: Database) -> None:
    """One user less; the last one's connection is closed."""
    key, opened = next((key, opened) for key, opened in _opened.items() if opened.db is db)
    opened.users -= 1
    if not opened.users:
        del _opened[key]
        db.close()


def is_last_user(db: Database) -> bool:
    """Whether only one user is left."""
    return next(opened.users for opened in _opened.values() if opened.db is db) == 1


@contextmanager
def held(path: Path | str) -> Iterator[Database]:
    """Keep the connection open for many crawls. At the end all they stored is on the disk, synced once
    for all of them. Raises ``DatabaseProblem``.
    """
    db = borrow(path)
    try:
        yield db
        if is_last_user(db):
            sync(db)
    finally:
        give_back(db)
