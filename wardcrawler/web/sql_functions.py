"""Functions that our SQL has beyond SQLite's."""

from wardcrawler.store.search.fts_expression import ARTICLES, expression
from wardcrawler.store.search.query import parse

_NOTHING = '{folded} : ""'


def fts_words(query: str) -> str:
    """What FTS5's MATCH is asked for articles that match ``query`` in any spelling of diacritics; the query's
    language is that of ``wardcrawler search``. Without a word it matches nothing.
    """
    asked = parse(query)
    return (expression(asked.root, exact=False, columns=ARTICLES) if asked else None) or _NOTHING
