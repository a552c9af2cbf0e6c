"""Near-duplicates, linked at the end of a crawl, under its lock."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from sqlite_utils import Database

from wardcrawler.store.similar import link_new_articles


def link(db: Database, *, is_shown: bool) -> None:
    """Link what is new; on a terminal, where it takes long, say how far it is. Raises ``DatabaseProblem``.

    A night's articles take a second; a database that was never linked some minutes for 200,000. Ctrl-C ends
    it with ``KeyboardInterrupt``; the next crawl goes on.
    """
    console = Console(stderr=True, quiet=not is_shown)
    with _interruptible(), console.status("comparing texts") as status:
        link_new_articles(
            db, lambda done, total: status.update(f"comparing texts: {done:,} of {total:,} new articles")
        )


@contextmanager
def _interruptible() -> Iterator[None]:
    """Scrapy's signal handlers, which stay when its crawls are over, do nothing but close crawls."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, signal.default_int_handler) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
