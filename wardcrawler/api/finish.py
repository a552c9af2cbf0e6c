"""Finish what stored new articles, a crawl, a reparse or a merge, under the database's lock."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from wardcrawler.store import Database
from wardcrawler.store.tables.similar import link_new_articles


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
