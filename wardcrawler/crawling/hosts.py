"""Requests never leave the hosts a portal declares."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.httpobj import urlparse_cached

from wardcrawler.crawling.resolver import is_allowed


class Offsite(IgnoreRequest):
    """A request to a host the portal does not declare, or with another scheme than http(s)."""


class DeclaredHosts:
    """Downloader middleware: scheme and exact host of every request, start addresses and redirects included.

    Takes the place of Scrapy's ``OffsiteMiddleware``, which lets start requests (``dont_filter``) and the
    redirects that follow them go anywhere. A portal's hosts are ``spider.allowed_domains``: that of
    ``base_url`` and those in ``hosts``; sub-domains must be named.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from a crawler, as Scrapy asks."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise :class:`Offsite` for a request that may not be sent."""
        parts = urlparse_cached(request)
        host = (parts.hostname or "").lower()
        declared = getattr(self.crawler.spider, "allowed_domains", None) or ()
        if parts.scheme not in ("http", "https"):
            raise Offsite(f"{parts.scheme} address")
        if host not in declared:
            raise Offsite(f"leads to {host or 'no host'}, not a host of this portal")
        if not is_allowed(host):
            raise Offsite(f"{host} is an address of the local network")
