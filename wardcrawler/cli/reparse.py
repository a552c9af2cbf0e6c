"""``wardcrawler reparse``: records out of WARC and WACZ files, without the network."""

import shlex
import sqlite3
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import gettempdir
from types import TracebackType
from typing import Self

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from sqlite_utils import Database

from wardcrawler.archives.recording.archive import parts_of
from wardcrawler.archives.reparsing.index import Catalogue
from wardcrawler.archives.reparsing.open_warcs import Shelf
from wardcrawler.archives.reparsing.rebuild import Read, Rebuilding
from wardcrawler.archives.reparsing.routing import Owners
from wardcrawler.archives.reparsing.site_run import Site
from wardcrawler.archives.warc.inputs import NotAnArchive, is_wacz
from wardcrawler.archives.warc.segment import OPEN
from wardcrawler.attachments.readers.result import Status
from wardcrawler.attachments.vault import Vault
from wardcrawler.cli import exits
from wardcrawler.cli.file_texts import read_files
from wardcrawler.cli.linking import link
from wardcrawler.cli.options import (
    complain,
    db_option,
    is_for_people,
    json_option,
    loudness_options,
    own_portals_option,
    print_json,
)
from wardcrawler.crawling.portals.registry import load_portals, project_settings
from wardcrawler.crawling.runs.log import log_path, start_log
from wardcrawler.platforms.registry import PLATFORMS
from wardcrawler.store.database.connection import is_database
from wardcrawler.store.database.errors import STORAGE, USAGE, DatabaseProblem, in_words
from wardcrawler.store.database.lock import RunLock
from wardcrawler.store.database.pool import held
from wardcrawler.store.tables.archives import known_archives
from wardcrawler.store.tables.sites import site_platform


@click.command(short_help="Rebuild records from WARC and WACZ files, without the network.")
@click.argument("file", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--site", "sites", multiple=True, metavar="NAME", help="Only pages of this portal, or host.")
@click.option(
    "--platform",
    type=click.Choice(list(PLATFORMS)),
    metavar="NAME",
    help="Do not recognise the platform of portals that are not registered, it is this one.",
)
@click.option(
    "--attachments/--no-attachments",
    default=True,
    help="Keep the files that articles link to and the archives hold, and read their texts. [yes]",
)
@own_portals_option
@db_option
@loudness_options
@json_option
def reparse(
    file: tuple[Path, ...],
    sites: tuple[str, ...],
    platform: str | None,
    attachments: bool,
    own: tuple[Path, ...],
    db: Path,
    quiet: bool,
    verbose: bool,
    as_json: bool,
) -> None:
    """Rebuild records from WARC and WACZ files, ours or anybody's, through the same steps as a crawl.

    Without FILE: from the archives that crawls of the database wrote. A page counts as seen when it was
    captured. Where the database has a page from the same capture already, it is read anew. Exit code 3 if
    an archive is damaged; what is whole of it is used.
    """
    for each in file:
        _require_archive(each)
    if not file and not is_database(db):
        raise click.UsageError(f"{db} does not exist: name WARC or WACZ files, or another database")
    command = shlex.join(["wardcrawler", *sys.argv[1:]])
    for_people = is_for_people(quiet, as_json) and not verbose
    with RunLock(db), held(db) as database, closing(Shelf()) as shelf, closing(Catalogue(shelf)) as catalogue:
        start_log(log_path(db), verbose)
        paths, missing = (list(dict.fromkeys(file)), []) if file else _own_archives(database)
        for words in missing:
            complain(words)
        portals, problems = load_portals(project_settings(own))
        for problem in problems:
            complain(str(problem))
        owners = Owners(portals, lambda name: _known_platform(database, name), platform)
        rebuilding = Rebuilding(database, catalogue, owners, command=command, only=sites)
        with _reporting_temporary(), _Shown(is_shown=for_people) as shown:
            archives = [_take_in(rebuilding, path, shown) for path in paths]
            results = _rebuild(rebuilding, shown, Vault(db) if attachments else None)
        link(database, is_shown=for_people)
        texts: Counter[Status] = Counter()
        if attachments:
            texts = read_files(database, db, project_settings(), is_shown=for_people)
        damages = [words for read in archives for words in read.damages]
        for words in damages:
            complain(words)
        if more := sum(read.more_damages for read in archives):
            complain(f"and {more:,} more damages")
        _require_portals(rebuilding, results, sites)
    if catalogue.undated:
        complain(f"{catalogue.undated} answers left out: no credible WARC-Date or Date says of when they are")
    code = exits.SOME_UNHEALTHY if damages or missing else exits.OK
    if as_json:
        print_json(
            {
                "exit_code": code,
                "db": str(db),
                "files": [asdict(read) for read in archives],
                "portals": [asdict(result) for result in results],
            }
        )
    elif for_people:
        _tell(results)
        if attachments:
            told = ", ".join(f"{status} {count}" for status, count in texts.most_common()) or "none to read"
            click.echo(f"\nfiles: {sum(result.files for result in results)} kept; texts: {told}")
    sys.exit(code)


# --- which files -------------------------------------------------------------------------------------------


def _require_archive(path: Path) -> None:
    try:
        is_wacz(path)
    except NotAnArchive as refusal:
        raise DatabaseProblem(f"{path} {refusal}", USAGE) from None
    except OSError as error:
        raise DatabaseProblem(f"{path} cannot be read: {error.strerror}", USAGE) from None


def _own_archives(db: Database) -> tuple[list[Path], list[str]]:
    """The files that hold what crawls of the database archived, and in words which are not there."""
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
            missing[0] if missing else "this database knows no archive: name WARC or WACZ files",
            USAGE,
        )
    return list(dict.fromkeys(found)), missing


def _known_platform(db: Database, site: str) -> str | None:
    """What an earlier crawl recognised; ``generic`` is what nothing was recognised of."""
    platform = site_platform(db, site)
    return platform if platform in PLATFORMS and platform != "generic" else None


# --- the work ----------------------------------------------------------------------------------------------


def _take_in(rebuilding: Rebuilding, path: Path, shown: "_Shown") -> Read:
    try:
        return rebuilding.take_in(path, path.stat().st_size, shown)
    except (NotAnArchive, zipfile.BadZipFile) as refusal:
        raise DatabaseProblem(f"{path} {refusal}", USAGE) from None
    except OSError as error:
        raise DatabaseProblem(f"{path} cannot be read: {error.strerror or error}", STORAGE) from None


def _rebuild(rebuilding: Rebuilding, shown: "_Shown", vault: Vault | None) -> list[Site]:
    try:
        return rebuilding.rebuild(shown, vault)
    except OSError as error:
        raise DatabaseProblem(f"an archive cannot be read: {error.strerror or error}", STORAGE) from None


@contextmanager
def _reporting_temporary() -> Iterator[None]:
    """Errors of the catalogue, which grows on the disk, in words. Those of the database are told already."""
    try:
        yield
    except sqlite3.Error as error:
        raise in_words(error, f"a temporary file in {gettempdir()} or /var/tmp") or error from None


def _require_portals(rebuilding: Rebuilding, results: Sequence[Site], sites: Sequence[str]) -> None:
    found = ", ".join(sorted(rebuilding.found)) or "none"
    if absent := [site for site in sites if site not in rebuilding.found]:
        raise DatabaseProblem(
            f"the archives hold no page of {', '.join(absent)}; portals in them: {found}", USAGE
        )
    if not results:
        raise DatabaseProblem(
            f"no article was recognised; portals in the archives: {found}; name a --platform",
            USAGE,
        )


# --- for people --------------------------------------------------------------------------------------------


class _Shown:
    """Progress by bytes, then by pages; draws nothing unless ``is_shown``."""

    def __init__(self, *, is_shown: bool) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
        self._progress = Progress(
            *columns, console=Console(stderr=True), transient=True, disable=not is_shown
        )
        self._task = self._progress.add_task("reading", total=None)

    def reading(self, path: Path, done: int, size: int) -> None:
        """So many bytes of an archive were read."""
        self._progress.update(self._task, completed=done, total=size, description=f"reading {path.name}")

    def rebuilding(self, done: int, total: int) -> None:
        """So many pages became records."""
        self._progress.update(self._task, completed=done, total=total, description="rebuilding records")

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()


def _tell(results: Sequence[Site]) -> None:
    """A line for each portal. ``known``: pages whose text another page has; ``same``: those that were known
    so.
    """
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("portal", overflow="fold")
    table.add_column("platform", overflow="fold")
    for heading in ("new", "changed", "corrected", "known", "same", "refused"):
        table.add_column(heading, justify="right", no_wrap=True)
    for result in results:
        counts = (
            result.new, result.changed, result.corrected, result.duplicates, result.unchanged,
            sum(result.refused.values()),
        )  # fmt: skip
        table.add_row(result.site, result.platform or "–", *map(str, counts))
    console = Console()
    console.print(table)
    for result in results:
        if result.refused:
            reasons = ", ".join(f"{reason} {count}" for reason, count in sorted(result.refused.items()))
            console.print(f"{result.site}: no article: {reasons}", soft_wrap=True, highlight=False)
