"""Second pipeline: the publish date, read from where the page prints one and from nowhere else."""

import re
from datetime import datetime

from wardcrawler.items import Article, DateText, Item
from wardcrawler.text.dates import ICT, DateRefused, PublishedDate, read_date

_WITH_ZONE = re.compile(r"\d\d:\d\d(?::\d\d)?(?:\.\d+)?\s?(?:Z|[+-]\d\d:?\d\d)$|\+07\d\d:\d\d:\d\d$")


class Date:
    """``published_at`` from the first candidate that holds a possible date; else None with the reason."""

    def process_item(self, item: Item) -> Item:
        """Date an article in place."""
        if isinstance(item, Article):
            set_date(item, item.captured_at or datetime.now(ICT))
        return item


def set_date(article: Article, now: datetime) -> None:
    """Fill the date fields of ``article``. ``now`` (aware) is what "in the future" is measured against.

    The first candidate that can be read counts. Where it is exact to the day only, another of that day counts
    that the page gives for machines, with time and zone.
    """
    reasons = []
    found: tuple[DateText, PublishedDate] | None = None
    for candidate in article.dates:
        try:
            published = read_date(candidate.text, now=now, counts_from=article.captured_at)
        except DateRefused as refused:
            reasons.append(str(refused))
            continue
        if found is None or _completes(candidate, published, found[1]):
            found = candidate, published
        if found[1].precision == "minute":
            break
    if found is None:
        article.date_reason = "; ".join(dict.fromkeys(reasons)) or "the page prints no publish date"
        return
    candidate, published = found
    article.published_at = published.iso
    article.date_precision = published.precision
    article.date_source = candidate.source
    article.date_text = candidate.text
    article.date_reason = None


def _completes(candidate: DateText, published: PublishedDate, day: PublishedDate) -> bool:
    """Return whether a candidate tells the time of day of what is known to the day."""
    return (
        candidate.source in ("node", "meta")
        and published.precision == "minute"
        and published.at.date() == day.at.date()
        and _WITH_ZONE.search(candidate.text) is not None
    )
