"""Liferay with portlets or a theme of its own: the base of all looks but the stock one."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import UNREAD, collapse
from wardcrawler.extraction.content import Content
from wardcrawler.extraction.listings import ArticleLink
from wardcrawler.extraction.locate import View
from wardcrawler.extraction.selectors import matcher, select
from wardcrawler.extraction.urls import absolute, base_url
from wardcrawler.items import DateText
from wardcrawler.platforms.liferay.stock import Liferay

_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?:\s(?:SA|CH|AM|PM))?"
_DAY = r"\d{1,2}[/-]\d{1,2}[/-]\d{4}"
_DATE_ALONE = re.compile(
    rf"(?:(?:thứ \w+|chủ nhật),?\s)?(?:ngày\s)?"
    rf"(?:{_TIME}(?:\sGMT\+7)?\s?[,|–-]?\s?)?{_DAY}(?:\s?[,|–-]?\s?{_TIME})?",
    re.IGNORECASE,
)
_PAGERS = ("div.taglib-page-iterator", "div.lfr-pagination", "ul.lfr-pagination-buttons", "ul.pagination")
_MOST_WORDS = 5  # of a name
_DATE_BESIDE = re.compile(rf"(?:ngày đăng\s?:\s?)?[(\[]?(?P<date>{_DAY}(?:\s{_TIME})?)[)\]]?", re.IGNORECASE)


class LiferayLook(Liferay):
    """Liferay with a look of its own. ``variant_marks`` tell it from the stock look and from other looks.

    Where no selector finds a date, it is the text between title and body that is a date and nothing else; of
    a listing's item, such a text between its link and the next one. The page of a legal document is refused
    with the reason ``document``.
    """

    least_family, least_variant = 20, 20  # an address alone weighs less

    @classmethod
    def article_links(cls, document: HtmlElement, url: str) -> list[ArticleLink]:
        """Return the articles as on any platform; where a portlet has a pager, those of that portlet only.
        With the dates that stand beside the links without an element of their own.
        """
        base = base_url(document, url)
        links = super().article_links(document, url)
        paged = cls._paged_keys(document, base)
        if any(link.key in paged for link in links):
            links = [link for link in links if link.key in paged]
        if all(link.date_text for link in links):
            return links
        dates = cls._dates_beside(document, base)
        return [link if link.date_text else replace(link, date_text=dates.get(link.key)) for link in links]

    @classmethod
    def _paged_keys(cls, document: HtmlElement, base: str) -> set[str]:
        """Return the keys of the articles that the portlet with the pager links to: others are boxes beside
        the list.
        """
        boxes = matcher(cls.boxes)
        for pager in select(document, _PAGERS):
            box = next((around for around in pager.iterancestors() if boxes.matches(around)), None)
            if box is not None:
                found = (absolute(link.get("href"), base) for link in box.iterdescendants("a"))
                return {key for address in found if address and (key := cls.article_key(address))}
        return set()

    @classmethod
    def _dates_beside(cls, document: HtmlElement, base: str) -> dict[str, str]:
        dates: dict[str, str] = {}
        key: str | None = None
        for element, text in _texts(document):
            if element is not None and element.tag == "a":
                address = absolute(element.get("href"), base)
                key = (address and cls.article_key(address)) or key
            found = _DATE_BESIDE.fullmatch(text)
            if found and key is not None:
                dates.setdefault(key, found["date"])
                key = None
        return dates

    @classmethod
    def _dates(cls, document: HtmlElement, view: View, url: str) -> Iterator[DateText]:
        dates = list(super()._dates(document, view, url))
        if not any(date.source == "node" for date in dates) and (text := _date_above(view)):
            yield DateText(text, "node")
        yield from dates


def name_below(content: Content) -> str | None:
    """Return the last line of a text if it is nothing but a name: "Đức Lục", "HÀ PHƯƠNG" or
    "BBT"; else None.
    """
    lines = content.last_lines
    words = unicodedata.normalize("NFC", lines[-1]).split() if len(lines) > 1 else []
    if len(words) == 1:
        named = words[0].isalpha() and words[0].isupper()
    else:
        named = len(words) <= _MOST_WORDS and all(word.isalpha() and word[0].isupper() for word in words)
    return lines[-1] if words and named else None


def _date_above(view: View) -> str | None:
    """Return the first text of the article above its body that is a date and nothing else, or None."""
    for element in view.scope.iter():
        if element is view.body:
            break
        for text, holder in ((element.text, element), (element.tail, element.getparent())):
            words = collapse(text or "")
            if holder is not None and _DATE_ALONE.fullmatch(words) and view.belongs(holder):
                return words
    return None


def _texts(document: HtmlElement) -> Iterator[tuple[HtmlElement | None, str]]:
    """Yield the texts of a page in reading order, each with the element it opens, or None behind
    an element.
    """
    waiting: list[tuple[HtmlElement, bool]] = [(document, False)]
    while waiting:
        element, is_end = waiting.pop()
        if is_end:
            if element.tail and (text := collapse(element.tail)):
                yield None, text
            continue
        if element is not document:
            waiting.append((element, True))
        if element.tag not in UNREAD or element is document:
            yield element, collapse(element.text or "")
            waiting.extend((child, False) for child in reversed(element))
