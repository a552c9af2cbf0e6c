"""The weekday printed beside a date: it proves which number is the month, or that something is wrong."""

import re
from dataclasses import dataclass

_NAMES = {"hai": 0, "ba": 1, "tư": 2, "tu": 2, "năm": 3, "nam": 3, "sáu": 4, "sau": 4, "bảy": 5, "bẩy": 5,
          "bay": 5}  # fmt: skip
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_LONG = (
    r"th[ứu]\s?(?P<name>hai|ba|tư|tu|năm|nam|sáu|sau|bảy|bẩy|bay)|thứ\s?(?P<number>[2-7])"
    r"|(?P<sunday>(?:chủ|chúa)\s(?:nhật|nhựt)|chu\snhat)"
    r"|(?P<english>mon|tues|wednes|thurs|fri|satur|sun)day"
)
# "Thu" is no weekday in lower case: "nghiệm thu".
_SHORT = (
    r"t(?P<short_number>[2-7])|(?P<short_sunday>cn)"
    r"|(?P<short>(?-i:Mon|MON|Tues?|TUE|Wed|WED|Thur?s?|THU|Fri|FRI|Sat|SAT|Sun|SUN))\b\.?"
)
_BEFORE = re.compile(rf"(?<!\w)(?:{_LONG}|{_SHORT})[\s,.|:(–-]*(?:ngày[\s:]*)?$", re.IGNORECASE)
# Behind a date "CN" and "Sun" may begin something else: a branch office, a company.
_AFTER = re.compile(rf"[\s,.|(–-]*(?:(?:{_LONG})(?!\w)|(?:{_SHORT})(?=\s*(?:$|[0-9,|)(–-])))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday as printed: ``number`` counts from 0, Monday, as ``datetime.weekday`` does; it ``begins`` and
    ``ends`` there in its text, with the punctuation up to the date.
    """

    number: int
    is_english: bool
    begins: int
    ends: int


def weekday_before(text: str) -> Weekday | None:
    """Return the weekday that ``text``, all that stands before a date but for times of day, ends with."""
    found = _BEFORE.search(text)
    return _weekday(found) if found else None


def weekday_after(text: str) -> Weekday | None:
    """Return the weekday that ``text``, all that stands behind a date but for times of day, begins with."""
    found = _AFTER.match(text)
    return _weekday(found) if found else None


def _weekday(found: re.Match[str]) -> Weekday:
    english = found["english"] or found["short"]
    digit = found["number"] or found["short_number"]
    if english:
        number = _ENGLISH.index(english[:3].lower())
    elif digit:
        number = int(digit) - 2
    else:
        number = _NAMES[found["name"].lower()] if found["name"] else 6
    return Weekday(number, bool(english), found.start(), found.end())
