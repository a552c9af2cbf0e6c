"""One run at a time on one database."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from wardcrawler.store.filesystem import require_local
from wardcrawler.store.problem import LOCKED, STORAGE, DatabaseProblem


def _lock_path(db_path: Path | str) -> Path:
    database = Path(os.path.realpath(db_path))  # one lock for all symbolic links to a database
    return database.with_name(f"{database.name}.lock")


def lock_is_held(db_path: Path | str) -> bool:
    """Whether a run holds the lock of the database now. Makes nothing and writes nothing.

    To ask, a lock that nobody holds is taken and let go in the same breath; a run that starts just then
    is refused with 75. So ask only where the answer matters.
    """
    try:
        descriptor = os.open(_lock_path(db_path), os.O_RDONLY)
    except OSError:  # none there: a run that ends removes it. Or not ours to read, then not ours to tell
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # no locks on this file system
        return False
    finally:
        os.close(descriptor)
    return False


class RunLock:
    """Context manager that holds ``<database>.lock`` beside the database.

    ``flock`` rather than a file with a process number: the kernel frees it on any death, ``kill -9``
    included. Entering never waits. Raises :class:`DatabaseProblem`: 75 if another run holds the lock, 5
    if the lock file cannot be made, 2 on a network file system. The file is removed at the end.
    """

    def __init__(self, db_path: Path | str) -> None:
        self._db_path = Path(db_path)
        self.path = _lock_path(self._db_path)
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        require_local(self._db_path)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            while self._descriptor is None:
                self._descriptor = self._try()
        except BlockingIOError:
            raise DatabaseProblem(
                f"{self._db_path} is in use by another run ({self._holder()}); try again when that has ended",
                LOCKED,
            ) from None
        except OSError as error:
            raise DatabaseProblem(
                f"{self._db_path} cannot be locked: {self.path}: {error.strerror}; make its folder writable "
                "or use another database",
                STORAGE,
            ) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._descriptor is not None:
            self.path.unlink(missing_ok=True)  # while still held: see _try
            os.close(self._descriptor)
            self._descriptor = None

    def _try(self) -> int | None:
        """A descriptor that holds the lock, or None if the file went away meanwhile: a run that ends
        removes it, and a lock on a removed file keeps nobody out.
        """
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not self._is_the_one_at_path(descriptor):
                os.close(descriptor)
                return None
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"process {os.getpid()}\n".encode())
        except OSError:
            os.close(descriptor)
            raise
        return descriptor

    def _is_the_one_at_path(self, descriptor: int) -> bool:
        try:
            return os.path.samestat(os.fstat(descriptor), self.path.stat())
        except FileNotFoundError:
            return False

    def _holder(self) -> str:
        try:
            return self.path.read_text(encoding="utf-8", errors="replace").strip() or "just started"
        except OSError:
            return "just ended"
