"""Keeps requests on the hosts that a portal declares."""

import re
from typing import Self
from urllib.parse import SplitResult, urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from wardcrawler.crawling.middlewares.public_resolver import is_allowed, is_local_literal


class Offsite(IgnoreRequest):
    """A request to a host the portal does not declare, or with another scheme than http(s)."""


ROBOTS_REQUEST = "wardcrawler_robots"
"""Key in the ``meta`` of a request for robots.txt and of the redirects that follow it."""

_LEADS_TO = re.compile(r"leads to (?:another port of (\S+): (\d+)|(\S+), not a host)")

_USUAL_PORTS = {"http": 80, "https": 443}


class DeclaredHosts:
    """Downloader middleware: checks scheme, exact host and port of every request, start addresses and
    redirects included.

    Takes the place of Scrapy's ``OffsiteMiddleware``, which lets start requests (``dont_filter``) and the
    redirects that follow them go anywhere. A portal's hosts are ``spider.allowed_domains``: that of
    ``base_url`` and those in ``hosts``; sub-domains must be named. Ports are 80, 443 and the one of
    ``base_url``; on a local address only the latter, for other ports there are other people's services.

    A robots.txt may lead to any public host (RFC 9309, 2.3.1.2: "even across authorities"), as portals
    that share one do; the addresses of the local network stay closed to it too.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from a crawler, as Scrapy asks."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise :class:`Offsite` for a request that may not be sent."""
        require_declared(request.url, self.crawler.spider, is_robots=bool(request.meta.get(ROBOTS_REQUEST)))


def require_declared(url: str, spider: Spider | None, *, is_robots: bool = False) -> None:
    """Raise :class:`Offsite` for an address that the crawl of ``spider`` may not ask; ``is_robots`` for one
    of a robots.txt.
    """
    try:
        parts = urlsplit(url)
        port = _port(parts)
    except ValueError as error:
        raise Offsite(str(error)) from None
    host = (parts.hostname or "").lower()
    declared = getattr(spider, "allowed_domains", None) or ()
    if parts.scheme not in _USUAL_PORTS:
        raise Offsite(f"{parts.scheme} address")
    if host not in declared and not is_robots:
        raise Offsite(f"leads to {host or 'no host'}, not a host of this portal")
    if not is_allowed(host):
        raise Offsite(f"{host} is an address of the local network")
    base = urlsplit(getattr(spider, "base_url", ""))
    if host == (base.hostname or "").lower() and port == _port(base):
        return
    if is_local_literal(host) or port not in _USUAL_PORTS.values():
        raise Offsite(f"leads to another port of {host}: {port}")


def offsite_host(words: str) -> str | None:
    """Return the host that the words of an :class:`Offsite` name, with its port where that is the reason;
    None if they name none.
    """
    found = _LEADS_TO.search(words)
    if not found:
        return None
    return found[3] or f"{found[1]}:{found[2]}"


def _port(parts: SplitResult) -> int | None:
    return parts.port or _USUAL_PORTS.get(parts.scheme)
