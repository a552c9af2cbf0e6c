"""The rows of a search index that match, the best first, in a time that hardly grows with how many there are.

FTS5 finds 200,000 rows in some 15 ms, but bm25 takes 300 ms to weigh them. So where very many match, only the
newest are weighed: of words that stand in nearly every text bm25 cannot tell which it is about anyway.
"""

from collections.abc import Iterator
from typing import NamedTuple

from sqlite_utils import Database

MOST_RANKED = 1000
"""So many of the newest rows are weighed, or as many as are asked for if that is more."""

_NEWEST = "SELECT rowid FROM {index} WHERE {index} MATCH ? AND {condition} ORDER BY rowid DESC LIMIT ?"

# Not "ORDER BY rank": for that FTS5 weighs all rows before SQLite asks for the condition.
_WEIGHED = """
SELECT rowid FROM {index} WHERE {index} MATCH ? AND rowid >= ? AND {condition} ORDER BY {rank}, rowid DESC
"""


class Index(NamedTuple):
    """A table of FTS5."""

    name: str
    rank: str
    """SQL, with the weights of the columns: the less, the better."""


ARTICLES = Index("articles_fts", "bm25(articles_fts, 8.0, 4.0, 1.0, 1.0)")
FILES = Index("attachments_fts", "bm25(attachments_fts)")


class Search(NamedTuple):
    """What is asked of an index: an FTS5 expression, and a condition of SQL on the row with its parameters."""

    index: Index
    match: str
    condition: str
    parameters: tuple[str, ...] = ()

    def newest(self, db: Database, most: int) -> list[int]:
        """The numbers of the newest rows that match, at most ``most``, the newest first."""
        sql = _NEWEST.format(index=self.index.name, condition=self.condition)
        return [row[0] for row in db.execute(sql, (self.match, *self.parameters, most))]

    def weighed(self, db: Database, oldest: int) -> Iterator[int]:
        """The numbers of the rows that match, from ``oldest`` on, the best first."""
        sql = _WEIGHED.format(index=self.index.name, condition=self.condition, rank=self.index.rank)
        return (row[0] for row in db.execute(sql, (self.match, oldest, *self.parameters)))

    def ranked(self, db: Database, most: int) -> Iterator[int]:
        """The numbers of the newest rows that match, at most ``most``, the best first."""
        newest = self.newest(db, most)
        return self.weighed(db, newest[-1]) if newest else iter(())
