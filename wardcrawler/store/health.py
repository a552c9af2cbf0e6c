"""The health of portals, as ``status`` shows it."""

from typing import Any

from sqlite_utils import Database

from wardcrawler.store.database import reporting


def site_health(db: Database) -> list[dict[str, Any]]:
    """The rows of the view ``site_health``, by site name. Portals that never ran have outcome None."""
    with reporting(db):
        return list(db.query("SELECT * FROM site_health ORDER BY site"))
