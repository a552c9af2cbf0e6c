"""Begins an archive or goes on with it, and makes its file in the end, maybe in a later run."""

import shutil
from contextlib import closing
from pathlib import Path

from scrapy.settings import Settings

from wardcrawler.archives.recording.archive import (
    WARC,
    Archive,
    Purpose,
    check_path,
    count_left_out,
    file_name,
    package,
    pages,
    parts_of,
)
from wardcrawler.archives.verification.inventory import Inventory
from wardcrawler.archives.verification.warc import Findings, verify_warc
from wardcrawler.archives.warc.captures import Capture, captures
from wardcrawler.archives.warc.gzip_members import Damaged
from wardcrawler.archives.warc.inputs import open_archive
from wardcrawler.archives.warc.records import records
from wardcrawler.archives.warc.unfinished import DAMAGED, OPEN, SalvagedWarc, salvage_warcs
from wardcrawler.archives.warc.wacz import write_wacz
from wardcrawler.attachments.atomic import sync_folder
from wardcrawler.exit_codes import STORAGE, USAGE
from wardcrawler.store import Database
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.store.tables.archives import (
    CaptureRow,
    begin_archive,
    finish_archive,
    left_out,
    reopen_sites,
    replace_captures,
    unfinished_archive,
    waiting_sites,
)
from wardcrawler.text.dates import ICT


def begin(
    db: Database, path: Path, purpose: Purpose, portals: dict[str, tuple[str, str]], settings: Settings
) -> Archive:
    """Begin the archive at ``path``, or go on with it, and let ``settings`` make crawls write into it.

    ``portals`` are title and address by name. What a killed run left unfinished is salvaged. Nobody else may
    be writing there: hold the database's lock. Raises :class:`DatabaseProblem`.
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
        _salvage(db, archive)
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


def missing_portals(db: Database, archive: Archive) -> list[str]:
    """Return the names of the portals that are not whole in the archive."""
    return waiting_sites(db, archive.id)


def finish(db: Database, archive: Archive) -> list[Path]:
    """Make the archive's file out of its parts. Return it, or the files that a plain WARC became; nothing
    where nothing was captured. The parts go when the file was read again and found whole.

    Raises :class:`DatabaseProblem`; the parts stay then, and the same command goes on.
    """
    try:
        _salvage(db, archive)  # what a worker process that died has left
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
            logs={"left-out.jsonl": left_out(db, archive.id)} if count_left_out(db, archive) else None,
        )
        _require_whole(archive.path)
        finish_archive(db, archive.id, {})
        damaged = list(archive.parts.glob(f"*{DAMAGED}"))
        for part in warcs:
            part.unlink()
        if not damaged:
            shutil.rmtree(archive.parts)
    except Damaged:
        raise _keep_whole_parts(db, archive, warcs) from None
    except OSError as error:
        raise DatabaseProblem(
            f"{archive.path} could not be written: {error.strerror}; its parts are in {archive.parts}: make "
            "room and run the same command again",
            STORAGE,
        ) from None
    return [archive.path]


def _keep_whole_parts(db: Database, archive: Archive, warcs: list[Path]) -> DatabaseProblem:
    """Keep what is whole of parts that changed on the disk since they were written; what is not can be
    fetched again. Return the problem to raise.
    """
    damages = []
    for warc in warcs:
        try:
            with warc.open("rb") as file:
                for record in records(file):
                    record.finish()
        except Damaged as damage:
            damages.append(f"{warc.name} {damage}")
            warc.rename(warc.with_name(warc.name + OPEN))
    _salvage(db, archive)
    reopen_sites(db, archive.id)
    return DatabaseProblem(
        f"{archive.path} could not be made: {'; '.join(damages)}. Check the disk, and run the same command "
        "again to fetch what was lost",
        STORAGE,
    )


def _name_warcs(db: Database, archive: Archive, warcs: list[Path]) -> list[Path]:
    """Move the parts out of their folder, under the name of the archive and numbered where they are several;
    return their paths.
    """
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


def _salvage(db: Database, archive: Archive) -> None:
    """Make whole files of what killed runs left, and tell the database what they hold."""
    for warc in salvage_warcs(archive.parts):
        rows = (
            row
            for capture in captures([warc.path], on_damage=lambda *_: None)
            if (row := _row(capture, archive, warc)) is not None
        )
        replace_captures(db, archive.id, warc.name, rows)


def _row(capture: Capture, archive: Archive, warc: SalvagedWarc) -> CaptureRow | None:
    site = capture.notes.get("site") or _site_of(warc.name, archive)
    if capture.length is None or capture.date is None or site is None:
        return None
    kind = capture.notes.get("kind") or ("requisite" if "via" in capture.notes else "page")
    return CaptureRow(
        site=site,
        run_id=None,
        url=capture.url,
        method=capture.method,
        ts=capture.date.astimezone(ICT).isoformat(),
        warc_file=warc.path.name,
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
    """Read the file again, for what was written is not yet what is on the disk. Raises
    :class:`DatabaseProblem`.
    """
    findings = Findings()
    with closing(Inventory()) as inventory, open_archive(path) as files:
        for file in files:
            verify_warc(file, findings, inventory)
    if not findings.is_good:
        raise DatabaseProblem(
            f"{path} is not whole after writing: {findings.problems[0]}; check the disk", STORAGE
        )
