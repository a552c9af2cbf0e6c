"""The WARC files that a path stands for: the file itself, or those inside a WACZ."""

import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import IO, BinaryIO, cast

WARC_ENDINGS = (".warc.gz", ".warc")
_LOCAL_HEADER = 30
_ENCRYPTED = 1


class NotAnArchive(ValueError):
    """The file is neither WARC nor WACZ; the message says what it is instead."""


@dataclass(frozen=True, slots=True)
class WarcFile:
    """One WARC file, open for reading. ``name`` is without folder; ``path_in_wacz`` its path in the WACZ,
    such as ``archive/a.warc.gz``, or None.
    """

    name: str
    file: BinaryIO
    path_in_wacz: str | None = None


def is_wacz(path: Path) -> bool:
    """Return whether the file is a zip, which of all archives only WACZ is. Raises ``OSError``, and
    :class:`NotAnArchive` for one that is no WARC either.
    """
    with path.open("rb") as file:
        beginning = file.read(8)
    if beginning.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return True
    if not beginning:
        raise NotAnArchive("is empty; name a WARC or WACZ file (.warc.gz, .warc, .wacz)")
    if beginning.startswith((b"\x1f\x8b", b"WARC/")):
        return False
    raise NotAnArchive("is neither WARC nor WACZ; name a file that is (.warc.gz, .warc, .wacz)")


@contextmanager
def open_archive(path: Path) -> Iterator[list[WarcFile]]:
    """Open the WARC files of ``path``, in name order. Raises ``OSError``, :class:`NotAnArchive`, and
    ``zipfile.BadZipFile`` for a WACZ that is cut short or damaged.
    """
    with ExitStack() as stack:
        if not is_wacz(path):
            file = stack.enter_context(path.open("rb"))
            yield [WarcFile(path.name, file)]
            return
        archive = stack.enter_context(zipfile.ZipFile(path))
        names = sorted(
            info.filename
            for info in archive.infolist()
            if info.filename.startswith("archive/") and info.filename.endswith(WARC_ENDINGS)
        )
        if not names:
            raise NotAnArchive(
                "is a zip file without archive/*.warc.gz, so no WACZ; name the WARC files themselves"
            )
        yield [
            WarcFile(name.rpartition("/")[2], stack.enter_context(open_zip_entry(path, archive, name)), name)
            for name in names
        ]


def open_zip_entry(path: Path, archive: zipfile.ZipFile, name: str) -> BinaryIO:
    """Open the entry ``name`` of the zip file ``archive`` at ``path``. One that is stored, as WARC files in a
    WACZ must be (WACZ 1.1.1, section 4.1), can be read from anywhere without reading what stands before.
    """
    info = archive.getinfo(name)
    if info.compress_type != zipfile.ZIP_STORED or info.flag_bits & _ENCRYPTED:
        return cast(BinaryIO, archive.open(name))
    file = path.open("rb")
    file.seek(info.header_offset)
    header = file.read(_LOCAL_HEADER)
    begin = info.header_offset + _LOCAL_HEADER
    begin += int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    return slice_of_file(file, begin, info.file_size)


def slice_of_file(file: BinaryIO, begin: int, size: int) -> BinaryIO:
    """Return ``size`` bytes of ``file`` from ``begin`` on as a file of their own, which closes ``file`` with
    it.
    """
    return BufferedReader(_FileSlice(file, begin, size), 128 * 1024)


class _FileSlice(RawIOBase):
    """A part of a file as a file."""

    def __init__(self, file: IO[bytes], begin: int, size: int) -> None:
        super().__init__()
        self._file, self._begin, self._size, self._position = file, begin, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self._position = offset + (0, self._position, self._size)[whence]
        return self._position

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        size = max(0, min(len(buffer), self._size - self._position))
        self._file.seek(self._begin + self._position)
        data = self._file.read(size)
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()
