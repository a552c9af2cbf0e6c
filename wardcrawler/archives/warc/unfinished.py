"""One WARC file while it is written, named ``….open`` until it is whole, and what a kill left of one."""

import logging
import os
import zlib
from dataclasses import dataclass
from pathlib import Path

from wardcrawler.archives.warc.gzip_members import Damaged
from wardcrawler.archives.warc.records import records
from wardcrawler.attachments.atomic import sync_folder

OPEN = ".open"
COMPRESSION_LEVEL = 6


def gzip_member(record: bytes) -> bytes:
    """Return ``record`` as a gzip member of its own, so that each can be read alone (WARC 1.1, annex D.2)."""
    compressor = zlib.compressobj(COMPRESSION_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS + 16)
    return compressor.compress(record) + compressor.flush()


class UnfinishedWarc:
    """A new file at ``path`` + ``.open``, which :meth:`finish` renames to ``path``.

    Every method raises ``OSError``; after one the file holds what it held before the call.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._open_path = path.with_name(path.name + OPEN)
        # Never an old file: what is appended behind a record that is cut short cannot be read.
        self._file = os.open(self._open_path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        self.size = 0

    def append(self, data: bytes) -> int:
        """Write ``data`` as a whole or not at all, and return the offset at which it begins. A kill
        afterwards loses none of it.
        """
        offset = self.size
        try:
            written = 0
            view = memoryview(data)
            while written < len(data):
                written += os.write(self._file, view[written:])
        except OSError:
            os.ftruncate(self._file, offset)
            os.lseek(self._file, offset, os.SEEK_SET)
            raise
        self.size += len(data)
        return offset

    def finish(self) -> None:
        """Sync the file and give it its name; remove it if it is empty."""
        try:
            os.fsync(self._file)
        finally:
            os.close(self._file)
        if self.size == 0:
            self._open_path.unlink()
            return
        self._open_path.rename(self.path)
        sync_folder(self.path.parent)


logger = logging.getLogger(__name__)
DAMAGED = ".torn"
"""Ending of an original that could not be used as it was."""


@dataclass(frozen=True, slots=True)
class SalvagedWarc:
    """A file that is whole now. ``name`` is what it would have been called had its run ended, ``path`` what
    it is now.
    """

    name: str
    path: Path


def salvage_warcs(folder: Path) -> list[SalvagedWarc]:
    """Make ``…-salvaged.warc.gz`` of every ``….open`` in ``folder``. Nobody may be writing there.

    A file without damage is only renamed. Of a damaged one the whole records are copied, and the original is
    kept as ``….torn``. A file without one whole record is kept so too. Raises ``OSError``.
    """
    return [
        salvaged
        for leftover in sorted(folder.glob(f"*.warc.gz{OPEN}"))
        if (salvaged := _salvage(leftover)) is not None
    ]


def _salvage(leftover: Path) -> SalvagedWarc | None:
    name = leftover.name.removesuffix(OPEN)
    target = leftover.with_name(f"{name.removesuffix('.warc.gz')}-salvaged.warc.gz")
    target.with_name(target.name + OPEN).unlink(missing_ok=True)  # an earlier try that was killed too
    damages: list[Damaged] = []
    whole = 0
    with leftover.open("rb") as file:
        for record in records(file, damages.append):
            try:
                record.finish()
            except Damaged:
                continue
            whole += 1
    if not whole:
        leftover.rename(leftover.with_name(name + DAMAGED))
        return None
    if not damages:
        leftover.rename(target)
        sync_folder(leftover.parent)
        return SalvagedWarc(name, target)
    copy = UnfinishedWarc(target)
    with leftover.open("rb") as file, leftover.open("rb") as original:
        for record in records(file, lambda _: None):
            try:
                record.finish()
            except Damaged:
                continue
            if record.length:
                original.seek(record.offset)
                copy.append(original.read(record.length))
    copy.finish()
    leftover.rename(leftover.with_name(name + DAMAGED))
    logger.warning("%s is damaged %s; %s whole records are in %s", name, damages[0], whole, target.name)
    return SalvagedWarc(name, target)
