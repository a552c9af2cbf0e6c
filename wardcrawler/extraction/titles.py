"""Which headings may be the title of a text: those above it, not those in it."""

import re
from bisect import bisect
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import text_of
from wardcrawler.extraction.boilerplate import comparable
from wardcrawler.extraction.selectors import select

_SEPARATOR = re.compile(r"\s+[-–—|:»·•]+\s+|\s*::\s*|\s*\|\s*")
_FEWEST_WORDS = 4  # of a part of a page's name that is a title
_MENU = 6  # links between the name of a site and the article


class Heading(NamedTuple):
    """An element that a platform's selectors find for a title, its text, and the place of the selector."""

    element: HtmlElement
    text: str
    rank: int


class Headings:
    """The headings of a page, at most some hundred, and which of them may be the title of a text there."""

    def __init__(self, document: HtmlElement, found: list[Heading]) -> None:
        self._document = document
        self.found = found

    def of(self, body: HtmlElement) -> list[Heading]:
        """Return the headings that may be the title of ``body``.

        One inside is its title only where none stands above but the name of the site: the page's head says
        the one inside, or a menu stands between and ``body`` opens with it.
        """
        inside = [each for each in self.found if body in each.element.iterancestors()]
        if not inside:
            return self.found
        around = {body, *body.iterancestors()}
        start = self._places[body]
        above = [
            each for each in self.found if self._places[each.element] < start and each.element not in around
        ]
        if not above:
            return self.found
        said = {each.text for each in above if comparable(each.text) in self._names}
        named = [each for each in inside if comparable(each.text) in self._names and each.text not in said]
        if named:
            return named
        outside = [each for each in self.found if each not in inside]
        first = min(inside, key=attrgetter("rank"))
        is_first = first.rank < min(each.rank for each in above) and text_of(body).startswith(first.text)
        is_apart = all(self._links_between(each.element, body) >= _MENU for each in above)
        return [first, *outside] if is_first and is_apart and not said else outside

    @cached_property
    def _places(self) -> dict[HtmlElement, int]:
        return {element: place for place, element in enumerate(self._document.iter())}

    @cached_property
    def _links(self) -> list[int]:
        return [self._places[link] for link in self._document.iter("a")]

    def _links_between(self, start: HtmlElement, end: HtmlElement) -> int:
        return bisect(self._links, self._places[end]) - bisect(self._links, self._places[start])

    @cached_property
    def _names(self) -> set[str]:
        """What the page's head calls it, in the form of ``comparable``: whole, and the parts of it that have
        as many words as a title.
        """
        whole = [title.text or "" for title in self._document.iterfind(".//head/title")]
        metas = select(self._document, ("meta[property='og:title']",))
        whole += [meta.get("content") or "" for meta in metas]
        parts = [part for name in whole for part in _SEPARATOR.split(name)]
        long = [part for part in parts if len(part.split()) >= _FEWEST_WORDS]
        return {comparable(name) for name in (*whole, *long)} - {""}
