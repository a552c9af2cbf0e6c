"""The texts of kept files, read at the end of a crawl, under its lock."""

from collections import Counter
from pathlib import Path

from rich.console import Console
from scrapy.settings import BaseSettings

from wardcrawler.attachments.readers.result import Status
from wardcrawler.cli.interruptible import interruptible
from wardcrawler.crawling.runs.file_texts import read_texts
from wardcrawler.store import Database


def read_files(db: Database, db_path: Path, settings: BaseSettings, *, is_shown: bool) -> Counter[Status]:
    """Read what is kept and was not read; how many by status. On a terminal, say that it goes on. Raises
    ``DatabaseProblem``. Ctrl-C ends it with ``KeyboardInterrupt``; the next crawl goes on.
    """
    console = Console(stderr=True, quiet=not is_shown)
    with interruptible(), console.status("reading files"):
        return read_texts(db, db_path, settings)
