"""What is printed beside a date to say of what it is the date: of publication, or of something else."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from wardcrawler.text.dates.forms import DATE, TIME
from wardcrawler.text.dates.moment import DateRefused
from wardcrawler.text.dates.weekdays import weekday_before


class Kind(Enum):
    """What a label makes of the date behind it."""

    PUBLISHED = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Label:
    """A label as printed, and where it begins in the text before a date."""

    kind: Kind
    words: str
    begins: int


_PUBLISHED = re.compile(
    r"\b(?:đăng(?!\s*k[ýí])|xuất bản|phát hành|công bố|đưa (?:tin|lên)|lên trang|publish\w*|publication"
    r"|posted|post(?=\s*(?:date|on|at)?$)|pub\s?date|released?\b)",
    re.IGNORECASE,
)
_CHANGED = (
    r"cập nhật|chỉnh (?:sửa|lý)|sửa(?: đổi| lần| ngày| lúc| bởi|$)|hiệu (?:chỉnh|đính)|thay đổi"
    r"|updated?|modified|edited|revised|amended|last (?:change|edit|update|modification|review)\w*|reviewed"
)
_DUE = (
    r"hạn(?! chế| hán)|hiệu lực|áp dụng|thi hành|ban hành|(?:ngày|người) ký|ký (?:ngày|ban hành|kết)|ký$"
    r"|diễn ra|khai mạc|bế mạc|khai giảng|khởi công|khánh thành|bắt đầu|kết thúc|thời (?:gian|điểm)"
    r"|(?:ngày|lịch) (?:họp|thi|hội|lễ|làm việc|tiếp|xét|mở|đóng)|(?:mở|đóng) thầu|ngày sinh|sinh ngày"
    r"|đăng ký|deadline|expir\w+|due|valid|effective|event|starts?|started|begins?|ends?|ended"
    r"|clos(?:es|ing)|opens?|held|takes? place|issued?|signed|registration|registered|accessed|retrieved"
    r"|copyright|©"
)
_CHANGE = re.compile(rf"(?<!\w)(?:{_CHANGED})(?!\w)", re.IGNORECASE)
_OTHER = re.compile(rf"(?<!\w)(?:{_CHANGED}|{_DUE})(?!\w)", re.IGNORECASE)
# "Thời gian đăng" is of publication.
_ONLY_WHEN = re.compile(r"(?<!\w)thời (?:gian|điểm)(?!\w)", re.IGNORECASE)
# With a colon after it any word is a label; these say no more than that a date follows.
_NEUTRAL = re.compile(
    r"(?:tin|bài|viết|tạo|gửi|soạn|nhập|đưa|được|lúc|vào|hồi|ngày|tháng|năm|giờ|thứ|bởi|date|time|day|created"
    r"|written|submitted|on|at|by|\W)*",
    re.IGNORECASE,
)
# Labels of something else than a date, whose value is missing: scripts fill in counters.
_NO_DATE = re.compile(
    r"(?<!\w)(?:(?:lượt |số lần )?(?:xem|đọc|tải)|views?|hits|tác giả|author|nguồn(?: tin)?|source"
    r"|(?:chuyên|danh) mục|thể loại|category|tags?|từ khóa|bình luận|comments?|đánh giá|chia sẻ|share"
    r"|cỡ chữ)$",
    re.IGNORECASE,
)
_NAMES_DAY = re.compile(r"(?:^|\s)(?:ngày|lịch)\s+\w", re.IGNORECASE)  # "Ngày họp 20/04/2024"
_BETWEEN = re.compile(r"(?:[\s,:：(–-]|\b(?:lúc|vào|ngày|hồi|on|at)\b)*$", re.IGNORECASE)
_WORDS = re.compile(r"[^|•·;/»›>()0-9:：,]*$")
_WORDS_AND_NUMBERS = re.compile(r"[^|•·;/»›>:：]*$")
_DASH = re.compile(r"\s[–-]\s")
_SEPARATOR = re.compile(r"[|•·;]")
_MOST_WORDS_BEHIND = 4


def label_before(text: str) -> Label | None:
    """Return the label that ``text``, all that stands before a date, ends with; None where the date has none,
    or one that says no more than that it is a date.
    """
    plain = TIME.sub(_blank, text)
    weekday = weekday_before(plain)
    if weekday is not None:
        plain = plain[: weekday.begins]
    between = _BETWEEN.search(plain)
    has_colon = between is not None and any(mark in between[0] for mark in ":：")
    plain = plain[: between.start()] if between else plain
    found = (_WORDS_AND_NUMBERS if has_colon else _WORDS).search(plain)
    begins = found.start() if found else len(plain)
    for dash in _DASH.finditer(plain, begins):
        begins = dash.end()
    words = plain[begins:]
    begins += len(words) - len(words.lstrip())
    words = words.strip()
    is_published = _PUBLISHED.search(words) is not None
    if words and (is_published or _is_other(words, has_colon=has_colon)):
        is_other = not is_published or _OTHER.search(_ONLY_WHEN.sub(" ", words)) is not None
        return Label(Kind.OTHER if is_other else Kind.PUBLISHED, words, begins)
    return None


def _is_other(words: str, *, has_colon: bool) -> bool:
    if _OTHER.search(words):
        return True
    if _NEUTRAL.fullmatch(words) or _NO_DATE.search(words):
        return False
    return has_colon or _NAMES_DAY.search(words) is not None


def is_change_label(label: Label) -> bool:
    """Return whether ``label`` is "Cập nhật" or the like."""
    return _CHANGE.search(label.words) is not None


def without_change_label(text: str) -> str:
    """Return ``text`` without "Cập nhật:" and the like before its date."""
    date = DATE.search(text)
    label = label_before(text[: date.start()]) if date else None
    if label is None or not is_change_label(label):
        return text
    return text[: label.begins] + text[label.begins + len(label.words) :].lstrip(" :：")


def published_part(line: str) -> str:
    """Return the part of ``line`` with the date that it gives as that of publication: the labelled one, else
    those without a label. ``line`` holds at least one date.

    Raises :class:`DateRefused` where all are of something else.
    """
    parts: list[tuple[Label | None, int]] = []
    end = 0
    for date in DATE.finditer(line):
        gap = line[end : date.start()]
        label = label_before(gap)
        separators = list(_SEPARATOR.finditer(gap))
        if not parts or label is not None:
            parts.append((label, end + label.begins if parts and label else 0))
        elif separators:
            parts.append((None, end + separators[-1].end()))
        end = date.end()
    behind = _label_behind(line[end:])
    if behind is not None:
        parts[-1] = (behind, parts[-1][1])
    ends = [*(begins for _, begins in parts[1:]), len(line)]
    for wanted in (Kind.PUBLISHED, None):
        chosen = [
            line[begins : ends[number]]
            for number, (label, begins) in enumerate(parts)
            if (label.kind if label else None) is wanted
        ]
        if chosen:
            return " | ".join(part.strip(" |") for part in chosen)
    words = next(label.words for label, _ in parts if label)
    raise DateRefused(f"dated as '{words}', not as published: '{line}'")


def _label_behind(text: str) -> Label | None:
    """Return what the end of a line, behind its last date, calls that: "20/04/2024 (hạn nộp)"."""
    words = TIME.sub(_blank, text).strip(" ()–-,.:")
    found = _OTHER.match(words)
    if found is None or len(words.split()) > _MOST_WORDS_BEHIND:
        return None
    return Label(Kind.OTHER, words, 0)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
