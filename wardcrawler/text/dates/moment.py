"""A time of publication, and which times can be one."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal

ICT = timezone(timedelta(hours=7), "ICT")
"""Indochina Time, UTC+7 without summer time: the zone of every portal."""

EARLIEST_YEAR = 2000


class DateRefused(ValueError):
    """No publication date can be read; ``reason`` says why, in words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class PublishedDate:
    """A time of publication: ``at`` is aware, in UTC+7, and midnight where only the day is known."""

    at: datetime
    precision: Literal["minute", "day"]

    @property
    def iso(self) -> str:
        """The time in ISO 8601 with seconds and zone: ``2023-06-24T08:37:00+07:00``."""
        return self.at.isoformat(timespec="seconds")


def possible(at: datetime, precision: Literal["minute", "day"], now: datetime) -> PublishedDate:
    """Return ``at`` in UTC+7 (where a naive one is taken to be already), if a page can be from then.

    Raises :class:`DateRefused` before 2000 and more than a day after ``now``, which is aware.
    """
    try:
        at = at.replace(tzinfo=ICT) if at.tzinfo is None else at.astimezone(ICT)
    except OverflowError:
        raise DateRefused(f"impossible: {at.isoformat()}") from None
    if at.year < EARLIEST_YEAR:
        raise DateRefused(f"before {EARLIEST_YEAR}: {at.date().isoformat()}")
    if at - now > timedelta(days=1):
        raise DateRefused(f"future: {at.date().isoformat()}")
    return PublishedDate(at, precision)


def from_epoch_ms(milliseconds: int, *, now: datetime | None = None) -> PublishedDate:
    """Return the instant so many milliseconds after 1970-01-01 UTC, cut to seconds.

    Quảng Trị communes number articles so, and the day in UTC+7 is the one they print
    (diensanh.quangtri.gov.vn). ``now`` is aware, by default the clock. Raises :class:`DateRefused`
    before 2000 and more than a day after ``now``.
    """
    try:
        at = datetime.fromtimestamp(milliseconds // 1000, UTC)
    except (ValueError, OverflowError, OSError):
        raise DateRefused(f"impossible: {milliseconds} ms") from None
    return possible(at, "minute", now or datetime.now(UTC))
