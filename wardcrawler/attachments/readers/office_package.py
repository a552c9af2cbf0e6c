"""Office packages (ZIP files of XML), opened without trusting them."""

import zipfile
import zlib
from pathlib import Path
from typing import Self

from lxml import etree

from wardcrawler.attachments.readers.result import CannotRead

MOST_ENTRIES = 10_000
MOST_BYTES = 300_000_000
"""All entries unpacked together, as the directory declares them."""
MOST_PART_BYTES = 60_000_000
"""One part that is parsed: a tree of lxml takes some eight times its size."""
HIGHEST_RATIO = 200
"""Unpacked to packed. XML packs 10 to 30 times; the ratio counts only above ``_SMALL`` bytes."""
_SMALL = 5_000_000


class Package:
    """Context manager that opens the package at ``path``. Raises :class:`CannotRead` for a bomb or damage."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Self:
        try:
            self._zip = zipfile.ZipFile(self._path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise CannotRead("failed", f"damaged: {error}") from None
        try:
            refuse_bombs(self._zip)
        except CannotRead:
            self._zip.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def names(self) -> list[str]:
        """Return the names of the parts, in the package's order."""
        return self._zip.namelist()

    def tree(self, name: str) -> etree._Element | None:
        """Parse the part ``name`` as XML; None if there is none. Reads no more bytes than allowed.

        Raises :class:`CannotRead`.
        """
        try:
            info = self._zip.getinfo(name)
        except KeyError:
            return None
        try:
            with self._zip.open(info) as part:
                raw = part.read(MOST_PART_BYTES + 1)  # the directory may lie
        except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, EOFError, ValueError) as error:
            words = "locked by a password" if "password" in str(error) else f"damaged: {error}"
            raise CannotRead("failed", words) from None
        if len(raw) > MOST_PART_BYTES:
            raise CannotRead("failed", f"{name} unpacks to more than {MOST_PART_BYTES:,} bytes")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(raw, parser)
        except etree.XMLSyntaxError as error:
            raise CannotRead("failed", f"damaged: {name}: {error}") from None


def refuse_bombs(package: zipfile.ZipFile) -> None:
    """Raise :class:`CannotRead` for a package whose directory promises a flood."""
    entries = package.infolist()
    if len(entries) > MOST_ENTRIES:
        raise CannotRead("failed", f"a ZIP bomb? {len(entries)} entries")
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > MOST_BYTES or (unpacked > _SMALL and unpacked > HIGHEST_RATIO * max(packed, 1)):
        raise CannotRead("failed", f"a ZIP bomb? {packed:,} bytes unpack to {unpacked:,}")
