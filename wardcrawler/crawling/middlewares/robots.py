"""Obeys robots.txt as RFC 9309 reads it: one that cannot be had means do not crawl.

====================================== ======================= ==========================================
what comes                             RFC 9309                here
====================================== ======================= ==========================================
200                                    2.3.1.1                 its rules hold, the first 500 KiB of them
redirects, also to another host        2.3.1.2, SHOULD five    five are followed; the rules hold for the
                                                               host that was asked first
more redirects, a loop, one to nowhere 2.3.1.2, MAY            as if there were none: everything allowed
a redirect to a local address or       not foreseen            not followed; nothing allowed
another service of a host
4xx                                    2.3.1.3, MAY            everything allowed
429                                    (a 4xx)                 nothing allowed: who is too busy for
                                                               robots.txt is too busy for us
5xx, time-out, no answer               2.3.1.4, MUST           nothing allowed
====================================== ======================= ==========================================

Scrapy allows everything in the last two cases and asks at most the portal's own hosts.
"""

import asyncio
import logging
from collections import defaultdict
from time import monotonic
from typing import NamedTuple

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler

from wardcrawler.crawling.middlewares.declared_hosts import ROBOTS_REQUEST
from wardcrawler.crawling.middlewares.retry import HostRests
from wardcrawler.crawling.reasons import CLOSED_BECAUSE

logger = logging.getLogger(__name__)

MOST_BYTES = 500 * 1024
"""So much of a robots.txt is parsed (RFC 9309, 2.5: at least 500 KiB)."""

LONGEST_KEPT = 24 * 3600.0
"""Seconds after which a run asks again (RFC 9309, 2.4: not longer than 24 hours). No run keeps it for the
next one."""

_NOTHING_ALLOWED = b"User-agent: *\nDisallow: /\n"


class RobotsRefused(IgnoreRequest):
    """robots.txt forbids the address, or could not be had; ``cause`` is then the error it failed with, or
    None where the server answered 5xx or 429 and the crawl goes on.
    """

    def __init__(self, words: str, cause: Exception | None = None) -> None:
        super().__init__(words)
        self.cause = cause


class _Rules(NamedTuple):
    parser: RobotParser
    refusal: RobotsRefused | None
    """The reason why robots.txt could not be had."""
    read_at: float


class FailClosedRobots(RobotsTxtMiddleware):
    """Downloader middleware in the place of Scrapy's own for robots.txt; the table above says
    what it does.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._rules: dict[str, _Rules] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def robot_parser(self, request: Request) -> RobotParser:
        """Return the parsed robots.txt of the request's host, fetched once; requests that need
        it wait here.
        """
        netloc = urlparse_cached(request).netloc
        async with self._locks[netloc]:
            rules = self._rules.get(netloc)
            if rules is None or monotonic() - rules.read_at > LONGEST_KEPT:
                rules = self._rules[netloc] = await self._fetch(request)
        return rules.parser

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Raise :class:`RobotsRefused` in the place of Scrapy's bare ``IgnoreRequest``."""
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest:
            rules = self._rules.get(urlparse_cached(request).netloc)
            raise (rules and rules.refusal) or RobotsRefused("robots.txt forbids it") from None

    async def _fetch(self, request: Request) -> _Rules:
        url = urlparse_cached(request)
        asked = Request(
            f"{url.scheme}://{url.netloc}/robots.txt",
            priority=self.DOWNLOAD_PRIORITY,
            meta={"dont_obey_robotstxt": True, ROBOTS_REQUEST: True},
            callback=NO_CALLBACK,
        )
        self._stats.inc_value("robotstxt/request_count")
        refusal = None
        try:
            body = rules_in(await self.crawler.engine.download_async(asked))
        except RobotsRefused as refused:
            refusal = refused
            if closed := self._stats.get_value(CLOSED_BECAUSE):
                refusal.cause = HostRests(closed)
        except Exception as error:
            if _is_redirect_loop(error):
                body = b""
            else:
                refusal = RobotsRefused(f"robots.txt cannot be had: {error or type(error).__name__}", error)
        if refusal:
            logger.warning("%s: %s", asked.url, refusal)
            body = _NOTHING_ALLOWED
        parser: RobotParser = build_from_crawler(self._parserimpl, self.crawler, body)
        await self.crawler.signals.send_catch_log_async(
            signal=signals.robots_parsed, robotparser=parser, request=request
        )
        return _Rules(parser, refusal, monotonic())


def rules_in(response: Response) -> bytes:
    """Return what is to be parsed of an answer to a request for robots.txt; nothing where there is none,
    which allows everything. Raises :class:`RobotsRefused` where the answer forbids everything.
    """
    if response.status >= 500 or response.status == 429:
        raise RobotsRefused(f"robots.txt cannot be had: the server answers {response.status}")
    if response.status >= 300:
        return b""
    if len(response.body) <= MOST_BYTES:
        return response.body
    return response.body[:MOST_BYTES].rpartition(b"\n")[0]  # half a path would forbid more, or less


def _is_redirect_loop(error: Exception) -> bool:
    return type(error) is IgnoreRequest and "max redirections" in str(error)  # Scrapy's words for it
