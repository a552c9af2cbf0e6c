"""Where the log goes. Processes never share a file: one that rotates would take it away from the others.

No Scrapy here: ``status``, and a crawl in another process, need no more of it than the log's path.
"""

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOG_BYTES, LOG_FILES = 10_000_000, 5


def log_path(db: Path, worker: int | None = None) -> Path:
    """``logs/<database name>.log`` beside the database; a worker's name ends in ``-worker-<number>``."""
    return db.parent / "logs" / (f"{db.stem}.log" if worker is None else f"{db.stem}-worker-{worker}.log")


def start_log(path: Path, verbose: bool) -> Path | None:
    """Send this process's log to ``path``, rotated; with ``verbose`` to standard error too. Returns
    ``path``, or None where its folder cannot be written.
    """
    root = logging.getLogger()
    level = logging.DEBUG if verbose else logging.INFO
    root.setLevel(level)
    for noisy in ("twisted", "asyncio", "scrapy.addons", "scrapy.crawler", "scrapy.middleware"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    form = logging.Formatter("%(asctime)s %(levelname)s [%(name)s] %(message)s")
    if verbose:
        _attach(root, logging.StreamHandler(sys.stderr), form, level)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        rotating = RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8")
        _attach(root, rotating, form, level)
    except OSError:
        return None
    return path


def _attach(root: logging.Logger, handler: logging.Handler, form: logging.Formatter, level: int) -> None:
    handler.setFormatter(form)
    handler.setLevel(level)  # Scrapy resets the root logger's own
    root.addHandler(handler)
