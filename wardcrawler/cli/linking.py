"""Near-duplicates, linked at the end of a crawl, under its lock."""

from rich.console import Console

from wardcrawler.cli.interruptible import interruptible
from wardcrawler.store import Database
from wardcrawler.store.tables.similar import link_new_articles


def link(db: Database, *, is_shown: bool) -> None:
    """Link what is new; on a terminal, where it takes long, say how far it is. Raises ``DatabaseProblem``.

    A night's articles take a second; a database that was never linked some minutes for 200,000. Ctrl-C ends
    it with ``KeyboardInterrupt``; the next crawl goes on.
    """
    console = Console(stderr=True, quiet=not is_shown)
    with interruptible(), console.status("comparing texts") as status:
        link_new_articles(
            db, lambda done, total: status.update(f"comparing texts: {done:,} of {total:,} new articles")
        )
