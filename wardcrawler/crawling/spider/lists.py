"""The lists of a portal that one run walks, and what they name."""

from collections.abc import Iterator, Mapping
from typing import cast
from urllib.parse import urljoin

from scrapy.settings import BaseSettings

from wardcrawler.crawling.spider.candidates import Candidate, Kind
from wardcrawler.crawling.spider.scope import Scope
from wardcrawler.crawling.spider.walk import Walk
from wardcrawler.store.state import CrawlState


class Lists:
    """The walks of one run of a portal at ``base_url``, which declares ``sections`` or none.

    Every ``WARDCRAWLER_LOOK_DAYS`` it is looked over: then all its lists are walked, the first
    ``WARDCRAWLER_LOOK_DEPTH`` pages of each though all on them is known, and the home page shows whether
    there are new ones. In between only those that show what is new: see ``nightly.py``.
    """

    def __init__(
        self,
        base_url: str,
        sections: Mapping[str, str],
        state: CrawlState,
        scope: Scope,
        settings: BaseSettings,
    ) -> None:
        self._base_url = base_url
        self._sections = sections
        self._state = state
        self._scope = scope
        self.is_look = not scope.is_limited and (
            scope.full or state.is_look_due(settings.getfloat("WARDCRAWLER_LOOK_DAYS"))
        )
        self._least_pages = settings.getint("WARDCRAWLER_LOOK_DEPTH") if self.is_look else 1
        self.walks: list[Walk] = []
        self.elsewhere: set[str] = set()
        """Keys of articles seen anywhere but in the walks: kept ones, those of the home page."""
        self.is_whole = True
        """Whether all links were looked at that may lead to lists."""

    def known(self) -> Iterator[Candidate]:
        """Give the lists to walk that are declared, else those that earlier runs found."""
        if self._sections:
            for title, path in self._sections.items():
                yield Candidate(title, urljoin(self._base_url, path))
            return
        for known in self._state.lists():
            if known.kind != "page" and (known.nightly or self.is_look):
                yield Candidate(known.title, self.present_address(known.url), cast("Kind", known.kind))

    def looked_at(self) -> set[str]:
        """Return the addresses that earlier runs looked at. A full run looks again at those that were no
        lists.
        """
        return {
            self.present_address(known.url)
            for known in self._state.lists()
            if known.kind != "page" or not self._scope.full
        }

    @property
    def wants_discovery(self) -> bool:
        """Whether the home page is to be asked for lists; ask when the walks of the known ones are open."""
        return not self._sections and (self.is_look or not self.walks)

    def present_address(self, url: str) -> str:
        """Bring a kept address to where the portal is now: portals move to https, or to another name."""
        before = self._state.moved_from
        if before and url.startswith(f"{before}/"):
            return f"{self._base_url}/{url[len(before) + 1 :]}"
        return url

    def open(self, candidate: Candidate) -> Walk:
        """Begin the walk of a list; an earlier one that did not finish decides which articles count as
        known.
        """
        listing = self._state.listing(candidate.url)
        walk = Walk(
            title=candidate.title if candidate.kind == "section" else "",
            url=candidate.url,
            kind=candidate.kind,
            least_pages=max(listing.depth, self._least_pages),
            known_before=self._state.run if listing.open_run is None else listing.open_run,
            is_backfill=listing.backfilled_at is None,
            usual_links=listing.links,
            left_out=self._scope.is_period,
        )
        self.walks.append(walk)
        return walk

    def seen(self) -> set[str]:
        """Return the keys of all that was seen as an article in this run."""
        return self.elsewhere.union(*(walk.seen for walk in self.walks))

    @property
    def all_looked_over(self) -> bool:
        """Whether this run looked the portal over, and every walk came to its end."""
        return self.is_look and self.is_whole and all(walk.is_whole for walk in self.walks)
