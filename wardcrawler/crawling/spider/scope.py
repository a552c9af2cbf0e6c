"""The scope of a run, as a person asked for it: a period, so many articles, everything."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from wardcrawler.extraction.listings import ArticleLink
from wardcrawler.text.dates import ICT, DateRefused, read_date


@dataclass(frozen=True, slots=True)
class Scope:
    """The bounds of a run. ``since`` and ``until`` are the first and last day of publication (UTC+7), both
    included; ``limit`` is how many articles are asked for; None for no bound. ``full`` walks every section to
    its end and fetches known articles again.
    """

    since: date | None = None
    until: date | None = None
    limit: int | None = None
    full: bool = False

    @classmethod
    def of(
        cls, since: str | date | None, until: str | date | None, limit: int | str | None, full: bool | str
    ) -> "Scope":
        """Read spider arguments, which plain Scrapy gives as text. Raises ``ValueError`` for what is none."""
        is_full = str(full).lower() in ("1", "true", "yes")
        return cls(_as_date(since), _as_date(until), int(limit) if limit else None, is_full)

    @property
    def is_period(self) -> bool:
        """Whether only a period is wanted."""
        return bool(self.since or self.until)

    @property
    def is_limited(self) -> bool:
        """Whether anything is left out that the portal lists."""
        return self.is_period or self.limit is not None

    def has_room(self, asked: int) -> bool:
        """Tell whether another article may be asked for after ``asked`` of them."""
        return self.limit is None or asked < self.limit

    def covers(self, link: ArticleLink) -> bool:
        """Tell whether an article may be of the period by the date its listing prints; True without one."""
        day = _day(link)
        if day is None:
            return True
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def is_past(self, links: Iterable[ArticleLink]) -> bool:
        """Tell whether every article of a listing page is older than the period."""
        if self.since is None:
            return False
        days = [_day(link) for link in links]
        return all(day is not None and day < self.since for day in days)


def _as_date(value: str | date | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else value or None


def _day(link: ArticleLink) -> date | None:
    if not link.date_text:
        return None
    try:
        now = datetime.now(ICT)
        return read_date(link.date_text, now=now, counts_from=now).at.date()
    except DateRefused:
        return None
