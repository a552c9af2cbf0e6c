"""The download handler for portals that declare ``tls = "legacy"``."""

import socket
from typing import ClassVar

from aiohttp import ClientResponse
from aiohttp.abc import ResolveResult
from aiohttp.resolver import ThreadedResolver
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Headers

from wardcrawler.crawling.middlewares.public_resolver import refuse_local


class PublicThreadedResolver(ThreadedResolver):
    """aiohttp's resolver with the rule of :class:`PublicResolver`: an answer that points into the local
    network fails. aiohttp connects to the very addresses given here, and asks nobody for address literals,
    which ``DeclaredHosts`` checks.
    """

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses of ``host``. Raises ``OSError`` if one of them is local and no person named
        it.
        """
        answers = await super().resolve(host, port, family)
        for answer in answers:
            refuse_local(answer["host"], host)
        return answers


class LegacyTls(AiohttpDownloadHandler):
    """Scrapy's handler over aiohttp, which is one of Scrapy's own dependencies, with our resolver.

    Scrapy calls it experimental and keeps it in a private module: hence only for portals that no other
    handler reaches.
    """

    experimental: ClassVar[bool] = False  # a warning in every crawl's log, for a choice made here

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._session.connector._resolver = PublicThreadedResolver()  # type: ignore[union-attr]

    @staticmethod
    def _extract_headers(response: ClientResponse) -> Headers:
        """Return the headers as bytes: Scrapy's own method breaks on some that are not UTF-8, such as file
        names in windows-1258.
        """
        return Headers(list(response.raw_headers))
