"""Leads that stand between title and text, whatever their elements are called."""

import re
import unicodedata
from collections.abc import Sequence

from wardcrawler.extraction.authors import AUTHOR_LABEL, tells_poster
from wardcrawler.extraction.content import Content

# What a template prints between title and text and is no lead: tools, captions, a counter.
_FACT = re.compile(
    r"cỡ chữ\b.*|chia sẻ\b.{0,40}|nghe (?:đọc )?bài\b.*|ảnh(?: minh h(?:ọa|oạ))?\s*[:：].*"
    r"|cập nhật(?: lần cuối| lúc| ngày| vào)*\s*[:：]?\s*\d.*"
    r"|.{0,60}\b(?:lượt xem|lượt đọc|đã xem|views|hits)\s*[:：]\s*[\d.,]*\W*"
    r"|.{0,60}\d\s*(?:lượt xem|lượt đọc|views|hits)\W*"
    r"|(?:by|bởi|theo|(?:last )?updated|published|posted|đăng)\b.{0,80}\b(?:19|20)\d\d\b.{0,80}"
    r"|(?:(?:last )?updated|published|posted)\b.{0,10}\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b.*"
    r"|.{0,80}(?<!\d)\d{1,2}:\d\d(?!\d).{0,40}"  # the time of day
    r"|(?:share|chat with us|follow|subscribe|sign up|receive|opinions expressed)\b.*"
    r"|get (?:breaking|the latest|our|access)\b.*"
    r"|theo dõi\b.{0,60}\btrên\b.{0,80}|đăng ký nhận\b.{0,80}|these are external links\b.*"
    r"|.*(?:\bfile photo\b|\bap photo\b|getty images|\breuters/).*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_OF_DATES = frozenset(
    "ngày tháng năm thứ hai ba tư sáu bảy bẩy chủ nhật lúc giờ phút được tạo viết đăng tải xuất bản bởi "
    "cập lần cuối posted published written created by on updated".split()
)
_FEWEST_WORDS, _FEWEST_OF_SENTENCE = 8, 4
_NAMES = 0.7  # of the words of a line


def lead_above(
    lines: Sequence[str], title: str, content: Content, labels: Sequence[re.Pattern[str]]
) -> str | None:
    """Return the lines between title and text that read like a lead, as one; None without any.

    A lead has eight words at least that are no date's, a sentence with its stop four; it is no fact about
    the article (``labels`` match some), no caption, not the title again and not repeated in the text.
    """
    others = {title} | {image.caption for image in content.images} | {line.text for line in content.lines}
    facts = (AUTHOR_LABEL, *labels, _FACT)
    found = [
        line
        for line in dict.fromkeys(lines)
        if _is_text(line)
        and line not in others
        and not any(label.fullmatch(unicodedata.normalize("NFC", line)) for label in facts)
        and not tells_poster(line)
    ]
    return " ".join(found) or None


def _is_text(line: str) -> bool:
    if _is_of_names(line):
        return False
    words = sum(word not in _OF_DATES for word in _WORD.findall(unicodedata.normalize("NFC", line).lower()))
    return words >= (_FEWEST_OF_SENTENCE if line.endswith((".", "!", "?", "…")) else _FEWEST_WORDS)


def _is_of_names(line: str) -> bool:
    """Return whether most words of a line without a stop are capitalised, as in a row of authors; a line all
    in capitals is none.
    """
    words = _WORD.findall(unicodedata.normalize("NFC", line))
    capitals = sum(word[0].isupper() and not word.isupper() for word in words)
    return not line.endswith((".", "!", "?", "…")) and capitals > _NAMES * len(words)
