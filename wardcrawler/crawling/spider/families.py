"""Bounds by number: how many addresses that are alike but for their numbers a run asks for.

A week calendar has a link to the next week for ever, a menu by years ends; no name tells the one from the
other. What they bring does. Addresses are counted by family (:func:`wardcrawler.extraction.urls.family`):

- The pages of one listing are turned as long as they show something new in their own walk (``walk.py``), for
  an overlap with another section says nothing of what comes further down.
- At most ``most`` listing pages of a family are asked for in a run, paging included.
- Addresses that are listed as articles are not bound, unless ``refusals`` pages of a family in a row were
  found to be none, and no page of it was one, in this run or in earlier ones.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Self

from scrapy.settings import BaseSettings

from wardcrawler.extraction.listings import ArticleLink
from wardcrawler.extraction.urls import family
from wardcrawler.items import Article, Item, LeftOut, Refusal, Unchanged

BOUND = "bound"
"""The reason of what is left out here."""

_NO_ARTICLE = frozenset({"listing", "no-title", "no-body", "unrecognised"})
"""Refusals that say that an address is no article's at all."""


class Families:
    """Counts of one run: what each family of addresses brought, and what was left out for it.

    Every ``may_…`` notes the address it says no to; :meth:`left_out` gives those, each once.
    """

    def __init__(self, *, most: int, refusals: int) -> None:
        self._most = most
        self._refusal_row = refusals
        self._pages: Counter[str] = Counter()
        self._refused: Counter[str] = Counter()
        self._with_articles: set[str] = set()
        self._noted: set[str] = set()
        self._left_out: list[LeftOut] = []

    @classmethod
    def of(cls, settings: BaseSettings) -> Self:
        """Return empty counts, bound as ``WARDCRAWLER_FAMILY_MOST`` and ``_REFUSALS`` say; 0 is no bound."""
        most, refusals = (settings.getint(f"WARDCRAWLER_FAMILY_{name}") for name in ("MOST", "REFUSALS"))
        return cls(most=most, refusals=refusals)

    # --- listings ----------------------------------------------------------------------------------

    def may_turn_to(self, url: str) -> bool:
        """Tell whether the page at ``url`` of a listing that is walked may be asked for."""
        kind = family(url)
        if self._most and self._pages[kind] >= self._most:
            return self._no(
                url,
                f"{self._pages[kind]} listing pages like {kind} were asked for; "
                f"--set WARDCRAWLER_FAMILY_MOST={10 * self._most} goes further",
            )
        return True

    def listed(self, url: str) -> None:
        """Note that the listing page at ``url`` answered."""
        self._pages[family(url)] += 1

    # --- articles ----------------------------------------------------------------------------------

    def worth_reading(self, links: Iterable[ArticleLink], stored: Collection[str]) -> list[ArticleLink]:
        """Return those of ``links`` that may be asked for as articles; ``stored`` are the keys of pages that
        hold an article since earlier runs.
        """
        links = list(links)
        self._with_articles |= {family(link.url) for link in links if link.key in stored}
        return [link for link in links if self._may_read(link.url)]

    def _may_read(self, url: str) -> bool:
        kind = family(url)
        count = self._refused[kind]
        if not self._refusal_row or count < self._refusal_row or kind in self._with_articles:
            return True
        return self._no(
            url,
            f"{count} pages in a row like {kind} were no articles; "
            f"--set WARDCRAWLER_FAMILY_REFUSALS={10 * self._refusal_row} asks for more of them",
        )

    def read(self, url: str, item: Item) -> None:
        """Note what became of the listed address ``url``: an article, or none."""
        kind = family(url)
        if isinstance(item, (Article, Unchanged)):
            self._with_articles.add(kind)
            self._refused.pop(kind, None)
        elif isinstance(item, Refusal) and item.reason in _NO_ARTICLE:
            self._refused[kind] += 1

    # --- what was left out -------------------------------------------------------------------------

    def _no(self, url: str, words: str) -> bool:
        if url not in self._noted:
            self._noted.add(url)
            self._left_out.append(LeftOut(url, BOUND, words))
        return False

    def left_out(self) -> Iterator[LeftOut]:
        """Give the addresses that were left out since the last time, each once in a run."""
        left_out, self._left_out = self._left_out, []
        yield from left_out
