"""Second pipeline: the publish date, read from where the page prints one and from nowhere else."""

import re
from datetime import datetime

from wardcrawler.items import Article, DateText, Item
from wardcrawler.text.dates import ICT, DateRefused, PublishedDate, has_certain_order, read_date

_Found = tuple[DateText, PublishedDate]
_MONTHS = 12
_UNKNOWN = "generic"  # the platform of portals of unknown make
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
    that the page gives for machines, with time and zone. Where its day and month may be the other way round,
    and what the page gives for machines has them so, that counts.
    """
    reasons = []
    found: list[_Found] = []
    for candidate in article.dates:
        try:
            published = read_date(
                candidate.text,
                now=now,
                counts_from=article.captured_at,
                trusts_minutes=article.platform == _UNKNOWN,
            )
        except DateRefused as refused:
            reasons.append(str(refused))
        else:
            found.append((candidate, published))
    if not found:
        article.date_reason = "; ".join(dict.fromkeys(reasons)) or "the page prints no publish date"
        return
    first = _month_first(found) or found[0]
    candidate, published = next((each for each in found if _completes(*each, first[1])), first)
    article.published_at = published.iso
    article.date_precision = published.precision
    article.date_source = candidate.source
    article.date_text = candidate.text
    article.date_reason = None


def _month_first(found: list[_Found]) -> _Found | None:
    """Return what a meta tag says if it shows that the date printed first has the month first."""
    candidate, published = found[0]
    day = published.at.date()
    if candidate.source != "node" or day.day > _MONTHS or has_certain_order(candidate.text):
        return None
    turned = day.replace(month=day.day, day=day.month)
    declared = [each for each in found if each[0].source == "meta"]
    if any(each[1].at.date() == day for each in declared):
        return None
    return next((each for each in declared if each[1].at.date() == turned), None)


def _completes(candidate: DateText, published: PublishedDate, day: PublishedDate) -> bool:
    """Return whether a candidate tells the time of day of what is known to the day."""
    return (
        day.precision == "day"
        and candidate.source in ("node", "meta")
        and published.precision == "minute"
        and published.at.date() == day.at.date()
        and _WITH_ZONE.search(candidate.text) is not None
    )
