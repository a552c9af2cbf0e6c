"""The demo: crawl the replica's portals, on this machine alone, and count what was found."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from wardcrawler.api.crawl.run import CrawlListener, CrawlReport, run
from wardcrawler.api.crawl.settings import crawl_settings
from wardcrawler.api.options import CrawlOptions
from wardcrawler.api.portals import Chosen
from wardcrawler.attachments.media import PDF
from wardcrawler.attachments.readers.sandbox import missing_reader
from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.extraction.structure.main_text import INSTALL, has_library
from wardcrawler.platforms.generic import Generic
from wardcrawler.platforms.registry import PLATFORMS
from wardcrawler.replica import Replica
from wardcrawler.replica.families.family import FamilyPortal
from wardcrawler.replica.families.registry import ALL_PORTALS
from wardcrawler.replica.portals import ReplicaPortal
from wardcrawler.store.database.connection import open_database

__all__ = [
    "INSTALL",
    "CrawlListener",
    "CrawlReport",
    "Found",
    "Refused",
    "crawl_replica",
    "found_in",
    "left_out",
]

_FEW_FILES = {"WARDCRAWLER_FILES_MOST": "1", "WARDCRAWLER_FILES_AT_ONCE": "100"}
"""Reading a file takes a process and a tenth of a second: the demo shows it with one of each portal."""


class Refused(NamedTuple):
    """So many pages of a portal gave no article, for the same reason."""

    site: str
    reason: str
    words: str
    pages: int


@dataclass(frozen=True, slots=True)
class Found:
    """What the demo's database holds: unique articles, their pages, pages without an article.

    ``unread_portals`` were left out, for the library that reads portals of unknown make is missing, and
    ``pdf_problem`` says why PDF files were not read, or is None.
    """

    articles: int
    pages: int
    refused: list[Refused]
    unread_portals: tuple[str, ...]
    pdf_problem: str | None


def crawl_replica(db: Path, *, command: str, listener: CrawlListener) -> CrawlReport:
    """Serve the replica's portals on loopback, crawl them into ``db``, and return how it went.

    Raises as :func:`wardcrawler.api.crawl.run.crawl` does.
    """
    options = CrawlOptions(delay=0, attachments=True, settings=_FEW_FILES)
    unread = left_out()
    with Replica() as replica:
        portals = [
            _portal_class(portal, replica.address(portal.name))
            for portal in ALL_PORTALS
            if portal.name not in unread
        ]
        settings = crawl_settings(db, options, command)
        return run(Chosen(portals), settings, options, db=db, listener=listener)


def _portal_class(portal: ReplicaPortal | FamilyPortal, address: str) -> type[Portal]:
    """Return the portal class of a replica portal that listens at ``address``."""
    constants = {
        "name": f"replica-{portal.name}",
        "title": portal.title,
        "level": portal.level,
        "province": portal.province,
        "base_url": address,
        "platform": PLATFORMS[portal.variant],
        "sections": portal.sections,
        "__doc__": f"{portal.title}, the replica.",
    }
    return type("ReplicaPortal", (Portal,), constants)


def left_out() -> tuple[str, ...]:
    """Return the portals the demo cannot read: those of unknown make, without the library for them."""
    unreadable = () if has_library() else (Generic.name,)
    return tuple(portal.name for portal in ALL_PORTALS if portal.variant in unreadable)


def found_in(db: Path) -> Found:
    """Count what the demo's database at ``db`` holds. Raises ``DatabaseProblem``."""
    with closing(open_database(db, read_only=True)) as database:
        articles, pages = database.execute(
            "SELECT count(DISTINCT article_id), count(article_id) FROM pages"
        ).fetchone()
        rows = database.execute(
            "SELECT site, failure, count(*) FROM pages WHERE failure IS NOT NULL "
            "GROUP BY site, failure ORDER BY site, failure"
        ).fetchall()
    refused = []
    for site, failure, count in rows:
        reason, _, words = failure.partition(": ")
        refused.append(Refused(site, reason, words, count))
    return Found(articles, pages, refused, left_out(), missing_reader(PDF.type))
