"""A portal's row in ``sites``, from the constants of its class."""

from typing import TYPE_CHECKING

from sqlite_utils import Database

from wardcrawler.store.tables.sites import save_site

if TYPE_CHECKING:
    from wardcrawler.crawling.spider.portal import Portal


def save_portal(db: Database, portal: "Portal | type[Portal]", platform: str | None) -> None:
    """Save the row in ``sites`` that the constants of a portal class say. Raises ``DatabaseProblem``."""
    save_site(
        db,
        name=portal.name,
        title=portal.title or None,
        level=portal.level or None,
        province=portal.province or None,
        unit_code=portal.unit_code,
        unit_valid_from=portal.unit_valid_from,
        base_url=portal.base_url,
        platform=platform,
        status=portal.status,
        successor=portal.successor,
    )
