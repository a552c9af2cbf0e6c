"""Reading the one date that a text prints.

The text comes from the place where a portal prints the date of an article, with its labels and
whatever is glued to it ("Ngày đăng: 07-01-2026 Lượt xem: 38"). A text that leaves out the day, the
month or the year, or that names a span of days, is refused: other crawlers fill such gaps with
today's date, and so store wrong ones.
"""

import re
from datetime import datetime, timedelta

from wardcrawler.text.dates.forms import DATE, TIME, in_numbers, may_be_american, readings, time_of_day
from wardcrawler.text.dates.labels import published_part
from wardcrawler.text.dates.moment import DateRefused, PublishedDate, possible
from wardcrawler.text.dates.spans import is_relative, read_span
from wardcrawler.text.dates.weekdays import Weekday, weekday_after, weekday_before
from wardcrawler.text.normalise import normalise

# Longer text is a paragraph that a broken selector brought in, and a date in it belongs to a story.
_MOST_CHARACTERS = 200

# A Liferay 6.1 hook with SimpleDateFormat("dd/MM/yyyy HH:ss"): what looks like minutes is seconds.
_SECONDS_FOR_MINUTES = re.compile(
    r"(?:Thứ [^\W\d]+|Chủ Nhật), ngày ([0-9]{2}/[0-9]{2}/[0-9]{4}) [0-9]{2}:[0-9]{2}(?![0-9:])", re.IGNORECASE
)

# What stands around a full date when it is one end of a span, or a date that something is due.
_DAY_BEFORE = re.compile(
    r"(?<![0-9])[0-9]{1,2}\s?(?:[-–/.&~]|và|đến|tới)\s*(?:ngày\s)?$|ngày\s[0-9]{1,2}\s?,\s?$", re.IGNORECASE
)
_PART_BEFORE = re.compile(r"(?<![0-9.])[0-9]{1,2}\s?[-/]\s?[0-9]{1,2}(?![0-9])")
_TERM_BEFORE = re.compile(
    r"\b(?:từ|đến|tới|trước|sau|from|to|until|till|before|after|since)(?:\shết)?(?:\s+ngày)?\s*[:：]?\s+$",
    re.IGNORECASE,
)
_PART_AFTER = re.compile(
    r"\s?(?:[-–~]|đến|tới|và)\s?(?:hết\s)?(?:ngày\s)?[0-9]{1,2}\s?[-/]\s?[0-9]{1,2}(?![0-9])", re.IGNORECASE
)
_SEPARATOR = re.compile(r"[|•·;]")
_PART_OF_A_DATE = re.compile(r"(?<![0-9])[0-9]{1,2}\s?[-/]\s?[0-9]{1,4}(?![0-9])|tháng\s[0-9]", re.IGNORECASE)


def read_date(
    text: str, *, now: datetime, counts_from: datetime | None = None, trusts_minutes: bool = False
) -> PublishedDate:
    """Read the one date of publication that ``text`` prints, in any of the forms of Vietnamese portals.

    ``now`` is aware; it is what makes a date a future one. ``counts_from``, aware too, is when the page was
    taken, which "5 giờ trước" counts from; None where nobody knows. Day first. Precision is "minute" where
    one time of day other than midnight stands beside the date, else "day". Seconds that are printed are kept.

    Special rules and who needs them:

    - Of several dates the one counts that is labelled as the day of publication ("Ngày đăng"), then those
      without a label. A date under another label ("Hạn nộp", "Cập nhật", "Ngày họp") never does.
    - A weekday beside the date must be that date's. It makes "Thứ Sáu, 04/12/2024" the 12th of April, month
      first (Drupal's default format), for the 4th of December was a Wednesday. An English weekday that fits
      both orders settles nothing.
    - "Thứ Bẩy, ngày 24/06/2023 08:37" is exact to the day, its minutes being seconds (Liferay 6.1
      hook), unless the caller ``trusts_minutes``: portals of unknown make print real ones in that form.
    - "2023-06-23+0708:15:00" is 08:15 on the 23rd (NukeViet).
    - ISO 8601 with another zone is converted to UTC+7, unless it is midnight there: then the day is meant.
    - "6/23/2023 8:15:00 AM" is month first, because it cannot be otherwise (khuyennongvn.gov.vn).
      "6/5/2023 8:15:00 AM" is refused: the unpadded numbers are those of that American form, so day
      first would be a guess. "05/06/2023 08:15 AM", padded, is day first (cema.gov.vn).
    - Minutes ago are exact to the minute; hours ago, "hôm qua" and "hôm nay" to the day. Longer spans
      ("3 tuần trước") are rounded, and name no day (cema.gov.vn).

    Raises :class:`DateRefused` where there is no date or only a part of one ("Ngày 23/6"), where
    there are two or a span of days ("từ ngày 05-10/01/2026"), where it is a term ("trước
    15-01-2026"), and for dates that do not exist, lie more than a day after ``now`` or before 2000.
    """
    line = " ".join(normalise(text).split())
    if len(line) > _MOST_CHARACTERS:
        raise DateRefused(f"no date: {len(line)} characters are a text, not a date")
    line = in_numbers(line)
    if not DATE.search(line):
        if _PART_OF_A_DATE.search(line) and not is_relative(line):
            raise DateRefused(f"incomplete date in '{line}'")
        return read_span(line, now, counts_from)
    part = published_part(line)
    day = _single_day(part, list(DATE.finditer(part)))
    time = _single_time(DATE.sub(" ", part))
    if not time or (not trusts_minutes and _SECONDS_FOR_MINUTES.search(part)):
        return possible(day, "day", now)
    return possible(day + time, "minute", now)


def says_other(text: str) -> bool:
    """Return whether ``text`` calls the dates that it prints something else than that of publication."""
    try:
        line = in_numbers(" ".join(normalise(text).split()))
        if DATE.search(line):
            published_part(line)
    except DateRefused:
        return True
    return False


def has_certain_order(text: str) -> bool:
    """Return whether nothing but one order of day and month fits the dates in ``text``, or a weekday stands
    beside one, which tells them apart.
    """
    line = " ".join(normalise(text).split())
    try:
        line = in_numbers(line)
    except DateRefused:
        return True
    dates = list(DATE.finditer(line))
    return all(len(readings(date)) < 2 for date in dates) or any(
        weekday_before(TIME.sub(" ", line[: date.start()]))
        or weekday_after(TIME.sub(" ", line[date.end() :]))
        for date in dates
    )


def _single_day(line: str, dates: list[re.Match[str]]) -> datetime:
    """Return the day that all the matches name, if nothing around them makes it one end of a span."""
    before = TIME.sub(" ", line[: dates[0].start()])
    after = line[dates[-1].end() :]
    weekday = weekday_before(before)
    if weekday is not None:
        before = before[: weekday.begins]
    else:
        weekday = weekday_after(TIME.sub(" ", after))
    days = {_day(line, match, weekday) for match in dates}
    before, after = _SEPARATOR.split(before)[-1], _SEPARATOR.split(after)[0]
    if len(days) > 1 or _DAY_BEFORE.search(before) or _PART_BEFORE.search(before) or _PART_AFTER.match(after):
        raise DateRefused(f"not a single date: '{line}'")
    if _TERM_BEFORE.search(before):
        raise DateRefused(f"a term, not a publication date: '{line}'")
    return days.pop()


def _day(line: str, match: re.Match[str], weekday: Weekday | None) -> datetime:
    """Return the day that ``match`` names: day first, unless the weekday or the calendar says otherwise."""
    days = readings(match)
    if not days:
        raise DateRefused(f"impossible: {match[0]}")
    if weekday is not None:
        fitting = [day for day in days if day.weekday() == weekday.number]
        if not fitting:
            raise DateRefused(f"the weekday is not that of the date: '{line}'")
        if len(fitting) > 1 and weekday.is_english:
            raise DateRefused(f"ambiguous: '{match[0]}' may be day or month first")
        return fitting[0]
    if len(days) > 1 and may_be_american(line[match.start() :]):
        raise DateRefused(f"ambiguous: '{line}' may be day or month first")
    return days[0]


def _single_time(rest: str) -> timedelta | None:
    """Return the time of day in what surrounds a date; None if there is none or several."""
    times = {time_of_day(match) for match in TIME.finditer(rest)}
    return times.pop() if len(times) == 1 else None
