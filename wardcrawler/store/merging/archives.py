"""Merging ``archives`` and all that says what is in them."""

import sqlite3

from wardcrawler.store.merging.runs import RunNumbers


def merge_archives(connection: sqlite3.Connection, runs: RunNumbers) -> tuple[int, int]:
    """Merge the archives that are whole; return how many are new, and how many of theirs are not whole.

    One that is not would be gone on with by the next ``archive`` here, though its parts are elsewhere. A
    whole one never changes, so it is merged once: path and start tell it.
    """
    new = unfinished = 0
    for old, path, started_at, finished_at in connection.execute(
        "SELECT id, path, started_at, finished_at FROM other.archives ORDER BY id"
    ).fetchall():
        if finished_at is None:
            unfinished += 1
        elif not connection.execute(
            "SELECT 1 FROM main.archives WHERE path = ? AND started_at = ?", (path, started_at)
        ).fetchone():
            _add(connection, runs, old)
            new += 1
    return new, unfinished


def _add(connection: sqlite3.Connection, runs: RunNumbers, old: int) -> None:
    names = ", ".join(_columns(connection, "archives", "id"))
    new = connection.execute(
        f"INSERT INTO main.archives({names}) SELECT {names} FROM other.archives WHERE id = ?", (old,)
    ).lastrowid
    for table in ("archive_sites", "left_out"):
        names = ", ".join(_columns(connection, table, "archive_id"))
        connection.execute(
            f"INSERT INTO main.{table}(archive_id, {names}) SELECT ?, {names} FROM other.{table} "
            "WHERE archive_id = ?",
            (new, old),
        )
    columns = _columns(connection, "captures", "id", "archive_id", "run_id")
    names, places = ", ".join(columns), ", ".join("?" for _ in columns)
    site = columns.index("site")
    for run, *row in connection.execute(
        f"SELECT run_id, {names} FROM other.captures WHERE archive_id = ? ORDER BY id", (old,)
    ):
        run_id = None if run is None else runs.ours(row[site], run)
        connection.execute(
            f"INSERT INTO main.captures(archive_id, run_id, {names}) VALUES (?, ?, {places})",
            (new, run_id, *row),
        )


def _columns(connection: sqlite3.Connection, table: str, *without: str) -> list[str]:
    names = (row[1] for row in connection.execute(f"PRAGMA main.table_info('{table}')"))
    return [f'"{name}"' if name == "offset" else name for name in names if name not in without]
