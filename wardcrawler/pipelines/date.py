"""Second pipeline: the publish date, read from where the page prints one and from nowhere else."""

from datetime import datetime

from wardcrawler.items import Article, Item
from wardcrawler.text.dates import ICT, DateRefused, read_date


class Date:
    """``published_at`` from the first candidate that holds a possible date; else None with the reason."""

    def process_item(self, item: Item) -> Item:
        """Date an article in place."""
        if isinstance(item, Article):
            set_date(item, item.captured_at or datetime.now(ICT))
        return item


def set_date(article: Article, now: datetime) -> None:
    """Fill the date fields of ``article``. ``now`` (aware) is what "in the future" is measured against."""
    reasons = []
    for candidate in article.dates:
        try:
            published = read_date(candidate.text, now=now)
        except DateRefused as refused:
            reasons.append(str(refused))
            continue
        article.published_at = published.iso
        article.date_precision = published.precision
        article.date_source = candidate.source
        article.date_text = candidate.text
        article.date_reason = None
        return
    article.date_reason = "; ".join(reasons) or "the page prints no publish date"
