"""A database that is almost the demo's."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


@contextmanager
def changed_copy(db: str, copy: Path) -> Iterator[sqlite3.Connection]:
    """A copy of the database to be changed, committed at the end."""
    with closing(sqlite3.connect(db)) as source, closing(sqlite3.connect(copy)) as target, target:
        source.backup(target)
        yield target
