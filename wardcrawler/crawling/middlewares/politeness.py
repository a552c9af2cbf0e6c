"""Politeness: who we are, and the pace that a portal's robots.txt asks for."""

import logging
from collections.abc import Iterable
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError
from scrapy.robotstxt import ProtegoRobotParser, RobotParser
from scrapy.settings import BaseSettings
from scrapy.utils.httpobj import urlparse_cached

from wardcrawler.crawling.middlewares.public_resolver import is_local_literal

logger = logging.getLogger(__name__)

LONGEST_CRAWL_DELAY = 60.0
"""Seconds. A longer ``Crawl-delay`` is taken for a mistake and cut to this."""

SHORTEST_DELAY = 0.001
"""Seconds between requests to a host when a person asks for none (``--delay 0``). With a delay of exactly 0
Scrapy 2.19 sends everything that waits at once, whatever ``CONCURRENT_REQUESTS_PER_DOMAIN`` says: it counts
a request as under way only a step of the event loop after it decided to send it.
"""


def asked_delay(robots: RobotParser, agent: str) -> float:
    """Return the seconds between two requests that robots.txt asks of ``agent``; 0 if it says nothing of it.

    Neither line is in RFC 9309, both are old custom: ``Crawl-delay: 10``, ``Request-rate: 1/10s``. Of the two
    the slower counts. A rate that names hours of the day holds all day: that is slower than asked, never
    faster.
    """
    delay = float(robots.crawl_delay(agent) or 0)
    rate = robots.rp.request_rate(agent) if isinstance(robots, ProtegoRobotParser) else None
    if rate and rate.requests > 0:
        delay = max(delay, rate.seconds / rate.requests)
    return min(delay, LONGEST_CRAWL_DELAY)


class CrawlDelay:
    """Extension: keeps at least the time between two requests to a host that its robots.txt asks for.

    Scrapy reads the lines and leaves it at that. The floor is set before each request enters the
    downloader's queue, so AutoThrottle cannot sink below it, and such a host gets no random jitter.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.asked: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from a crawler, as Scrapy asks, and connect to the signals that carry robots.txt and
        requests.
        """
        extension = cls(crawler)
        crawler.signals.connect(extension.robots_parsed, signal=signals.robots_parsed)
        crawler.signals.connect(extension.before_request, signal=signals.request_reached_downloader)
        return extension

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Remember the delay that robots.txt asks of our user agent, in seconds."""
        settings = self.crawler.settings
        delay = asked_delay(robotparser, settings.get("ROBOTSTXT_USER_AGENT") or settings["USER_AGENT"])
        host = urlparse_cached(request).hostname
        if delay and host:
            self.asked[host] = delay
            logger.info("robots.txt of %s asks for %s s between requests", host, delay)

    def before_request(self, request: Request, spider: Spider) -> None:
        """Raise the host's delay to the one asked for; it is never nothing where requests come singly."""
        asked = self.asked.get(urlparse_cached(request).hostname or "")
        slot = self.crawler.engine.downloader.slots[request.meta["download_slot"]]
        slot.delay = max(slot.delay, asked or (SHORTEST_DELAY if slot.concurrency == 1 else 0.0))
        if asked:
            slot.jitter = 0.0


NO_CONTACT = "no contact given"
"""The words that ``settings.py`` writes into the User-Agent in the place of a contact."""


def state_contact(settings: BaseSettings, priority: str = "spider") -> None:
    """Put ``WARDCRAWLER_CONTACT`` into a User-Agent that names none yet: the setting may have come after it
    (``--set``, ``scrapy -s``).
    """
    contact = settings.get("WARDCRAWLER_CONTACT")
    if contact and NO_CONTACT in settings["USER_AGENT"]:
        settings.set("USER_AGENT", settings["USER_AGENT"].replace(NO_CONTACT, contact), priority=priority)


def require_contact(base_urls: Iterable[str], settings: BaseSettings) -> None:
    """Refuse to ask the portals at ``base_urls``, other than those on this machine, without a contact in the
    User-Agent (RFC 9110, 10.1.5).

    Raises Scrapy's ``UsageError``, which ``scrapy crawl`` answers with its words and exit code 2.
    """
    if NO_CONTACT not in settings["USER_AGENT"]:
        return
    for base_url in base_urls:
        if not is_local_literal(urlsplit(base_url).hostname or ""):
            raise UsageError(
                "portals must be able to reach you: set WARDCRAWLER_CONTACT to an e-mail address or a page, "
                "or give a user agent that names one"
            )
