"""Archives as a source: rebuild records from WARC and WACZ files without the network, verify a file."""

import sqlite3
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir

from wardcrawler.api.crawl.run import read_files
from wardcrawler.api.errors import InputError
from wardcrawler.api.finish import FinishListener, link
from wardcrawler.archives.recording.archive import parts_of
from wardcrawler.archives.reparsing.index import CaptureIndex
from wardcrawler.archives.reparsing.open_warcs import OpenWarcs
from wardcrawler.archives.reparsing.reparse import PortalRouter, ReadArchive, Reparse
from wardcrawler.archives.reparsing.site_run import Site
from wardcrawler.archives.verification.archive import Report, check_archive
from wardcrawler.archives.warc.inputs import NotAnArchive, is_wacz
from wardcrawler.archives.warc.unfinished import OPEN
from wardcrawler.attachments.readers.result import Status
from wardcrawler.attachments.vault import Vault
from wardcrawler.crawling.portals.registry import load_portals, project_settings
from wardcrawler.crawling.runs.log import log_path, start_log
from wardcrawler.exit_codes import OK, SOME_UNHEALTHY, STORAGE, USAGE
from wardcrawler.platforms.registry import PLATFORMS
from wardcrawler.store import Database
from wardcrawler.store.database.connection import is_database, open_database
from wardcrawler.store.database.errors import DatabaseProblem, problem_from
from wardcrawler.store.database.lock import RunLock
from wardcrawler.store.database.pool import shared_connection
from wardcrawler.store.tables.archives import known_archives
from wardcrawler.store.tables.sites import site_platform

__all__ = ["ReadArchive", "ReparseListener", "ReparseReport", "Report", "Site", "reparse", "verify"]


class ReparseListener(FinishListener):
    """Hears how a reparse comes on; does nothing."""

    def reading(self, path: Path, done: int, size: int) -> None:
        """Hear how many bytes of an archive were read, of how many."""

    def rebuilding(self, done: int, total: int) -> None:
        """Hear how many pages became records, of how many."""

    def rebuilt(self) -> None:
        """Hear that all pages did."""


@dataclass(frozen=True, slots=True)
class ReparseReport:
    """What became of archives: each file that was read; a result for each portal; the files whose texts were
    read, by status; how many archives that the database knows are not there any more.
    """

    files: list[ReadArchive]
    portals: list[Site]
    texts: Counter[Status]
    missing: int

    @property
    def exit_code(self) -> int:
        """Return SOME_UNHEALTHY if an archive is damaged or missing, else OK."""
        is_whole = not self.missing and not any(read.damages for read in self.files)
        return OK if is_whole else SOME_UNHEALTHY


def reparse(
    files: Sequence[Path] = (),
    *,
    db: Path,
    sites: Sequence[str] = (),
    platform: str | None = None,
    attachments: bool = True,
    portal_files: Sequence[Path] = (),
    command: str = "wardcrawler.reparse",
    verbose: bool = False,
    listener: ReparseListener | None = None,
) -> ReparseReport:
    """Rebuild records from WARC and WACZ files, ours or anybody's, through the same steps as a crawl.

    Without ``files``: from the archives that crawls of the database wrote. A page counts as seen when it was
    captured. ``sites`` are names of portals, or hosts, whose pages alone are read; empty means all.
    ``platform`` is that of portals that are not registered; None recognises it. With ``attachments`` the
    files that articles link to and the archives hold are kept, and their texts read. ``portal_files`` hold a
    person's own portals. What is whole of a damaged archive is used.

    Raises :class:`InputError` where there is nothing to read from, ``DatabaseProblem`` for what is no
    archive, holds no article or no page of ``sites`` (2), for what cannot be read or written (5), 75 while a
    run holds the database.
    """
    listener = listener or ReparseListener()
    for file in files:
        _require_archive(file)
    if not files and not is_database(db):
        raise InputError(f"{db} does not exist: name WARC or WACZ files, or another database")
    with (
        RunLock(db),
        shared_connection(db) as database,
        closing(OpenWarcs()) as warcs,
        closing(CaptureIndex(warcs)) as index,
    ):
        start_log(log_path(db), verbose)
        paths, missing = (list(dict.fromkeys(files)), []) if files else _own_archives(database)
        for words in missing:
            listener.warn(words)
        router = _router(database, platform, portal_files, listener)
        work = Reparse(database, index, router, command=command, only=sites)
        with _reporting_temporary():
            archives = [_read_archive(work, path, listener) for path in paths]
            results = _store_records(work, listener, Vault(db) if attachments else None)
        listener.rebuilt()
        link(database, listener.linking)
        texts: Counter[Status] = Counter()
        if attachments:
            texts = read_files(database, db, project_settings(), listener)
        _warn_of_damages(archives, listener)
        _require_portals(work, results, sites)
    if index.undated:
        listener.warn(
            f"{index.undated} answers left out: no credible WARC-Date or Date says of when they are"
        )
    return ReparseReport(archives, results, texts, len(missing))


# --- which files -------------------------------------------------------------------------------------------


def _require_archive(path: Path) -> None:
    try:
        is_wacz(path)
    except NotAnArchive as refusal:
        raise DatabaseProblem(f"{path} {refusal}", USAGE) from None
    except OSError as error:
        raise DatabaseProblem(f"{path} cannot be read: {error.strerror}", USAGE) from None


def _own_archives(db: Database) -> tuple[list[Path], list[str]]:
    """Return the files that hold what crawls of the database archived, and in words which are not there."""
    found: list[Path] = []
    missing = []
    for path, warc_files in known_archives(db):
        whole, parts = Path(path), parts_of(Path(path))
        there = [whole] if whole.exists() else [
            file
            for name in warc_files
            for file in (whole.with_name(name), parts / name, parts / f"{name}{OPEN}")
            if file.exists()
        ]  # fmt: skip
        found += there
        if not there:
            missing.append(f"{path} is not there any more; its records stay as they are")
    if not found:
        raise DatabaseProblem(
            missing[0] if missing else "this database knows no archive: name WARC or WACZ files", USAGE
        )
    return list(dict.fromkeys(found)), missing


def _router(
    db: Database, platform: str | None, portal_files: Sequence[Path], listener: ReparseListener
) -> PortalRouter:
    """Return what finds the portal of a page; warn of registered ones that are missing."""
    portals, problems = load_portals(project_settings(portal_files))
    for problem in problems:
        listener.warn(str(problem))
    return PortalRouter(portals, lambda name: _known_platform(db, name), platform)


def _known_platform(db: Database, site: str) -> str | None:
    """Return what an earlier crawl recognised; ``generic`` is what nothing was recognised of."""
    platform = site_platform(db, site)
    return platform if platform in PLATFORMS and platform != "generic" else None


# --- the work ----------------------------------------------------------------------------------------------


def _read_archive(work: Reparse, path: Path, listener: ReparseListener) -> ReadArchive:
    try:
        return work.read_archive(path, path.stat().st_size, listener)
    except (NotAnArchive, zipfile.BadZipFile) as refusal:
        raise DatabaseProblem(f"{path} {refusal}", USAGE) from None
    except OSError as error:
        raise DatabaseProblem(f"{path} cannot be read: {error.strerror or error}", STORAGE) from None


def _store_records(work: Reparse, listener: ReparseListener, vault: Vault | None) -> list[Site]:
    try:
        return work.store_records(listener, vault)
    except OSError as error:
        raise DatabaseProblem(f"an archive cannot be read: {error.strerror or error}", STORAGE) from None


@contextmanager
def _reporting_temporary() -> Iterator[None]:
    """Put errors of the index, which grows on the disk, into words; the database's are in words already."""
    try:
        yield
    except sqlite3.Error as error:
        raise problem_from(error, f"a temporary file in {gettempdir()} or /var/tmp") or error from None


def _warn_of_damages(archives: Sequence[ReadArchive], listener: ReparseListener) -> None:
    for read in archives:
        for words in read.damages:
            listener.warn(words)
    if more := sum(read.more_damages for read in archives):
        listener.warn(f"and {more:,} more damages")


def _require_portals(work: Reparse, results: Sequence[Site], sites: Sequence[str]) -> None:
    found = ", ".join(sorted(work.found)) or "none"
    if absent := [site for site in sites if site not in work.found]:
        raise DatabaseProblem(
            f"the archives hold no page of {', '.join(absent)}; portals in them: {found}", USAGE
        )
    if not results:
        raise DatabaseProblem(
            f"no article was recognised; portals in the archives: {found}; name a --platform", USAGE
        )


def verify(file: Path, db: Path | None = None) -> Report:
    """Read all of a WARC or WACZ file and return what was found: every gzip member, record and digest; of a
    WACZ also its list of files, its index and its pages.

    With ``db``, also whether every article of that database, on the portals of the archive, is in it. Memory
    does not grow with the file. Raises :class:`InputError` for a file that is neither or cannot be read, and
    ``DatabaseProblem``.
    """
    try:
        if db is None:
            return check_archive(file)
        with closing(open_database(db, read_only=True)) as database:
            return check_archive(file, database)
    except NotAnArchive as refusal:
        raise InputError(f"{file} {refusal}") from None
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror or error}") from None
