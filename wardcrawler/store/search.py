"""Full-text search over what portals show now."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from sqlite_utils import Database

from wardcrawler.store.database import path_of, reporting
from wardcrawler.store.expression import ARTICLES as ARTICLE_COLUMNS
from wardcrawler.store.expression import FILES as FILE_COLUMNS
from wardcrawler.store.expression import excluding, expression, folded, is_split
from wardcrawler.store.facets import EVERYTHING, Condition
from wardcrawler.store.index import fold_by_words
from wardcrawler.store.problem import STORAGE, DatabaseProblem
from wardcrawler.store.query import AllOf, AnyOf, Node, Query, Term, parse, terms
from wardcrawler.store.ranking import ARTICLES, FILES, MOST_RANKED, Search
from wardcrawler.store.snippet import Key, Phrase, mark, snippet
from wardcrawler.text.normalise import fold, normalise

MOST_WORDS = 100
"""Longer queries are refused: they match one article or none, and take long to say so."""

# Articles with a page that is as the condition says. The view ``records`` would be thrice as slow: it looks up
# each portal and unit.
_PAGES = """(
    SELECT p.article_id AS id, p.site, p.category, a.published_at
    FROM pages AS p {join} articles AS a ON a.id = p.article_id WHERE p.article_id IS NOT NULL
)"""
_PAGES_WITH_DATES = _PAGES.format(join="JOIN")
_PAGES_ALONE = _PAGES.format(join="LEFT JOIN")  # which SQLite leaves out where nobody asks for the date

_FEW = 20_000
"""So many articles at most are worth being listed before a search: of more the search soon meets enough."""

_SHOWN = "EXISTS (SELECT 1 FROM pages AS p WHERE p.article_id = {id})"

_IN_A_FILE = """
SELECT l.article_id FROM attachments_fts JOIN attachments AS f ON f.search_id = attachments_fts.rowid
JOIN article_attachments AS l ON l.sha256 = f.sha256 WHERE attachments_fts MATCH ?
"""
_IN_THE_ARTICLE = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?"

_LINKED = """
SELECT l.article_id, l.filename FROM attachments AS f JOIN article_attachments AS l ON l.sha256 = f.sha256
WHERE f.search_id = ? AND {condition} ORDER BY l.article_id DESC, l.position
"""

_IS_LINKED = """EXISTS (
    SELECT 1 FROM attachments AS f JOIN article_attachments AS l ON l.sha256 = f.sha256
    WHERE f.search_id = attachments_fts.rowid AND {condition}
)"""

_FIRST_PAGE = """
SELECT a.title, a.published_at, a.lead, a.body, p.url, p.site
FROM articles AS a JOIN pages AS p ON p.article_id = a.id
WHERE a.id = ? ORDER BY p.published_at IS NULL, p.published_at, p.first_seen, p.site, p.key LIMIT 1
"""

_NEWEST_IS_INDEXED = """
SELECT coalesce(max(id), 0) IN (SELECT 0 UNION SELECT max(rowid) FROM articles_fts_docsize) FROM articles
"""

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
    attachment: str | None = None
    title_marks: Marks = ()
    snippet_marks: Marks = ()


class _Found(NamedTuple):
    """Which article, by its own text or by that of the file with this number and name."""

    article_id: int
    exact: bool
    search_id: int | None = None
    filename: str | None = None


class _Filter(NamedTuple):
    """A condition of SQL on an article's ``{id}``."""

    sql: str
    parameters: tuple[str, ...] = ()

    def on(self, id_: str) -> str:
        return self.sql.format(id=id_)

    def also(self, sql: str) -> "_Filter":
        return _Filter(f"{sql} AND {self.sql}", self.parameters)


def search(
    db: Database, query: str, limit: int = 20, condition: Condition = EVERYTHING, *, offset: int = 0
) -> list[Hit]:
    """Articles that match ``query`` (its language: :mod:`wardcrawler.store.query`), the best first, at most
    ``limit``, without the ``offset`` best ones.

    Matches with the query's own diacritics come first, then those that agree without any ("dan van" finds
    "dân vận"); within both, texts where all words follow each other come first, then titles that hold all of
    them, then the order of FTS5's bm25 (see :mod:`wardcrawler.store.ranking`); then articles whose files hold
    the words. An article and each of its files are texts of their own. Only articles that some page shows
    are found, not replaced texts. ``condition`` says which records, see :mod:`wardcrawler.store.facets`.

    Raises :class:`SearchProblem` for a query without words or with more than 100, ``DatabaseProblem``
    for a database that cannot be read, or whose search index is missing or damaged.
    """
    return search_for(db, understood(query), limit, condition, offset=offset)


def understood(query: str) -> Query:
    """What the query asks for. Raises :class:`SearchProblem` where it holds no word, or too many."""
    asked = parse(query)
    if asked is None:
        raise SearchProblem("the query holds no word: give letters or digits to look for")
    if asked.words > MOST_WORDS:
        raise SearchProblem(f"the query is too long: at most {MOST_WORDS} words")
    return asked


def search_for(
    db: Database, query: Query, limit: int = 20, condition: Condition = EVERYTHING, *, offset: int = 0
) -> list[Hit]:
    """The same as :func:`search` for a query that is already understood."""
    with reporting(db), _telling_of_the_index(db):
        db.execute("PRAGMA temp_store = MEMORY")
        with db.atomic():  # one moment: a crawl may go on
            shown = _filter(db, condition)
            wanted = offset + limit
            found = list(islice(_all_found(db, query.root, shown, max(MOST_RANKED, wanted)), wanted))
            if not found and not db.execute(_NEWEST_IS_INDEXED).fetchone()[0]:
                raise _no_index(db, "does not hold all articles")
            marker = _Marker(query.root)
            hits = [
                marker.hit(db, each, rank) for rank, each in enumerate(found[offset:], start=offset + 1)
            ]
    return hits


@contextmanager
def _telling_of_the_index(db: Database) -> Iterator[None]:
    """The statements are ours and words alone are put into them: what SQLite does not understand of them is
    the index.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code == sqlite3.SQLITE_CORRUPT_VTAB:
            raise _no_index(db, "is damaged") from error
        if code == sqlite3.SQLITE_ERROR:
            raise _no_index(db, "is missing" if "no such table" in str(error) else "is damaged") from error
        raise


def _no_index(db: Database, trouble: str) -> DatabaseProblem:
    return DatabaseProblem(
        f"the search index of {path_of(db)} {trouble}; 'wardcrawler reindex' makes it anew", STORAGE
    )


def _filter(db: Database, condition: Condition) -> _Filter:
    if condition == EVERYTHING:
        return _Filter(_SHOWN)
    pages = _PAGES_WITH_DATES if "published_at" in condition.sql else _PAGES_ALONE
    sql = f"SELECT r.id FROM {pages} AS r WHERE {condition.indexed} LIMIT {_FEW + 1}"
    if _list_ids(db, "meeting", sql, condition.parameters) <= _FEW:
        return _Filter(_listed("meeting"))
    return _Filter(
        f"EXISTS (SELECT 1 FROM {pages} AS r WHERE r.id = {{id}} AND {condition.sql})", condition.parameters
    )


def _list_ids(db: Database, name: str, sql: str, parameters: tuple[str, ...]) -> int:
    """Keep the ids that ``sql`` finds in a temporary table; returns how many rows it found."""
    db.execute(f"DROP TABLE IF EXISTS temp.{name}")
    db.execute(f"CREATE TEMP TABLE {name}(id INTEGER PRIMARY KEY)")
    return db.execute(f"INSERT OR IGNORE INTO temp.{name} {sql}", parameters).rowcount


def _listed(name: str) -> str:
    # The plus: FTS5 would search anew for each id.
    return f"+{{id}} IN (SELECT id FROM temp.{name})"


def _all_found(db: Database, root: AllOf, shown: _Filter, most: int) -> Iterator[_Found]:
    """Each article once, the best first."""
    seen: set[int] = set()
    for exact in (True, False):
        stages = list(_stages(root))
        if len(stages) > 1 and not _any_matches(db, root, exact=exact):
            continue
        for stage in stages:
            for found in _found(db, stage, shown, most, exact=exact):
                if found.article_id not in seen:
                    seen.add(found.article_id)
                    yield found


def _any_matches(db: Database, root: AllOf, *, exact: bool) -> bool:
    """Whether any text can be found on this level: soon known where there is one, and else known once."""
    if any(term.field == "file" for term in terms(root, with_excluded=True)):
        return True  # perhaps: this looks into articles and files apart
    return any(
        match and Search(index, match, "1").newest(db, 1)
        for index, columns in ((ARTICLES, ARTICLE_COLUMNS), (FILES, FILE_COLUMNS))
        for match in [expression(root, exact=exact, columns=columns)]
    )


def _stages(root: AllOf) -> Iterator[AllOf]:
    """All words as one phrase, where that makes sense, then as given."""
    parts = [part for part in root.wanted if isinstance(part, Term)]
    is_plain = len(parts) == len(root.wanted) and not any(part.is_prefix for part in parts[:-1])
    if is_plain and len(parts) > 1 and len({part.field for part in parts}) == 1:
        words = tuple(word for part in parts for word in part.words)
        yield AllOf((Term(words, parts[-1].is_prefix, parts[-1].field),), root.excluded)
    yield root


def _found(db: Database, root: AllOf, shown: _Filter, most: int, *, exact: bool) -> Iterator[_Found]:
    """What matches on one level, in articles and in files, or in both where the query names files."""
    articles, files = _apart(root)
    if files is None:
        yield from _articles(db, root, shown, most, exact=exact)
        yield from _files(db, root, shown, most, exact=exact)
    elif articles.wanted:
        if files.wanted:
            _list_ids(db, "files", _IN_A_FILE, (expression(files, exact=exact, columns=FILE_COLUMNS) or "",))
            shown = shown.also(_listed("files"))
        else:
            _list_ids(db, "files", _IN_A_FILE, (_none_of(files, FILE_COLUMNS),))
            shown = shown.also(f"NOT ({_listed('files')})")
        yield from _articles(db, articles, shown, most, exact=exact)
    else:
        if articles.excluded:
            _list_ids(db, "excluded", _IN_THE_ARTICLE, (_none_of(articles, ARTICLE_COLUMNS),))
            shown = shown.also(f"NOT ({_listed('excluded')})")
        yield from _files(db, files, shown, most, exact=exact)


def _apart(root: AllOf) -> tuple[AllOf, AllOf | None]:
    """What is asked of articles, and of files if anything is."""

    def is_file(node: Node) -> bool:
        return any(term.field == "file" for term in terms(node, with_excluded=True))

    def only(wants_files: bool) -> AllOf:
        wanted = tuple(each for each in root.wanted if is_file(each) == wants_files)
        excluded = tuple(each for each in root.excluded if is_file(each) == wants_files)
        return AllOf(wanted, excluded)

    return only(False), only(True) if is_file(root) else None


def _none_of(root: AllOf, columns: tuple[str, ...]) -> str:
    return excluding(AnyOf(root.excluded), columns) or ""


def _articles(db: Database, root: AllOf, shown: _Filter, most: int, *, exact: bool) -> Iterator[_Found]:
    match = expression(root, exact=exact, columns=ARTICLE_COLUMNS)
    if match is None:
        return
    asked = Search(ARTICLES, match, shown.on("articles_fts.rowid"), shown.parameters)
    newest = asked.newest(db, most + 1)
    if not newest:
        return
    if len(newest) > most and exact and any(term.field is None for term in terms(root)):
        # Titles that hold all words, of the older articles too.
        in_title = expression(root, exact=True, columns=ARTICLE_COLUMNS, field="title")
        for article_id in asked._replace(match=in_title or match).ranked(db, most):
            yield _Found(article_id, exact)
    unordered = [] if exact else [term for term in root.wanted if isinstance(term, Term) and is_split(term)]
    ids = asked.weighed(db, newest[:most][-1])
    for article_id in _titles_first(db, ids, root, exact=exact):
        if all(_holds(db, article_id, term) for term in unordered):
            yield _Found(article_id, exact)


def _titles_first(db: Database, ids: Iterator[int], root: AllOf, *, exact: bool) -> Iterator[int]:
    """The same ids; those first whose title holds all terms."""
    asked = [term if exact else folded(term) for term in terms(root) if term.field in (None, "title")]
    later: list[int] = []
    for article_id in ids:
        title = _text(db, article_id, "title")
        spelled = normalise(title).lower() if exact else fold_by_words(title)
        if asked and all(_stands_in(spelled, term) for term in asked):
            yield article_id
        else:
            later.append(article_id)
    yield from later


def _stands_in(title: str, term: Term) -> bool:
    if term.words[0] not in title:  # most often so, and soon seen
        return False
    return bool(mark(title, [Phrase(term.words, term.is_prefix)], str).marks)


def _holds(db: Database, article_id: int, term: Term) -> bool:
    """Whether the words of ``term`` follow each other in its field, in any spelling."""
    phrase = Phrase(folded(term).words, term.is_prefix)
    return bool(mark(_text(db, article_id, str(term.field)), [phrase], _fold_word).marks)


def _text(db: Database, article_id: int, field: str) -> str:
    return db.execute(f"SELECT {field} FROM articles WHERE id = ?", (article_id,)).fetchone()[0] or ""


def _files(db: Database, root: AllOf, shown: _Filter, most: int, *, exact: bool) -> Iterator[_Found]:
    match = expression(root, exact=exact, columns=FILE_COLUMNS)
    if match is None:
        return
    condition = shown.on("l.article_id")
    is_linked = _IS_LINKED.format(condition=condition)
    linked = _LINKED.format(condition=condition)
    for search_id in Search(FILES, match, is_linked, shown.parameters).ranked(db, most):
        for article_id, filename in db.execute(linked, (search_id, *shown.parameters)):
            yield _Found(article_id, exact, search_id, filename)


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

    def hit(self, db: Database, found: _Found, rank: int) -> Hit:
        """The hit with the given rank."""
        title, published_at, lead, body, url, site = db.execute(_FIRST_PAGE, (found.article_id,)).fetchone()
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
