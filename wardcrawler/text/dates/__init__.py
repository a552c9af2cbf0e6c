"""Publication dates as Vietnamese portals print them: day first, UTC+7, never guessed."""

from wardcrawler.text.dates.moment import EARLIEST_YEAR, ICT, DateRefused, PublishedDate, from_epoch_ms
from wardcrawler.text.dates.read import has_certain_order, read_date, says_other
from wardcrawler.text.dates.spans import is_relative

__all__ = (
    "EARLIEST_YEAR", "ICT", "DateRefused", "PublishedDate", "from_epoch_ms", "has_certain_order",
    "is_relative", "read_date", "says_other",
)  # fmt: skip
