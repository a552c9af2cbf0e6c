"""The forms in which dates and times of day are printed."""

import re
from datetime import datetime, timedelta

from wardcrawler.text.dates.moment import ICT, DateRefused
from wardcrawler.text.dates.weekdays import weekday_before

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
_MONTH_WORD = r"(?:tháng\s|thg\.?\s|th(?=[0-9]))"

# A two-digit year is believed in the one shape it was seen in, d/m/yy (VHV list type 10).
DATE = re.compile(
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
      | ,?\s {_MONTH_WORD} (?P<word_month>[0-9]{{1,2}}|{_MONTH_NAMES})
        ,?\s (?:năm\s)? (?P<word_year>[0-9]{{4}})
      )
    |
      \b{_MONTH_WORD} (?: (?P<first_name>{_MONTH_NAMES})\s(?P<name_day>[0-9]{{1,2}}),?
                        | (?P<first_month>[0-9]{{1,2}})\s(?P<month_day>[0-9]{{1,2}}), )
        \s(?:năm\s)? (?P<first_year>[0-9]{{4}})
    )
    (?![0-9])
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""A date in numbers or with a Vietnamese month; "Tháng Ba 12, 2024" is WordPress's form in Vietnamese."""

TIME = re.compile(
    r"""
    (?<![0-9:+.])
    (?: \b(?P<half_before>SA|CH|AM|PM)\s )?
    (?P<hour>[0-9]{1,2}) (?: : | [hg] | \s?giờ\s? ) (?P<minute>[0-9]{2}) (?![0-9])
    (?: :(?P<second>[0-9]{2}) (?![0-9]) (?:\.[0-9]+)? )?
    (?: \s?(?P<half>SA|CH|AM|PM|a\.m\.|p\.m\.)(?!\w) | \s?(?P<part>sáng|trưa|chiều|tối|đêm)\b )?
    """,
    re.VERBOSE | re.IGNORECASE,
)

_INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:\.[0-9]+)?"
    r"(?:\s?(Z|UTC|GMT(?![+-])|[+-][0-9]{2}:?[0-9]{2}(?![0-9]))|([+-][0-9]{2})(?![0-9]))"
)
# NukeViet formats with PHP's date('Y-m-dTH:i:s'), where T stands for the zone: 2023-06-23+0708:15:00.
_NUKEVIET = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\+07([0-9]{2}:[0-9]{2}:[0-9]{2})")
# What C's ctime and Java's Date print: the year comes last.
_CTIME = re.compile(
    r"\b([A-Z][a-z]{2}) ([0-9]{1,2}) ([0-9]{2}:[0-9]{2}:[0-9]{2})"
    r"(?: ([A-Z]{2,4}(?:[+-][0-9:]{1,5})?|[+-][0-9]{4}))? ([0-9]{4})(?![0-9])"
)
_NAME = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_ENGLISH = re.compile(
    rf"(?<![\w/])(?:{_NAME}\.?\s[0-9]{{1,2}}(?:st|nd|rd|th)?,?\s|[0-9]{{1,2}}(?:st|nd|rd|th)?[\s-]{_NAME}\.?,?[\s-])"
    r"[0-9]{4}(?![0-9])",
    re.IGNORECASE,
)
_LOCAL_ZONES = ("ICT", "+0700", "GMT+0700", "GMT+07:00", "UTC+7", "UTC+07:00")
_WORLD_ZONES = ("GMT", "UTC")
# Month first where .NET's en-US "M/d/yyyy h:mm:ss tt" shows it (khuyennongvn.gov.vn); Vietnamese .NET portals
# print SA and CH instead.
_AMERICAN = re.compile(
    r"([0-9]{1,2})/([0-9]{1,2})/[0-9]{4},? ([0-9]{1,2}):[0-9]{2}(?::[0-9]{2})?\s?[AP]M\b", re.IGNORECASE
)


def in_numbers(line: str) -> str:
    """Return ``line`` with its machine-made and English dates written as ISO 8601 in UTC+7, without zone and,
    where the clock stands at midnight, without time: such a clock only fills up.

    Raises :class:`DateRefused` for instants that do not exist.
    """
    if "+07" in line:
        line = _NUKEVIET.sub(r"\1 \2", line)
    line = _CTIME.sub(_time_behind, line)
    line = _ENGLISH.sub(_numbered, line)
    found = _INSTANT.search(line)
    while found:
        line = _localised(line, found)
        found = _INSTANT.search(line)
    return line


def _time_behind(ctime: re.Match[str]) -> str:
    month, day, time, zone, year = ctime.groups()
    if zone in (None, *_LOCAL_ZONES):
        return f"{month} {day}, {year} {time}"
    if zone in _WORLD_ZONES or zone[0] in "+-":
        return f"{month} {day}, {year} {time} {zone}"
    raise DateRefused(f"a time of an unknown zone: '{ctime[0]}'")


def _numbered(english: re.Match[str]) -> str:
    """Write a date with an English month in numbers. What is none stays as it is."""
    import dateparser  # noqa: PLC0415  # a third of what reading pages has to import, for dates that are rare

    at = dateparser.parse(
        english[0].replace("-", " "),
        languages=["en"],
        settings={"DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month", "year"], "STRICT_PARSING": True},
    )
    printed = {int(number) for number in re.findall("[0-9]{1,4}", english[0])}
    return at.date().isoformat() if at and {at.day, at.year} == printed else english[0]


def _localised(line: str, instant: re.Match[str]) -> str:
    """Write an instant with a zone in UTC+7, without the weekday before it, which is that of the other zone.

    Raises :class:`DateRefused`.
    """
    day, time, zone, hours = instant.groups()
    try:
        at = datetime.fromisoformat(f"{day}T{time}{'Z' if zone in ('UTC', 'GMT') else zone or hours}")
        local = at.astimezone(ICT).replace(tzinfo=None).isoformat(" ")
    except (ValueError, OverflowError):
        raise DateRefused(f"impossible: {instant[0]}") from None
    before = line[: instant.start()]
    weekday = weekday_before(before)
    if weekday is not None and weekday.number == at.weekday():
        before = before[: weekday.begins]
    return f"{before}{day if is_midnight(at) else local}{line[instant.end() :]}"


def is_midnight(at: datetime) -> bool:
    """Return whether the clock of ``at``, in its own zone, stands at 0:00:00."""
    return (at.hour, at.minute, at.second) == (0, 0, 0)


def readings(found: re.Match[str]) -> list[datetime]:
    """Return the days that a match of :data:`DATE` can name, at midnight in UTC+7: read day first, as is
    usual, then month first. Empty where no such day exists.
    """
    part = found.groupdict()
    year = part["iso_year"] or part["year"] or part["word_year"] or part["first_year"]
    month = (
        part["iso_month"] or part["month"] or part["word_month"] or part["first_name"] or part["first_month"]
    )
    day = part["iso_day"] or part["name_day"] or part["month_day"] or part["day"]
    if part["short_year"]:
        year, month = f"20{part['short_year']}", part["short_month"]
    number = _MONTHS.get(month.lower()) or int(month)
    orders = [(number, int(day))]
    if part["mark"] in ("/", "-") and int(day) != number:
        orders.append((int(day), number))
    return [at for at in (_day(int(year), *order) for order in orders) if at is not None]


def _day(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day, tzinfo=ICT)
    except ValueError:
        return None


def day_of(text: str) -> datetime | None:
    """Return the day that the first date in ``text`` names at first sight, in its own zone, or None.

    Raises :class:`DateRefused` for instants that do not exist.
    """
    found = DATE.search(text) or DATE.search(in_numbers(text))
    return next(iter(readings(found)), None) if found else None


def may_be_american(text: str) -> bool:
    """Return whether ``text`` begins with a date of unpadded numbers with AM or PM behind it: those of the
    American form.
    """
    found = _AMERICAN.match(text)
    if found is None:
        return False
    first, second, hour = found.groups()
    return not (first.startswith("0") or second.startswith("0") or min(map(len, (first, second, hour))) == 2)


def time_of_day(found: re.Match[str]) -> timedelta | None:
    """Return what a match of :data:`TIME` says, None where it is not certain ("12:15 sáng").

    Raises :class:`DateRefused` for a time that does not exist.
    """
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    half = (found["half"] or found["half_before"] or "").upper().replace(".", "")
    part = (found["part"] or "").lower()
    morning, afternoon = half in ("SA", "AM"), half in ("CH", "PM")
    if hour > 23 or minute > 59 or second > 59 or ((morning or part == "sáng") and hour > 12):
        raise DateRefused(f"impossible: {found[0]}")
    if part in ("sáng", "đêm", "tối") and hour == 12:
        return None
    if morning and hour == 12:
        hour = 0
    elif hour < 12 and (
        afternoon
        or part in ("chiều", "tối")
        or (part == "đêm" and hour > 6)  # "1:30 đêm" is after midnight
        or (part == "trưa" and hour < 6)
    ):
        hour += 12
    return timedelta(hours=hour, minutes=minute, seconds=second)
