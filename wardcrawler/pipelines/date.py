"""Second pipeline: the publish date, read from where the page prints one and from nowhere else."""

from datetime import date, datetime
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from wardcrawler.items import Article
from wardcrawler.text.dates import ICT, DateRefused, read_date


class Date:
    """``published_at`` from the first candidate that holds a possible date; else None with the reason.

    Articles outside the period a person asked for are dropped here; undated ones are kept.
    """

    def __init__(self, since: date | None = None, until: date | None = None) -> None:
        self.since = since
        self.until = until

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the period from the spider's arguments."""
        return cls(getattr(crawler.spider, "since", None), getattr(crawler.spider, "until", None))

    def process_item(self, item: Article) -> Article:
        """Date ``item`` in place. Raises ``DropItem`` for one outside the period."""
        day = set_date(item, datetime.now(ICT))
        if day and ((self.since and day < self.since) or (self.until and day > self.until)):
            raise DropItem(f"published {day}, outside the period asked for: {item.url}", log_level="DEBUG")
        return item


def set_date(item: Article, now: datetime) -> date | None:
    """Fill the date fields of ``item``; ``now`` (aware) is what "in the future" is measured against.

    Returns the day of publication in Vietnam (UTC+7), or None where there is none.
    """
    reasons = []
    for candidate in item.dates:
        try:
            published = read_date(candidate.text, now=now)
        except DateRefused as refused:
            reasons.append(str(refused))
            continue
        item.published_at = published.iso
        item.date_precision = published.precision
        item.date_source = candidate.source
        item.date_text = candidate.text
        item.date_reason = None
        return published.at.date()
    item.date_reason = "; ".join(reasons) or "the page prints no publish date"
    return None
