"""Known articles that no listing names any more, asked for in a preservation run."""

from typing import TYPE_CHECKING

from scrapy import Spider, signals
from scrapy.exceptions import DontCloseSpider

if TYPE_CHECKING:
    from wardcrawler.crawling.spider.portal import Portal

_AT_ONCE = 100  # requests that wait


class Unlisted:
    """Asks for every stored page that the walks of a run did not meet, once they are through.

    The portal may serve them still, and the archive is to hold what it serves. Pages that are gone are left
    alone, and so is a portal that no listing answered for, or that a person limited.
    """

    def __init__(self, portal: "Portal") -> None:
        self._portal = portal
        self._after = ""
        self._is_done = bool(portal.limit or portal.since or portal.until)
        if portal.crawler.settings.getbool("WARDCRAWLER_ARCHIVE_WHOLE"):
            portal.crawler.signals.connect(self.spider_idle, signal=signals.spider_idle)

    def spider_idle(self, spider: Spider) -> None:
        """Send the next requests. Raises ``DontCloseSpider`` while there are any."""
        run = self._portal.run
        while not self._is_done and run.seen.listings_answered and not run.problem:
            pages = run.stored_pages(self._after, _AT_ONCE)
            self._is_done = not pages
            unmet = [page for page in pages if page.key not in self._portal.asked]
            if pages:
                self._after = pages[-1].key
            for page in unmet:
                self._portal.crawler.engine.crawl(self._portal.stored_request(page))
            if unmet:
                raise DontCloseSpider
