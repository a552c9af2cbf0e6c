"""What one run of one portal saw, counted: what its outcome is judged from when it has ended."""

from collections import Counter
from dataclasses import dataclass, field

STORAGE_FAILED, ARCHIVE_FAILED = "storage", "archive-storage"
"""The close reasons of a crawl whose database, or whose archive, cannot be written any more."""


@dataclass
class Observations:
    """Counts of one run. Reasons are those of ``NotAnArticle`` and ``crawling.middlewares.failures``."""

    close_reason: str = "finished"
    close_words: str = ""
    """The words of whoever closed the crawl early."""
    listings_answered: int = 0
    links_found: int = 0
    stored: int = 0
    """Article pages that reached the database: new, changed, unchanged and duplicate ones."""
    new_or_changed: int = 0
    listings_failed: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    """Article pages asked for the first time that gave no article."""
    refused_again: Counter[str] = field(default_factory=Counter)
    """Those that were kept from earlier runs and gave none this time either: old news."""
    refused_known: Counter[str] = field(default_factory=Counter)
    """Those that hold an article from earlier runs, which stays, and gave none this time."""
    changed: int = 0
    """Known pages that show another text than before."""
    unchanged: int = 0
    """Known pages that show the same text, or of which the server says so."""
    fallen: list[str] = field(default_factory=list)
    """In words, sections that name far fewer articles than they usually do."""
    seen: int = 0
    """Distinct addresses seen as articles': on listings and elsewhere, and kept ones asked again."""
    covered: int = 0
    """Those of them that hold an article, from this run or from an earlier one."""
    left_out: Counter[str] = field(default_factory=Counter)
    """Distinct addresses that were seen and neither stored nor refused, by reason."""
    left_out_words: dict[str, str] = field(default_factory=dict)
    """By reason, what was left out and how to get it."""
    left_out_urls: dict[str, str] = field(default_factory=dict)
    """The reasons by address, as the spider says it: menus name the same address on every page."""
    left_alone: Counter[str] = field(default_factory=Counter)
    """Article pages that were seen but not asked for again, having failed too often, by reason."""
    elsewhere: Counter[str] = field(default_factory=Counter)
    """Articles that were seen on hosts the portal does not declare, by host."""
    listed: int = 0
    """Distinct articles that listings name: without kept ones, which stay for as long as they fail."""
    listed_elsewhere: int = 0
    """Those of them that are on hosts the portal does not declare."""
    is_at_alias: bool = False
    """Whether some of those that are missing are on the portal's own host with, or without, ``www.``."""
    links_elsewhere: Counter[str] = field(default_factory=Counter)
    """By host, the links of listing pages that name no article, where most of them lead elsewhere."""
    remedy: str = ""
    """What to write, or to type, to have what is on another host."""
    sections_left: int = 0
    """Sections whose walk did not reach its end though nobody asked it to stop early."""
    knew_articles: bool = False
    note: str = ""
    """What a person is to know of an address that was given, in words."""
    first_words: str = ""
    """Words of the first listing failure."""

    def all_refused(self) -> Counter[str]:
        """Count all article pages that gave no article, by reason."""
        return self.refused + self.refused_again + self.refused_known

    def errors(self) -> int:
        """Count article and listing pages that could not be had or read."""
        return self.all_refused().total() + self.listings_failed.total()
