"""Listing pages: links to articles, and to the page after."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast
from urllib.parse import unquote

from lxml.etree import XPath
from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import HEADINGS, text_of
from wardcrawler.extraction.boilerplate import comparable
from wardcrawler.extraction.date_labels import is_of_something_else
from wardcrawler.extraction.selectors import Matcher, select
from wardcrawler.extraction.structure.listings import ListItem, item_date, own_elements
from wardcrawler.extraction.urls import absolute, query_parameters

_ITEM_DEPTH = 6  # how far above a link the element may stand that holds the whole list item
_NEXT_WORDS = frozenset((
    "tiếp theo", "tiếp", "trang tiếp", "trang tiếp theo", "trang kế", "trang kế tiếp", "kế tiếp", "trang sau",
    "sau", "next", "next page", "older posts", "bài viết cũ hơn", "bài cũ hơn", "tin cũ hơn", "cũ hơn",
    "xem thêm", "tải thêm", "xem tiếp", "load more", "show more", "›", "»", ">", ">>",
))  # fmt: skip
_ARROWS = re.compile(r"[\s←→«»‹›>]+$|^[\s←→]+")
_MACHINE_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_links = XPath(".//a[@href]")
_pager_links = XPath(".//link[@href and @rel='next'] | .//a[@href]")


@dataclass(frozen=True, slots=True)
class ArticleLink:
    """An article as a listing names it. ``url`` is absolute and canonical, ``key`` the article's identity
    inside its site, ``date_text`` the date as printed beside the link, or None.
    """

    url: str
    key: str
    title: str = ""
    date_text: str | None = None


@dataclass(frozen=True, slots=True)
class ListingRequest:
    """A listing page to ask for: by POST with the fields of ``form`` where there are any, else by GET.

    ``page`` counts from 1; ``last_page`` is None where the portal does not say. Platforms whose pages all
    have one URL count with it.
    """

    url: str
    form: tuple[tuple[str, str], ...] = ()
    page: int = 1
    last_page: int | None = None


def item_links(
    document: HtmlElement,
    selectors: tuple[str, ...],
    date_selectors: tuple[str, ...],
    outside: Matcher,
    identify: Callable[[str | None], tuple[str, str] | None],
    further: Callable[[list[HtmlElement]], list[HtmlElement]] | None = None,
) -> list[ArticleLink]:
    """Return the articles that ``selectors`` find outside of ``outside``, in document order, each key once.
    ``further`` is asked for links that count besides those; their dates need no selector.

    ``identify`` turns an ``href`` into the URL to ask for and the key, or None for no article. The title is
    the first that is not empty among the links of one key; ``date_selectors`` find the dates printed beside
    them.
    """
    found: dict[str, ArticleLink] = {}
    elements: dict[str, list[HtmlElement]] = {}
    chosen: dict[HtmlElement, tuple[str, str]] = {}
    for element in _in_document_order(document, selectors):
        if _stands_outside(element, outside):
            continue
        if (identity := identify(element.get("href"))) is not None:
            chosen[element] = identity
    added: dict[HtmlElement, tuple[str, str]] = {}
    if further is not None and (more := further(list(chosen))):
        added = {element: identity for element in more if (identity := identify(element.get("href")))}
        both = {**chosen, **added}
        chosen = {link: both[link] for link in cast("list[HtmlElement]", _links(document)) if link in both}
    for element, (url, key) in chosen.items():
        elements.setdefault(key, []).append(element)
        if key not in found or not found[key].title:
            first_url = found[key].url if key in found else url
            found[key] = ArticleLink(first_url, key, text_of(element))
    dates = _item_dates(document, elements, date_selectors)
    if added:
        dates = {**_printed_dates(chosen, added), **dates}
    return [ArticleLink(link.url, key, link.title, dates.get(key)) for key, link in found.items()]


def _printed_dates(
    chosen: dict[HtmlElement, tuple[str, str]], added: dict[HtmlElement, tuple[str, str]]
) -> dict[str, str]:
    """Return the dates that stand in the entries ``added``, by key, whatever marks them."""
    own = own_elements([(link, key) for link, (_, key) in chosen.items()])
    items = (ListItem(link, key, text_of(link), own[link]) for link, (_, key) in added.items())
    return {item.identity: date for item in items if (date := item_date(item)) is not None}


def _stands_outside(element: HtmlElement, outside: Matcher) -> bool:
    """Return whether ``element`` stands in one of ``outside``; an entry's own footer is none."""
    return any(
        outside.matches(ancestor)
        and not (ancestor.tag == "footer" and next(ancestor.iterancestors("article"), None) is not None)
        for ancestor in element.iterancestors()
    )


def _in_document_order(document: HtmlElement, selectors: tuple[str, ...]) -> list[HtmlElement]:
    wanted = set(select(document, selectors))
    if not wanted:
        return []
    return [link for link in cast("list[HtmlElement]", _links(document)) if link in wanted]


def _item_dates(
    document: HtmlElement, elements: dict[str, list[HtmlElement]], selectors: tuple[str, ...]
) -> dict[str, str]:
    """Return the date of each list item, by key: that of the smallest element with a date node and one
    article only; where entries share an element, that right behind a heading.
    """
    keys_in: dict[HtmlElement, set[str]] = {}
    for key, links in elements.items():
        for link in links:
            for _, ancestor in zip(range(_ITEM_DEPTH), link.iterancestors(), strict=False):
                keys_in.setdefault(ancestor, set()).add(key)
    dates: dict[str, str] = {}
    for node in select(document, selectors) if elements else ():
        machine = node.get("datetime") or ""
        text = machine if _MACHINE_DATE.match(machine) else text_of(node) or machine
        if not any(character.isdigit() for character in text) or is_of_something_else(node):
            continue
        above = [node, *node.iterancestors()]
        level = next((number for number, element in enumerate(above) if element in keys_in), None)
        if level is None:
            continue
        keys = keys_in[above[level]]
        if len(keys) > 1 and level:
            before = above[level - 1].getprevious()
            keys = keys_in.get(before, set()) if before is not None and before.tag in HEADINGS else set()
        if len(keys) == 1:
            dates.setdefault(next(iter(keys)), text)
    return dates


def next_page(
    document: HtmlElement,
    url: str,
    base: str,
    page_parameter: re.Pattern[str],
    canonical: Callable[[str], str],
    page_path: re.Pattern[str] | None = None,
) -> str | None:
    """Return the canonical URL of the listing page after ``url``, or None on the last one.

    A page number is the value of a query parameter whose whole name ``page_parameter`` matches, or the group
    of ``page_path`` found in the path (``/page/2/``) or in a path inside the query (``op=tin-tuc/page-2``);
    without one, ``url`` is page 1. Of several pagers on a page, the one ``url`` already pages through counts,
    else the first. "Tiếp theo" and the like, in the page or in its head, must lead one page on; without such
    words the number itself does.
    """
    current = _page_number(url, page_parameter, page_path)
    by_words: list[tuple[str, str]] = []
    by_number: list[tuple[str, str]] = []
    for link in cast("list[HtmlElement]", _pager_links(document)):
        href = link.get("href") or ""
        if "=" not in href and page_path is None:
            continue
        address = absolute(href, base)
        target = _page_number(address, page_parameter, page_path) if address else None
        if address is None or target is None:
            continue
        name, number = target
        if number != (current[1] if current and current[0] == name else 1) + 1:
            continue
        if current and current[0] != name:
            continue
        if says_next(link):
            by_words.append((name, address))
        elif text_of(link) == str(number):
            by_number.append((name, address))
    for _, address in by_words + by_number:
        following = canonical(address)
        if following != canonical(url):
            return following
    return None


def _page_number(
    url: str, page_parameter: re.Pattern[str], page_path: re.Pattern[str] | None
) -> tuple[str, int] | None:
    """Return the series of pages that ``url`` is one of (a parameter's name, or a path up to the number) and
    its number in it; None for neither.
    """
    for name, value in query_parameters(url):
        if page_parameter.fullmatch(unquote(name)) and value.isascii() and value.isdigit() and len(value) < 7:
            return name, int(value)
    if page_path is None:
        return None
    address, _, query = url.partition("#")[0].partition("?")
    found = page_path.search(address) or (page_path.search(unquote(f"{address}?{query}")) if query else None)
    if found and found[1].isascii() and len(found[1]) < 7:
        return found.string[: found.start(1)], int(found[1])
    return None


def says_next(link: HtmlElement) -> bool:
    """Return whether a link calls itself the next page: "Tiếp theo", "»", ``rel="next"`` and the like, in
    text or, where it is a picture, as its label.
    """
    for element in (link, link.getparent()):
        if element is not None and not {"next", "next-page", "next-pages", "pager-next"}.isdisjoint(
            (element.get("class") or "").split()
        ):
            return True
    if link.get("rel") == "next":
        return True
    words = comparable(text_of(link) or link.get("aria-label") or link.get("title") or "")
    return words in _NEXT_WORDS or _ARROWS.sub("", words) in _NEXT_WORDS
