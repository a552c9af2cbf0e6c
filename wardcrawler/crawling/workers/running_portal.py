"""The portal whose code a worker is running, in a few bytes of memory that its parent can read when the
worker no longer answers; and the Scrapy components of a worker that keep it up to date.

A worker blocked in C code, or dead, cannot be asked. What it wrote into memory that both processes map
stays.
"""

import mmap
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from wardcrawler.crawling.workers.limits import end_for_want_of_memory
from wardcrawler.items import Article

_SIZE = 4096
_NONE, _ONE = 0, 1


class RunningPortal:
    """The name of the portal whose code runs, or none. One process writes it, another reads it."""

    def __init__(self, descriptor: int | None = None) -> None:
        """Make the memory, or map that of ``descriptor``, which the other process passed."""
        self.descriptor = _make() if descriptor is None else descriptor
        self._memory = mmap.mmap(self.descriptor, _SIZE)

    def set(self, portal: str) -> None:
        """Say that the code of ``portal`` runs from here on."""
        name = portal.encode()[: _SIZE - 3]
        memory = self._memory
        memory[0] = _NONE  # a death in between must not name a mixture
        memory[1:3] = len(name).to_bytes(2, "big")
        memory[3 : 3 + len(name)] = name
        memory[0] = _ONE

    def clear(self) -> None:
        """Say that the code of no portal runs."""
        self._memory[0] = _NONE

    def read(self) -> str | None:
        """Return the name of the portal whose code runs, or None."""
        if self._memory[0] != _ONE:
            return None
        length = int.from_bytes(self._memory[1:3], "big")
        return bytes(self._memory[3 : 3 + length]).decode(errors="replace")

    def close(self) -> None:
        """Unmap the memory and close its descriptor."""
        self._memory.close()
        os.close(self.descriptor)


def _make() -> int:
    if sys.platform == "linux":
        descriptor = os.memfd_create("wardcrawler-running-portal")
    else:
        with tempfile.TemporaryFile() as file:
            descriptor = os.dup(file.fileno())
    os.ftruncate(descriptor, _SIZE)
    return descriptor


_running_portal: RunningPortal | None = None


def report_to(running_portal: RunningPortal) -> None:
    """Let crawls of this process that start from now on say in ``running_portal`` when their code runs."""
    global _running_portal  # noqa: PLW0603  # Scrapy builds its components itself; a process has one
    _running_portal = running_portal


def _required() -> RunningPortal:
    if _running_portal is None:
        raise NotConfigured
    return _running_portal


class RunningPortalMiddleware:
    """Spider middleware, next to the portal: notes each step of its ``start`` and of its callbacks. Off in a
    process that is no worker.

    A step that finds no memory ends the process: the note names who ran, and the others' crawls, which go on
    in another process, are not starved by what this one holds.
    """

    def __init__(self, crawler: Crawler, running_portal: RunningPortal) -> None:
        self.crawler = crawler
        self.site = crawler.spider.name if crawler.spider else ""
        self._running_portal = running_portal

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from a crawler, as Scrapy asks. Raises ``NotConfigured`` in a process that is no worker."""
        return cls(crawler, _required())

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Pass on what ``start`` yields, noting each step."""
        async for each in self._note_steps(start):
            yield each

    def process_spider_input(self, response: Response) -> None:
        """Wrap the callback, which Scrapy calls only after other crawls have had their turn."""
        request = response.request
        if request is not None and not isinstance(request.callback, _NotedCallback):
            callback = request.callback or self.crawler.spider._parse  # type: ignore[union-attr]
            request.callback = _NotedCallback(callback, self)

    async def process_spider_output(
        self, response: Response, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        """Pass on what a callback yields, noting each step."""
        async for each in self._note_steps(result):
            yield each

    @contextmanager
    def step(self) -> Iterator[None]:
        """Note that the portal's own code runs inside the ``with`` block."""
        self._running_portal.set(self.site)
        try:
            yield
        except MemoryError:
            end_for_want_of_memory()
        finally:
            self._running_portal.clear()

    async def _note_steps(self, steps: AsyncIterator[Any]) -> AsyncIterator[Any]:
        while True:
            with self.step():
                try:
                    each = await anext(steps)
                except StopAsyncIteration:
                    return
            yield each


class _NotedCallback:
    """A portal's callback that is noted as a step."""

    def __init__(self, callback: Callable[..., Any], middleware: RunningPortalMiddleware) -> None:
        self._callback = callback
        self._middleware = middleware

    def __call__(self, response: Response, **arguments: Any) -> Any:
        with self._middleware.step():
            return self._callback(response, **arguments)


class RunningPortalPipeline:
    """First item pipeline: notes the way of an article through the others. Off in a process that is no
    worker.
    """

    def __init__(self, crawler: Crawler, running_portal: RunningPortal) -> None:
        self.site = crawler.spider.name if crawler.spider else ""
        self._running_portal = running_portal
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(self.item_passed, signal=signal)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from a crawler, as Scrapy asks. Raises ``NotConfigured`` in a process that is no worker."""
        return cls(crawler, _required())

    def process_item(self, item: Article) -> Article:
        """Note that the pipelines begin, and pass ``item`` on."""
        self._running_portal.set(self.site)
        return item

    def item_passed(self) -> None:
        """Note that the pipelines have ended, one way or the other."""
        self._running_portal.clear()
