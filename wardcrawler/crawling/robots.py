"""robots.txt that cannot be had means: do not crawl."""

import asyncio
from collections import defaultdict

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler
from twisted.internet.defer import Deferred

_NOTHING_ALLOWED = b"User-agent: *\nDisallow: /\n"


class RobotsRefused(IgnoreRequest):
    """robots.txt forbids the address, or could not be had; ``cause`` is then the error it failed with, or
    None where the server answered 5xx.
    """

    def __init__(self, words: str, cause: Exception | None = None) -> None:
        super().__init__(words)
        self.cause = cause


class FailClosedRobots(RobotsTxtMiddleware):
    """Scrapy's robots.txt middleware with RFC 9309, section 2.3.1: 4xx allows everything, 5xx and an
    unreachable file forbid everything. Scrapy itself allows everything in both cases.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._not_had: dict[str, RobotsRefused] = {}
        self._one_at_a_time: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The parsed robots.txt of the request's host, fetched once.

        Requests that wait for it do so here: in Scrapy they wait for one Deferred, which gives its result
        to the first of them and None, which allows everything, to the rest.
        """
        async with self._one_at_a_time[urlparse_cached(request).netloc]:
            return await super().robot_parser(request)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Raise :class:`RobotsRefused` in the place of Scrapy's bare ``IgnoreRequest``."""
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest:
            known = self._not_had.get(urlparse_cached(request).netloc)
            raise known or RobotsRefused("robots.txt forbids it") from None

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500:
            self._not_had[netloc] = RobotsRefused(
                f"robots.txt cannot be had: the server answers {response.status}"
            )
            response = response.replace(body=_NOTHING_ALLOWED)
        elif response.status >= 400:
            response = response.replace(body=b"")
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self._not_had[netloc] = RobotsRefused(f"robots.txt cannot be had: {exc or type(exc).__name__}", exc)
        waiting = self._parsers[netloc]
        nothing = build_from_crawler(self._parserimpl, self.crawler, _NOTHING_ALLOWED)
        self._parsers[netloc] = nothing
        if isinstance(waiting, Deferred):
            waiting.callback(nothing)
