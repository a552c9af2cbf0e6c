"""The texts of kept files, read after a crawl, one process for each."""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from scrapy.settings import BaseSettings

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
from wardcrawler.store.tables.file_texts import KeptFile, save_text, unread_files

logger = logging.getLogger(__name__)


def read_texts(db: Database, db_path: Path, settings: BaseSettings) -> Counter[Status]:
    """Read what was never read, and what a reader was missing for that is there now; what failed if asked
    to (``WARDCRAWLER_READ_FAILED``). How many by status.

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
