"""Rows of ``sites``: the portals."""

from dataclasses import dataclass

from sqlite_utils import Database

from wardcrawler.store.database.connection import transaction, translate_errors


@dataclass(frozen=True, slots=True)
class SiteRow:
    """What a portal says of itself, as the columns of ``sites``. ``unit_code`` and ``unit_valid_from`` are
    the key of its unit in ``units``, or None; a ``platform`` of None leaves the one recognised earlier.
    """

    name: str
    title: str | None
    level: str | None
    province: str | None
    unit_code: str | None
    unit_valid_from: str | None
    base_url: str
    platform: str | None
    status: str | None
    successor: str | None


def save_site(
    db: Database,
    *,
    name: str,
    title: str | None,
    level: str | None,
    province: str | None,
    unit_code: str | None,
    unit_valid_from: str | None,
    base_url: str,
    platform: str | None,
    status: str | None,
    successor: str | None,
) -> None:
    """Insert the portal ``name``, or bring its row up to date; a ``platform`` of None leaves the one that
    was recognised earlier. ``unit_code`` and ``unit_valid_from`` are the key of its unit in ``units``, or
    None. Commits at once. Raises ``DatabaseProblem``.
    """
    row = {
        "name": name,
        "title": title,
        "level": level,
        "province": province,
        "unit_code": unit_code,
        "unit_valid_from": unit_valid_from,
        "base_url": base_url,
        "status": status,
        "successor": successor,
    }
    if platform is not None:
        row["platform"] = platform
    with transaction(db):
        db.table("sites").upsert(row, pk="name")


def site_address(db: Database, name: str) -> str | None:
    """Return the ``base_url`` that the portal ``name`` was saved with, or None if it never was.

    Raises ``DatabaseProblem``.
    """
    with translate_errors(db):
        row = db.execute("SELECT base_url FROM sites WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def site_platform(db: Database, name: str) -> str | None:
    """Return the platform that the portal ``name`` is known to be of, or None. Raises ``DatabaseProblem``."""
    with translate_errors(db):
        row = db.execute("SELECT platform FROM sites WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def save_platform(db: Database, name: str, platform: str) -> None:
    """Store which platform the portal ``name`` is of. Commits at once. Raises ``DatabaseProblem``."""
    with transaction(db) as connection:
        connection.execute("UPDATE sites SET platform = ? WHERE name = ?", (platform, name))
