"""Where a crawl's alerts go, by its settings."""

from pathlib import Path

from scrapy.settings import Settings

from wardcrawler.cli.options import complain
from wardcrawler.crawling.runs.log import log_path
from wardcrawler.monitoring.alerts import Alerts


def alerts_of(settings: Settings, db: Path) -> Alerts:
    """The alerts of a crawl into ``db``, to ``WARDCRAWLER_PING_URL`` and ``WARDCRAWLER_WEBHOOK_URL``."""
    return Alerts(
        settings.get("WARDCRAWLER_PING_URL") or "",
        settings.get("WARDCRAWLER_WEBHOOK_URL") or "",
        db,
        log_path(db),
        complain,
    )
