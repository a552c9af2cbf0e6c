"""Maintain a database: merge others into it, copy it, make its search index anew."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from wardcrawler.api.finish import FinishListener, link
from wardcrawler.store import Database
from wardcrawler.store.database.backup import back_up
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.database.lock import RunLock
from wardcrawler.store.merging import merge as merging
from wardcrawler.store.merging.merge import Merged
from wardcrawler.store.search.reindex import reindex

__all__ = ["MergeListener", "Merged", "back_up", "merge", "reindex"]


class MergeListener(FinishListener):
    """Hears how a merge comes on; does nothing."""

    def merging(self, path: Path, what: str, done: int, total: int) -> None:
        """Hear how many rows of one kind (``articles``, ``pages``) of the database at ``path`` were merged
        of how many; 0 of 0 when it begins.
        """

    def merged(self) -> None:
        """Hear that one database is merged."""


def merge(others: Sequence[Path], *, db: Path, listener: MergeListener | None = None) -> list[Merged]:
    """Add all that the databases ``others`` hold, and their files, to ``db``, which is made if need be.

    The records are those that one database would have that had crawled everything. The others are only read.
    Each is merged whole or not at all. Returns what each of them brought.

    Raises ``DatabaseProblem``: 2 for what is no database of ours, or of a newer program, or ``db`` itself, 5
    for what cannot be read or written, 75 while a run holds ``db``.
    """
    listener = listener or MergeListener()
    for path in others:
        merging.require_mergeable(db, path)
    found = []
    with RunLock(db), closing(open_database(db)) as database:
        for path in others:
            found.append(_merge(database, db, path, listener))
        link(database, listener.linking)
    return found


def _merge(database: Database, db: Path, path: Path, listener: MergeListener) -> Merged:
    listener.merging(path, "files", 0, 0)
    merged = merging.merge(
        database, db, path, lambda what, done, total: listener.merging(path, what, done, total)
    )
    listener.merged()
    return merged
