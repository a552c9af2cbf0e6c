"""Makes records of what archives hold: index, route to portals, parse, store."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from wardcrawler.archives.reparsing.files import store_files
from wardcrawler.archives.reparsing.index import LISTING, RECOGNISED, CaptureIndex, IndexedCapture
from wardcrawler.archives.reparsing.pages import Pages
from wardcrawler.archives.reparsing.site_run import Site, SiteRun
from wardcrawler.archives.warc.gzip_members import Damaged
from wardcrawler.archives.warc.inputs import NotAnArchive
from wardcrawler.attachments.vault import Vault
from wardcrawler.crawling.portals.adhoc import portal_at
from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.items import NotAnArticle
from wardcrawler.store import Database, captures
from wardcrawler.store.database.connection import translate_errors
from wardcrawler.store.database.errors import DatabaseProblem


class PortalRouter:
    """Finds the portal of an answer: a registered one by its name or host, else one made for the address.

    ``platform`` is that of portals that are not registered; None leaves it to ``known_platform``, which says
    what an earlier crawl found of a site (or None), and then to the pages.
    """

    def __init__(
        self,
        portals: Mapping[str, type[Portal]],
        known_platform: Callable[[str], str | None],
        platform: str | None = None,
    ) -> None:
        self._portals = portals
        self._known_platform = known_platform
        self._platform = platform
        self._by_host: dict[str, type[Portal]] = {}
        for portal in portals.values():
            for host in (urlsplit(portal.base_url).netloc.lower(), *portal.hosts):
                self._by_host.setdefault(host, portal)

    def of_site(self, site: str, url: str) -> type[Portal]:
        """Find the portal that our own notes call ``site``, of which ``url`` is a page."""
        if site in self._portals:
            return self._portals[site]
        portal = self._made_for(url, site)
        portal.name, portal.title = site, site
        return portal

    def of_address(self, url: str) -> type[Portal]:
        """Find the portal that the page ``url`` must be of. Raises ``ValueError`` for what is no address."""
        parts = urlsplit(url)
        registered = self._by_host.get(parts.netloc.lower()) or self._by_host.get(
            (parts.hostname or "").lower()
        )
        return registered or self._made_for(url, parts.netloc.lower())

    def _made_for(self, url: str, site: str) -> type[Portal]:
        parts = urlsplit(url)
        return portal_at(f"{parts.scheme}://{parts.netloc}", (), self._platform or self._known_platform(site))


logger = logging.getLogger(__name__)

MOST_DAMAGES = 100
"""So many of an archive are listed; the rest are counted."""


class ReparseListener(Protocol):
    """Is told how far ``reparse`` has come."""

    def reading(self, path: Path, done: int, size: int) -> None:
        """Take note that ``done`` of the ``size`` bytes of an archive were read."""

    def rebuilding(self, done: int, total: int) -> None:
        """Take note that ``done`` of ``total`` pages were parsed."""


@dataclass
class ReadArchive:
    """One archive that was read: how many answers it holds, and each damage in words."""

    file: str
    answers: int = 0
    damages: list[str] = field(default_factory=list)
    more_damages: int = 0


class Reparse:
    """Reads archives into ``index``, then stores their records in the database ``db``.

    ``command`` goes into ``runs``. ``only`` are names of portals, or of hosts; empty means all. Everything
    raises ``DatabaseProblem`` when the database cannot be written.
    """

    def __init__(
        self,
        db: Database,
        index: CaptureIndex,
        router: PortalRouter,
        *,
        command: str,
        only: Sequence[str] = (),
    ) -> None:
        self._db = db
        self._index = index
        self._router = router
        self._command = command
        self._only = frozenset(only)
        self._pages: dict[str, Pages] = {}
        self._runs: dict[str, SiteRun] = {}
        self._current: SiteRun | None = None
        self.found: set[str] = set()
        """Names of the portals whose pages the archives hold, ``only`` or not."""

    def read_archive(self, path: Path, size: int, listener: ReparseListener) -> ReadArchive:
        """Read the archive at ``path``, of ``size`` bytes. Raises ``OSError`` and ``NotAnArchive``."""
        read = ReadArchive(str(path))

        def report(name: str, damage: Damaged) -> None:
            if len(read.damages) == MOST_DAMAGES:
                read.more_damages += 1
                return
            read.damages.append(f"{path}: {damage}" if name == path.name else f"{path}: {name}: {damage}")

        for done in self._index.add_archive(path, report):
            read.answers += 1
            listener.reading(path, done, size)
        if not read.answers and read.damages:
            raise NotAnArchive(f"holds no WARC record that is whole ({read.damages[0]}); name another copy")
        return read

    def store_records(self, listener: ReparseListener, vault: Vault | None = None) -> list[Site]:
        """Store records of what was read, in the order it was captured, and files that articles link to in
        ``vault``; return what became of each portal's pages. Raises ``OSError`` where an archive cannot be
        read.
        """
        self._index.create_indexes()
        self._recognise_articles()
        with translate_errors(self._db):
            captures.begin(self._db.conn)
        total = self._index.count_to_parse()
        is_whole = False
        try:
            for done, capture in enumerate(self._index.captures_to_parse()):
                listener.rebuilding(done, total)
                if pages := self._pages_of(capture):
                    self._parse(capture, pages)
            for run in self._runs.values():
                run.flush()
                if vault is not None:
                    store_files(run, self._index, vault)
            is_whole = True
        finally:
            for run in self._runs.values():
                run.finish(is_whole=is_whole)
        return [run.result for run in self._runs.values()]

    def _recognise_articles(self) -> None:
        """Find the articles in archives without our notes: by their addresses, then by what listings name."""
        for capture in self._index.captures_without_notes():
            if capture.is_page and (pages := self._pages_of(capture)):
                pages.recognise(capture)
        for capture in self._index.captures_without_notes():
            if capture.is_page and capture.method == "GET" and (pages := self._pages_of(capture)):
                listed = self._index.listed_article_at(pages.site, capture.url)
                if listed is not None:
                    self._index.recognise_article(capture, pages.site, listed.key)

    def _pages_of(self, capture: IndexedCapture) -> Pages | None:
        """Return the pages of the portal that a capture is of; None if it is of none, or
        nobody asked for it.
        """
        name = capture.site or capture.host
        if name not in self._pages:
            try:
                portal = (
                    self._router.of_site(name, capture.url)
                    if capture.site
                    else self._router.of_address(capture.url)
                )
            except ValueError:
                return None
            self.found.add(portal.name)
            self._pages[name] = self._pages.get(portal.name) or Pages(portal, self._index)
            self._pages[portal.name] = self._pages[name]
        pages = self._pages[name]
        return pages if not self._only or pages.site in self._only else None

    # --- one capture ---------------------------------------------------------------------------------------

    def _parse(self, capture: IndexedCapture, pages: Pages) -> None:
        status = capture.status
        if capture.kind == LISTING:
            if status == HTTPStatus.OK:
                pages.read_listing(capture)
            return
        if capture.key is None or (300 <= status < 400 and status != HTTPStatus.NOT_MODIFIED):
            return
        run = self._run_of(pages)
        if status == HTTPStatus.NOT_MODIFIED:
            run.confirm(capture)
        elif not 200 <= status < 300:
            run.refuse(capture, f"http-{status}", f"the server answers {status}")
        else:
            self._parse_article(capture, capture.key, pages, run)

    def _parse_article(self, capture: IndexedCapture, key: str, pages: Pages, run: SiteRun) -> None:
        listed, category = self._index.listed_article(pages.site, key), capture.category
        if capture.kind == RECOGNISED:
            listed = self._index.listed_article_at(pages.site, capture.url) or listed
            key, category = (listed.key, listed.section) if listed else (key, None)
        listed_date = (listed.date if listed else None) or run.listed_before(key)
        try:
            article = pages.read_article(capture, key, listed_date, category)
            if article is not None:
                run.put(capture, article)
        except NotAnArticle as refusal:
            run.refuse(capture, refusal.reason, refusal.words)
        except (DatabaseProblem, OSError, MemoryError):
            raise
        except Exception as error:
            logger.exception("Cannot read %s", capture.url)
            run.refuse(capture, "parser-error", repr(error))

    def _run_of(self, pages: Pages) -> SiteRun:
        """Return the run of a portal. What another's brought is committed first: texts are stored in their
        order.
        """
        run = self._runs.get(pages.site)
        if run is None:
            run = self._runs[pages.site] = SiteRun(self._db, pages, self._command)
        if self._current is not None and self._current is not run:
            self._current.flush()
        self._current = run
        return run
