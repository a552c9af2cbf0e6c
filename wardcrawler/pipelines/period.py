"""Pipeline of crawls: only what was published in the period that a person asked for."""

from datetime import date, datetime
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from wardcrawler.items import Article, Item


class Period:
    """Drops articles published before ``since`` or after ``until`` (both included); undated ones are kept."""

    def __init__(self, since: date | None = None, until: date | None = None) -> None:
        self.since = since
        self.until = until

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the period from the spider's ``scope``; a spider without one has none."""
        scope = getattr(crawler.spider, "scope", None)
        return cls(getattr(scope, "since", None), getattr(scope, "until", None))

    def process_item(self, item: Item) -> Item:
        """Pass ``item`` on. Raises ``DropItem`` for an article outside the period, in days of UTC+7."""
        if isinstance(item, Article) and item.published_at:
            day = datetime.fromisoformat(item.published_at).date()
            if (self.since and day < self.since) or (self.until and day > self.until):
                words = f"published {day}, outside the period asked for: {item.url}"
                raise DropItem(words, log_level="DEBUG")
        return item
