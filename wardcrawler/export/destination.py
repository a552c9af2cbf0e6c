"""Destination of an export: standard output, or a file that has its name only when it is whole."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from wardcrawler.attachments.atomic import remove_leftovers, replace_durably, temporary_file
from wardcrawler.exit_codes import STORAGE, USAGE
from wardcrawler.store.database.connection import is_part_of
from wardcrawler.store.database.errors import DatabaseProblem


@contextmanager
def destination(path: Path | None, db_path: Path) -> Iterator[IO[bytes]]:
    """Open a binary file to write to: standard output if ``path`` is None.

    A file is written beside ``path`` and takes its name, and an earlier one's permissions, at the end; if
    anything goes wrong an earlier one stays. Raises ``DatabaseProblem``: 2 for a ``path`` that cannot be
    meant, 5 for what cannot be written, in one line; ``BrokenPipeError`` if nobody reads on.
    """
    if path is None:
        with _writing("standard output"):
            try:
                yield sys.stdout.buffer
                sys.stdout.buffer.flush()
            except OSError:
                _forget_standard_output()
                raise
        return
    _require_sensible(path, db_path)
    target = Path(os.path.realpath(path))
    remove_leftovers(target)
    with _writing(str(path)), temporary_file(target) as part:
        yield part
        part.flush()
        os.fsync(part.fileno())
        replace_durably(Path(part.name), target, _mode(target))


def _require_sensible(path: Path, db_path: Path) -> None:
    if path.is_dir():
        raise DatabaseProblem(f"{path} is a folder; name a file in it", USAGE)
    if not path.parent.is_dir():
        raise DatabaseProblem(f"{path} cannot be made: there is no folder {path.parent}; make it", USAGE)
    if path.exists() and not path.is_file():
        raise DatabaseProblem(f"{path} is not a regular file; name another", USAGE)
    if is_part_of(path, db_path):
        raise DatabaseProblem(f"{path} is the database itself, or a part of it; name another file", USAGE)


def _mode(target: Path) -> int:
    """Return the permission bits of the file that is replaced, else those of a new file of this person."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


@contextmanager
def _writing(name: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise DatabaseProblem(
            f"{name} could not be written: {error.strerror or error}; free some space or write elsewhere",
            STORAGE,
        ) from None


def _forget_standard_output() -> None:
    """Lead standard output nowhere. Python writes what is left of it at its end, and would complain a second
    time (https://docs.python.org/3/library/signal.html#note-on-sigpipe).
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
