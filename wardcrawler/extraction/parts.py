"""The pages of an article that stands on several: which were read, which is next, which are missing."""

from collections.abc import Iterable
from typing import NamedTuple

from wardcrawler.extraction.boilerplate import comparable
from wardcrawler.extraction.joining import join
from wardcrawler.items import Article, NotAnArticle

MOST_PAGES = 50
"""So many pages of an article are read; a pager that goes on for ever is cut there, and that is said."""


class MissingPage(NamedTuple):
    """A page of an article that could not be had, and why, in words."""

    number: int
    url: str
    why: str


class Parts:
    """The pages of one article, read one after the other: which is next, and all of them joined.

    ``first`` is page 1. ``certain`` says that what its links lead to are its pages; else they may be the
    pages of a list beside it, which shows when one is read.
    """

    def __init__(self, first: Article, *, certain: bool) -> None:
        self.first = first
        self._certain = certain
        self._pending = dict(first.missing_pages)
        self._parts = {1: first}
        self._missing: dict[int, MissingPage] = {}
        self._asked: set[int] = {1}

    def following(self) -> tuple[int, str] | None:
        """Return number and address of the page to ask for next; None where no further one is known."""
        if not self._pending or len(self._asked) >= MOST_PAGES:
            return None
        number = min(self._pending)
        self._asked.add(number)
        return number, self._pending.pop(number)

    def add(self, number: int, part: Article) -> None:
        """Take in the article that page ``number`` was read as; what is no page of the article, or repeats
        one, brings nothing.
        """
        if _same(part, self._parts.values()):
            self._end_of_list()
        elif comparable(self.first.title) not in comparable(part.title):
            self._no_page(number, part.url, f"shows another title: {part.title[:60]!r}")
        else:
            self._parts[number] = part
            self._pending |= {
                each: url for each, url in part.missing_pages.items() if each not in self._asked
            }

    def refuse(self, number: int, url: str, refusal: NotAnArticle) -> None:
        """Note that page ``number`` came and holds no article."""
        if refusal.reason == "listing":
            self._no_page(number, url, str(refusal))
        else:
            self.miss(number, url, str(refusal))

    def miss(self, number: int, url: str, why: str) -> None:
        """Note that page ``number`` could not be had."""
        self._missing[number] = MissingPage(number, url, why)

    def _no_page(self, number: int, url: str, why: str) -> None:
        if self._certain:
            self.miss(number, url, why)
        else:
            self._end_of_list()

    def _end_of_list(self) -> None:
        if not self._certain:
            self._pending.clear()

    def missing(self) -> list[MissingPage]:
        """Return the pages whose text is not there, once no further one is asked for: those that no link
        leads to among them, which have the address of page 1. Behind the last that was read for their number
        it is the next one only, however many there are.
        """
        found = dict(self._missing)
        if self._pending:
            number = min(self._pending)
            found[number] = MissingPage(number, self._pending[number], f"{MOST_PAGES} pages of it were read")
        for number in range(2, min(MOST_PAGES, max([*self._parts, *found]))):
            if number not in self._asked and number not in found:
                found[number] = MissingPage(number, self.first.url, "no link leads to it")
        return [found[number] for number in sorted(found)]

    def joined(self) -> Article:
        """Return page 1 with what stands on the others, in order; ``missing_pages`` are those that could not
        be had.
        """
        article = join([self._parts[number] for number in sorted(self._parts)])
        article.missing_pages = {page.number: page.url for page in self.missing()}
        return article


def _same(part: Article, others: Iterable[Article]) -> bool:
    """Return whether a page shows what another one does."""
    shown = (part.body, [image.url for image in part.images])
    return any(shown == (other.body, [image.url for image in other.images]) for other in others)
