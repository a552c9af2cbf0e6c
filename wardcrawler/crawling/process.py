"""Several portals crawled in one process: one crawler each, one event loop for all."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from wardcrawler.crawling.host_groups import host_groups
from wardcrawler.crawling.portal import Portal
from wardcrawler.operate.run import Run, RunResult


def crawl(
    portals: Sequence[type[Portal]],
    settings: Settings,
    arguments: dict[str, Any],
    on_start: Callable[[str, Run], None] | None = None,
) -> list[RunResult]:
    """Crawl ``portals`` and return how each ended, in the order given.

    Portals that share a host wait for each other; the others run side by side. ``arguments`` are spider
    arguments. ``on_start`` is told every portal's :class:`Run` as it starts. Ctrl-C ends all of them in
    order; a second one at once, with ``KeyboardInterrupt``. Twisted allows one call a process.
    """
    settings.set(
        "LOG_INSTALL_ROOT_HANDLER", False, priority="cmdline"
    )  # the caller decides where the log goes
    process = AsyncCrawlerProcess(settings)
    results: dict[str, RunResult] = {}

    async def crawl_group(group: Iterable[type[Portal]]) -> None:
        for portal in group:
            if any(result.outcome == "interrupted" for result in results.values()):
                return
            results[portal.name] = await _crawl_one(process, portal, arguments, on_start)

    async def crawl_all() -> None:
        try:
            await asyncio.gather(*(crawl_group(group) for group in host_groups(portals)))
        finally:
            process._stop_reactor()

    task = asyncio.get_event_loop().create_task(crawl_all())
    process.start(stop_after_crawl=False)
    if not task.done():
        raise KeyboardInterrupt  # a second Ctrl-C: the event loop was stopped under the crawls
    task.result()
    return [results[portal.name] for portal in portals if portal.name in results]


async def _crawl_one(
    process: AsyncCrawlerProcess,
    portal: type[Portal],
    arguments: dict[str, Any],
    on_start: Callable[[str, Run], None] | None,
) -> RunResult:
    crawler = process.create_crawler(portal)
    crawling = process.crawl(crawler, **arguments)
    await asyncio.sleep(0)  # the crawl's first step builds its extensions
    run = _run_of(crawler)
    if run and on_start:
        on_start(portal.name, run)
    try:
        await crawling
    except Exception as error:
        return RunResult(site=portal.name, outcome="error", reason=f"cannot start: {error!r}")
    run = _run_of(crawler)
    if run is None or run.result is None:
        return RunResult(site=portal.name, outcome="error", reason="ended without a result; see the log")
    return run.result


def _run_of(crawler: Crawler) -> Run | None:
    try:
        return crawler.get_extension(Run)
    except RuntimeError:  # not started
        return None
