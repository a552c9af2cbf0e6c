"""Time as the database writes it."""

from collections.abc import Callable
from datetime import datetime

from wardcrawler.text.dates import ICT

Clock = Callable[[], str]
"""Called without arguments, tells the present as ISO 8601 text to the second that ends in ``+07:00``."""


def now() -> str:
    """Return the present, such as ``2023-06-24T08:37:00+07:00``."""
    return datetime.now(ICT).isoformat(timespec="seconds")
