"""The dates of an article of unknown make."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import UNREAD, collapse, text_of
from wardcrawler.extraction.boilerplate import drop
from wardcrawler.extraction.categories import CATEGORY_LABEL
from wardcrawler.extraction.fields import DATE_LABEL
from wardcrawler.extraction.files import is_file
from wardcrawler.extraction.structure.listings import DATE, is_headline
from wardcrawler.extraction.structure.main_text import words_of

_INSTANT = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)T(?!00:00)")
_LONGEST_DATE_LINE, _MOST_OTHER_WORDS = 90, 8  # "Thứ hai, ngày …": characters, words beside the date
_ENDS_SENTENCE = (".", ";", "!", "?")
_HEAD = 100  # characters; a longer block is text, what stands above it is the head


def printed_dates(
    document: HtmlElement, title: HtmlElement, body: HtmlElement | None, boilerplate: set[HtmlElement]
) -> list[str]:
    """Return the article's dates as printed: ``<time>`` and short texts with a date between ``title`` and
    ``body``, then labelled ones behind the body.

    No date of the text or of other articles counts, none in ``boilerplate``; above the title only what stands
    in the same ``article`` element, not the page's clock. Where the title stands in ``body``, its head does
    too: dates found there are taken out of the text.
    """
    within = set(body.iterdescendants()) if body is not None else set[HtmlElement]()
    in_title = {title, *title.iterdescendants()}
    ancestors = {title, *title.iterancestors()} | (
        {body, *body.iterancestors()} if body is not None else set()
    )
    found: list[str] = []
    head = next(title.iterancestors("article"), title)
    passed = after = False
    for element in document.iter():
        passed = passed or element is head
        if not passed or element in boilerplate or element in in_title or not isinstance(element.tag, str):
            continue
        if element in within or element is body:
            if title not in within or after:
                after = True
                continue
            after = len(text_of(element)) > _HEAD and len(element) == 0
        if element.tag == "a" or element.tag in UNREAD or _is_of_another(element, ancestors):
            continue
        if _is_update(element) or _is_in_data(element, ancestors):
            continue
        found += _dates_at(element, labelled_only=after, take=element in within)
    return list(dict.fromkeys(found))


def _is_of_another(element: HtmlElement, ancestors: set[HtmlElement]) -> bool:
    """Return whether a block beside the article's own holds ``element`` and titles of other articles."""
    block = element
    while (parent := block.getparent()) is not None and parent not in ancestors:
        block = parent
    return block not in ancestors and any(
        is_headline(text_of(link)) and not is_file(link.get("href") or "") and not _is_category(link)
        for link in block.iter("a")
    )


def _is_category(link: HtmlElement) -> bool:
    """Return whether ``link`` says what the article is filed under: ``rel="category"``, or behind a label."""
    before, parent = link.getprevious(), link.getparent()
    if before is not None:
        label = collapse(before.tail or "") or text_of(before)
    else:
        label = collapse(parent.text or "") if parent is not None else ""
    return "category" in (link.get("rel") or "").split() or CATEGORY_LABEL.fullmatch(label) is not None


def _is_update(element: HtmlElement) -> bool:
    """Return whether ``element`` tells when the article was last changed, and not when it was published."""
    names = (element.get("class") or "").split()
    return ("updated" in names and "published" not in names) or element.get("itemprop") == "dateModified"


def _is_in_data(element: HtmlElement, ancestors: set[HtmlElement]) -> bool:
    """Return whether ``element`` is in a table of the text; a table that lays out the page holds the title
    too.
    """
    tables = (table for table in element.iterancestors("table") if table not in ancestors)
    table = next(tables, None)
    return table is not None and sum(DATE.search(text_of(row)) is not None for row in table.iter("tr")) > 1


def _dates_at(element: HtmlElement, *, labelled_only: bool, take: bool) -> Iterator[str]:
    if element.tag == "time" and not labelled_only:
        yield _instant(text_of(element), element.get("datetime") or "")
        if take:
            drop(element)
        return
    for part in ("text", "tail"):
        line = collapse(getattr(element, part) or "").strip("|() -–")
        date = date_in(line)
        if date is not None and (not labelled_only or DATE_LABEL.fullmatch(line)):
            yield date
            if take:
                setattr(element, part, None)


def date_in(line: str) -> str | None:
    """Return the date that ``line`` is there to print, with a label or a few words; None in a sentence."""
    date = DATE.search(line) if len(line) <= _LONGEST_DATE_LINE else None
    if date is None or line.endswith(_ENDS_SENTENCE):
        return None
    is_short = len(words_of(line)) - len(words_of(date[0])) <= _MOST_OTHER_WORDS
    return date[0] if is_short or DATE_LABEL.fullmatch(line) else None


def _instant(printed: str, machine: str) -> str:
    """Return what a ``<time>`` says: what it prints, unless its attribute alone has a date or, for the same
    day, the time of day.
    """
    date, instant = DATE.search(printed), _INSTANT.match(machine)
    if date is None:
        return machine
    day = instant and f"{instant['day']}/{instant['month']}/{instant['year']}"
    return machine if date[0] == printed and printed == day else printed
