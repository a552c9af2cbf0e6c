"""One archive, from its beginning in one run to its end, maybe in a later one."""

import importlib.util
import logging
import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from scrapy.settings import Settings
from sqlite_utils import Database

from wardcrawler.archives.recording.description import left_out_in_words, package, pages
from wardcrawler.archives.recording.recorder import file_name
from wardcrawler.archives.verification.warc import Findings, Seen, verify_warc
from wardcrawler.archives.warc.captures import Capture, captures
from wardcrawler.archives.warc.gzip_members import Damaged
from wardcrawler.archives.warc.inputs import open_archive
from wardcrawler.archives.warc.records import records
from wardcrawler.archives.warc.segment import OPEN
from wardcrawler.archives.warc.wacz import write_wacz
from wardcrawler.archives.warc.warc_repair import Salvaged, salvage_all
from wardcrawler.attachments.atomic import sync_folder
from wardcrawler.exit_codes import STORAGE, USAGE
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.store.tables.archives import (
    CaptureRow,
    begin_archive,
    finish_archive,
    left_out,
    reopen_sites,
    replace_captures,
    unfinished_archive,
    unfinished_path,
    waiting_sites,
)
from wardcrawler.text.dates import ICT

logger = logging.getLogger(__name__)

WACZ, WARC = ".wacz", ".warc.gz"
PARTS = ".parts"

Purpose = Literal["crawl", "archive"]


@dataclass
class Archive:
    """An archive that is being made. ``done`` are the portals that earlier runs finished in it."""

    id: int
    path: Path
    purpose: Purpose
    done: set[str]
    portals: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Title and address of the portals by name."""

    @property
    def parts(self) -> Path:
        """The folder of its WARC files while it is unfinished."""
        return parts_of(self.path)


def parts_of(path: Path) -> Path:
    """The folder beside ``path`` where an archive grows."""
    return path.with_name(path.name + PARTS)


def check_path(path: Path, purpose: Purpose) -> None:
    """Refuse, in one line, what cannot become an archive. Raises :class:`DatabaseProblem` (2)."""
    if importlib.util.find_spec("warcio") is None:
        raise DatabaseProblem(
            "writing archives needs the extra 'archive': pip install 'wardcrawler[archive]'", USAGE
        )
    endings = (WACZ,) if purpose == "archive" else (WACZ, WARC)
    if not path.name.endswith(endings) or path.name in endings:
        raise DatabaseProblem(f"--archive {path}: name a file that ends in {' or '.join(endings)}", USAGE)
    if path.exists():
        raise DatabaseProblem(f"{path} exists; an archive is never written over: name another file", USAGE)


def default_path(db: Database, db_path: Path, sites: Sequence[str], name: str) -> Path:
    """Where a preservation of ``sites`` goes: to the unfinished one of the same portals if there is one,
    else beside the database, named after ``name`` and the day.
    """
    if (unfinished := unfinished_path(db, sites)) is not None:
        return Path(unfinished)
    return db_path.parent / f"{name}-{datetime.now(ICT):%Y%m%d}{WACZ}"


def begin(
    db: Database, path: Path, purpose: Purpose, portals: dict[str, tuple[str, str]], settings: Settings
) -> Archive:
    """Begin the archive at ``path``, or go on with it, and let ``settings`` make crawls write into it.

    What a killed run left open is salvaged. Nobody else may be writing there: hold the database's lock.
    Raises :class:`DatabaseProblem`.
    """
    path = path.absolute()
    check_path(path, purpose)
    known = unfinished_archive(db, str(path))
    if known is None and any(parts_of(path).glob("*")):
        raise DatabaseProblem(
            f"{parts_of(path)} holds an archive that another database knows; name another file", USAGE
        )
    archive_id, done = begin_archive(db, str(path), purpose, portals)
    archive = Archive(archive_id, path, purpose, done, portals)
    try:
        archive.parts.mkdir(parents=True, exist_ok=True)
        for salvaged in salvage_all(archive.parts):
            _take_in(db, archive, salvaged)
    except OSError as error:
        raise DatabaseProblem(f"{archive.parts} cannot be written: {error.strerror}", STORAGE) from None
    settings.set("WARDCRAWLER_ARCHIVE_ID", archive_id, priority="cmdline")
    settings.set("WARDCRAWLER_ARCHIVE_PARTS", str(archive.parts), priority="cmdline")
    if purpose == "archive":
        settings.set("WARDCRAWLER_ARCHIVE_WHOLE", True, priority="cmdline")
        settings.set("HTTPCACHE_ENABLED", False, priority="cmdline")
        settings.set("DOWNLOAD_FAIL_ON_DATALOSS", False, priority="cmdline")
        largest = settings.getint("WARDCRAWLER_ARCHIVE_LARGEST_FILE")
        settings.set("WARDCRAWLER_FILE_MAXSIZE", largest, priority="cmdline")
    return archive


def still_missing(db: Database, archive: Archive) -> list[str]:
    """The portals that are not whole in the archive."""
    return waiting_sites(db, archive.id)


def finish(db: Database, archive: Archive) -> list[Path]:
    """Make the archive's file out of its parts; returns it, or the files that a plain WARC became; nothing
    where nothing was captured. The parts go when the file was read again and found whole.

    Raises :class:`DatabaseProblem`; the parts stay then, and the same command goes on.
    """
    try:
        for salvaged in salvage_all(archive.parts):  # of a worker process that died
            _take_in(db, archive, salvaged)
        warcs = sorted(archive.parts.glob(f"*{WARC}"))
        if not warcs:
            return []
        if archive.path.name.endswith(WARC):
            return _name_warcs(db, archive, warcs)
        write_wacz(
            archive.path,
            warcs,
            pages(db, archive),
            package(db, archive),
            logs={"left-out.jsonl": left_out(db, archive.id)} if left_out_in_words(db, archive) else None,
        )
        _require_whole(archive.path)
        finish_archive(db, archive.id, {})
        torn = list(archive.parts.glob("*.torn"))
        for part in warcs:
            part.unlink()
        if not torn:
            shutil.rmtree(archive.parts)
    except Damaged:
        raise _set_aside(db, archive, warcs) from None
    except OSError as error:
        raise DatabaseProblem(
            f"{archive.path} could not be written: {error.strerror}; its parts are in {archive.parts}: make "
            "room and run the same command again",
            STORAGE,
        ) from None
    return [archive.path]


def _set_aside(db: Database, archive: Archive, warcs: list[Path]) -> DatabaseProblem:
    """Of parts that changed on the disk since they were written, keep what is whole; what is not can be
    fetched again. Returns what to say.
    """
    told = []
    for warc in warcs:
        try:
            with warc.open("rb") as file:
                for record in records(file):
                    record.finish()
        except Damaged as damage:
            told.append(f"{warc.name} {damage}")
            warc.rename(warc.with_name(warc.name + OPEN))
    for salvaged in salvage_all(archive.parts):
        _take_in(db, archive, salvaged)
    reopen_sites(db, archive.id)
    return DatabaseProblem(
        f"{archive.path} could not be made: {'; '.join(told)}. Check the disk, and run the same command "
        "again to fetch what was lost",
        STORAGE,
    )


def _name_warcs(db: Database, archive: Archive, warcs: list[Path]) -> list[Path]:
    stem = archive.path.name.removesuffix(WARC)
    names = [archive.path.name]
    if len(warcs) > 1:
        names = [f"{stem}-{number:05}{WARC}" for number in range(1, len(warcs) + 1)]
    targets = [archive.path.with_name(name) for name in names]
    for target in targets:
        if target.exists():
            raise DatabaseProblem(f"{target} exists; an archive is never written over", USAGE)
    finish_archive(db, archive.id, {warc.name: name for warc, name in zip(warcs, names, strict=True)})
    for warc, target in zip(warcs, targets, strict=True):
        warc.rename(target)
    sync_folder(archive.path.parent)
    if not any(archive.parts.iterdir()):
        archive.parts.rmdir()
    return targets


def _take_in(db: Database, archive: Archive, salvaged: Salvaged) -> None:
    """What a killed run wrote but had no time to tell the database."""
    rows = (
        row
        for capture in captures([salvaged.path], on_damage=lambda *_: None)
        if (row := _row(capture, archive, salvaged)) is not None
    )
    replace_captures(db, archive.id, salvaged.name, rows)


def _row(capture: Capture, archive: Archive, salvaged: Salvaged) -> CaptureRow | None:
    site = capture.notes.get("site") or _site_of(salvaged.name, archive)
    if capture.length is None or capture.date is None or site is None:
        return None
    kind = capture.notes.get("kind") or ("requisite" if "via" in capture.notes else "page")
    return CaptureRow(
        site=site,
        run_id=None,
        url=capture.url,
        method=capture.method,
        ts=capture.date.astimezone(ICT).isoformat(),
        warc_file=salvaged.path.name,
        offset=capture.offset,
        length=capture.length,
        digest=capture.digest or "",
        status=capture.status,
        mime=(capture.header("content-type") or "").partition(";")[0].strip().lower() or None,
        kind=kind,
        key=capture.notes.get("key"),
        revisit=int(capture.type == "revisit"),
        truncated=capture.truncated,
    )


def _site_of(warc_file: str, archive: Archive) -> str | None:
    names = [site for site in archive.portals if warc_file.startswith(f"{file_name(site)}-")]
    return max(names, key=len, default=None)


def _require_whole(path: Path) -> None:
    """Read the file again: what was written is not yet what is on the disk."""
    findings = Findings()
    with closing(Seen()) as seen, open_archive(path) as files:
        for file in files:
            verify_warc(file, findings, seen)
    if not findings.is_good:
        raise DatabaseProblem(
            f"{path} is not whole after writing: {findings.problems[0]}; check the disk", STORAGE
        )
