"""Last pipeline: into the database."""

from typing import Self

from scrapy.crawler import Crawler

from wardcrawler.crawling.runs.run import Run
from wardcrawler.items import Article


class Store:
    """Hands items to the run's writer, which commits them in batches with their page state."""

    def __init__(self, run: Run) -> None:
        self.run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The run is the crawler's extension of that name; settings.py enables both together."""
        run = crawler.get_extension(Run)
        if run is None:
            raise LookupError("the Store pipeline needs the extension wardcrawler.crawling.runs.run.Run")
        return cls(run)

    def process_item(self, item: Article) -> Article:
        """Queue ``item``. A database that cannot be written closes the crawl (see ``Run``)."""
        self.run.put(item)
        return item
