"""In a worker process: notes which portal's code is running (see ``marker``). Elsewhere it is off."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from wardcrawler.crawling.workers.limits import end_for_want_of_memory
from wardcrawler.crawling.workers.marker import Marker
from wardcrawler.items import Article

_marker: Marker | None = None


def watch_with(marker: Marker) -> None:
    """Let crawls that start from now on note themselves in ``marker``."""
    global _marker  # noqa: PLW0603  # Scrapy builds its components itself; a process has one
    _marker = marker


def _required_marker() -> Marker:
    if _marker is None:
        raise NotConfigured
    return _marker


class Watched:
    """Spider middleware, next to the portal: marks each step of its ``start`` and of its callbacks.

    A step that finds no memory ends the process: the marker names who ran, and the others' crawls, which
    go on in another process, are not starved by what this one holds.
    """

    def __init__(self, crawler: Crawler, marker: Marker) -> None:
        self.crawler = crawler
        self.site = crawler.spider.name if crawler.spider else ""
        self.marker = marker

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Raises ``NotConfigured`` where nobody watches."""
        return cls(crawler, _required_marker())

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Pass on what ``start`` yields."""
        async for each in self._watch(start):
            yield each

    def process_spider_input(self, response: Response) -> None:
        """Wrap the callback, which Scrapy calls only after other crawls have had their turn."""
        request = response.request
        if request is not None and not isinstance(request.callback, _Callback):
            callback = request.callback or self.crawler.spider._parse  # type: ignore[union-attr]
            request.callback = _Callback(callback, self)

    async def process_spider_output(
        self, response: Response, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        """Pass on what a callback yields."""
        async for each in self._watch(result):
            yield each

    @contextmanager
    def step(self) -> Iterator[None]:
        """The portal's own code runs inside."""
        self.marker.enter(self.site)
        try:
            yield
        except MemoryError:
            end_for_want_of_memory()
        finally:
            self.marker.leave()

    async def _watch(self, steps: AsyncIterator[Any]) -> AsyncIterator[Any]:
        while True:
            with self.step():
                try:
                    each = await anext(steps)
                except StopAsyncIteration:
                    return
            yield each


class _Callback:
    """A portal's callback as a watched step."""

    def __init__(self, callback: Callable[..., Any], watched: Watched) -> None:
        self._callback = callback
        self._watched = watched

    def __call__(self, response: Response, **arguments: Any) -> Any:
        with self._watched.step():
            return self._callback(response, **arguments)


class WatchedItems:
    """First pipeline: marks the way of an article through the others."""

    def __init__(self, crawler: Crawler, marker: Marker) -> None:
        self.site = crawler.spider.name if crawler.spider else ""
        self.marker = marker
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(self.item_passed, signal=signal)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Raises ``NotConfigured`` where nobody watches."""
        return cls(crawler, _required_marker())

    def process_item(self, item: Article) -> Article:
        """The pipelines begin."""
        self.marker.enter(self.site)
        return item

    def item_passed(self) -> None:
        """They have ended, one way or the other."""
        self.marker.leave()
