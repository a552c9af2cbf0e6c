"""Which headings may be the title of a text: those above it, not those in it."""

import re
from itertools import dropwhile, islice, takewhile
from operator import itemgetter

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import text_of
from wardcrawler.extraction.boilerplate import comparable
from wardcrawler.extraction.selectors import select

_SEPARATOR = re.compile(r"\s+[-–—|:»·•]+\s+|\s*::\s*|\s*\|\s*")
_FEWEST_WORDS = 4  # of a part of a page's name that is a title
_MENU = 6  # links between the name of a site and the article


def titles_of(
    document: HtmlElement, body: HtmlElement, titles: list[tuple[HtmlElement, str, int]]
) -> list[tuple[HtmlElement, str, int]]:
    """Return those of ``titles``, each with the place of its selector, that may be the title of ``body``."""
    inside = [title for title in titles if body in title[0].iterancestors()]
    above = _above(body, [title for title in titles if title not in inside]) if inside else []
    if not above:
        return titles
    names = _page_names(document)
    said = {text for _, text, _ in above if comparable(text) in names}
    named = [title for title in inside if comparable(title[1]) in names and title[1] not in said]
    if named:  # the other one is the name of the site
        return named
    outside = [title for title in titles if title not in inside]
    first = min(inside, key=itemgetter(2))
    opens = text_of(body).startswith(first[1]) and first[2] < min(rank for _, _, rank in above)
    is_apart = all(_links_between(document, node, body) >= _MENU for node, _, _ in above)
    return [first, *outside] if opens and is_apart and not said else outside


def _links_between(document: HtmlElement, start: HtmlElement, end: HtmlElement) -> int:
    """Count the links behind ``start`` and before ``end``, up to as many as a menu has."""
    behind = dropwhile(lambda element: element is not start, document.iter())
    before = takewhile(lambda element: element is not end, behind)
    return sum(1 for _ in islice((element for element in before if element.tag == "a"), _MENU))


def _above(
    body: HtmlElement, titles: list[tuple[HtmlElement, str, int]]
) -> list[tuple[HtmlElement, str, int]]:
    """Return those of ``titles`` that stand before ``body``."""
    line = [body, *body.iterancestors()]
    found = []
    for title in titles:
        own = [title[0], *title[0].iterancestors()]
        common = next((element for element in own if element in line), None)
        if common is None or common is title[0] or common is body:
            continue
        mine, its = own[own.index(common) - 1], line[line.index(common) - 1]
        if common.index(mine) < common.index(its):
            found.append(title)
    return found


def _page_names(document: HtmlElement) -> set[str]:
    """Return what the page's head calls it, in the form of :func:`comparable`: whole, and the parts of it
    that have as many words as a title.
    """
    whole = [title.text or "" for title in document.iterfind(".//head/title")]
    whole += [meta.get("content") or "" for meta in select(document, ("meta[property='og:title']",))]
    parts = [part for name in whole for part in _SEPARATOR.split(name) if len(part.split()) >= _FEWEST_WORDS]
    return {comparable(name) for name in (*whole, *parts)} - {""}
