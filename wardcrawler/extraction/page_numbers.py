"""The pages of one article that each of them leads to: addresses that differ by a number."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple
from urllib.parse import unquote, urlsplit, urlunsplit

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import text_of
from wardcrawler.extraction.boilerplate import comparable
from wardcrawler.extraction.listings import says_next
from wardcrawler.extraction.urls import query_parameters

_NAMED = re.compile(r"(?:(?:trang|page|phần|part)(?: số)?\s*)?[\[(]?\s*(\d{1,4})\s*[\])]?")
_BACK = re.compile(r"(?=.)[\s«‹<←]*(?:(?:trang )?(?:trước|đầu)|(?:prev(?:ious)?|first)(?: page)?)?[\s«‹<←]*")
_LONGEST_NAME = 40  # with the white space of the source
_ENDING = re.compile(r"\.(?:html?|aspx?|php)$", re.IGNORECASE)
_STEP = re.compile(r"(?:[/_.-](?:(?:page|trang|p)[/_-]?)?)(\d{1,4})/?", re.IGNORECASE)


class Paging(NamedTuple):
    """The pages of an article as one of them shows them: its own number, the address of page 1 (None where
    this is it), and the addresses of the other pages by number, page 1 aside.
    """

    number: int
    first: str | None
    others: dict[int, str]


ONLY = Paging(1, None, {})
"""Of an article that has one page."""


NumberOf = Callable[[str, str], int | None]
"""Which page of the article at one address another one is: None for none of it, 1 for page 1."""


def read_paging(
    links: Iterable[tuple[HtmlElement, str]], url: str, number_of: NumberOf, *, by_words: bool = True
) -> Paging:
    """Return what the ``links`` of a page at ``url`` (elements with their addresses) say of the pages of its
    article.

    A link counts where its address is that of a page by ``number_of``; with ``by_words`` only if its words
    are the page's number, "Trang 2" or the like, or say that it is the next or the first one.
    """
    named = [(link, address, _named(link)) for link, address in links]
    number, first = 1, None
    for link, address, name in named:
        own = number_of(address, url)
        if own is not None and own > 1 and (name == 1 or _is_back(link) or not by_words):
            number, first = own, address
            break
    others: dict[int, str] = {}
    for link, address, name in named:
        found = number_of(first or url, address)
        if found is None or found in (1, number) or (by_words and name != found and not says_next(link)):
            continue
        others.setdefault(found, address)
    return Paging(number, first, dict(sorted(others.items())))


def names_page(link: HtmlElement) -> bool:
    """Return whether the words of a link are a page's number, or say that it is the next, the one before or
    the first; a ``link`` in the head of a page has none.
    """
    if link.tag != "a":
        return True
    words = link.text_content()
    if len(words) > _LONGEST_NAME:
        return False
    return _number_in(words) is not None or says_next(link) or _is_back(link)


def _named(link: HtmlElement) -> int | None:
    """Return the page that a link names in its words, or None."""
    words = link.text_content()
    return _number_in(words) if len(words) <= _LONGEST_NAME else None


def _number_in(words: str) -> int | None:
    found = _NAMED.fullmatch(comparable(words))
    return int(found[1]) if found else None


def _is_back(link: HtmlElement) -> bool:
    return link.get("rel") in ("prev", "first") or _BACK.fullmatch(comparable(text_of(link))) is not None


# --- addresses ---------------------------------------------------------------------------------------


def number_in_query(
    first: str, address: str, parameter: re.Pattern[str], counted_from: int = 1
) -> int | None:
    """Return the number of the page at ``address`` that a query parameter tells, where all the rest is as in
    ``first``, the address of page 1: its value, where page 1 has the number ``counted_from``. 1 where both
    have none; None for another page.
    """
    number, kept = _without_number(address, parameter)
    first_number, rest = _without_number(first, parameter)
    if kept != rest or (first_number is not None and first_number != counted_from):
        return None
    return 1 if number is None else number - counted_from + 1


def _without_number(address: str, parameter: re.Pattern[str]) -> tuple[int | None, tuple[str, ...]]:
    parts = urlsplit(address)
    number, kept = None, []
    for name, value in query_parameters(address):
        if parameter.fullmatch(unquote(name)) and value.isascii() and value.isdigit() and len(value) < 5:
            number = int(value)
        elif value or not parameter.fullmatch(unquote(name)):
            kept.append(f"{name}={value}")
    return number, (parts.netloc.lower(), parts.path.rstrip("/"), *sorted(kept))


def number_in_path(first: str, address: str, step: re.Pattern[str] = _STEP) -> int | None:
    """Return the number of the page at ``address`` where its path is that of ``first``, the address of page
    1, with a number behind it as ``step`` says: before the ending or behind it (``bai-12-p2.html``,
    ``bai-12.html/trang-2``). 1 where they are the same; None for another page.
    """
    one, other = urlsplit(first), urlsplit(address)
    if (one.netloc.lower(), one.query) != (other.netloc.lower(), other.query):
        return None
    path, longer = one.path.rstrip("/"), other.path.rstrip("/")
    if path == longer:
        return 1
    ending = _ENDING.search(path)
    stems = [(path, longer)]
    if ending and longer.endswith(ending[0]):
        stems.append((path[: ending.start()], longer[: -len(ending[0])]))
    for stem, extended in stems:
        if stem and extended.startswith(stem) and (found := step.fullmatch(extended[len(stem) :])):
            return int(found[1])
    return None


def without_number(address: str, parameter: re.Pattern[str]) -> str:
    """Return ``address`` without the query parameter that tells the number of a page: "1" names page 1, which
    has an address without it too.
    """
    parts = urlsplit(address)
    kept = [
        f"{name}={value}"
        for name, value in query_parameters(address)
        if not (parameter.fullmatch(unquote(name)) and value in ("0", "1"))
    ]
    return urlunsplit(parts._replace(query="&".join(kept)))
