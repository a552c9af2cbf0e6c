"""A WACZ whose zip directory, which stands at its end, is lost: what its files' own heads still tell."""

import struct
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from wardcrawler.archives.warc.inputs import WARC_ENDINGS, WarcFile, part_of

_MAGIC = b"PK\x03\x04"
_HEAD = struct.Struct("<4sHHHHHLLLHH")  # APPNOTE.TXT, 4.3.7
_ZIP64, _FILLED = 1, 0xFFFFFFFF
_SIZE_FOLLOWS, _ENCRYPTED = 0x08, 0x01
_PIECE = 1024 * 1024


@contextmanager
def open_torn(path: Path) -> Iterator[list[WarcFile]]:
    """The WARC files in the damaged zip at ``path``, in the order they stand, each until it ends or the file
    does. Raises ``OSError``.
    """
    with ExitStack() as stack:
        yield [
            WarcFile(
                name.rpartition("/")[2], stack.enter_context(part_of(path.open("rb"), begin, size)), name
            )
            for name, begin, size in _warcs(path)
        ]


def open_torn_inside(path: Path, name: str) -> BinaryIO:
    """The WARC file ``name`` (its path in the zip) of those. Raises ``OSError``."""
    for found, begin, size in _warcs(path):
        if found == name:
            return part_of(path.open("rb"), begin, size)
    raise FileNotFoundError(f"{name} is not in {path}")


def _warcs(path: Path) -> Iterator[tuple[str, int, int]]:
    """Name, place and size of each, as far as it is there."""
    with path.open("rb") as zipped:
        position = 0
        while (found := _find(zipped, position)) is not None:
            name, begin, size, is_readable = _head(zipped, found)
            position = begin + (size or 0)
            left = path.stat().st_size - begin
            if is_readable and left and name.startswith("archive/") and name.endswith(WARC_ENDINGS):
                yield name, begin, left if size is None else min(size, left)


def _head(file: BinaryIO, position: int) -> tuple[str, int, int | None, bool]:
    """Name, place and size of the file whose head is at ``position`` (None: written without knowing), and
    whether it is stored as it is.
    """
    file.seek(position)
    _, _, flags, method, _, _, _, size, full_size, name_length, extra_length = _HEAD.unpack(
        file.read(_HEAD.size)
    )
    name = file.read(name_length).decode("utf-8", "replace")
    extra = file.read(extra_length)
    if size == _FILLED:
        size = _large_size(extra, both=full_size == _FILLED)
    is_readable = method == zipfile.ZIP_STORED and not flags & _ENCRYPTED
    return name, file.tell(), None if flags & _SIZE_FOLLOWS and not size else size, is_readable


def _large_size(extra: bytes, *, both: bool) -> int | None:
    """The stored size of more than 4 GiB, which stands in an extra field (APPNOTE.TXT, 4.5.3)."""
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        field = extra[4 : 4 + length]
        if kind == _ZIP64 and len(field) >= (16 if both else 8):
            return int(struct.unpack_from("<Q", field, 8 if both else 0)[0])
        extra = extra[4 + length :]
    return None


def _find(file: BinaryIO, position: int) -> int | None:
    """Where the next whole head of a file begins, at or behind ``position``; None if there is none."""
    while True:
        file.seek(position)
        piece = file.read(_PIECE)
        found = piece.find(_MAGIC)
        if found >= 0:
            file.seek(position + found)
            head = file.read(_HEAD.size)
            if len(head) < _HEAD.size:
                return None
            if _is_plausible(file, head):
                return position + found
            position += found + 1
        elif len(piece) < _PIECE:
            return None
        else:
            position += len(piece) - len(_MAGIC) + 1


def _is_plausible(file: BinaryIO, head: bytes) -> bool:
    """Whether these bytes are the head of a file of a WACZ, and not what a body happens to hold."""
    length = _HEAD.unpack(head)[9]
    name = file.read(length)
    return len(name) == length and name.startswith((b"archive/", b"indexes/", b"pages/", b"logs/", b"data"))
