"""Merging ``sites``: of a portal in both databases, the row of its latest run."""

import sqlite3

_LATEST = "SELECT coalesce(max(started_at), '') FROM {database}.runs WHERE site = ?"


def merge_sites(connection: sqlite3.Connection) -> int:
    """Merge the portals, before any run is; return how many are new."""
    columns = [row[1] for row in connection.execute("PRAGMA main.table_info('sites')")]
    names, places = ", ".join(columns), ", ".join("?" for _ in columns)
    new = 0
    for theirs in connection.execute(f"SELECT {names} FROM other.sites ORDER BY name").fetchall():
        name = theirs[columns.index("name")]
        ours = connection.execute(f"SELECT {names} FROM main.sites WHERE name = ?", (name,)).fetchone()
        if ours is None:
            connection.execute(f"INSERT INTO main.sites({names}) VALUES ({places})", theirs)
            new += 1
        elif ours != theirs:
            _update(connection, columns, name, ours, theirs)
    return new


def _update(
    connection: sqlite3.Connection,
    columns: list[str],
    name: str,
    ours: tuple[str | None, ...],
    theirs: tuple[str | None, ...],
) -> None:
    """Keep the later of both rows; a platform that only the earlier knows stays recognised."""

    def rank(database: str, row: tuple[str | None, ...]) -> tuple[str, ...]:
        (latest,) = connection.execute(_LATEST.format(database=database), (name,)).fetchone()
        return (latest, *(value or "" for value in row))

    earlier, later = sorted((ours, theirs), key=lambda row: rank("main" if row is ours else "other", row))
    known = {
        column: value if column != "platform" or value is not None else before
        for column, before, value in zip(columns, earlier, later, strict=True)
    }
    sets = ", ".join(f"{column} = :{column}" for column in columns)
    connection.execute(f"UPDATE main.sites SET {sets} WHERE name = :name", known)
