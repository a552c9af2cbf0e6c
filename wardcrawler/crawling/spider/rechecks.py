"""Known articles asked for again, after everything else of a run."""

from typing import TYPE_CHECKING

from scrapy import Request, Spider, signals
from scrapy.exceptions import DontCloseSpider

if TYPE_CHECKING:
    from wardcrawler.crawling.spider.portal import Portal
    from wardcrawler.store.state import DuePage

NOT_MODIFIED = 304


class Rechecks:
    """Asks for the pages that are due (``store/tables/recheck.py``) once the walks of a run are through.

    Only then is it known how much the run asked for: the checks may be a share of that,
    ``WARDCRAWLER_RECHECK_SHARE`` of all requests, but at least ``WARDCRAWLER_RECHECK_LEAST``. A run that
    nobody answered checks nothing; nor does one that a person limited, or a full one, which asks for
    everything anyway.
    """

    def __init__(self, portal: "Portal") -> None:
        self._portal = portal
        self._is_done = bool(portal.limit or portal.since or portal.until or portal.full)
        portal.crawler.signals.connect(self.spider_idle, signal=signals.spider_idle)

    def spider_idle(self, spider: Spider) -> None:
        """Send the requests, once. Raises ``DontCloseSpider`` if there are any."""
        if self._is_done or not self._portal.run.seen.listings_answered:
            return
        self._is_done = True
        due = self._portal.run.due(self._allowance())
        requests = [self._portal.recheck_request(page) for page in due if page.key not in self._portal.asked]
        for request in requests:
            self._portal.crawler.engine.crawl(request)
        if requests:
            raise DontCloseSpider

    def _allowance(self) -> int:
        settings, stats = self._portal.crawler.settings, self._portal.crawler.stats
        share = min(settings.getfloat("WARDCRAWLER_RECHECK_SHARE"), 0.99)
        others: int = stats.get_value("downloader/request_count", 0)
        return max(settings.getint("WARDCRAWLER_RECHECK_LEAST"), int(share / (1 - share) * others))


def ask_if_changed(request: Request, page: "DuePage") -> Request:
    """Make ``request`` conditional with what the server said of ``page`` when it was last fetched
    (RFC 9110, 13.1). Our own validators: Scrapy's cache forgets pages that say ``no-cache``.
    """
    if page.etag:
        request.headers["If-None-Match"] = page.etag.encode("latin-1", "replace")
    if page.last_modified:
        request.headers["If-Modified-Since"] = page.last_modified.encode("latin-1", "replace")
    if page.etag or page.last_modified:
        request.meta["handle_httpstatus_list"] = [NOT_MODIFIED]
    return request
