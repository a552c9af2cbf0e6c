"""The state of one section's walk in one run."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from wardcrawler.crawling.spider.candidates import Kind
from wardcrawler.extraction.listings import ArticleLink
from wardcrawler.store.state import PageState

MOST_PAGES_KEPT = 10

FEWEST_LINKS = 4
"""A section whose first page usually names fewer articles is too small to tell a fall from chance."""


@dataclass
class Walk:
    """One section's walk in one run. ``is_whole`` once its end, or what was known before, was reached, no
    article on the way was left out, and there was any: an empty page may be a portal's bad hour.
    """

    title: str
    url: str
    known_before: int
    """Pages first seen by a run before this one count as known."""
    is_backfill: bool
    kind: Kind = "section"
    least_pages: int = 1
    """So many pages are read whatever is known."""
    pages: list[frozenset[str]] = field(default_factory=list)
    """The articles of the first ``MOST_PAGES_KEPT`` pages."""
    usual_links: tuple[int, ...] = ()
    """How many articles the section's first page named in earlier whole walks."""
    first_links: int | None = None
    """How many it names in this one; None until it answered."""
    seen: set[str] = field(default_factory=set)
    reached_end: bool = False
    left_out: bool = False

    def note(self, links: Iterable[ArticleLink]) -> bool:
        """Note the articles of a listing page; return whether any of them is new in this walk: paging that
        repeats itself shows none.
        """
        keys = frozenset(link.key for link in links)
        if len(self.pages) < MOST_PAGES_KEPT:
            self.pages.append(keys)
        unseen = keys - self.seen
        self.seen |= unseen
        return bool(unseen)

    def is_caught_up(self, page: int, links: Iterable[ArticleLink], known: dict[str, PageState]) -> bool:
        """Tell whether every article of a listing page was known before, so older ones are too. A section
        that was never walked to its end is not left before that, nor one that is read ``least_pages`` deep
        before that: what is pinned or back-dated hides what is new.
        """
        return (
            not self.is_backfill
            and page >= self.least_pages
            and all(link.key in known and known[link.key].first_run < self.known_before for link in links)
        )

    @property
    def is_whole(self) -> bool:  # noqa: D102
        return self.reached_end and not self.left_out and bool(self.seen)

    @property
    def fall(self) -> str | None:
        """In words, if the first page names less than half of the articles it usually does; else None."""
        if self.first_links is None or not self.usual_links:
            return None
        usual = median(self.usual_links)
        if usual < FEWEST_LINKS or self.first_links >= usual / 2:
            return None
        return f"{self.title or self.url}: {self.first_links} article links, usually {usual:.0f}"
