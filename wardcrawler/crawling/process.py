"""Portals crawled in this process: one crawler each, one event loop for all."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from wardcrawler.crawling.middlewares.public_resolver import site_host
from wardcrawler.crawling.runs.end import RunEnd
from wardcrawler.crawling.runs.outcome import RunProgress, RunResult
from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.store.database.pool import shared_connection


def host_groups(portals: Sequence[type[Portal]]) -> list[list[type[Portal]]]:
    """Divide ``portals`` into groups that share no host: where those of a group are crawled one after the
    other, no host is ever asked over two connections.

    A portal's hosts are that of ``base_url`` and all of ``hosts``; sharing is transitive. Groups come in the
    order of their first portal, portals in the order given.
    """
    leader = list(range(len(portals)))

    def lead(number: int) -> int:
        while leader[number] != number:
            leader[number] = number = leader[leader[number]]
        return number

    first_on: dict[str, int] = {}
    for number, portal in enumerate(portals):
        for host in (site_host(portal.base_url), *portal.hosts):
            one, other = sorted((lead(first_on.setdefault(host, number)), lead(number)))
            leader[other] = one
    groups: dict[int, list[type[Portal]]] = {}
    for number, portal in enumerate(portals):
        groups.setdefault(lead(number), []).append(portal)
    return list(groups.values())


SECONDS_BETWEEN_NEWS = 1.0


class Listener(Protocol):
    """The one who is told how crawls come on, in this process or through a pipe."""

    def started(self, site: str) -> None:
        """Hear that the crawl of a portal begins."""

    def progressed(self, progress: dict[str, RunProgress]) -> None:
        """Hear how far the portals have come whose numbers changed; comes every second, news or not."""

    def put_back(self, site: str) -> None:
        """Hear that the process that crawled a portal died: the portal waits for another."""

    def finished(self, result: RunResult) -> None:
        """Hear how the crawl of a portal has ended."""


class Silence:
    """A listener that does nothing."""

    def started(self, site: str) -> None:
        """Do nothing."""

    def progressed(self, progress: dict[str, RunProgress]) -> None:
        """Do nothing."""

    def put_back(self, site: str) -> None:
        """Do nothing."""

    def finished(self, result: RunResult) -> None:
        """Do nothing."""


def crawler_process(settings: Settings) -> AsyncCrawlerProcess:
    """Make Scrapy's process for crawls of classes that are at hand. ``settings`` are changed for it: where
    the log goes is the caller's business, and no other portal's module need be imported.
    """
    settings.set("LOG_INSTALL_ROOT_HANDLER", False, priority="cmdline")
    settings.set("SPIDER_LOADER_CLASS", "scrapy.spiderloader.DummySpiderLoader", priority="cmdline")
    return AsyncCrawlerProcess(settings)


@dataclass
class CrawlerPool:
    """Crawls portals side by side, no more than ``WARDCRAWLER_PORTALS_AT_ONCE`` at a time."""

    process: AsyncCrawlerProcess
    arguments: dict[str, Any]
    """Spider arguments."""
    listener: Listener
    is_stopping: bool = False
    results: dict[str, RunResult] = field(default_factory=dict)

    def __post_init__(self) -> None:
        settings = self.process.settings
        self._places = asyncio.Semaphore(settings.getint("WARDCRAWLER_PORTALS_AT_ONCE"))
        limit = settings.getfloat("CLOSESPIDER_TIMEOUT")
        self._patience = limit + settings.getfloat("WARDCRAWLER_GRACE") if limit else None
        self._crawling: dict[str, Crawler] = {}
        self._told: dict[str, RunProgress] = {}

    async def crawl_group(self, group: Sequence[type[Portal]]) -> None:
        """Crawl portals that share a host, one after the other; none any more once one was interrupted."""
        for portal in group:
            async with self._places:
                if self.is_stopping:
                    return
                result = await self._crawl(portal)
            self.results[portal.name] = result
            self.is_stopping = self.is_stopping or result.outcome == "interrupted"
            self.listener.finished(result)

    async def _crawl(self, portal: type[Portal]) -> RunResult:
        self.listener.started(portal.name)
        try:
            crawler = self.process.create_crawler(portal)
            crawling = self.process.crawl(crawler, **self.arguments)
            self._crawling[portal.name] = crawler
            _, unfinished = await asyncio.wait({crawling}, timeout=self._patience)
            if unfinished:
                crawling.cancel()
                return self._give_up(portal.name, crawler)
            crawling.result()
        except Exception as error:
            return RunResult(site=portal.name, outcome="error", reason=f"cannot start: {error!r}")
        finally:
            self._crawling.pop(portal.name, None)
            self._told.pop(portal.name, None)
        end = _run_end(crawler)
        if end is None or end.result is None:
            return RunResult(site=portal.name, outcome="error", reason="ended without a result; see the log")
        return end.result

    def _give_up(self, site: str, crawler: Crawler) -> RunResult:
        end = _run_end(crawler)
        if end is None:
            return RunResult(site=site, outcome="error", reason="did not start; see the log")
        return end.give_up()

    async def tell_news(self) -> None:
        """Tell the listener every second how far the crawls have come, until cancelled."""
        while True:
            await asyncio.sleep(SECONDS_BETWEEN_NEWS)
            self.listener.progressed(self._news())

    def _news(self) -> dict[str, RunProgress]:
        news = {}
        for site, crawler in self._crawling.items():
            end = _run_end(crawler)
            if end is not None and self._told.get(site) != (progress := end.progress):
                news[site] = self._told[site] = progress
        return news

    async def stop(self) -> None:
        """Begin no crawl any more and end those under way in order. Returns when all have ended."""
        self.is_stopping = True
        stops = set()
        while self._crawling:
            for crawler in self._crawling.values():
                if _is_running(crawler):  # one that is just starting is told the next time
                    stops.add(asyncio.ensure_future(crawler.stop_async()))
            await asyncio.sleep(0.05)


def crawl(
    portals: Sequence[type[Portal]],
    settings: Settings,
    arguments: dict[str, Any],
    listener: Listener | None = None,
) -> list[RunResult]:
    """Crawl ``portals`` and return how each ended, in the order given.

    Portals that share a host wait for each other; the others run side by side. ``arguments`` are spider
    arguments. ``listener`` is told how the crawls come on. Ctrl-C ends all of them in order; a second one
    at once, with ``KeyboardInterrupt``. Raises ``DatabaseProblem`` if the database cannot be used at all.
    Twisted allows one call a process.
    """
    process = crawler_process(settings)
    pool = CrawlerPool(process, arguments, listener or Silence())

    async def crawl_all() -> None:
        news = asyncio.create_task(pool.tell_news())
        try:
            await asyncio.gather(*(pool.crawl_group(group) for group in host_groups(portals)))
        finally:
            news.cancel()
            process._stop_reactor()

    with shared_connection(settings["WARDCRAWLER_DB"]):
        task = asyncio.get_event_loop().create_task(crawl_all())
        process.start(stop_after_crawl=False)
        if not task.done():
            raise KeyboardInterrupt  # a second Ctrl-C: the event loop was stopped under the crawls
        task.result()
    return [pool.results[portal.name] for portal in portals if portal.name in pool.results]


def _is_running(crawler: Crawler) -> bool:
    with suppress(RuntimeError):  # no engine yet
        return crawler.crawling and crawler.engine.running
    return False


def _run_end(crawler: Crawler) -> RunEnd | None:
    with suppress(RuntimeError):  # not started
        return crawler.get_extension(RunEnd)
    return None
