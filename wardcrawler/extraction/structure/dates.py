"""The dates of an article of unknown make."""

import re
from collections.abc import Iterator
from datetime import datetime

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import UNREAD, collapse, text_of
from wardcrawler.extraction.boilerplate import drop
from wardcrawler.extraction.categories import CATEGORY_LABEL
from wardcrawler.extraction.date_labels import date_label
from wardcrawler.extraction.fields import DATE_LABEL
from wardcrawler.extraction.files import is_file
from wardcrawler.extraction.structure.listings import DATE, is_headline
from wardcrawler.extraction.structure.main_text import words_of
from wardcrawler.text.dates import ICT, DateRefused, is_relative, read_date
from wardcrawler.text.dates.forms import day_of
from wardcrawler.text.dates.labels import Kind, Label, label_before

_INSTANT = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)T(?!00:00)")
_NUMBER = re.compile(r"\d|hôm|yesterday|today", re.IGNORECASE)
_LONGEST_DATE_LINE, _MOST_OTHER_WORDS = 90, 8  # "Thứ hai, ngày …": characters, words beside the date
_MOST_SPAN_WORDS = 6  # "Đăng 5 giờ trước"
_ENDS_SENTENCE = (".", ";", "!", "?")
_ANY_TIME = datetime(9998, 1, 1, tzinfo=ICT)  # whether a date lies in the future is not asked
_HEAD = 100  # characters; a longer block is text, what stands above it is the head


def printed_dates(
    document: HtmlElement, title: HtmlElement, body: HtmlElement | None, boilerplate: set[HtmlElement]
) -> list[str]:
    """Return the article's dates as printed, with their labels: those that the page calls the date of
    publication, then ``<time>`` and short texts with a date between ``title`` and ``body``, and last those
    that it calls something else, which are there to be refused. Behind the body only labelled ones count.

    No date of the text or of other articles counts, none in ``boilerplate``; above the title only what stands
    in the same ``article`` element, not the page's clock. The head of ``body`` counts where the title stands
    in it too, else labelled ones do: dates found there are taken out of the text. Of different days without a
    label none is the right one: they come as one text.
    """
    within = set(body.iterdescendants()) if body is not None else set[HtmlElement]()
    in_title = {title, *title.iterdescendants()}
    ancestors = {title, *title.iterancestors()} | (
        {body, *body.iterancestors()} if body is not None else set()
    )
    found: list[tuple[str, Kind | None]] = []
    taken: list[tuple[HtmlElement, str]] = []
    head = next(title.iterancestors("article"), title)
    others: dict[HtmlElement, bool] = {}
    passed = begun = after = False
    for element in document.iter():
        passed = passed or element is head
        if not passed or element in boilerplate or element in in_title or not isinstance(element.tag, str):
            continue
        is_text = element in within or element is body
        begun = begun or is_text
        if is_text:
            if after:
                continue
            after = (len(element) == 0 or element.tag == "p") and len(text_of(element)) > _HEAD
        if element.tag == "a" or element.tag in UNREAD or not _may_date(element):
            continue
        if _is_of_another(element, ancestors, others):
            continue
        is_head = is_text and title in within and not after
        labelled_only = (begun and not is_head) or _is_in_data(element, ancestors)
        for text, kind, part in _dates_at(element, labelled_only=labelled_only):
            if element in within:
                if not _is_readable(text):  # it is the text's
                    continue
                taken.append((element, part))
            found.append((text, kind))
    for element, part in taken:  # only now: labels were looked for around them
        if part == "element":
            drop(element)
        else:
            setattr(element, part, None)
    return list(dict.fromkeys(_in_order(found)))


def _in_order(found: list[tuple[str, Kind | None]]) -> Iterator[str]:
    yield from (text for text, kind in found if kind is Kind.PUBLISHED)
    plain = list(dict.fromkeys(text for text, kind in found if kind is None))
    days = {day for text in plain if (day := _day_of(text)) is not None}
    yield from plain if len(days) < 2 else [" | ".join(plain)]
    yield from (text for text, kind in found if kind is Kind.OTHER)


def _is_readable(text: str) -> bool:
    """Return whether ``text`` is a date of publication by itself."""
    try:
        read_date(text, now=_ANY_TIME)
    except DateRefused:
        return False
    return True


def _day_of(text: str) -> datetime | None:
    try:
        return day_of(text)
    except DateRefused:
        return None


def _may_date(element: HtmlElement) -> bool:
    """Return whether ``element`` may print a date, by a number or a word for a day near now."""
    return element.tag == "time" or any(_NUMBER.search(part) for part in (element.text, element.tail) if part)


def _is_of_another(element: HtmlElement, ancestors: set[HtmlElement], known: dict[HtmlElement, bool]) -> bool:
    """Return whether a block beside the article's own holds ``element`` and titles of other articles;
    ``known`` remembers of which blocks that is so.
    """
    block = element
    while (parent := block.getparent()) is not None and parent not in ancestors:
        block = parent
    if block not in known:
        known[block] = block not in ancestors and any(
            is_headline(text_of(link)) and not is_file(link.get("href") or "") and not _is_category(link)
            for link in block.iter("a")
        )
    return known[block]


def _is_category(link: HtmlElement) -> bool:
    """Return whether ``link`` says what the article is filed under: ``rel="category"``, or behind a label."""
    before, parent = link.getprevious(), link.getparent()
    if before is not None:
        label = collapse(before.tail or "") or text_of(before)
    else:
        label = collapse(parent.text or "") if parent is not None else ""
    return "category" in (link.get("rel") or "").split() or CATEGORY_LABEL.fullmatch(label) is not None


def _is_in_data(element: HtmlElement, ancestors: set[HtmlElement]) -> bool:
    """Return whether ``element`` is in a table of the text; a table that lays out the page holds the title
    too.
    """
    tables = (table for table in element.iterancestors("table") if table not in ancestors)
    table = next(tables, None)
    return table is not None and sum(DATE.search(text_of(row)) is not None for row in table.iter("tr")) > 1


def _dates_at(element: HtmlElement, *, labelled_only: bool) -> Iterator[tuple[str, Kind | None, str]]:
    """Yield the dates that ``element`` prints, what the page calls them, and where they stand: in its
    ``text``, its ``tail``, or all of the ``element``.
    """
    if element.tag == "time":
        printed, machine = text_of(element), element.get("datetime") or ""
        labelled, kind = _labelled(_instant(printed, machine), date_label(element))
        if labelled and (kind is Kind.PUBLISHED or not labelled_only):
            yield labelled, kind, "element"
        parts: tuple[str, ...] = ("tail",)
    else:
        parts = ("text", "tail")
    for part in parts:
        line = collapse(getattr(element, part) or "").strip("|() -–•·")
        date = date_in(line)
        if date is not None:
            labelled, kind = _labelled(date, date_label(element, is_tail=part == "tail"))
            if kind is Kind.PUBLISHED or not labelled_only:
                yield labelled, kind, part


def _labelled(text: str, beside: Label | None) -> tuple[str, Kind | None]:
    """Return ``text`` with the label beside it if that says that it is no date of publication, and what the
    page calls the date in all.
    """
    date = DATE.search(text)
    own = label_before(text[: date.start()]) if date else None
    if own is not None:
        return text, own.kind
    if beside is not None and beside.kind is Kind.OTHER:
        return f"{beside.words.rstrip(' :：')}: {text}", Kind.OTHER
    return text, beside.kind if beside is not None else None


def date_in(line: str) -> str | None:
    """Return ``line`` if it is there to print a date, with a label or a few words; None for a sentence."""
    if not line or len(line) > _LONGEST_DATE_LINE or line.endswith(_ENDS_SENTENCE):
        return None
    date = DATE.search(line)
    if date is None:
        return line if len(line.split()) <= _MOST_SPAN_WORDS and is_relative(line) else None
    is_short = len(words_of(DATE.sub(" ", line))) <= _MOST_OTHER_WORDS
    return line if is_short or DATE_LABEL.fullmatch(line) else None


def _instant(printed: str, machine: str) -> str:
    """Return what a ``<time>`` says: what it prints, unless its attribute alone has a date or, for the same
    day, the time of day.
    """
    date, instant = DATE.search(printed), _INSTANT.match(machine)
    if date is None:
        return machine or printed
    day = instant and f"{instant['day']}/{instant['month']}/{instant['year']}"
    return machine if date[0] == printed and printed == day else printed
