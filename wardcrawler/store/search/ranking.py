"""The rows of a search index that match, in an order, in a time that hardly grows with how many there are.

FTS5 finds 200,000 rows in some 15 ms, but bm25 takes 300 ms to weigh them, and before that counts for each
word in how many rows it stands. Of words that stand in thousands of texts bm25 cannot tell which it is about
anyway: where more than :data:`MOST_WEIGHED` match, the newest come first.
"""

from collections.abc import Iterator
from typing import NamedTuple

from sqlite_utils import Database

MOST_WEIGHED = 1000
"""So many rows are weighed, or as many as are asked for if that is more."""

_NEWEST = "SELECT rowid FROM {table} WHERE {table} MATCH ? AND {condition} ORDER BY rowid DESC LIMIT ?"

# Not "ORDER BY rank": for that FTS5 weighs all rows before SQLite asks for the condition.
_BY_BM25 = "SELECT rowid FROM {table} WHERE {table} MATCH ? AND {condition} ORDER BY {rank}, rowid DESC"

_BY_DATE = """
SELECT {table}.rowid FROM {table} JOIN articles AS a ON a.id = {table}.rowid
WHERE {table} MATCH ? AND {condition} ORDER BY a.published_at DESC, a.id DESC
"""


class Index(NamedTuple):
    """A table of FTS5."""

    name: str
    rank: str
    """SQL, with the weights of the columns: the less, the better."""


ARTICLES = Index("articles_fts", "bm25(articles_fts, 8.0, 4.0, 1.0, 1.0)")
FILES = Index("attachments_fts", "bm25(attachments_fts)")


class Search(NamedTuple):
    """What is asked of an index: an FTS5 expression and, with its parameters, a condition of SQL on a row."""

    table: Index
    match: str
    condition: str
    parameters: tuple[str, ...] = ()

    def newest(self, db: Database, most: int) -> list[int]:
        """The numbers of the newest rows that match, at most ``most``, the newest first."""
        sql = _NEWEST.format(table=self.table.name, condition=self.condition)
        return [row[0] for row in db.execute(sql, (self.match, *self.parameters, most))]

    def by_bm25(self, db: Database) -> Iterator[int]:
        """The numbers of all rows that match, the best first."""
        sql = _BY_BM25.format(table=self.table.name, condition=self.condition, rank=self.table.rank)
        return (row[0] for row in db.execute(sql, (self.match, *self.parameters)))

    def by_date(self, db: Database) -> Iterator[int]:
        """The numbers of all articles that match, those published last first, undated ones at the end."""
        sql = _BY_DATE.format(table=self.table.name, condition=self.condition)
        return (row[0] for row in db.execute(sql, (self.match, *self.parameters)))
