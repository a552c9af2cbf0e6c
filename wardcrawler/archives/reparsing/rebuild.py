"""The whole of ``reparse``: archives in, records out."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from sqlite_utils import Database

from wardcrawler.archives.reparsing.files import take_files
from wardcrawler.archives.reparsing.index import FOUND, LISTING, Catalogue, Entry
from wardcrawler.archives.reparsing.pages import Pages
from wardcrawler.archives.reparsing.routing import Owners
from wardcrawler.archives.reparsing.site_run import Site, SiteRun
from wardcrawler.archives.warc.gzip_members import Damaged
from wardcrawler.archives.warc.inputs import NotAnArchive
from wardcrawler.attachments.vault import Vault
from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.items import NotAnArticle
from wardcrawler.store import captures as past
from wardcrawler.store.database.connection import translate_errors
from wardcrawler.store.database.errors import DatabaseProblem

logger = logging.getLogger(__name__)

NOT_MODIFIED = 304
MOST_TOLD = 100


class Watcher(Protocol):
    """Told how far a reading came."""

    def reading(self, path: Path, done: int, size: int) -> None:
        """So many bytes of an archive were read."""

    def rebuilding(self, done: int, total: int) -> None:
        """So many pages became records."""


@dataclass
class Read:
    """One archive that was read: how many answers it holds, each damage in words, at most ``MOST_TOLD``."""

    file: str
    answers: int = 0
    damages: list[str] = field(default_factory=list)
    more_damages: int = 0


class Rebuilding:
    """One reading of archives into the database ``db``.

    ``only`` are names of portals, or of hosts; empty means all. Everything raises ``DatabaseProblem`` when
    the database cannot be written.
    """

    def __init__(
        self, db: Database, catalogue: Catalogue, owners: Owners, *, command: str, only: Sequence[str] = ()
    ) -> None:
        self._db = db
        self._catalogue = catalogue
        self._owners = owners
        self._command = command
        self._only = frozenset(only)
        self._pages: dict[str, Pages] = {}
        self._runs: dict[str, SiteRun] = {}
        self._current: SiteRun | None = None
        self.found: set[str] = set()
        """Names of the portals whose pages the archives hold, ``only`` or not."""

    def take_in(self, path: Path, size: int, watcher: Watcher) -> Read:
        """Read one archive. Raises ``OSError`` and ``NotAnArchive``."""
        read = Read(str(path))

        def tell(name: str, damage: Damaged) -> None:
            if len(read.damages) == MOST_TOLD:
                read.more_damages += 1
                return
            read.damages.append(f"{path}: {damage}" if name == path.name else f"{path}: {name}: {damage}")

        for done in self._catalogue.take_in(path, tell):
            read.answers += 1
            watcher.reading(path, done, size)
        if not read.answers and read.damages:
            raise NotAnArchive(f"holds no WARC record that is whole ({read.damages[0]}); name another copy")
        return read

    def rebuild(self, watcher: Watcher, vault: Vault | None = None) -> list[Site]:
        """Make records of what was read, in the order it was captured; put files that articles link to into
        ``vault``.
        """
        self._catalogue.finish()
        self._find_articles()
        with translate_errors(self._db):
            past.begin(self._db.conn)
        total = self._catalogue.count_to_read()
        is_whole = False
        try:
            for done, entry in enumerate(self._catalogue.to_read()):
                watcher.rebuilding(done, total)
                if pages := self._pages_of(entry):
                    self._read(entry, pages)
            for run in self._runs.values():
                run.flush()
                if vault is not None:
                    take_files(run, self._catalogue, vault)
            is_whole = True
        finally:
            for run in self._runs.values():
                run.finish(is_whole=is_whole)
        return [run.result for run in self._runs.values()]

    def _find_articles(self) -> None:
        """In archives without our notes: by their addresses, then by what listings name."""
        for entry in self._catalogue.unnoted():
            if entry.is_page and (pages := self._pages_of(entry)):
                pages.look_at(entry)
        for entry in self._catalogue.unnoted():
            if entry.is_page and entry.method == "GET" and (pages := self._pages_of(entry)):
                named = self._catalogue.named_by(pages.site, entry.url)
                if named is not None:
                    self._catalogue.decide(entry, pages.site, named.key)

    def _pages_of(self, entry: Entry) -> Pages | None:
        """The portal an answer is of; None if it is of none, or nobody asked for it."""
        name = entry.site or entry.host
        if name not in self._pages:
            try:
                portal = (
                    self._owners.of_site(name, entry.url)
                    if entry.site
                    else self._owners.of_address(entry.url)
                )
            except ValueError:
                return None
            self.found.add(portal.name)
            self._pages[name] = self._pages.get(portal.name) or Pages(portal, self._catalogue)
            self._pages[portal.name] = self._pages[name]
        pages = self._pages[name]
        return pages if not self._only or pages.site in self._only else None

    def _owner(self, entry: Entry) -> type[Portal]:
        if entry.site:
            return self._owners.of_site(entry.site, entry.url)
        return self._owners.of_address(entry.url)

    # --- one answer ----------------------------------------------------------------------------------------

    def _read(self, entry: Entry, pages: Pages) -> None:
        if entry.kind == LISTING:
            if entry.status == 200:
                pages.read_listing(entry)
            return
        if entry.key is None or (300 <= entry.status < 400 and entry.status != NOT_MODIFIED):
            return
        run = self._run_of(pages)
        if entry.status == NOT_MODIFIED:
            run.confirm(entry)
        elif not 200 <= entry.status < 300:
            run.refuse(entry, f"http-{entry.status}", f"the server answers {entry.status}")
        else:
            self._read_article(entry, entry.key, pages, run)

    def _read_article(self, entry: Entry, key: str, pages: Pages, run: SiteRun) -> None:
        named, category = self._catalogue.named(pages.site, key), entry.category
        if entry.kind == FOUND:
            named = self._catalogue.named_by(pages.site, entry.url) or named
            key, category = (named.key, named.section) if named else (key, None)
        listed = (named.date if named else None) or run.listed_before(key)
        try:
            article = pages.read_article(entry, key, listed, category)
            run.put(entry, article)
        except NotAnArticle as refusal:
            run.refuse(entry, refusal.reason, refusal.words)
        except (DatabaseProblem, OSError, MemoryError):
            raise
        except Exception as error:
            logger.exception("Cannot read %s", entry.url)
            run.refuse(entry, "parser-error", repr(error))

    def _run_of(self, pages: Pages) -> SiteRun:
        """The run of a portal. What another's brought is committed first: texts are stored in their order."""
        run = self._runs.get(pages.site)
        if run is None:
            run = self._runs[pages.site] = SiteRun(self._db, pages, self._command)
        if self._current is not None and self._current is not run:
            self._current.flush()
        self._current = run
        return run
