"""Rows of ``articles_fts`` and ``attachments_fts``, the search indexes.

Plain ``sqlite3``: sqlite-utils indexes a table's own columns only, and these have no table behind them.
"""

import sqlite3

from wardcrawler.items import NormalText
from wardcrawler.text.normalise import fold, normalise

_MOST_WORDS = 20_000

GAP = " \ue000 "
"""Stands between title, lead and body in ``folded``: a private-use character, a word to unicode61 that
nobody looks for, so that no phrase reaches from one into the next."""


class _FoldedWords(dict[str, str]):
    """Words and what ``fold`` makes of them: Vietnamese has few syllables, so nearly all are here, and a
    text of 4 KB folds in a third of the time.
    """

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST_WORDS:  # numbers and names never end
            self.clear()
        folded = self[word] = fold(word)
        return folded


_folded = _FoldedWords()


def index(connection: sqlite3.Connection, article_id: int, text: NormalText) -> None:
    """Make the article ``article_id``, which was never indexed, found by the words of ``text``."""
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
    """Make the file with the number ``search_id``, which is a new one, found by the words of ``text``."""
    normal = normalise(text)
    connection.execute(
        "INSERT INTO attachments_fts(rowid, text, folded) VALUES (?, ?, ?)",
        (search_id, normal, fold_by_words(normal)),
    )


def fold_by_words(text: str) -> str:
    """``text`` folded, with single spaces: the index knows words and their order, not white space."""
    return " ".join(map(_folded.__getitem__, text.split()))
