"""Known articles asked for again, after everything else of a run."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from http import HTTPStatus

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider

from wardcrawler.store.state import CrawlState, DuePage

RECHECKED = "wardcrawler/rechecked"
"""The statistic that counts the pages that were due."""

_AT_ONCE = 100  # requests for unlisted articles that wait


class _KnownArticles:
    """Asks for stored pages when the walks of a run are through, if ``may_ask`` says so. ``asked`` holds the
    keys of pages that the run asked for already; ``request_for`` makes the request for a stored page.
    """

    def __init__(
        self,
        crawler: Crawler,
        state: CrawlState,
        asked: AbstractSet[str],
        request_for: Callable[[DuePage], Request],
        may_ask: Callable[[], bool],
    ) -> None:
        self._crawler = crawler
        self._state = state
        self._asked = asked
        self._request_for = request_for
        self._may_ask = may_ask
        self._is_done = False
        crawler.signals.connect(self.spider_idle, signal=signals.spider_idle)

    def spider_idle(self, spider: Spider) -> None:
        """Send requests. Raises ``DontCloseSpider`` if there are any."""
        raise NotImplementedError


class Rechecks(_KnownArticles):
    """Asks once for the pages that are due (``store/tables/pages.py``).

    Only after the walks is it known how much the run asked for: the checks may be a share of that,
    ``WARDCRAWLER_RECHECK_SHARE`` of all requests, but at least ``WARDCRAWLER_RECHECK_LEAST``.
    """

    def spider_idle(self, spider: Spider) -> None:
        """Send the requests, once. Raises ``DontCloseSpider`` if there are any."""
        if self._is_done or not self._may_ask():
            return
        self._is_done = True
        due = self._state.due(self._allowance())
        self._crawler.stats.inc_value(RECHECKED, len(due))
        requests = [
            ask_if_changed(self._request_for(page), page) for page in due if page.key not in self._asked
        ]
        for request in requests:
            self._crawler.engine.crawl(request)
        if requests:
            raise DontCloseSpider

    def _allowance(self) -> int:
        settings, stats = self._crawler.settings, self._crawler.stats
        share = min(settings.getfloat("WARDCRAWLER_RECHECK_SHARE"), 0.99)
        others: int = stats.get_value("downloader/request_count", 0)
        return max(settings.getint("WARDCRAWLER_RECHECK_LEAST"), int(share / (1 - share) * others))


class Unlisted(_KnownArticles):
    """Asks for every stored page that the walks did not meet, in a preservation run: the portal may serve
    them still, and the archive is to hold what it serves. Pages that are gone are left alone.
    """

    _after = ""

    def spider_idle(self, spider: Spider) -> None:
        """Send the next requests. Raises ``DontCloseSpider`` while there are any."""
        while not self._is_done and self._may_ask():
            pages = self._state.stored(self._after, _AT_ONCE)
            self._is_done = not pages
            unmet = [page for page in pages if page.key not in self._asked]
            if pages:
                self._after = pages[-1].key
            for page in unmet:
                self._crawler.engine.crawl(self._request_for(page))
            if unmet:
                raise DontCloseSpider


def ask_if_changed(request: Request, page: DuePage) -> Request:
    """Make ``request`` conditional with what the server said of ``page`` when it was last fetched
    (RFC 9110, 13.1). Our own validators: Scrapy's cache forgets pages that say ``no-cache``.
    """
    if page.etag:
        request.headers["If-None-Match"] = page.etag.encode("latin-1", "replace")
    if page.last_modified:
        request.headers["If-Modified-Since"] = page.last_modified.encode("latin-1", "replace")
    if page.etag or page.last_modified:
        request.meta["handle_httpstatus_list"] = [HTTPStatus.NOT_MODIFIED]
    return request
