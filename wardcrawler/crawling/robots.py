"""robots.txt that cannot be had means: do not crawl."""

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser
from scrapy.utils.misc import build_from_crawler
from twisted.internet.defer import Deferred

_NOTHING_ALLOWED = b"User-agent: *\nDisallow: /\n"


class RobotsRefused(IgnoreRequest):
    """robots.txt forbids the address, or could not be had at all."""


class FailClosedRobots(RobotsTxtMiddleware):
    """Scrapy's robots.txt middleware with RFC 9309, section 2.3.1: 4xx allows everything, 5xx and an
    unreachable file forbid everything. Scrapy itself allows everything in both cases.
    """

    def process_request_2(self, rp: ProtegoRobotParser | None, request: Request) -> None:
        """Raise :class:`RobotsRefused` in the place of Scrapy's bare ``IgnoreRequest``."""
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest:
            why = self._unreachable.get(request.url.split("/")[2])
            raise RobotsRefused(f"robots.txt {why or 'forbids it'}") from None

    @property
    def _unreachable(self) -> dict[str, str]:
        return self.__dict__.setdefault("_why", {})  # type: ignore[no-any-return]

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500:
            self._unreachable[netloc] = f"answers {response.status}"
            response = response.replace(body=_NOTHING_ALLOWED)
        elif response.status >= 400:
            response = response.replace(body=b"")
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self._unreachable[netloc] = f"cannot be had ({exc or type(exc).__name__})"
        waiting = self._parsers[netloc]
        nothing = build_from_crawler(self._parserimpl, self.crawler, _NOTHING_ALLOWED)
        self._parsers[netloc] = nothing
        if isinstance(waiting, Deferred):
            waiting.callback(nothing)
