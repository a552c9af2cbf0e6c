"""The WARC files that are being read, by number, each open for reading from anywhere."""

import shutil
import zipfile
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from wardcrawler.archives.warc.captures import Capture as Answer
from wardcrawler.archives.warc.captures import OnDamage, Place, capture_at
from wardcrawler.archives.warc.gzip_members import Damaged, GzipMembers
from wardcrawler.archives.warc.inputs import WarcFile, open_archive, open_inside
from wardcrawler.archives.warc.records import records
from wardcrawler.archives.warc.wacz_recovery import open_torn, open_torn_inside

MOST_OPEN = 64
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a record stands: the number of its file, its offset, its WARC-Record-ID."""

    file: int
    offset: int
    record_id: str | None


class Shelf:
    """Numbers the WARC files of archives as they come, and opens them again by their numbers."""

    def __init__(self) -> None:
        self._whereabouts: list[tuple[Path, str | None]] = []
        self._open: OrderedDict[int, tuple[BinaryIO, str]] = OrderedDict()
        self._unpacked: dict[int, BinaryIO] = {}

    def close(self) -> None:
        """Close all files."""
        for file in (*(file for file, _ in self._open.values()), *self._unpacked.values()):
            file.close()

    @contextmanager
    def archive(self, path: Path, on_damage: OnDamage) -> Iterator[tuple[dict[int, WarcFile], OnDamage]]:
        """The WARC files of ``path`` by their new numbers, and whom to tell of damage in them: ``on_damage``,
        which heard already if the zip is torn. Raises ``OSError`` and ``NotAnArchive``.
        """
        with ExitStack() as stack:
            try:
                files = stack.enter_context(open_archive(path))
            except zipfile.BadZipFile as error:
                on_damage(path.name, Damaged(path.stat().st_size, f"no zip directory at the end ({error})"))
                files = stack.enter_context(open_torn(path))
            yield (
                {self._number(path, file): self._from_anywhere(file, on_damage) for file in files},
                on_damage,
            )

    def read(self, spot: Spot, payload: Spot | None = None) -> Answer:
        """The answer at ``spot``, with the body of ``payload`` if it is a revisit.

        Raises ``Damaged`` and ``OSError``.
        """
        answer = self._at(spot)
        if payload is not None:
            answer.body = self._at(payload).body
        return answer

    def _at(self, spot: Spot) -> Answer:
        return capture_at(self._file(spot.file), spot.offset, record_id=spot.record_id)

    def _number(self, path: Path, file: WarcFile) -> int:
        self._whereabouts.append((path, file.inside))
        return len(self._whereabouts) - 1

    def _from_anywhere(self, file: WarcFile, on_damage: OnDamage) -> WarcFile:
        """``file``, or a copy without its compression where one must read from the beginning to get anywhere:
        where many records share a gzip member, or a zip has compressed it once more.
        """
        if not (isinstance(file.file, zipfile.ZipExtFile) or _is_one_member(file.file)):
            return file
        copy = cast(BinaryIO, TemporaryFile())  # noqa: SIM115  # closed with the shelf
        self._unpacked[len(self._whereabouts) - 1] = copy
        try:
            _unpack(file.file, copy)
        except Damaged as damage:
            on_damage(file.inside or file.name, damage)
        copy.seek(0)
        return WarcFile(file.name, copy, file.inside)

    def _file(self, number: int) -> WarcFile:
        path, inside = self._whereabouts[number]
        if number in self._unpacked:
            return WarcFile(path.name, self._unpacked[number], inside)
        if number not in self._open:
            while len(self._open) >= MOST_OPEN:
                _, (file, _) = self._open.popitem(last=False)
                file.close()
            self._open[number] = (_reopen(path, inside), (inside or path.name).rpartition("/")[2])
        self._open.move_to_end(number)
        file, name = self._open[number]
        return WarcFile(name, file, inside)


def spot(place: Place, numbers: dict[int, WarcFile]) -> Spot:
    """``place`` in one of the files ``numbers``."""
    number = next(number for number, file in numbers.items() if file is place.file)
    return Spot(number, place.offset, place.record_id)


def _reopen(path: Path, inside: str | None) -> BinaryIO:
    if inside is None:
        return path.open("rb")
    try:
        with zipfile.ZipFile(path) as archive:
            return open_inside(path, archive, inside)
    except zipfile.BadZipFile:
        return open_torn_inside(path, inside)


def _is_one_member(file: BinaryIO) -> bool:
    """Whether the first two records share a gzip member. ``file`` stands where it stood."""
    stands = file.tell()
    offsets: list[int] = []
    try:
        if file.read(2) != b"\x1f\x8b":
            return False
        file.seek(stands)
        for record in records(file):
            offsets.append(record.offset)
            if len(offsets) == 2:
                break
    except Damaged:
        return False
    finally:
        file.seek(stands)
    return len(offsets) == 2 and offsets[0] == offsets[1]


def _unpack(file: BinaryIO, copy: BinaryIO) -> None:
    """Copy ``file`` without its gzip compression. Raises ``Damaged``: what stands before is copied then."""
    stands = file.tell()
    beginning = file.read(2)
    file.seek(stands)
    if beginning != b"\x1f\x8b":
        shutil.copyfileobj(file, copy)
        return
    members = GzipMembers(file)
    while members.start():
        while piece := members.read(_PIECE):
            copy.write(piece)
