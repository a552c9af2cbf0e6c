"""What databases hold; and new ones, of which the first is made and the others are copies: the units take
long to fill in.
"""

from contextlib import closing
from functools import cache
from pathlib import Path
from sqlite3 import connect
from tempfile import TemporaryDirectory
from typing import Any

from wardcrawler.store.database.connection import open_database


def new_database(path: Path) -> Path:
    """Put a database without portals at ``path``, as opening it there would have made."""
    path.write_bytes(_new())
    return path


def rows(db: Path, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
    """Return what the query ``sql`` finds in a database that nobody need have open."""
    with closing(connect(db)) as connection:
        return connection.execute(sql, parameters).fetchall()


@cache
def _new() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "new.db"
        open_database(path).close()
        return path.read_bytes()
