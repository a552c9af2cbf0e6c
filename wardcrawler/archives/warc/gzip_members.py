"""The bytes of a WARC file: gzip members one after the other, or a plain file."""

import zlib
from collections.abc import Callable
from typing import BinaryIO, Protocol

_MAGIC = b"\x1f\x8b\x08"
_PIECE = 64 * 1024
_PROBE = 512
"""Bytes that show whether a gzip member begins with a record."""


class Damaged(Exception):
    """Bytes that are not what they should be; ``offset`` is the byte of the file at which they begin."""

    def __init__(self, offset: int, words: str) -> None:
        super().__init__(f"at byte {offset:,}: {words}")
        self.offset = offset
        self.words = words


class MemberStream(Protocol):
    """A WARC file as a sequence of members, each of which can be read alone; a plain file is one member."""

    offset: int
    """The byte of the file at which the member begins that is being read."""
    position: int
    """The byte of the file at which the next one begins; right once ``read`` returned nothing."""
    is_compressed: bool

    def next_member(self) -> bool:
        """Go to the next member; return False at the end of the file. Raises :class:`Damaged`."""

    def read(self, size: int) -> bytes:
        """Read up to ``size`` bytes, uncompressed; none at the member's end. Raises :class:`Damaged`."""

    def resynchronise(self, damaged: int) -> int | None:
        """Go behind what is damaged at the offset ``damaged``, to where a record may begin again; return the
        offset, or None if none begins.
        """


class GzipMembers:
    """A gzip file. zlib compares the checksum and length at each member's end (RFC 1952)."""

    is_compressed = True

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.offset = self.position = file.tell()
        self._inflate = zlib.decompressobj()
        self._input = b""

    def next_member(self) -> bool:
        """See :class:`MemberStream`."""
        self.offset = self.position
        if not self._input:
            self._input = self._file.read(_PIECE)
        if not self._input:
            return False
        while len(self._input) < len(_MAGIC) and (more := self._file.read(_PIECE)):
            self._input += more
        if not self._input.startswith(_MAGIC):
            raise Damaged(self.offset, "no gzip member begins here")
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS + 16)
        return True

    def read(self, size: int) -> bytes:
        """See :class:`MemberStream`."""
        while not self._inflate.eof:
            if not self._input:
                self._input = self._file.read(_PIECE)
                if not self._input:
                    raise Damaged(self.offset, "the file is cut off in the gzip member that begins here")
            try:
                output = self._inflate.decompress(self._input, size)
            except zlib.error as error:
                raise Damaged(self.offset, f"the gzip member that begins here is damaged ({error})") from None
            rest = self._inflate.unused_data if self._inflate.eof else self._inflate.unconsumed_tail
            self.position += len(self._input) - len(rest)
            self._input = rest
            if output:
                return output
        return b""

    def resynchronise(self, damaged: int) -> int | None:
        """See :class:`MemberStream`."""
        self._input = b""
        self.position = _find(self._file, damaged + 1, _MAGIC, _begins_a_record)
        self._file.seek(max(self.position, 0))
        return None if self.position < 0 else self.position


class PlainFile:
    """An uncompressed file: one member, cut into records by their lengths alone."""

    is_compressed = False

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.offset = self.position = file.tell()

    def next_member(self) -> bool:
        """See :class:`MemberStream`."""
        self.offset = self.position
        byte = self._file.read(1)
        self._file.seek(self.position)
        return bool(byte)

    def read(self, size: int) -> bytes:
        """See :class:`MemberStream`."""
        data = self._file.read(size)
        self.position += len(data)
        return data

    def resynchronise(self, damaged: int) -> int | None:
        """See :class:`MemberStream`."""
        found = _find(self._file, damaged + 1, b"\r\n\r\nWARC/1.", None)
        self.position = found + 4 if found >= 0 else found
        self._file.seek(max(self.position, 0))
        return None if found < 0 else self.position


def _begins_a_record(beginning: bytes) -> bool:
    try:
        return zlib.decompressobj(zlib.MAX_WBITS + 16).decompress(beginning, 5) == b"WARC/"
    except zlib.error:
        return False


def _find(file: BinaryIO, start: int, words: bytes, is_right: Callable[[bytes], bool] | None) -> int:
    """Return the offset of the next ``words`` at or behind ``start`` for which the bytes that begin there
    pass ``is_right``; -1 if there is none.
    """
    file.seek(start)
    position, piece = start, b""
    while more := file.read(_PIECE):  # never back: in a compressed zip that means from its beginning
        piece += more
        found = piece.find(words)
        while found >= 0:
            if is_right is not None and len(piece) - found < _PROBE:
                piece += file.read(_PROBE)
            if is_right is None or is_right(piece[found : found + _PROBE]):
                return position + found
            found = piece.find(words, found + 1)
        position += len(piece)
        piece = piece[len(piece) - len(words) + 1 :] if len(piece) >= len(words) else piece
        position -= len(piece)
    return -1
