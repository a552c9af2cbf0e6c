"""The peer: a bare Scrapy spider over the same pages, with nothing of ours in it.

``download`` only fetches; ``css`` reads four fields with CSS queries into a JSON-lines feed, as the
Scrapy tutorial does. Both follow the listing's links and pages.
"""

import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

from benchmarks.child import report
from benchmarks.crawl_settings import SAME_FOR_ALL


class Bare(scrapy.Spider):
    """Follows article links and pager links."""

    name = "bare"

    def __init__(self, start: str, with_css: bool) -> None:
        super().__init__()
        self.start_address = start
        self.with_css = with_css
        self.pages = 0

    async def start(self) -> AsyncIterator[Any]:
        """The first listing page."""
        yield scrapy.Request(self.start_address, callback=self.listing)

    def listing(self, response: Response) -> Iterator[scrapy.Request]:
        """Links to articles and to the next listing page."""
        for link in response.css("div.article-title > a::attr(href)").getall():
            yield response.follow(link, callback=self.article)
        following = response.css("div.lfr-pagination li.next > a::attr(href)").get()
        if following:
            yield response.follow(following, callback=self.listing)

    def article(self, response: Response) -> Iterator[dict[str, Any]]:
        """Nothing, or four fields."""
        self.pages += 1
        if self.with_css:
            yield {
                "url": response.url,
                "title": response.css("span.header-title::text, h3.header-title span::text").get(),
                "date": response.css("div.asset-publish-date ::text").get(),
                "lead": response.css("div.journal-content-article > p::text").get(),
                "body": "\n".join(response.css("div.journal-content-article ::text").getall()),
            }


def main(mode: str, start: str) -> None:
    """Crawl once and print the measurement."""
    with TemporaryDirectory() as folder:
        feed = {str(Path(folder) / "items.jsonl"): {"format": "jsonlines"}} if mode == "css" else {}
        process = AsyncCrawlerProcess({**SAME_FOR_ALL, "FEEDS": feed})
        crawler = process.create_crawler(Bare)

        def work(address: str) -> int:
            process.crawl(crawler, start=address, with_css=mode == "css")
            process.start()
            spider = crawler.spider
            assert isinstance(spider, Bare)
            return spider.pages

        report(work, [start])


if __name__ == "__main__":
    main(*sys.argv[1:])
