"""The line that leads through the pages of an article, as it is printed: "Trang: 1 2 3", "Page 1 of 3"."""

import re

_COUNT = re.compile(
    r"\(?(?:trang|page|phần)(?: số)?\s*:?\s*\d{1,3}\s*"
    r"(?:/|trên|of|trong)\s*(?:tổng )?(?:số )?\d{1,3}(?: trang)?\)?"
)
_LABEL = re.compile(r"(?:(?:xem )?(?:các )?trang|pages?)\s*:")
_WAYS = re.compile(r"[\s«»‹›<>|]*(?:trang (?:trước|sau|tiếp(?: theo)?)|(?:next|previous) page)[\s«»‹›<>|]*")
_WORDS = re.compile(
    r"trang (?:trước|sau|đầu|cuối|tiếp(?: theo)?)|(?:tiếp(?: theo)?|trước|sau|đầu|cuối)"
    r"|next(?: page)?|prev(?:ious)?(?: page)?|first|last|trang|page"
)
_MARKS = re.compile(r"[\s\[\]()|«»‹›<>.,…·•–-]+")
_FEWEST = 2


def is_page_line(line: str) -> bool:
    """Return whether a line of text, in the form of ``boilerplate.comparable``, is nothing but the way
    through the pages of an article: "Page 1 of 3", "Trang: 1 2 3", "Trang 1 Trang 2", "Trang sau". Bare
    numbers are not taken for it: see :func:`is_row_of_numbers`.
    """
    if _COUNT.fullmatch(line) or _WAYS.fullmatch(line):
        return True
    label = _LABEL.match(line)
    if label is None and _WORDS.match(line) is None:
        return False
    return is_row_of_numbers(line[label.end() :] if label else line, 1 if label else _FEWEST)


def is_row_of_numbers(line: str, fewest: int = _FEWEST) -> bool:
    """Return whether a line, in the same form, is the numbers of at least so many pages, from 1 and rising,
    with words like "Tiếp" among them.
    """
    numbers = _MARKS.sub(" ", _WORDS.sub(" ", line)).split()
    if len(numbers) < fewest or not all(number.isdecimal() and len(number) < 4 for number in numbers):
        return False
    values = [int(number) for number in numbers]
    return values[0] == 1 and values == sorted(set(values))
