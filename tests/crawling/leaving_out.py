"""Spider middlewares that leave out addresses of every listing, as what bounds a crawl does."""

from collections.abc import AsyncIterator
from typing import Any

from scrapy.http import Response

from wardcrawler.items import LeftOut, ListingPage


class LeavingOut:
    async def process_spider_output(
        self, response: Response, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        async for item in result:
            yield item
            if isinstance(item, ListingPage):
                for week in (1, 2):  # the same two on every page
                    url = response.urljoin(f"/lich?tuan={week}")
                    yield LeftOut(url, "bound", "a calendar; --set WARDCRAWLER_FAMILY=500")
                yield LeftOut("https://dichvucong.example.vn/", "offsite", "not a host of this portal")


class LeavingOutOwnNews:
    async def process_spider_output(
        self, response: Response, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        async for item in result:
            yield item
            if isinstance(item, ListingPage):
                yield LeftOut("http://www.localhost/tin-tuc", "offsite", "not a host of this portal")
