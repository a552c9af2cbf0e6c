"""The database: schema, batched writer, crawl state, search, export."""

import sys


def _load_sqlite_utils() -> None:
    """Load sqlite-utils without pandas, which it would import wherever pandas is installed, and which nothing
    here asks it for: 0.3 s and 100 MB of every command and every worker. Programs import this package first.
    """
    if "pandas" in sys.modules:
        return
    sys.modules["pandas"] = None  # type: ignore[assignment]  # what Python takes for "cannot be imported"
    try:
        import sqlite_utils.db  # noqa: F401, PLC0415
    finally:
        del sys.modules["pandas"]


_load_sqlite_utils()
