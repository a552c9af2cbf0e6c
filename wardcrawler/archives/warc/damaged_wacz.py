"""Reads a WACZ whose zip directory, which stands at its end, is lost, by the local headers of its entries."""

import struct
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from wardcrawler.archives.warc.inputs import WARC_ENDINGS, WarcFile, slice_of_file

_MAGIC = b"PK\x03\x04"
_LOCAL_HEADER = struct.Struct("<4sHHHHHLLLHH")  # APPNOTE.TXT, 4.3.7
_ZIP64, _FILLED = 1, 0xFFFFFFFF
_SIZE_FOLLOWS, _ENCRYPTED = 0x08, 0x01
_PIECE = 1024 * 1024


@contextmanager
def open_damaged_wacz(path: Path) -> Iterator[list[WarcFile]]:
    """Open the WARC files in the damaged zip at ``path``, in the order they stand, each until it ends or the
    zip does. Raises ``OSError``.
    """
    with ExitStack() as stack:
        yield [
            WarcFile(
                name.rpartition("/")[2],
                stack.enter_context(slice_of_file(path.open("rb"), begin, size)),
                name,
            )
            for name, begin, size in _warcs(path)
        ]


def open_warc_of_damaged_wacz(path: Path, name: str) -> BinaryIO:
    """Open the WARC file ``name`` (its path in the zip) of the damaged zip at ``path``. Raises
    ``OSError``.
    """
    for found, begin, size in _warcs(path):
        if found == name:
            return slice_of_file(path.open("rb"), begin, size)
    raise FileNotFoundError(f"{name} is not in {path}")


def _warcs(path: Path) -> Iterator[tuple[str, int, int]]:
    """Yield the path, first byte and size of each WARC file, as far as it is there."""
    with path.open("rb") as zipped:
        position = 0
        while (found := _find_local_header(zipped, position)) is not None:
            name, begin, size, is_readable = _read_local_header(zipped, found)
            position = begin + (size or 0)
            left = path.stat().st_size - begin
            if is_readable and left and name.startswith("archive/") and name.endswith(WARC_ENDINGS):
                yield name, begin, left if size is None else min(size, left)


def _read_local_header(file: BinaryIO, position: int) -> tuple[str, int, int | None, bool]:
    """Return name, first byte and size (None: written without knowing it) of the entry whose local header is
    at ``position``, and whether it is stored as it is.
    """
    file.seek(position)
    _, _, flags, method, _, _, _, size, full_size, name_length, extra_length = _LOCAL_HEADER.unpack(
        file.read(_LOCAL_HEADER.size)
    )
    name = file.read(name_length).decode("utf-8", "replace")
    extra = file.read(extra_length)
    if size == _FILLED:
        size = _zip64_size(extra, both=full_size == _FILLED)
    is_readable = method == zipfile.ZIP_STORED and not flags & _ENCRYPTED
    return name, file.tell(), None if flags & _SIZE_FOLLOWS and not size else size, is_readable


def _zip64_size(extra: bytes, *, both: bool) -> int | None:
    """Return the stored size of more than 4 GiB, which stands in an extra field (APPNOTE.TXT, 4.5.3), behind
    the full size if ``both`` are there; None if there is no such field.
    """
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        field = extra[4 : 4 + length]
        if kind == _ZIP64 and len(field) >= (16 if both else 8):
            return int(struct.unpack_from("<Q", field, 8 if both else 0)[0])
        extra = extra[4 + length :]
    return None


def _find_local_header(file: BinaryIO, position: int) -> int | None:
    """Return where the next whole local header begins, at or behind ``position``; None if there is none."""
    while True:
        file.seek(position)
        piece = file.read(_PIECE)
        found = piece.find(_MAGIC)
        if found >= 0:
            file.seek(position + found)
            header = file.read(_LOCAL_HEADER.size)
            if len(header) < _LOCAL_HEADER.size:
                return None
            if _is_plausible(file, header):
                return position + found
            position += found + 1
        elif len(piece) < _PIECE:
            return None
        else:
            position += len(piece) - len(_MAGIC) + 1


def _is_plausible(file: BinaryIO, header: bytes) -> bool:
    """Return whether these bytes are the local header of a file of a WACZ, and not what a body happens to
    hold. ``file`` stands behind them.
    """
    length = _LOCAL_HEADER.unpack(header)[9]
    name = file.read(length)
    return len(name) == length and name.startswith((b"archive/", b"indexes/", b"pages/", b"logs/", b"data"))
