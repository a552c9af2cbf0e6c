"""One WARC file while it is written: named ``….open`` until it is whole."""

import os
import zlib
from pathlib import Path

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
