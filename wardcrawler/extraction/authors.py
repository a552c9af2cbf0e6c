"""Names of authors: labels and what else is printed around them, signatures, accounts, which are none."""

import re
import unicodedata
from collections.abc import Sequence

from wardcrawler.extraction.blocks import collapse

AUTHOR_LABEL = re.compile(
    r"(?:tác giả(?: bài viết)?|authors?|người viết|người thực hiện"
    r"|(?:tin|bài)(?:\s*(?:,|và|-|–|/)\s*(?:bài|ảnh))*"
    r"|tin bài(?:\s*(?:,|và|-|–|/)\s*ảnh)?)" + r"\s*[:：]\s*(?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)
# Who put the page up: better than nobody, but a sign-off under the text is better than this.
POSTER_LABEL = re.compile(
    r"(?:(?:(?:được )?(?:viết |đăng |gửi )?bởi|(?:(?:written|posted|submitted|published|created) )?by)"
    r"(?:\s*[:：]\s*|\s+|$)|người đăng(?: tin| bài(?: viết)?)?\s*[:：]\s*)(?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)
_SIGN_OFF = re.compile(r"\./\.[\s\"'”’)]*(?P<name>[^\W\d_].*)?")  # "./." ends an official text
_LONGEST_NAME, _MOST_WORDS = 50, 6
_LONGEST_PRINTED = 200
_MOST_WORDS_POSTED = 12  # with the date behind a name
_NOT_IN_NAMES = re.compile(r"[\d:;?!|@]|\.$")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = (
    r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2} tháng \d{1,2}\b|\d{1,2}:\d\d"
    rf"|\d{{1,2}} {_MONTH} \d{{4}}|{_MONTH} \d{{1,2}}, \d{{4}}"
)
_WEEKDAY = r"(?:chủ nhật|thứ (?:hai|ba|tư|năm|sáu|bảy|bẩy)|t[2-7]|(?:mon|tue|wed|thu|fri|sat|sun)\w*)"
_COUNTED = (
    r"bài viết|bài đăng|tin bài|bài|tin|posts?|articles?|lượt xem|lượt đọc|views?|bình luận|comments?"
    r"|phút đọc|min(?:utes?)? read"
)
# What templates print behind a name on its line: a date, a number of articles or views, an address.
_BEHIND = re.compile(
    rf"(?:^|[\s,;|•·–—(\[-]+)"
    rf"(?:(?:vào|lúc|ngày|on|at|{_WEEKDAY})[\s,–-]+)*"
    rf"(?:(?:{_DAY})|\d[\d.,]*\s*(?:{_COUNTED})\b|<?[\w.+-]+@[\w.-]+).*",
    re.IGNORECASE | re.DOTALL,
)
_LAST_WORD = re.compile(r"\s+(?:on|vào|lúc|in|trong)$", re.IGNORECASE)
_EDGES = " \t|•·–—-,;:/"
_ACCOUNTS = frozenset((
    "admin", "admins", "administrator", "admin istrator", "super user", "superuser", "super admin", "root",
    "webmaster", "web master", "user", "guest", "host", "superuser account", "system account", "anonymous",
    "unknown", "quản trị", "quản trị viên", "người quản trị", "quản trị hệ thống", "quản trị website",
    "quantri", "quan tri", "quantrivien", "ẩn danh", "khách", "test",
))  # fmt: skip
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]*|(?i:(?:admin|user|quan-?tri|web(?:master)?|editor)[\s._-]*\d*)")
_NUMBERED = re.compile(r"[A-Za-z._-]*\d[\w.-]*")
_BOARD = "bbt"  # Ban Biên tập


def printed_name(text: str) -> str | None:
    """Return the name that ``text`` prints, without date, count or e-mail address behind it; None where it
    prints an account, an e-mail address or nothing, or more than a name.

    "Lê Na, 12 bài viết" → "Lê Na"; "admin", "user123", "bientap", "bbt@mau.gov.vn" → None.
    """
    if len(text) > _LONGEST_PRINTED:
        return None
    name = _BEHIND.sub("", collapse(text))
    name = _LAST_WORD.sub("", name).strip(_EDGES)
    return name if name and not is_account(name) else None


def tells_poster(text: str) -> bool:
    """Return whether ``text`` is a label such as "Đăng bởi" with a name behind it, and no sentence ("Bởi
    vậy …").
    """
    found = POSTER_LABEL.fullmatch(unicodedata.normalize("NFC", text))
    return found is not None and may_be_poster(found["value"].strip())


def may_be_poster(name: str) -> bool:
    """Return whether ``name``, with a date behind it or not, is one: in capitals and not too long."""
    return name[:1].isupper() and len(name.split()) <= _MOST_WORDS_POSTED


def is_account(name: str) -> bool:
    """Return whether ``name`` is that of an account and not of somebody who writes.

    Accounts of installations ("admin", "Super User", "Quản trị viên"), and logins: one word of Latin letters
    in lower case, or with a number in it. "BBT", an editorial board, is none.
    """
    plain = unicodedata.normalize("NFC", name).casefold()
    if plain == _BOARD:
        return False
    return (
        plain in _ACCOUNTS
        or _LOGIN.fullmatch(name) is not None
        or _NUMBERED.fullmatch(name) is not None
        or not any(character.isalpha() for character in name)
    )


def signature(lines: Sequence[str]) -> str | None:
    """Return the name under an official text, or None: its last line, or the end of it, when short and right
    after "./.", which ends such texts.
    """
    if not lines:
        return None
    last = lines[-1]
    marks = list(_SIGN_OFF.finditer(last))
    name = marks[-1]["name"] if marks else None
    if name is None and len(lines) > 1 and _ends_text(lines[-2]):
        name = last
    return name.strip() if name and _is_name(name.strip()) else None


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
