"""Dates that are told by how long ago they were: "5 giờ trước", "hôm qua"."""

import re
from datetime import datetime, timedelta

from wardcrawler.text.dates.forms import DATE, TIME, time_of_day
from wardcrawler.text.dates.labels import Kind, label_before
from wardcrawler.text.dates.moment import ICT, DateRefused, PublishedDate, possible

_MINUTES = r"phút|minutes?|mins?"
_HOURS = r"giờ|tiếng|hours?|hrs?"
_LONGER = r"ngày|tuần|tháng|quý|năm|days?|weeks?|months?|years?"
_SPAN = re.compile(
    r"(?<![\w/:.,-])(?:khoảng |hơn |gần |about |over |almost )?(?P<count>[0-9]{1,4}|an?|one|một)\s?"
    rf"(?:(?:(?P<minutes>{_MINUTES})|(?P<hours>{_HOURS})|{_LONGER})\s(?:trước(?: đây)?|ago)(?!\w)"
    rf"|(?:{_LONGER})(?=\s?(?:$|[|·•])))",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?<!\w)(?:(?P<today>hôm nay|today)|hôm qua|yesterday)(?!\w)", re.IGNORECASE)
_BESIDE = re.compile(r"[\s,(|·•–-]*(?:lúc|at)?[\s,]*$", re.IGNORECASE)
_BEHIND = re.compile(r"\s*\)?(?:\s?[|·•–-].*)?$")
_FILL = re.compile(r"(?:[\s,:：(|·•–-]|\b(?:lúc|vào|ngày|on|at)\b)*$", re.IGNORECASE)


def is_relative(text: str) -> bool:
    """Return whether ``text`` tells a date by how long ago it was, so that it reads otherwise every day."""
    return DATE.search(text) is None and (_SPAN.search(text) or _NAMED.search(text)) is not None


def read_span(line: str, now: datetime, counts_from: datetime | None) -> PublishedDate:
    """Read a text that is a span up to now, or "hôm qua" and the like, with a label at most before it and a
    remark behind it.

    Minutes ago are exact to the minute, hours ago to the day, if the portal's rounding leaves no doubt of it;
    longer spans name no day. ``now`` and ``counts_from`` as of :func:`read_date`.

    Raises :class:`DateRefused`.
    """
    span = _SPAN.search(line)
    named = _NAMED.search(line)
    found = span or named
    if found is None:
        raise DateRefused(f"no date in '{line}'")
    clock = _clock(line, found) if named and not span else None
    behind = line[clock.end() if clock and clock.start() > found.start() else found.end() :]
    before = line[: clock.start() if clock and clock.start() < found.start() else found.start()]
    label = label_before(before)
    words = label.words if label else _FILL.sub("", before)
    if not _BEHIND.match(behind) or (label is None and re.search(r"\w", words)):
        raise DateRefused(f"no date in '{line}'")
    if label is not None and label.kind is Kind.OTHER:
        raise DateRefused(f"dated as '{label.words}', not as published: '{line}'")
    if span and not (span["minutes"] or span["hours"]):
        raise DateRefused(f"a span of time, which names no day: '{line}'")
    if counts_from is None:
        raise DateRefused(f"counted from when the page was taken, which is not known: '{line}'")
    base = counts_from.astimezone(ICT).replace(microsecond=0)
    if span is None:
        return _named_day(base - timedelta(days=0 if found["today"] else 1), clock, now)
    count = int(span["count"]) if span["count"].isdigit() else 1
    if span["minutes"]:
        return possible(base - timedelta(minutes=count), "minute", now)
    at = base - timedelta(hours=count)
    if at.date() != (at - timedelta(hours=1)).date():  # "1 giờ" may be 1:59
        raise DateRefused(f"a span of time that may begin on either of two days: '{line}'")
    return possible(_start(at), "day", now)


def _clock(line: str, named: re.Match[str]) -> re.Match[str] | None:
    """Return the time of day right beside a word for a day."""
    for time in TIME.finditer(line):
        is_behind = time.start() > named.start()
        between = line[named.end() : time.start()] if is_behind else line[time.end() : named.start()]
        if _BESIDE.match(between):
            return time
    return None


def _named_day(at: datetime, clock: re.Match[str] | None, now: datetime) -> PublishedDate:
    time = time_of_day(clock) if clock else None
    return possible(_start(at) + time, "minute", now) if time else possible(_start(at), "day", now)


def _start(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0)
