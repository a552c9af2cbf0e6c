"""Portals crawled in this process: one crawler each, one event loop for all."""

import asyncio
from collections.abc import Sequence
from typing import Any

from scrapy.settings import Settings

from wardcrawler.crawling.pool import CrawlerPool, Listener, Silence, crawler_process
from wardcrawler.crawling.portals.host_groups import host_groups
from wardcrawler.crawling.runs.result import RunResult
from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.store.database.pool import held


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

    with held(settings["WARDCRAWLER_DB"]):
        task = asyncio.get_event_loop().create_task(crawl_all())
        process.start(stop_after_crawl=False)
        if not task.done():
            raise KeyboardInterrupt  # a second Ctrl-C: the event loop was stopped under the crawls
        task.result()
    return [pool.results[portal.name] for portal in portals if portal.name in pool.results]
