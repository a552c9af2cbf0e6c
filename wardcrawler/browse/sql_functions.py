"""Functions that our SQL has beyond SQLite's."""

import re

from wardcrawler.store.snippet import WORD
from wardcrawler.text.normalise import fold

_QUOTED_OR_PLAIN = re.compile(r'["“”„]([^"“”„]*)["“”„]|([^\s"“”„]+)')


def fts_words(text: str) -> str:
    """A query of FTS5 for articles with all words of ``text``, folded; words in quotes follow each other.

    Nothing in ``text`` can be FTS5's syntax. Without a word it matches nothing.
    """
    pieces = (quoted or plain for quoted, plain in _QUOTED_OR_PLAIN.findall(fold(text)))
    phrases = [words for piece in pieces if (words := WORD.findall(piece))]
    expression = " AND ".join(f'"{" ".join(words)}"' for words in phrases) or '""'
    return f"{{folded}} : ({expression})"
