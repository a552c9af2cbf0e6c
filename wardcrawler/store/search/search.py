"""Full-text search over what portals show now."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from sqlite_utils import Database

from wardcrawler.store.database.connection import path_of, translate_errors
from wardcrawler.store.database.errors import index_problem
from wardcrawler.store.search.facets import EVERYTHING, Condition
from wardcrawler.store.search.fts_expression import folded
from wardcrawler.store.search.index import GAP, MOST_WEIGHED
from wardcrawler.store.search.query import AllOf, Query, parse, terms
from wardcrawler.store.search.retrieval import Found, find
from wardcrawler.store.search.snippet import Key, Phrase, mark, snippet
from wardcrawler.text.normalise import fold, normalise

MOST_WORDS = 100
"""Longer queries are refused: they match one article or none, and take long to say so."""

_FIRST_PAGE = """
SELECT a.title, a.published_at, a.date_precision, a.lead, a.body, p.url, p.site
FROM articles AS a JOIN pages AS p ON p.article_id = a.id
WHERE a.id = ? ORDER BY p.published_at IS NULL, p.published_at, p.first_seen, p.site, p.key LIMIT 1
"""

# Every text holds the word that stands between its parts.
_NEWEST_IS_INDEXED = f"""
SELECT (SELECT max(id) FROM articles) IS
    (SELECT rowid FROM articles_fts WHERE articles_fts MATCH '"{GAP.strip()}"' ORDER BY rowid DESC LIMIT 1)
"""

_MORE_THAN_ANY = 2**31
"""No database holds so many articles; SQLite counts in 64 bits."""

Marks = tuple[tuple[int, int], ...]


class SearchProblem(ValueError):
    """The query cannot be searched for; the message says why, in one line."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found: ``rank`` counts from 1; ``exact`` says that the diacritics match too.

    ``url`` and ``site`` are those of the page that published it first. ``snippet`` is one line of the
    article as it is spelled there, around the matches. ``attachment`` is the name of the file in which
    the words stand, and the snippet is from, where the article itself does not hold them; else None.
    ``title_marks`` and ``snippet_marks`` say what in both was searched for: pairs of the first character and
    the one behind the last, counted from 0 in Unicode code points.
    """

    rank: int
    exact: bool
    id: int
    title: str
    url: str
    site: str
    published_at: str | None
    snippet: str
    date_precision: str | None = None
    attachment: str | None = None
    title_marks: Marks = ()
    snippet_marks: Marks = ()


def search(
    db: Database, query: str, limit: int = 20, condition: Condition = EVERYTHING, *, offset: int = 0
) -> list[Hit]:
    """Find articles that match ``query`` (its language: :mod:`wardcrawler.store.search.query`), the best
    first, at most ``limit``, without the ``offset`` best ones.

    Matches with the query's own diacritics come first, then those that agree without any ("dan van" finds
    "dân vận"); within both, texts where all words follow each other come first, then titles that hold all of
    them, then the order of FTS5's bm25 (see :mod:`wardcrawler.store.search.index`); then articles whose
    files hold the words. An article and each of its files are texts of their own. Only articles that some
    page shows are found, not replaced texts. ``condition`` says which records, see
    :mod:`wardcrawler.store.search.facets`.

    Raises :class:`SearchProblem` for a query without words or with more than 100, ``DatabaseProblem``
    for a database that cannot be read, or whose search index is missing or damaged.
    """
    return search_for(db, checked_query(query), limit, condition, offset=offset)


def checked_query(text: str) -> Query:
    """Parse the query ``text``. Raises :class:`SearchProblem` where it holds no word, or too many."""
    query = parse(text)
    if query is None:
        raise SearchProblem("the query holds no word: give letters or digits to look for")
    if query.words > MOST_WORDS:
        raise SearchProblem(f"the query is too long: at most {MOST_WORDS} words")
    return query


def search_for(
    db: Database,
    query: Query,
    limit: int = 20,
    condition: Condition = EVERYTHING,
    *,
    offset: int = 0,
    newest_first: bool = False,
) -> list[Hit]:
    """Search as :func:`search` does, for a query that is parsed already.

    With ``newest_first`` the order within exact matches and within the others is that of publication, undated
    articles at the end.
    """
    with translate_errors(db):
        db.execute("PRAGMA temp_store = MEMORY")
        with db.atomic():  # one moment: a crawl may go on
            wanted = min(offset + limit, _MORE_THAN_ANY)
            matches = find(db, query.root, condition, max(MOST_WEIGHED, wanted), newest_first=newest_first)
            found = list(islice(matches, wanted))
            if not found and not db.execute(_NEWEST_IS_INDEXED).fetchone()[0]:
                raise index_problem(path_of(db), "does not hold all articles")
            marker = _Marker(query.root)
            hits = [marker.hit(db, each, rank) for rank, each in enumerate(found[offset:], start=offset + 1)]
    return hits


@lru_cache(maxsize=20_000)
def _exact_word(word: str) -> str:
    return normalise(word).lower()


@lru_cache(maxsize=20_000)
def _fold_word(word: str) -> str:
    return fold(word)


class _Marker:
    """Makes hits of what was found for one query: texts with the words in them marked."""

    def __init__(self, root: AllOf) -> None:
        self._terms = list(terms(root))

    def hit(self, db: Database, found: Found, rank: int) -> Hit:
        """Make the hit with the given rank."""
        title, published_at, precision, lead, body, url, site = db.execute(
            _FIRST_PAGE, (found.article_id,)
        ).fetchone()
        key: Key = _exact_word if found.exact else _fold_word
        if found.search_id is None:
            text = "\n".join(part for part in (lead, body) if part) or title
            fields: tuple[str | None, ...] = (None, "lead", "body", *(() if lead or body else ("title",)))
        else:
            sql = "SELECT text FROM attachments WHERE search_id = ?"
            (text,) = db.execute(sql, (found.search_id,)).fetchone()
            fields = (None, "file")
        line = snippet(text, self._phrases(fields, exact=found.exact), key)
        heading = mark(title, self._phrases((None, "title"), exact=found.exact), key)
        return Hit(
            rank=rank,
            exact=found.exact,
            id=found.article_id,
            title=title,
            url=url,
            site=site,
            published_at=published_at,
            snippet=line.text,
            date_precision=precision,
            attachment=found.filename,
            title_marks=heading.marks,
            snippet_marks=line.marks,
        )

    def _phrases(self, fields: tuple[str | None, ...], *, exact: bool) -> list[Phrase]:
        return [
            Phrase(term.words if exact else folded(term).words, term.is_prefix)
            for term in self._terms
            if term.field in fields
        ]
