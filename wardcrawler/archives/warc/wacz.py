"""Writes WARC files, their index and the list of pages into one WACZ file (WACZ 1.1.1), streaming."""

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, cast

from wardcrawler.archives.warc.cdxj import SortedEntries, index_entries, write_index
from wardcrawler.archives.warc.inputs import WarcFile
from wardcrawler.archives.warc.unfinished import OPEN
from wardcrawler.attachments.atomic import sync_folder
from wardcrawler.version import __version__

WACZ_VERSION = "1.1.1"
_PIECE = 1024 * 1024
_MOST_IN_MEMORY = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class DataPackage:
    """The description of a WACZ in its datapackage.json.

    ``main_page`` are the address and WARC-Date that a viewer opens with, or None. ``more`` are further keys,
    which readers that do not know them pass over.
    """

    title: str
    description: str
    main_page: tuple[str, str] | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


def write_wacz(
    path: Path,
    warcs: Sequence[Path],
    pages: Iterable[Mapping[str, Any]],
    package: DataPackage,
    *,
    logs: Mapping[str, Iterable[Mapping[str, Any]]] | None = None,
) -> None:
    """Write the WACZ ``path`` from the finished files ``warcs``.

    ``pages`` have ``url`` and ``ts`` (WARC-Date), and may have ``title``, ``text`` and others; ``logs`` are
    files of JSON lines by name. The file gets its name when it is whole and synced. Raises ``OSError``, and
    leaves no part then; ``Damaged`` for a WARC file that is not whole.
    """
    unfinished = path.with_name(path.name + OPEN)
    try:
        with unfinished.open("wb") as file:
            with zipfile.ZipFile(file, "w") as archive:
                _fill(_PackageWriter(archive), warcs, pages, package, logs or {})
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
        sync_folder(path.parent)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _fill(
    writer: "_PackageWriter",
    warcs: Sequence[Path],
    pages: Iterable[Mapping[str, Any]],
    package: DataPackage,
    logs: Mapping[str, Iterable[Mapping[str, Any]]],
) -> None:
    # Large files that are read from the middle are stored, the others compressed (section 4.1, 4.2).
    with closing(SortedEntries()) as index:
        for warc in warcs:
            with warc.open("rb") as file:
                index.add(index_entries(WarcFile(warc.name, file)))
                file.seek(0)
                writer.add_file(f"archive/{warc.name}", file, zipfile.ZIP_STORED)
        with _temporary_file() as compressed:
            blocks = list(write_index(index, compressed))
            writer.add_file("indexes/index.cdx.gz", compressed, zipfile.ZIP_STORED)
        writer.add("indexes/index.idx", (line.encode() for line in blocks))
    writer.add("pages/pages.jsonl", _page_lines(pages))
    for name, lines in logs.items():
        writer.add(f"logs/{name}", _json_lines(lines))
    described = json.dumps(_description(package, writer.resources), ensure_ascii=False, indent=2).encode()
    digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(described).hexdigest()}"}
    writer.add("datapackage.json", [described])
    writer.add("datapackage-digest.json", [json.dumps(digest).encode()])


def _description(package: DataPackage, resources: list[dict[str, Any]]) -> dict[str, Any]:
    described: dict[str, Any] = {
        "profile": "data-package",
        "title": package.title,
        "description": package.description,
        "wacz_version": WACZ_VERSION,
        "created": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "software": f"wardcrawler {__version__}",
    }
    if package.main_page:
        described["mainPageUrl"], described["mainPageDate"] = package.main_page
    return {**described, **package.more, "resources": resources}


def _page_lines(pages: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    yield from _json_lines(
        [{"format": "json-pages-1.0", "id": "pages", "title": "All pages", "hasText": True}]
    )
    yield from _json_lines(pages)


def _json_lines(lines: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    for line in lines:
        yield json.dumps(line, ensure_ascii=False).encode() + b"\n"


class _PackageWriter:
    """Writes files into a zip and collects them as the resources that datapackage.json lists
    (section 4.5).
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.resources: list[dict[str, Any]] = []

    def add(self, path: str, pieces: Iterable[bytes]) -> None:
        """Add the file ``path`` that holds ``pieces``, compressed."""
        with _temporary_file() as file:
            for piece in pieces:
                file.write(piece)
            self.add_file(path, file, zipfile.ZIP_DEFLATED)

    def add_file(self, path: str, file: IO[bytes], compression: int) -> None:
        """Add the file ``path`` that holds all of ``file``; ``compression`` is one of zipfile's constants.

        Its size is told beforehand: zipfile would have to provide for more than 4 GiB, with fields that
        ReplayWeb.page does not expect in the header of a small file.
        """
        info = zipfile.ZipInfo(path, datetime.now(UTC).timetuple()[:6])
        info.compress_type = compression
        info.external_attr = 0o644 << 16
        info.file_size = file.seek(0, os.SEEK_END)
        file.seek(0)
        hashing = hashlib.sha256()
        with self._archive.open(info, "w") as entry:
            while piece := file.read(_PIECE):
                hashing.update(piece)
                entry.write(piece)
        self.resources.append(
            {
                "name": path.rpartition("/")[2],
                "path": path,
                "hash": f"sha256:{hashing.hexdigest()}",
                "bytes": info.file_size,
            }
        )


def _temporary_file() -> IO[bytes]:
    """Return a file that goes to the disk once it is large."""
    return cast(IO[bytes], tempfile.SpooledTemporaryFile(_MOST_IN_MEMORY))
