"""Atomic writing: a file is made beside its target and takes the target's name when it is whole.

For the vault, and for what stands above it in the layers: backups, exports and archives.
"""

import fcntl
import glob
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

_SUFFIX = ".part"


def remove_leftovers(target: Path) -> None:
    """Remove temporary files of the same ``target`` that killed processes left. One still at work locks its
    own.
    """
    for leftover in target.parent.glob(f".{glob.escape(target.name)}.*{_SUFFIX}"):
        with suppress(OSError), leftover.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            leftover.unlink()


@contextmanager
def temporary_file(target: Path) -> Iterator[IO[bytes]]:
    """Open a new file in the folder of ``target``, to write; it is removed at the end unless
    :func:`replace_durably` gave it the target's name. Raises ``OSError``.
    """
    with tempfile.NamedTemporaryFile(
        prefix=f".{target.name}.", suffix=_SUFFIX, dir=target.parent, delete=False
    ) as file:
        try:
            with suppress(OSError):  # network file systems may know no locks
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield file
        finally:
            Path(file.name).unlink(missing_ok=True)


def replace_durably(part: Path, target: Path, mode: int) -> None:
    """Rename ``part``, which is on the disk already, to ``target``; the name survives a power cut.

    ``mode`` is the permission bits it gets. Raises ``OSError``.
    """
    part.chmod(mode)
    part.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` survive a power cut; no rename is safe before. Raises ``OSError``."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
