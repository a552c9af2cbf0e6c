"""The peer of a quiet night: a bare Scrapy program that fetches the same addresses, with nothing of ours.

One crawler a portal, all in one process and one event loop: robots.txt and the listings.
"""

import json
import sys
from pathlib import Path

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

from benchmarks.crawl_settings import SAME_FOR_ALL


class Bare(scrapy.Spider):
    """Fetches its addresses."""

    name = "bare"
    pages = 0

    def parse(self, response: Response) -> None:
        """Count the page."""
        Bare.pages += 1


def main(file: str) -> None:
    """``file`` holds a JSON array with the addresses of each portal."""
    portals: list[list[str]] = json.loads(Path(file).read_text(encoding="utf-8"))
    process = AsyncCrawlerProcess(dict(SAME_FOR_ALL))
    for addresses in portals:
        process.crawl(process.create_crawler(Bare), start_urls=addresses)
    process.start()
    assert Bare.pages == sum(map(len, portals)), f"{Bare.pages} pages"


if __name__ == "__main__":
    main(*sys.argv[1:])
