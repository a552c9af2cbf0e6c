"""One run at a time on one database; under plain Scrapy one crawl at a time of one portal."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from wardcrawler.exit_codes import LOCKED, STORAGE
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.store.database.filesystem import require_local


def _lock_path(db_path: Path | str) -> Path:
    database = Path(os.path.realpath(db_path))  # one lock for all symbolic links to a database
    return database.with_name(f"{database.name}.lock")


def lock_is_held(db_path: Path | str) -> bool:
    """Return whether a run holds the lock of the database now. Makes nothing and writes nothing.

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
    """Context manager that holds ``<database>.lock`` beside the database, for all portals at once.

    ``flock`` rather than a file with a process number: the kernel frees it on any death, ``kill -9``
    included. Entering never waits. Raises :class:`DatabaseProblem`: 75 if another run holds the lock, 5
    if the lock file cannot be made, 2 on a network file system. The file is removed at the end.
    """

    def __init__(self, db_path: Path | str) -> None:
        self._db_path = Path(db_path)
        self.path = _lock_path(self._db_path)
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        self._descriptor = _take(self.path, fcntl.LOCK_EX, self._db_path, "")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._descriptor is not None:
            self.path.unlink(missing_ok=True)  # while still held: see _try
            os.close(self._descriptor)
            self._descriptor = None

    @property
    def descriptor(self) -> int:
        """The open file that holds the lock: a process that inherits it holds the lock too, until it ends."""
        assert self._descriptor is not None  # noqa: S101
        return self._descriptor


class PortalLock:
    """Lock of a crawl under plain Scrapy: on its own portal, with no :class:`RunLock` beside it. Crawls of
    other portals, as scrapyd runs them, go on side by side.

    Taken when it is made, with the exceptions of :class:`RunLock`; :meth:`release` gives it up.
    """

    def __init__(self, db_path: Path | str, portal: str) -> None:
        database = Path(db_path)
        shared = _lock_path(database)
        own = shared.with_name(f"{shared.name}.{quote(portal, safe='')}")
        self._held = [(shared, _take(shared, fcntl.LOCK_SH, database, ""))]
        try:
            self._held.append((own, _take(own, fcntl.LOCK_EX, database, f" of {portal}")))
        except DatabaseProblem:
            self.release()
            raise

    def release(self) -> None:
        """Give up the lock; the last one who held a file removes it."""
        while self._held:
            path, descriptor = self._held.pop()
            with suppress(BlockingIOError):
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink(missing_ok=True)
            os.close(descriptor)


def _take(path: Path, mode: int, db_path: Path, what: str) -> int:
    """Take the lock at ``path`` and return the descriptor that holds it. Raises ``DatabaseProblem``.

    ``mode`` is ``fcntl.LOCK_EX`` or ``LOCK_SH``; ``what`` says for people what of the database is in use.
    """
    require_local(db_path)
    descriptor = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        while descriptor is None:
            descriptor = _try(path, mode)
    except BlockingIOError:
        raise DatabaseProblem(
            f"{db_path} is in use by another run{what} ({_holder(path)}); try again when that has ended",
            LOCKED,
        ) from None
    except OSError as error:
        raise DatabaseProblem(
            f"{db_path} cannot be locked: {path}: {error.strerror}; make its folder writable "
            "or use another database",
            STORAGE,
        ) from None
    return descriptor


def _try(path: Path, mode: int) -> int | None:
    """Return a descriptor that holds the lock, or None if the file went away meanwhile: a run that ends
    removes it, and a lock on a removed file keeps nobody out.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, mode | fcntl.LOCK_NB)
        if not _is_the_one_at_path(path, descriptor):
            os.close(descriptor)
            return None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"process {os.getpid()}\n".encode())
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _is_the_one_at_path(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _holder(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip() or "just started"
    except OSError:
        return "just ended"
