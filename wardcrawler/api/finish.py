"""The end of a crawl or a reparse: near-duplicates are linked, texts of kept files are read."""

import logging
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from wardcrawler.attachments.readers.result import Reading, Status
from wardcrawler.attachments.readers.sandbox import (
    OCR_LIMITS,
    Limits,
    can_recognise,
    missing_reader,
    read_apart,
)
from wardcrawler.attachments.vault import Vault
from wardcrawler.store import Database
from wardcrawler.store.tables.attachments import KeptFile, save_text, unread_files
from wardcrawler.store.tables.similar import link_new_articles

logger = logging.getLogger(__name__)


class Settings(Protocol):
    """Settings by name, as Scrapy's are, for those who must not wait for Scrapy."""

    def getint(self, name: str, /) -> int:
        """Return a number, 0 for one that is not set."""

    def getbool(self, name: str, /) -> bool:
        """Return a switch, off where it is not set."""


def read_texts(db: Database, db_path: Path, settings: Settings) -> Counter[Status]:
    """Read what was never read, and what a reader was missing for that is there now; what failed if asked
    to (``WARDCRAWLER_READ_FAILED``). Return how many by status.

    Each text is committed by itself: what a kill leaves unread is read by the next run. Raises
    ``DatabaseProblem``.
    """
    vault = Vault(db_path)
    limits = Limits(
        memory=settings.getint("WARDCRAWLER_READ_MEMORY"),
        cpu=settings.getint("WARDCRAWLER_READ_CPU"),
        wall=settings.getint("WARDCRAWLER_READ_WALL"),
    )
    with_ocr = settings.getbool("WARDCRAWLER_OCR") and can_recognise()
    found: Counter[Status] = Counter()
    files = unread_files(db, with_failed=settings.getbool("WARDCRAWLER_READ_FAILED"))
    for file, reading in _readings(files, vault, limits, with_ocr=with_ocr):
        save_text(db, file.sha256, reading)
        found[reading.status] += 1
        if reading.status == "failed":
            logger.warning("No text of %s: %s", file.path, reading.reason)
    return found


def _readings(
    files: Sequence[KeptFile], vault: Vault, limits: Limits, *, with_ocr: bool
) -> Iterator[tuple[KeptFile, Reading]]:
    for file in files:
        missing = missing_reader(file.media_type)
        if missing:
            if file.text_status is None:
                yield file, Reading("needs_reader", reason=missing)
        elif file.text_status != "needs_ocr" or with_ocr:
            yield file, _read(vault.place(file.path), file, limits, with_ocr=with_ocr)


def _read(path: Path, file: KeptFile, limits: Limits, *, with_ocr: bool) -> Reading:
    if not path.is_file():
        return Reading("failed", reason="the file is not there any more")
    reading = read_apart(path, file.media_type, limits)
    if reading.status == "needs_ocr" and with_ocr:
        return read_apart(path, file.media_type, OCR_LIMITS, ocr=True)
    return reading


class FinishListener:
    """Hears how the end of a crawl, a reparse or a merge comes on; does nothing."""

    def linking(self, done: int, total: int) -> None:
        """Hear how many of the new articles were compared with the others; 0 of 0 when it begins."""

    def reading_files(self) -> None:
        """Hear that the texts of kept files are read from here on."""

    def warn(self, message: str) -> None:
        """Hear, in one line for people, what is not as it should be though the work goes on."""


def link(db: Database, on_progress: Callable[[int, int], None]) -> None:
    """Link the new articles that are nearly the same as others, in ``similar``. Raises ``DatabaseProblem``.

    ``on_progress`` is told how many are done, and of how many. A night's articles take a second; a database
    that was never linked some minutes for 200,000. Ctrl-C ends it with ``KeyboardInterrupt``; the next crawl
    goes on.
    """
    on_progress(0, 0)
    with interruptible():
        link_new_articles(db, on_progress)


@contextmanager
def interruptible() -> Iterator[None]:
    """Let SIGINT and SIGTERM raise ``KeyboardInterrupt`` within; put the handlers of before back at the end.

    Scrapy's signal handlers, which stay when its crawls are over, do nothing but close crawls. Outside of the
    main thread, which alone has a say about signals, nothing changes.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, signal.default_int_handler) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
