"""Values that stand behind a label: "Tác giả: Đức Lục"."""

import re
import unicodedata
from collections.abc import Sequence

_VALUE = r"\s*[:：]\s*(?P<value>.*)"

AUTHOR = re.compile(
    r"(?:tác giả(?: bài viết)?|người viết|người thực hiện|(?:tin|bài)(?:\s*(?:,|và|-|–|/)\s*(?:bài|ảnh))*"
    r"|tin bài(?:\s*(?:,|và|-|–|/)\s*ảnh)?)" + _VALUE,
    re.IGNORECASE | re.DOTALL,
)
# Who put the page up: better than nobody, but a sign-off under the text is better than this.
POSTER = re.compile(
    r"(?:(?:(?:được )?(?:viết |đăng )?bởi|người đăng(?: tin)?)\s*[:：]\s*|(?:được )?(?:viết |đăng )?bởi\s+)"
    r"(?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)
SOURCE = re.compile(r"(?:nguồn(?: tin| bài viết| bài)?|theo nguồn)" + _VALUE, re.IGNORECASE | re.DOTALL)
CREDIT = re.compile(r"\(\s*theo (?P<value>[^()]+)\)", re.IGNORECASE)  # "(Theo Báo …)" under a text
DATE = re.compile(
    r"(?:ngày đăng(?: tin| bài)?|ngày xuất bản|ngày phát hành|đăng ngày|đăng tải|đăng lúc|post date|date)"
    r"(?:\s*[:：]\s*|\s+(?=\d))(?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)
_OTHER_LABEL = re.compile(r"[^\d:：]{2,30}[:：](?:\s|$)")
_LONGEST_VALUE = 100

_SIGN_OFF = re.compile(r"\./\.[\s\"'”’)]*(?P<name>[^\W\d_].*)?")  # "./." ends an official text
_BARE_CREDIT = re.compile(r"Theo (?P<name>[^\d,;:.!?()]{3,60})")  # sentences have a stop, comma or number
_LONGEST_NAME, _MOST_WORDS = 50, 6
_NOT_IN_NAMES = re.compile(r"[\d:;?!|@]|\.$")


def labelled(label: re.Pattern[str], texts: Sequence[str]) -> str | None:
    """The value of the first of ``texts`` that ``label`` matches whole; where nothing follows the label in
    its own text, the next text is the value, as in separate nodes. None where there is no such value.
    """
    for index, text in enumerate(texts):
        found = label.fullmatch(unicodedata.normalize("NFC", text))
        if found is None:
            continue
        value = found["value"].strip()
        if not value and index + 1 < len(texts) and not _OTHER_LABEL.match(texts[index + 1]):
            value = texts[index + 1].strip()
        if value and len(value) <= _LONGEST_VALUE:
            return value
    return None


def tail_label(label: re.Pattern[str], lines: Sequence[str]) -> str | None:
    """As :func:`labelled`, among the last lines of a text, where a label and its value share a line that
    may stand in brackets; the lowest counts.
    """
    for line in reversed(lines):
        for text in (line, line[1:-1] if line.startswith("(") and line.endswith(")") else ""):
            value = labelled(label, [text])
            if value is not None:
                return value
    return None


def sign_off(lines: Sequence[str]) -> str | None:
    """The name under an official text: the last line, or the end of it, when short and right after "./."."""
    if not lines:
        return None
    last = lines[-1]
    marks = list(_SIGN_OFF.finditer(last))
    name = marks[-1]["name"] if marks else None
    if name is None and len(lines) > 1 and _ends_text(lines[-2]):
        name = last
    return name.strip() if name and _is_name(name.strip()) else None


def bare_credit(lines: Sequence[str]) -> str | None:
    """The source under a text where the last line is nothing but "Theo" and a name: "Theo Báo Phường"."""
    found = _BARE_CREDIT.fullmatch(unicodedata.normalize("NFC", lines[-1])) if len(lines) > 1 else None
    return found["name"].strip() if found and found["name"][0].isupper() else None


def _ends_text(line: str) -> bool:
    found = list(_SIGN_OFF.finditer(line))
    return bool(found) and found[-1]["name"] is None and found[-1].end() == len(line)


def _is_name(text: str) -> bool:
    return (
        len(text) <= _LONGEST_NAME
        and len(text.split()) <= _MOST_WORDS
        and text[0].isupper()
        and not _NOT_IN_NAMES.search(text)
    )


def without_label(label: re.Pattern[str], text: str) -> str:
    """``text`` without a label before it: "Bởi Đức Lục" → "Đức Lục"."""
    found = label.fullmatch(text)
    return found["value"].strip() if found else text
