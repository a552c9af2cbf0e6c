"""Which lists are walked every night: those that show what is new, with as few requests as that takes."""

from collections.abc import Iterable, Mapping, Sequence

from wardcrawler.crawling.spider.walk import Walk


def nightly_lists(walks: Sequence[Walk], published: Mapping[str, str], most: int) -> dict[str, int]:
    """Return the addresses of the lists to walk every night, each with the number of pages to read at least.

    ``walks`` have all ended; ``published`` tells when articles were published (ISO 8601), by key. Of sections
    those stay out whose articles others list too (a parent of sections that are walked themselves), and of
    the rest more than ``most``: those whose newest article is the oldest. Home page and feeds are always
    walked, for they show what is new in all of them; sitemaps are not, for they name everything.
    """
    sections = [walk for walk in walks if walk.kind == "section"]
    needed = list(sections)
    for walk in sorted(sections, key=lambda walk: -len(walk.seen)):
        others = [other for other in needed if other is not walk]
        if others and walk.seen <= set().union(*(other.seen for other in others)):
            needed = others
    needed.sort(key=lambda walk: _newest(walk.seen, published), reverse=True)
    chosen = [*needed[:most], *(walk for walk in walks if walk.kind in ("home", "feed"))]
    return {walk.url: depth(walk.pages, published) for walk in chosen}


def depth(pages: Sequence[Iterable[str]], published: Mapping[str, str]) -> int:
    """Return on which of the first ``pages`` of a list, counted from 1, its newest article stands: behind
    the first where that is full of pinned ones. 1 where none has a date.
    """
    newest = [_newest(page, published) for page in pages]
    return newest.index(max(newest)) + 1 if any(newest) else 1


def _newest(keys: Iterable[str], published: Mapping[str, str]) -> str:
    return max((published[key] for key in keys if key in published), default="")
