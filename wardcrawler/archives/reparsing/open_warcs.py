"""The WARC files of the archives that are read, by number, each open for reading from anywhere."""

import shutil
import zipfile
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from wardcrawler.archives.warc.captures import Capture, OnDamage, RecordPosition, capture_at
from wardcrawler.archives.warc.damaged_wacz import open_damaged_wacz, open_warc_of_damaged_wacz
from wardcrawler.archives.warc.gzip_members import Damaged, GzipMembers
from wardcrawler.archives.warc.inputs import WarcFile, open_archive, open_zip_entry
from wardcrawler.archives.warc.records import records

MOST_OPEN = 64
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class RecordReference:
    """A record of :class:`OpenWarcs`: the number of its file, its offset, its WARC-Record-ID."""

    file: int
    offset: int
    record_id: str | None


class OpenWarcs:
    """Numbers the WARC files of archives as they come, and opens them again by their numbers."""

    def __init__(self) -> None:
        self._paths: list[tuple[Path, str | None]] = []
        """By number, the path of each file, or that of its WACZ and its path in it."""
        self._open: OrderedDict[int, tuple[BinaryIO, str]] = OrderedDict()
        self._unpacked: dict[int, BinaryIO] = {}

    def close(self) -> None:
        """Close all files."""
        for file in (*(file for file, _ in self._open.values()), *self._unpacked.values()):
            file.close()

    @contextmanager
    def open_archive(self, path: Path, on_damage: OnDamage) -> Iterator[dict[int, WarcFile]]:
        """Open the WARC files of ``path`` by their new numbers. ``on_damage`` is told of a WACZ without its
        zip directory, and of damage in what must be unpacked. Raises ``OSError`` and ``NotAnArchive``.
        """
        with ExitStack() as stack:
            try:
                files = stack.enter_context(open_archive(path))
            except zipfile.BadZipFile as error:
                on_damage(path.name, Damaged(path.stat().st_size, f"no zip directory at the end ({error})"))
                files = stack.enter_context(open_damaged_wacz(path))
            yield {self._number(path, file): self._unpack(file, on_damage) for file in files}

    def read(self, record: RecordReference, payload: RecordReference | None = None) -> Capture:
        """Read the answer at ``record``, with the body of ``payload`` if it is a revisit.

        Raises ``Damaged`` and ``OSError``.
        """
        capture = self._read(record)
        if payload is not None:
            capture.body = self._read(payload).body
        return capture

    def _read(self, record: RecordReference) -> Capture:
        return capture_at(self._file(record.file), record.offset, record_id=record.record_id)

    def _number(self, path: Path, file: WarcFile) -> int:
        self._paths.append((path, file.path_in_wacz))
        return len(self._paths) - 1

    def _unpack(self, file: WarcFile, on_damage: OnDamage) -> WarcFile:
        """Return ``file``, or a copy without its compression where one must read from the beginning to get
        anywhere: where many records share a gzip member, or a zip has compressed it once more.
        """
        if not (isinstance(file.file, zipfile.ZipExtFile) or _is_one_member(file.file)):
            return file
        copy = cast(BinaryIO, TemporaryFile())  # noqa: SIM115  # closed with all others
        self._unpacked[len(self._paths) - 1] = copy
        try:
            _copy_unpacked(file.file, copy)
        except Damaged as damage:
            on_damage(file.path_in_wacz or file.name, damage)
        copy.seek(0)
        return WarcFile(file.name, copy, file.path_in_wacz)

    def _file(self, number: int) -> WarcFile:
        path, path_in_wacz = self._paths[number]
        if number in self._unpacked:
            return WarcFile(path.name, self._unpacked[number], path_in_wacz)
        if number not in self._open:
            while len(self._open) >= MOST_OPEN:
                _, (file, _) = self._open.popitem(last=False)
                file.close()
            name = (path_in_wacz or path.name).rpartition("/")[2]
            self._open[number] = (_reopen(path, path_in_wacz), name)
        self._open.move_to_end(number)
        file, name = self._open[number]
        return WarcFile(name, file, path_in_wacz)


def reference_to(position: RecordPosition, files: dict[int, WarcFile]) -> RecordReference:
    """Return the reference to the record at ``position`` in one of ``files``, which are given by number."""
    number = next(number for number, file in files.items() if file is position.file)
    return RecordReference(number, position.offset, position.record_id)


def _reopen(path: Path, path_in_wacz: str | None) -> BinaryIO:
    if path_in_wacz is None:
        return path.open("rb")
    try:
        with zipfile.ZipFile(path) as archive:
            return open_zip_entry(path, archive, path_in_wacz)
    except zipfile.BadZipFile:
        return open_warc_of_damaged_wacz(path, path_in_wacz)


def _is_one_member(file: BinaryIO) -> bool:
    """Return whether the first two records share a gzip member. Leaves ``file`` where it stood."""
    position = file.tell()
    offsets: list[int] = []
    try:
        if file.read(2) != b"\x1f\x8b":
            return False
        file.seek(position)
        for record in records(file):
            offsets.append(record.offset)
            if len(offsets) == 2:
                break
    except Damaged:
        return False
    finally:
        file.seek(position)
    return len(offsets) == 2 and offsets[0] == offsets[1]


def _copy_unpacked(file: BinaryIO, copy: BinaryIO) -> None:
    """Copy ``file`` without its gzip compression. Raises ``Damaged``, once what stands before is copied."""
    position = file.tell()
    beginning = file.read(2)
    file.seek(position)
    if beginning != b"\x1f\x8b":
        shutil.copyfileobj(file, copy)
        return
    members = GzipMembers(file)
    while members.next_member():
        while piece := members.read(_PIECE):
            copy.write(piece)
