"""Publication dates as Vietnamese portals print them: day first, UTC+7, never guessed."""

from wardcrawler.text.dates.moment import EARLIEST_YEAR, ICT, DateRefused, PublishedDate, from_epoch_ms
from wardcrawler.text.dates.read import read_date
from wardcrawler.text.dates.spans import is_relative

__all__ = (
    "EARLIEST_YEAR", "ICT", "DateRefused", "PublishedDate", "from_epoch_ms", "is_relative", "read_date",
)  # fmt: skip
