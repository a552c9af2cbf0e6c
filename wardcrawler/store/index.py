"""Rows of ``articles_fts``, the search index.

Plain ``sqlite3``: sqlite-utils indexes a table's own columns only, and this table has no table behind it.
"""

import sqlite3

from wardcrawler.items import NormalText
from wardcrawler.text.normalise import fold

_MOST_WORDS = 20_000

_GAP = " \ue000 "
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
    words = _GAP.join(texts).split()  # the index knows words and their order, not white space
    connection.execute(
        "INSERT INTO articles_fts(rowid, title, lead, body, folded) VALUES (?, ?, ?, ?, ?)",
        (article_id, *texts, " ".join(map(_folded.__getitem__, words))),
    )
