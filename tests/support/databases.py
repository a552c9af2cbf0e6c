"""New databases, of which the first is made and the others are copies: the units take long to fill in."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from wardcrawler.store.database.connection import open_database


def new_database(path: Path) -> Path:
    """Put a database without portals at ``path``, as opening it there would have made."""
    path.write_bytes(_new())
    return path


@cache
def _new() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "new.db"
        open_database(path).close()
        return path.read_bytes()
