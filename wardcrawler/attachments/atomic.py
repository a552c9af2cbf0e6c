"""A file that is made beside the one it is to be, and takes its name when it is whole."""

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
    """Remove what others left of the same ``target`` that were killed. One still at work locks its own."""
    for leftover in target.parent.glob(f".{glob.escape(target.name)}.*{_SUFFIX}"):
        with suppress(OSError), leftover.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            leftover.unlink()


@contextmanager
def file_beside(target: Path) -> Iterator[IO[bytes]]:
    """A new file in the folder of ``target``, private until :func:`give_name`; without that it is removed at
    the end. Raises ``OSError``.
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


def give_name(part: Path, target: Path, rights: int) -> None:
    """Rename ``part``, which is on the disk already, to ``target``; the name survives a power cut.

    ``rights`` are the permission bits it gets. Raises ``OSError``.
    """
    part.chmod(rights)
    part.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` survive a power cut; no rename is safe before. Raises ``OSError``."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
