"""Known articles that no listing names any more, asked for in a preservation run."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider

from wardcrawler.store.state import CrawlState, DuePage

_AT_ONCE = 100  # requests that wait


class Unlisted:
    """Asks for every stored page that the walks of a run did not meet, once they are through.

    The portal may serve them still, and the archive is to hold what it serves. Pages that are gone are left
    alone. Arguments as of ``Rechecks``.
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
        self._after = ""
        self._is_done = False
        crawler.signals.connect(self.spider_idle, signal=signals.spider_idle)

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
