"""Boilerplate among the lines of a text: labels of tools, counters, links to other articles, tags."""

import re
from collections.abc import Iterable, Iterator, Set

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import BLOCKS, HEADINGS, Line, Slot, lines_of
from wardcrawler.extraction.boilerplate import comparable, drop
from wardcrawler.extraction.page_line import is_page_line, is_row_of_numbers
from wardcrawler.extraction.printed_boxes import (
    is_advertisement,
    is_comments_heading,
    is_gallery,
    is_heading,
    is_invitation,
    is_related,
    is_tag_heading,
    is_tag_line,
    leads_elsewhere,
    may_lead_elsewhere,
)

# Whole lines, in lower case.
_LABELS = frozenset((
    "zalo", "facebook", "twitter", "tweet", "google+", "google plus", "linkedin", "pinterest", "youtube",
    "telegram", "messenger", "viber", "chia sẻ", "chia sẻ bài viết", "chia sẻ qua zalo", "chia sẻ facebook",
    "share", "like", "thích", "in", "in trang", "in bài viết", "bản in", "print", "email", "e-mail",
    "gửi email", "gửi mail", "gửi bài viết", "gửi cho bạn bè", "lưu", "lưu bài viết", "đọc bài",
    "đọc bài viết", "nghe", "nghe bài viết", "nghe đọc bài", "tăng tương phản", "cỡ chữ", "quay lại",
    "trở lại", "về trang trước", "previous page", "về đầu trang", "back to top",
    "lên đầu trang", "đầu trang", "null",
    "a-", "a+",
    "tác giả:", "nguồn:", "nguồn tin:",  # with nothing behind them
))  # fmt: skip
_TOOLS = re.compile(r"(?:(?:a[+-]?|pdf)(?:\s+|$)){2,}")  # text size and export, in any order
_COUNTER = re.compile(
    r"(?:số )?(?:lượt xem|lượt đọc|đã xem|lượt truy cập)(?: bài viết)?\s*:?\s*[\d.,]*"
    r"|[\d.,]+ (?:lượt xem|xem)|tổng số điểm của bài viết là.{0,60}|click để đánh giá bài viết"
    r"|(?:thời gian đọc|reading time|tempo de leitura|lesezeit)\s*:?\s*(?:khoảng |ca\. ?)?"
    r"\d{1,3}\s*(?:phút|minutes?|mins?|minutos?|minuten)|\d{1,3} (?:phút đọc|min(?:ute)?s? read)"
    # what players say where they do not run
    r"|trình duyệt (?:này |của bạn )?không hỗ trợ .{0,60}|your browser does not support .{0,60}"
    r"|media playback is (?:un|not )supported.{0,40}|this (?:slideshow|video) requires javascript\.?"
)
_BETWEEN_LINKS = re.compile(r"[\s\d\-–—•*·»›|()\[\]/:.,]*")  # bullets and dates of a list of links
_LONGEST_LABEL, _LONGEST_LINE = 80, 300
_LISTED = HEADINGS | {"li", "dt", "dd", "td", "th", "tr"}  # there "Quảng cáo" may be an entry like others
_VISIBLE_WITHOUT_TEXT = ("img", "iframe", "embed", "object")


def drop_boilerplate_lines(
    root: HtmlElement, lines: list[Line], titles: Iterable[str], files: Set[HtmlElement]
) -> list[Line]:
    """Remove boilerplate from ``lines``, and its text from the tree under ``root``; return the lines that
    stay.

    - at both ends: share labels, font-size and print tools, the line that leads through an article's pages,
      and any of ``titles`` (compared as by :func:`comparable`), however often; at the end the article's tags
      and what stands above comments too;
    - in between: a share label printed twice or more in a row, such as the 25 "Zalo" of one ward page;
    - anywhere: view counters and ratings, advertisements, counters of picture viewers, invitations to follow
      the portal, lines that lead to another article, and a heading like "Tin liên quan" with the links
      under it.

    A title that is the link to one of the ``files`` goes from the lines only.
    """
    names = [comparable(line.text) if len(line.text) <= _LONGEST_LINE else "" for line in lines]
    drops = set(_boxes(root, lines, names, files))
    drops.update(index for index, name in enumerate(names) if name in _LABELS and _is_repeated(names, index))
    unwanted = {comparable(title) for title in titles}

    def is_chrome(index: int) -> bool:
        name = names[index]
        return (
            index in drops
            or _is_label(name)
            or is_page_line(name)
            or (is_row_of_numbers(name) and _is_link_line(lines[index]))
            or comparable(lines[index].text) in unwanted
        )

    def is_below(index: int) -> bool:
        name = names[index]
        return is_chrome(index) or is_comments_heading(name) or is_tag_line(name, "", at_end=True)

    for ends, is_end in ((range(len(lines)), is_chrome), (reversed(range(len(lines))), is_below)):
        for index in ends:
            if not is_end(index):
                break
            drops.add(index)
    if drops:
        gone = (
            lines[index] for index in drops if not (names[index] in unwanted and _holds(lines[index], files))
        )
        take_out(root, [slot for line in gone for slot in line.slots])
    return [line for index, line in enumerate(lines) if index not in drops]


def _boxes(root: HtmlElement, lines: list[Line], names: list[str], files: Set[HtmlElement]) -> Iterator[int]:
    """Yield the lines that belong to the page wherever they stand."""
    has_pictures = next(root.iterdescendants("img"), None) is not None
    for index, (line, name) in enumerate(zip(lines, names, strict=True)):
        if not name:
            continue
        if len(name) <= _LONGEST_LABEL:
            yield from _links_below(lines, name, index, files)
            if _is_counter_row(name):
                yield index
            if line.tag not in _LISTED and (
                is_advertisement(name) or is_gallery(name, has_pictures=has_pictures)
            ):
                yield index
        if line.tag not in _LISTED and is_invitation(name):
            yield index
        if may_lead_elsewhere(name) and not _holds(line, files):
            plain, linked = _plain_and_linked(line)
            if leads_elsewhere(name, plain, linked) or is_tag_line(name, linked, at_end=False):
                yield index


def _links_below(lines: list[Line], name: str, start: int, files: Set[HtmlElement]) -> Iterator[int]:
    """Yield a heading and the links to other articles under it; nothing where there are none."""
    if not (is_related(name) or is_heading(name) or is_tag_heading(name)):
        return
    end = start + 1
    while end < len(lines) and _is_link_line(lines[end]) and not _holds(lines[end], files):
        end += 1
    if end > start + 1 or end == len(lines):
        yield from range(start, end)


def _plain_and_linked(line: Line) -> tuple[str, str]:
    """Return the text of ``line`` outside of links and in them, as :func:`comparable`."""
    plain: list[str] = []
    linked: list[str] = []
    for element, is_tail in line.slots:
        text = (element.tail if is_tail else element.text) or ""
        link = _link_around(element.getparent() if is_tail else element)
        (plain if link is None else linked).append(text)
    return comparable("".join(plain)), comparable(" ".join(linked))


def _holds(line: Line, files: Set[HtmlElement]) -> bool:
    """Return whether ``line`` stands in a link to one of ``files``."""
    if not files:
        return False
    return any(
        _link_around(element.getparent() if is_tail else element) in files for element, is_tail in line.slots
    )


def _is_counter_row(name: str) -> bool:
    """Return whether a line is a counter, or a table row with one and nothing but labels beside it; cells
    whose share links are gone already are empty.
    """
    cells = [cell for cell in map(str.strip, name.split("|")) if cell]
    counters = [cell for cell in cells if _COUNTER.fullmatch(cell)]
    return bool(counters) and all(cell in counters or _is_label(cell) for cell in cells)


def _is_label(name: str) -> bool:
    return name in _LABELS or _TOOLS.fullmatch(name) is not None


def _is_repeated(names: list[str], index: int) -> bool:
    return names[index] in names[max(index - 1, 0) : index] + names[index + 1 : index + 2]


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


def take_out(root: HtmlElement, slots: list[Slot]) -> None:
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
    targets = {link.get("href") for link in bare} - {None}
    if targets:  # the pictures beside the titles of other articles
        bare.update(
            link for link in root.iterdescendants("a") if link.get("href") in targets and not lines_of(link)
        )
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
