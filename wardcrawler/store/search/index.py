"""The search indexes, ``articles_fts`` and ``attachments_fts``: rows are put in, and matching ones found.

Plain ``sqlite3`` to write: sqlite-utils indexes a table's own columns only, and these have no table behind
them.

Matching rows are found in a time that hardly grows with how many there are. FTS5 finds 200,000 rows in some
15 ms, but bm25 takes 300 ms to weigh them, and before that counts for each word in how many rows it stands.
Of words that stand in thousands of texts bm25 cannot tell which it is about anyway: where more than
:data:`MOST_WEIGHED` match, the newest come first.
"""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from sqlite_utils import Database

from wardcrawler.items import NormalText
from wardcrawler.text.normalise import fold, normalise

_MOST_WORDS = 20_000

MOST_WEIGHED = 1000
"""Rows that are weighed at most, or as many as are asked for if that is more."""

GAP = " \ue000 "
"""Stands between title, lead and body in ``folded``: a private-use character, a word to unicode61 that
nobody looks for, so that no phrase reaches from one into the next."""


class _FoldedWords(dict[str, str]):
    """Words with their folded forms: Vietnamese has few syllables, so nearly all are here, and a text of 4 KB
    folds in a third of the time.
    """

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST_WORDS:  # numbers and names never end
            self.clear()
        folded = self[word] = fold(word)
        return folded


_folded = _FoldedWords()


def index(connection: sqlite3.Connection, article_id: int, text: NormalText) -> None:
    """Put the article ``article_id``, which was never indexed, into the index with the words of ``text``."""
    texts = (text.title, text.lead, text.body)
    connection.execute(
        "INSERT INTO articles_fts(rowid, title, lead, body, folded) VALUES (?, ?, ?, ?, ?)",
        (article_id, *texts, fold_by_words(GAP.join(texts))),
    )


def unindex(connection: sqlite3.Connection, article_id: int, text: NormalText) -> None:
    """Take the article ``article_id`` out of the index; ``text`` must be what it was indexed with."""
    texts = (text.title, text.lead, text.body)
    connection.execute(
        "INSERT INTO articles_fts(articles_fts, rowid, title, lead, body, folded) "
        "VALUES ('delete', ?, ?, ?, ?, ?)",
        (article_id, *texts, fold_by_words(GAP.join(texts))),
    )


def index_file(connection: sqlite3.Connection, search_id: int, text: str) -> None:
    """Put the file with the number ``search_id``, which is a new one, into the index with ``text``."""
    normal = normalise(text)
    connection.execute(
        "INSERT INTO attachments_fts(rowid, text, folded) VALUES (?, ?, ?)",
        (search_id, normal, fold_by_words(normal)),
    )


def index_new_file(connection: sqlite3.Connection, text: str) -> int:
    """Put a file with ``text`` into the index and return the number it gets there.

    Never one that was given before, though its text be gone: the index cannot forget. So the old words of a
    file that was read anew lead nowhere.
    """
    last = connection.execute("SELECT rowid FROM attachments_fts ORDER BY rowid DESC LIMIT 1").fetchone()
    search_id: int = last[0] + 1 if last else 1
    index_file(connection, search_id, text)
    return search_id


def fold_by_words(text: str) -> str:
    """Return ``text`` folded, with single spaces: the index knows words and their order, not white space."""
    return " ".join(map(_folded.__getitem__, text.split()))


_NEWEST = "SELECT rowid FROM {table} WHERE {table} MATCH ? AND {condition} ORDER BY rowid DESC LIMIT ?"

# Not "ORDER BY rank": for that FTS5 weighs all rows before SQLite asks for the condition.
_BY_BM25 = "SELECT rowid FROM {table} WHERE {table} MATCH ? AND {condition} ORDER BY {rank}, rowid DESC"

_BY_DATE = """
SELECT {table}.rowid FROM {table} JOIN articles AS a ON a.id = {table}.rowid
WHERE {table} MATCH ? AND {condition} ORDER BY a.published_at DESC, a.id DESC
"""


class FtsTable(NamedTuple):
    """A table of FTS5."""

    name: str
    rank: str
    """SQL, with the weights of the columns: the less, the better."""


ARTICLES_FTS = FtsTable("articles_fts", "bm25(articles_fts, 8.0, 4.0, 1.0, 1.0)")
ATTACHMENTS_FTS = FtsTable("attachments_fts", "bm25(attachments_fts)")


class FtsQuery(NamedTuple):
    """A question to an index: an FTS5 expression and, with its parameters, a condition of SQL on a row."""

    table: FtsTable
    match: str
    condition: str
    parameters: tuple[str, ...] = ()

    def newest(self, db: Database, most: int) -> list[int]:
        """Return the numbers of the newest rows that match, at most ``most``, the newest first."""
        sql = _NEWEST.format(table=self.table.name, condition=self.condition)
        return [row[0] for row in db.execute(sql, (self.match, *self.parameters, most))]

    def by_bm25(self, db: Database) -> Iterator[int]:
        """Yield the numbers of all rows that match, the best first."""
        sql = _BY_BM25.format(table=self.table.name, condition=self.condition, rank=self.table.rank)
        return (row[0] for row in db.execute(sql, (self.match, *self.parameters)))

    def by_date(self, db: Database) -> Iterator[int]:
        """Yield the numbers of all articles that match, the last published first, undated ones last."""
        sql = _BY_DATE.format(table=self.table.name, condition=self.condition)
        return (row[0] for row in db.execute(sql, (self.match, *self.parameters)))
