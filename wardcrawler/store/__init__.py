"""The database: schema, batched writer, crawl state, search, export."""

import sys


def _load_sqlite_utils() -> None:
    """Load sqlite-utils without pandas and numpy, which it would import wherever they are installed and
    nothing here asks it for: 0.3 s and 80 MiB of every command and every worker.
    """
    hidden = [name for name in ("pandas", "numpy") if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None: "cannot be imported"
    try:
        import sqlite_utils.db  # noqa: F401, PLC0415
    finally:
        for name in hidden:
            del sys.modules[name]


_load_sqlite_utils()

from sqlite_utils import Database  # noqa: E402  # only now

__all__ = ["Database"]
