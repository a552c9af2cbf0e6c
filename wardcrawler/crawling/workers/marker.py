"""Whose code a worker is running: a few bytes of memory that its parent can read when it no longer answers.

A worker blocked in C code, or dead, cannot be asked. What it wrote into memory that both processes map
stays.
"""

import mmap
import os
import sys
import tempfile

_SIZE = 4096
_OUTSIDE, _INSIDE = 0, 1


class Marker:
    """The name of the portal whose code runs, or none. One process writes, another reads."""

    def __init__(self, descriptor: int | None = None) -> None:
        """Make the memory, or map that of ``descriptor``, which the other process passed."""
        self.descriptor = _make() if descriptor is None else descriptor
        self._memory = mmap.mmap(self.descriptor, _SIZE)

    def enter(self, portal: str) -> None:
        """The code of ``portal`` runs from here."""
        name = portal.encode()[: _SIZE - 3]
        memory = self._memory
        memory[0] = _OUTSIDE  # a death in between must not name a mixture
        memory[1:3] = len(name).to_bytes(2, "big")
        memory[3 : 3 + len(name)] = name
        memory[0] = _INSIDE

    def leave(self) -> None:
        """The code of no portal runs."""
        self._memory[0] = _OUTSIDE

    def read(self) -> str | None:
        """The portal whose code runs, or None."""
        if self._memory[0] != _INSIDE:
            return None
        length = int.from_bytes(self._memory[1:3], "big")
        return bytes(self._memory[3 : 3 + length]).decode(errors="replace")

    def close(self) -> None:
        """Give the memory back."""
        self._memory.close()
        os.close(self.descriptor)


def _make() -> int:
    if sys.platform == "linux":
        descriptor = os.memfd_create("wardcrawler-marker")
    else:
        with tempfile.TemporaryFile() as file:
            descriptor = os.dup(file.fileno())
    os.ftruncate(descriptor, _SIZE)
    return descriptor
