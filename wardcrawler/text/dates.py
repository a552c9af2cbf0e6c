"""Publication dates as Vietnamese portals print them: day first, UTC+7, never guessed.

The text comes from the place where a portal prints the date of an article, with its labels and
whatever is glued to it ("Ngày đăng: 07-01-2026 Lượt xem: 38"). A text that leaves out the day, the
month or the year, or that names a span of days, is refused: other crawlers fill such gaps with
today's date, and so store wrong ones.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal

from wardcrawler.text.normalise import normalise

ICT = timezone(timedelta(hours=7), "ICT")
"""Indochina Time, UTC+7 without summer time: the zone of every portal."""

EARLIEST_YEAR = 2000

# Longer text is a paragraph that a broken selector brought in, and a date in it belongs to a story.
_MOST_CHARACTERS = 200

_MONTHS = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "mười một": 11,
    "mười hai": 12,
}
# "mười hai" before "mười"; the space is escaped for the verbose pattern below.
_MONTH_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True)).replace(" ", r"\s")

# A two-digit year is believed in the one shape it was seen in, d/m/yy (VHV list type 10).
_DATE = re.compile(
    rf"""
    (?<![0-9/])
    (?:
      (?P<iso_year>[0-9]{{4}}) (?P<iso_mark>[-/.]) (?P<iso_month>[0-9]{{1,2}}) (?P=iso_mark)
        (?P<iso_day>[0-9]{{1,2}})
    |
      (?P<day>[0-9]{{1,2}})
      (?:
        \s?(?P<mark>[-/.–])\s? (?P<month>[0-9]{{1,2}}) \s?(?P=mark)\s? (?P<year>[0-9]{{4}})
      | / (?P<short_month>[0-9]{{1,2}}) / (?P<short_year>[0-9]{{2}}) (?![-/.][0-9])
      | ,?\s tháng \s (?P<word_month>[0-9]{{1,2}}|{_MONTH_NAMES}) ,?\s (?:năm\s)? (?P<word_year>[0-9]{{4}})
      )
    )
    (?![0-9])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TIME = re.compile(
    r"""
    (?<![0-9:+.])
    (?P<hour>[0-9]{1,2}) (?: : | [hg] | \s?giờ\s? ) (?P<minute>[0-9]{2}) (?![0-9])
    (?: :(?P<second>[0-9]{2}) (?![0-9]) (?:\.[0-9]+)? )?
    (?: \s?(?P<half>SA|CH|AM|PM)\b | \s?(?P<part>sáng|trưa|chiều|tối|đêm)\b )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:\.[0-9]+)?"
    r"(?:\s?(Z|UTC|GMT(?![+-])|[+-][0-9]{2}:?[0-9]{2}(?![0-9]))|([+-][0-9]{2})(?![0-9]))"
)
# NukeViet formats with PHP's date('Y-m-dTH:i:s'), where T stands for the zone: 2023-06-23+0708:15:00.
_NUKEVIET = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\+07([0-9]{2}:[0-9]{2}:[0-9]{2})")
# A Liferay 6.1 hook with SimpleDateFormat("dd/MM/yyyy HH:ss"): what looks like minutes is seconds.
_SECONDS_FOR_MINUTES = re.compile(
    r"(?:Thứ [^\W\d]+|Chủ Nhật), ngày ([0-9]{2}/[0-9]{2}/[0-9]{4}) [0-9]{2}:[0-9]{2}(?![0-9:])", re.IGNORECASE
)
# .NET's en-US "M/d/yyyy h:mm:ss tt" (khuyennongvn.gov.vn); Vietnamese .NET portals print SA and CH instead.
_AMERICAN = re.compile(
    r"(?<![0-9/])([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}),? ([0-9]{1,2}):[0-9]{2}(?::[0-9]{2})?\s?[AP]M\b",
    re.IGNORECASE,
)
# "3 ngày trước" and, as cema prints it, "3 ngày"; a label and a tail may stand around the former.
_AGO = re.compile(
    r"(?:(?:[^0-9:]*:|đăng|cập nhật)\s)?([0-9]{1,3}\s(?:phút|giờ|ngày|tuần|tháng))\strước(?:\s?[|·•–-].*)?"
    r"|([0-9]{1,3}\s(?:ngày|tuần|tháng))",
    re.IGNORECASE,
)
_WEEKDAY_IN_DIGITS = re.compile(r"\b(?:thứ\s?|t)[2-7]\b", re.IGNORECASE)

# What stands around a full date when it is one end of a span, or a date that something is due.
_DAY_BEFORE = re.compile(
    r"(?<![0-9])[0-9]{1,2}\s?(?:[-–/.&~]|và|đến|tới)\s*(?:ngày\s)?$|ngày\s[0-9]{1,2}\s?,\s?$", re.IGNORECASE
)
_PART_BEFORE = re.compile(r"(?<![0-9.])[0-9]{1,2}\s?[-/]\s?[0-9]{1,2}(?![0-9])")
_TERM_BEFORE = re.compile(r"\b(?:từ|đến|tới|trước|sau)(?:\shết)?(?:\s+ngày)?\s+$", re.IGNORECASE)
_PART_AFTER = re.compile(
    r"\s?(?:[-–~]|đến|tới|và)\s?(?:hết\s)?(?:ngày\s)?[0-9]{1,2}\s?[-/]\s?[0-9]{1,2}(?![0-9])", re.IGNORECASE
)
_PART_OF_A_DATE = re.compile(r"(?<![0-9])[0-9]{1,2}\s?[-/]\s?[0-9]{1,4}(?![0-9])|tháng\s[0-9]", re.IGNORECASE)
_MONTH_AND_YEAR = re.compile(r"\b(?:th[aá]ng|thg)\b.*(?<![0-9])[0-9]{4}(?![0-9])", re.IGNORECASE)


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


def read_date(text: str, *, now: datetime) -> PublishedDate:
    """Read the one date that ``text`` prints, in any of the forms of Vietnamese portals.

    ``now`` is aware; it is what "3 ngày trước" counts from and what makes a date a future one.
    Day first always. Precision is "minute" where one time of day stands beside the date, else "day".
    Seconds that are printed are kept.

    Special rules and who needs them:

    - "Thứ Bẩy, ngày 24/06/2023 08:37" is exact to the day, its minutes being seconds (Liferay 6.1
      hook).
    - "2023-06-23+0708:15:00" is 08:15 on the 23rd (NukeViet).
    - ISO 8601 with another zone is converted to UTC+7.
    - "6/23/2023 8:15:00 AM" is month first, because it cannot be otherwise (khuyennongvn.gov.vn).
      "6/5/2023 8:15:00 AM" is refused: the unpadded numbers are those of that American form, so day
      first would be a guess. "05/06/2023 08:15 AM", padded, is day first (cema.gov.vn).
    - Minutes ago are exact to the minute; hours, days, weeks and months ago to the day the portal's
      rounding gives (cema.gov.vn).

    Raises :class:`DateRefused` where there is no date or only a part of one ("Ngày 23/6"), where
    there are two or a span of days ("từ ngày 05-10/01/2026"), where it is a term ("trước
    15-01-2026"), and for dates that do not exist, lie more than a day after ``now`` or before 2000.
    """
    line = " ".join(normalise(text).split())
    if len(line) > _MOST_CHARACTERS:
        raise DateRefused(f"no date: {len(line)} characters are a text, not a date")
    if "+07" in line:
        line = _NUKEVIET.sub(r"\1 \2", line)
    line = _INSTANT.sub(_in_local_time, line)
    line = _AMERICAN.sub(_day_first, line)
    dates = list(_DATE.finditer(line))
    if not dates:
        return _read_other(line, now)
    day = _single_day(line, dates)
    time = _single_time(_DATE.sub(" ", line))
    if time is None or _SECONDS_FOR_MINUTES.search(line):
        return _checked(day, "day", now)
    return _checked(day + time, "minute", now)


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
    return _checked(at, "minute", now or datetime.now(UTC))


def _checked(at: datetime, precision: Literal["minute", "day"], now: datetime) -> PublishedDate:
    """Return ``at`` in UTC+7 (where a naive one is taken to be already), if a page can be from then.

    Raises :class:`DateRefused`.
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


def _in_local_time(instant: re.Match[str]) -> str:
    """Write an ISO 8601 date and time with a zone in UTC+7 without it. Raises :class:`DateRefused`."""
    day, time, zone, hours = instant.groups()
    try:
        at = datetime.fromisoformat(f"{day}T{time}{'Z' if zone in ('UTC', 'GMT') else zone or hours}")
        return at.astimezone(ICT).replace(tzinfo=None).isoformat(" ")
    except (ValueError, OverflowError):
        raise DateRefused(f"impossible: {instant[0]}") from None


def _day_first(american: re.Match[str]) -> str:
    """Write a date with AM or PM after it day first, if its order is certain. Raises :class:`DateRefused`."""
    first, second, year, hour = american.groups()
    if int(first) <= 12 < int(second):
        return american[0].replace(f"{first}/{second}/{year}", f"{second}/{first}/{year}", 1)
    padded = first.startswith("0") or second.startswith("0") or min(map(len, (first, second, hour))) == 2
    if padded or first == second or int(first) > 12:
        return american[0]
    raise DateRefused(f"ambiguous: '{american[0]}' may be day or month first")


def _single_day(line: str, dates: list[re.Match[str]]) -> datetime:
    """Return the day that all the matches name, if nothing around them makes it one end of a span."""
    days = {_day(match) for match in dates}
    before = _WEEKDAY_IN_DIGITS.sub(" ", _TIME.sub(" ", line[: dates[0].start()]))
    after = line[dates[-1].end() :]
    if len(days) > 1 or _DAY_BEFORE.search(before) or _PART_BEFORE.search(before) or _PART_AFTER.match(after):
        raise DateRefused(f"not a single date: '{line}'")
    if _TERM_BEFORE.search(before):
        raise DateRefused(f"a term, not a publication date: '{line}'")
    return days.pop()


def _day(match: re.Match[str]) -> datetime:
    part = match.groupdict()
    month = part["iso_month"] or part["month"] or part["short_month"] or part["word_month"]
    year = part["iso_year"] or part["year"] or part["word_year"] or f"20{part['short_year']}"
    try:
        month_number = _MONTHS.get(month.lower()) or int(month)
        return datetime(int(year), month_number, int(part["iso_day"] or part["day"]), tzinfo=ICT)
    except ValueError:
        raise DateRefused(f"impossible: {match[0]}") from None


def _single_time(rest: str) -> timedelta | None:
    """Return the time of day in what surrounds a date; None if there is none, several, or one in words."""
    times = {_time(match) for match in _TIME.finditer(rest)}
    return times.pop() if len(times) == 1 else None


def _time(match: re.Match[str]) -> timedelta | None:
    if match["part"]:
        return None
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    half = (match["half"] or "").upper()
    morning, afternoon = half in ("SA", "AM"), half in ("CH", "PM")
    if hour > 23 or minute > 59 or second > 59 or (morning and hour > 12):
        raise DateRefused(f"impossible: {match[0]}")
    if morning and hour == 12:
        hour = 0
    elif afternoon and hour < 12:
        hour += 12
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _read_other(line: str, now: datetime) -> PublishedDate:
    """Read the rarer forms with dateparser: "3 ngày trước", "15 thg 12, 2023"."""
    ago = _AGO.fullmatch(line)
    span = (ago[1] or ago[2]) if ago else None
    at = _dateparser(f"{span} trước" if span else line, now) if span or _MONTH_AND_YEAR.search(line) else None
    if at is None or not (span or _all_printed(at, line)):
        raise DateRefused(
            f"incomplete date in '{line}'" if _PART_OF_A_DATE.search(line) else f"no date in '{line}'"
        )
    if span.lower().endswith("phút") if span else _TIME.search(line):
        return _checked(at.replace(microsecond=0), "minute", now)
    return _checked(at.replace(hour=0, minute=0, second=0, microsecond=0), "day", now)


def _all_printed(at: datetime, line: str) -> bool:
    """Return whether day, month and year stand in ``line``.

    dateparser reads December into "Tháng Sáu 23, 2023".
    """
    return {at.day, at.month, at.year} <= {int(number) for number in re.findall("[0-9]{1,4}", line)}


def _dateparser(words: str, now: datetime) -> datetime | None:
    import dateparser  # noqa: PLC0415  # a third of what reading pages has to import, for dates that are rare

    return dateparser.parse(
        words,
        languages=["vi"],
        settings={
            "DATE_ORDER": "DMY",
            "RELATIVE_BASE": now.astimezone(ICT).replace(tzinfo=None),
            "REQUIRE_PARTS": ["day", "month", "year"],
            "STRICT_PARSING": True,
        },
    )
