"""Boilerplate: what stands around an article's text and is no part of it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import BLOCKS, Line, Slot, lines_of
from wardcrawler.extraction.selectors import Matcher

# Simple selectors (see ``selectors.Matcher``) that mean the same on every platform.
COMMON_JUNK = (
    "script", "style", "noscript", "template", "svg", "math", "canvas", "audio", "video", "input", "select",
    "textarea", "button", "nav", "dialog",
    # said to screen readers only (Bootstrap, AlloyUI)
    ".hide-accessible", ".helper-hidden-accessible", ".aui-helper-hidden", ".aui-helper-hidden-accessible",
    ".sr-only", ".visually-hidden", ".header-back-to",
    # share buttons
    ".taglib-social-bookmarks", ".zalo-share-button", ".zalo-follow-button", ".fb-like", ".fb-share-button",
    ".fb-send", ".fb-comments", "#fb-root", ".addthis_toolbox", ".addthis_inline_share_toolbox",
    ".addthis_sharing_toolbox", ".sharethis-inline-share-buttons", ".social-icon", ".social-share",
    ".network-share",
    # font size, print, mail, read aloud
    ".font-size-tools", ".print-action", ".export-actions", ".mail_icon", ".article-audio", "#btnSpeak",
    "#decreaseText", "#increaseText",
    # related lists, clocks
    ".related-news", ".related-articles", ".relatedArticles", ".tin-lien-quan", ".tinlienquan", ".other-news",
    ".date-today", ".current-date", ".clock",
)  # fmt: skip
_SHARE_ADDRESS = re.compile(
    r"facebook\.com/(?:sharer|share\.php|dialog)|(?:twitter|x)\.com/(?:share|intent|home\?status)|zalo\.me/share"
    r"|sp\.zalo\.me|plus\.google\.com/share|linkedin\.com/(?:share|cws)|pinterest\.com/pin/create"
    r"|javascript:\s*(?:window\.)?(?:print|history|sendmail|mailpage)",
    re.IGNORECASE,
)
_CONTROLS = ("input", "select", "textarea", "button")

# Whole lines, in lower case.
_LABELS = frozenset((
    "zalo", "facebook", "twitter", "tweet", "google+", "google plus", "linkedin", "pinterest", "youtube",
    "telegram", "messenger", "viber", "chia sẻ", "chia sẻ bài viết", "chia sẻ qua zalo", "chia sẻ facebook",
    "share", "like", "thích", "in", "in trang", "in bài viết", "bản in", "print", "email", "e-mail",
    "gửi email", "gửi mail", "gửi bài viết", "gửi cho bạn bè", "lưu", "lưu bài viết", "đọc bài",
    "đọc bài viết", "nghe", "nghe bài viết", "nghe đọc bài", "tăng tương phản", "cỡ chữ", "quay lại",
    "trở lại", "về trang trước", "previous page", "về đầu trang", "lên đầu trang", "đầu trang", "null",
    "a-", "a+",
    "tác giả:", "nguồn:", "nguồn tin:",  # with nothing behind them
))  # fmt: skip
_TOOLS = re.compile(r"(?:(?:a[+-]?|pdf)(?:\s+|$)){2,}")  # text size and export, in any order
_COUNTER = re.compile(
    r"(?:số )?(?:lượt xem|lượt đọc|đã xem|lượt truy cập)(?: bài viết)?\s*:?\s*[\d.,]*"
    r"|[\d.,]+ (?:lượt xem|xem)|tổng số điểm của bài viết là.{0,60}|click để đánh giá bài viết"
)
_RELATED = re.compile(
    r"(?:xem )?(?:thêm )?(?:các |những )?(?:chuyên mục, )?"
    r"(?:tin tức|tin bài|tin|bài viết|bài|tài sản|thông tin)"
    r" (?:liên quan|khác|cùng chuyên mục|cùng loại|mới hơn|cũ hơn|đã đưa|mới nhất|đọc nhiều)\s*:?"
    r"|theo dòng sự kiện\s*:?"
)
_BETWEEN_LINKS = re.compile(r"[\s\d\-–—•*·»›|()\[\]/:.,]*")  # bullets and dates of a list of links
_LONGEST_LABEL = 80
_VISIBLE_WITHOUT_TEXT = ("img", "iframe", "embed", "object")


def drop_junk(root: HtmlElement, junk: Matcher) -> None:
    """Remove from the tree under ``root`` what ``junk`` matches, share links, and forms that
    a visitor would fill in; a form without controls is only a wrapper and stays.
    """
    doomed = [element for element in root.iterdescendants() if _is_junk(element, junk)]
    for element in doomed:
        drop(element)


def _is_junk(element: HtmlElement, junk: Matcher) -> bool:
    if junk.matches(element):
        return True
    if element.tag == "a":
        return _SHARE_ADDRESS.search(element.get("href") or "") is not None
    return element.tag == "form" and any(
        control.get("type") != "hidden" for control in element.iterdescendants(*_CONTROLS)
    )


def drop(element: HtmlElement) -> None:
    """Remove ``element`` from its tree; the text behind it stays where it is.

    With text behind it, an empty ``span`` is left in its place: moving that text, as lxml's ``drop_tree``
    does, takes quadratic time where thousands of elements go.
    """
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        element.clear(keep_tail=True)
        element.tag = "span"
    else:
        parent.remove(element)


def drop_boilerplate_lines(root: HtmlElement, lines: list[Line], titles: Iterable[str]) -> list[Line]:
    """Remove boilerplate from ``lines``, and its text from the tree under ``root``; return the lines that
    stay.

    - at both ends: share labels, font-size and print tools, and any of ``titles`` (compared as by
      :func:`comparable`), however often;
    - in between: a share label printed twice or more in a row, such as the 25 "Zalo" of one ward page;
    - anywhere: view counters and ratings, and a heading like "Tin liên quan" with the links under it.
    """
    names = [comparable(line.text) if len(line.text) <= _LONGEST_LABEL else "" for line in lines]
    drops = {index for index, name in enumerate(names) if name and _is_counter_row(name)}
    drops.update(_related(lines, names))
    drops.update(index for index, name in enumerate(names) if name in _LABELS and _is_repeated(names, index))
    unwanted = {comparable(title) for title in titles}

    def is_chrome(index: int) -> bool:
        return index in drops or _is_label(names[index]) or comparable(lines[index].text) in unwanted

    for ends in (range(len(lines)), reversed(range(len(lines)))):
        for index in ends:
            if not is_chrome(index):
                break
            drops.add(index)
    if drops:
        _take_out(root, [slot for index in drops for slot in lines[index].slots])
    return [line for index, line in enumerate(lines) if index not in drops]


def _is_counter_row(name: str) -> bool:
    """Return whether a line is a counter, or a table row with one and nothing but labels beside it; cells
    whose share links are gone already are empty.
    """
    cells = [cell for cell in map(str.strip, name.split("|")) if cell]
    counters = [cell for cell in cells if _COUNTER.fullmatch(cell)]
    return bool(counters) and all(cell in counters or _is_label(cell) for cell in cells)


def _is_label(name: str) -> bool:
    return name in _LABELS or _TOOLS.fullmatch(name) is not None


def comparable(text: str) -> str:
    """Return ``text`` in NFC, on one line and in lower case: the form in which printed labels
    are compared.
    """
    return unicodedata.normalize("NFC", " ".join(text.split())).lower()


def is_related_heading(text: str) -> bool:
    """Return whether ``text`` is what portals print above links to other articles: "Tin liên quan" and the
    like.
    """
    return len(text) <= _LONGEST_LABEL and _RELATED.fullmatch(comparable(text)) is not None


def _is_repeated(names: list[str], index: int) -> bool:
    return names[index] in names[max(index - 1, 0) : index] + names[index + 1 : index + 2]


def _related(lines: list[Line], names: list[str]) -> Iterator[int]:
    for start, name in enumerate(names):
        if not is_related_heading(name):
            continue
        end = start + 1
        while end < len(lines) and _is_link_line(lines[end]):
            end += 1
        if end > start + 1 or end == len(lines):
            yield from range(start, end)


def _is_link_line(line: Line) -> bool:
    linked = False
    for element, is_tail in line.slots:
        if _link_around(element.getparent() if is_tail else element) is not None:
            linked = True
        elif not _BETWEEN_LINKS.fullmatch((element.tail if is_tail else element.text) or ""):
            return False
    return linked


def _link_around(element: HtmlElement | None) -> HtmlElement | None:
    """Return the nearest link or button that ``element`` is or stands in, within its block."""
    while element is not None and element.tag not in BLOCKS:
        if element.tag in ("a", "button"):
            return element
        element = element.getparent()
    return None


def _take_out(root: HtmlElement, slots: list[Slot]) -> None:
    """Remove the text at ``slots``, then links that show nothing else, and elements that are empty without
    it.
    """
    for element, is_tail in slots:
        if is_tail:
            element.tail = None
        else:
            element.text = None
    emptied = {
        holder
        for element, is_tail in slots
        if (holder := element.getparent() if is_tail else element) is not None
    }
    links = {link for holder in emptied if (link := _link_around(holder)) is not None}
    bare = {link for link in links if not lines_of(link)}
    for element in reversed(list(root.iterdescendants())):
        if element in bare or (element in emptied and _is_hollow(element)):
            parent = element.getparent()
            drop(element)
            if parent is not None:
                emptied.add(parent)
    _trim(root)


def _trim(root: HtmlElement) -> None:
    """Remove line breaks and empty elements from both ends of ``root``, left over from what was taken out."""
    children = list(root)
    for child in reversed(children):
        if (child.tail or "").strip() or not _is_hollow(child):
            break
        root.remove(child)
    if (root.text or "").strip():
        return
    for child in children:
        if child.getparent() is None or (child.tail or "").strip() or not _is_hollow(child):
            break
        root.remove(child)


def _is_hollow(element: HtmlElement) -> bool:
    """Return whether nothing is left in ``element`` but white space, empty spans and empty cells."""
    if (element.text or "").strip() or element.tag in _VISIBLE_WITHOUT_TEXT:
        return False
    return all(
        child.tag in ("span", "td", "th")
        and not len(child)
        and not ((child.text or "") + (child.tail or "")).strip()
        for child in element
    )
