"""Retrieval: the articles that match a query, the best first, level by level."""

import heapq
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import NamedTuple

from sqlite_utils import Database

from wardcrawler.store.search.facets import EVERYTHING, Condition
from wardcrawler.store.search.fts_expression import (
    ARTICLE_COLUMNS,
    FILE_COLUMNS,
    excluding,
    expression,
    folded,
    is_split,
)
from wardcrawler.store.search.index import ARTICLES_FTS, ATTACHMENTS_FTS, FtsQuery, fold_by_words
from wardcrawler.store.search.query import AllOf, AnyOf, Node, Term, terms
from wardcrawler.store.search.snippet import Phrase, mark
from wardcrawler.text.normalise import normalise

# Articles with a page that is as the condition says. The view ``records`` would be thrice as slow: it looks
# up each portal and unit.
_PAGES = """(
    SELECT p.article_id AS id, p.site, p.category, a.published_at
    FROM pages AS p {join} articles AS a ON a.id = p.article_id WHERE p.article_id IS NOT NULL
)"""
_PAGES_WITH_DATES = _PAGES.format(join="JOIN")
_PAGES_ALONE = _PAGES.format(join="LEFT JOIN")  # which SQLite leaves out where nobody asks for the date

_FEW = 20_000
"""Articles that are worth being listed before a search, at most: of more the search soon meets enough."""

_SHOWN = "EXISTS (SELECT 1 FROM pages AS p WHERE p.article_id = {id})"

_WITH_FILE = """
SELECT l.article_id FROM attachments_fts JOIN attachments AS f ON f.search_id = attachments_fts.rowid
JOIN article_attachments AS l ON l.sha256 = f.sha256 WHERE attachments_fts MATCH ?
"""
_WITH_WORDS = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?"

_LINKS = """
SELECT l.article_id, l.filename FROM attachments AS f JOIN article_attachments AS l ON l.sha256 = f.sha256
WHERE f.search_id = ? AND {condition} ORDER BY l.article_id DESC, l.position
"""

_LINKS_BY_DATE = """
SELECT l.article_id, f.search_id, l.filename FROM attachments_fts
JOIN attachments AS f ON f.search_id = attachments_fts.rowid
JOIN article_attachments AS l ON l.sha256 = f.sha256 JOIN articles AS a ON a.id = l.article_id
WHERE attachments_fts MATCH ? AND {condition} ORDER BY a.published_at DESC, a.id DESC, l.position
"""

_IS_LINKED = """EXISTS (
    SELECT 1 FROM attachments AS f JOIN article_attachments AS l ON l.sha256 = f.sha256
    WHERE f.search_id = attachments_fts.rowid AND {condition}
)"""


class Found(NamedTuple):
    """An article, and whether its diacritics match too; ``search_id`` and ``filename`` are those of the file
    in which the words stand, None where it is the article itself.
    """

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


def find(
    db: Database, root: AllOf, condition: Condition, most: int, *, newest_first: bool = False
) -> Iterator[Found]:
    """Yield the articles that match, each once, the best first; within one read transaction of the caller's,
    in which temporary tables are written.

    Where more than ``most`` match in one way, they come in another order, and at least ``most`` come. With
    ``newest_first`` all come: those that match exactly before the others, within both by date of publication.
    """
    finder = (_NewestFirst if newest_first else _Finder)(db, _filter(db, condition), most)
    seen: set[int] = set()
    for found in finder.all(root):
        if found.article_id not in seen:
            seen.add(found.article_id)
            yield found


def _filter(db: Database, condition: Condition) -> _Filter:
    """Turn a condition on records into one on articles, which some page shows."""
    if condition == EVERYTHING:
        return _Filter(_SHOWN)
    pages = _PAGES_WITH_DATES if "published_at" in condition.sql else _PAGES_ALONE
    sql = f"SELECT r.id FROM {pages} AS r WHERE {condition.indexed} LIMIT {_FEW + 1}"
    if _list_ids(db, "chosen", sql, condition.parameters) <= _FEW:
        return _Filter(_listed("chosen"))
    return _Filter(
        f"EXISTS (SELECT 1 FROM {pages} AS r WHERE r.id = {{id}} AND {condition.sql})", condition.parameters
    )


def _list_ids(db: Database, name: str, sql: str, parameters: tuple[str, ...]) -> int:
    """Keep the ids that ``sql`` finds in the temporary table ``name``; return how many rows it found."""
    db.execute(f"DROP TABLE IF EXISTS temp.{name}")
    db.execute(f"CREATE TEMP TABLE {name}(id INTEGER PRIMARY KEY)")
    return db.execute(f"INSERT OR IGNORE INTO temp.{name} {sql}", parameters).rowcount


def _listed(name: str) -> str:
    # The plus: FTS5 would search anew for each id.
    return f"+{{id}} IN (SELECT id FROM temp.{name})"


def _stages(root: AllOf) -> list[AllOf]:
    """Return the query with all words as one phrase, where that makes sense, then as given."""
    parts = [part for part in root.wanted if isinstance(part, Term)]
    is_plain = len(parts) == len(root.wanted) and not any(part.is_prefix for part in parts[:-1])
    if not is_plain or len(parts) == 1 or len({part.field for part in parts}) > 1:
        return [root]
    words = tuple(word for part in parts for word in part.words)
    return [AllOf((Term(words, parts[-1].is_prefix, parts[-1].field),), root.excluded), root]


def _split_by_index(root: AllOf) -> tuple[AllOf, AllOf]:
    """Split the query into what is asked of articles, and what of files by name ("file:")."""

    def is_file(node: Node) -> bool:
        return any(term.field == "file" for term in terms(node, with_excluded=True))

    def only(wants_files: bool) -> AllOf:
        wanted = tuple(each for each in root.wanted if is_file(each) == wants_files)
        excluded = tuple(each for each in root.excluded if is_file(each) == wants_files)
        return AllOf(wanted, excluded)

    return only(False), only(True)


def _unordered(nodes: tuple[Node, ...]) -> list[Term]:
    """Return the phrases of which the folded index cannot tell whether their words follow each other."""
    return [node for node in nodes if isinstance(node, Term) and is_split(node)]


def _without_diacritics(terms: list[Term]) -> list[Term]:
    """Return those of ``terms`` that were typed without diacritics."""
    return [term for term in terms if folded(term) == term]


def _holds_term(title: str, term: Term) -> bool:
    if term.words[0] not in title:  # most often so, and soon seen
        return False
    return bool(mark(title, [Phrase(term.words, term.is_prefix)], str).marks)


class _Finder:
    """One search: each question is asked of an index once."""

    def __init__(self, db: Database, shown: _Filter, most: int) -> None:
        self._db = db
        self._shown = shown
        self._most = most
        self._newest = cache(self._ask_newest)

    def all(self, root: AllOf) -> Iterator[Found]:
        """Yield what matches on all levels, some articles more than once."""
        stages = _stages(root)
        for exact in (True, False):
            # Where the words do not stand in one text they are no phrase either.
            if len(stages) == 1 or any(self._newest(query) for query in self._fts_queries(root, exact=exact)):
                for stage in stages:
                    yield from self._level(stage, exact=exact)

    def _level(self, root: AllOf, *, exact: bool) -> Iterator[Found]:
        """Yield what matches in articles and in files, or in both where the query names files."""
        articles, files = _split_by_index(root)
        if not files.wanted and not files.excluded:
            yield from self._together(
                self._articles(root, self._shown, exact=exact), self._files(root, self._shown, exact=exact)
            )
        elif articles.wanted:
            match = (
                expression(files, exact=exact, columns=FILE_COLUMNS)
                if files.wanted
                else excluding(AnyOf(files.excluded), FILE_COLUMNS)
            )
            listed = self._list("files", _WITH_FILE, match, exact=exact)
            shown = self._shown.also(listed if files.wanted else f"NOT ({listed})")
            yield from self._articles(articles, shown, exact=exact)
        else:
            shown = self._shown
            if articles.excluded:
                match = excluding(AnyOf(articles.excluded), ARTICLE_COLUMNS)
                shown = shown.also(f"NOT ({self._list('words', _WITH_WORDS, match, exact=exact)})")
            for found in self._files(files, shown, exact=exact):
                if not self._holds_any(found.article_id, _without_diacritics(_unordered(articles.excluded))):
                    yield found

    def _together(self, articles: Iterator[Found], files: Iterator[Found]) -> Iterator[Found]:
        return chain(articles, files)

    def _list(self, what: str, sql: str, match: str | None, *, exact: bool) -> str:
        """List the articles that ``sql`` finds; return the condition that an article is one of them. Each
        level has lists of its own: what was asked on one is remembered.
        """
        name = f"{what}_{'exact' if exact else 'folded'}"
        _list_ids(self._db, name, sql, (match or "",))
        return _listed(name)

    def _fts_queries(self, root: AllOf, *, exact: bool) -> list[FtsQuery]:
        queries = (
            self._in_articles(root, self._shown, exact=exact),
            self._in_files(root, self._shown, exact=exact),
        )
        return [query for query in queries if query]

    def _in_articles(self, root: AllOf, shown: _Filter, *, exact: bool) -> FtsQuery | None:
        match = expression(root, exact=exact, columns=ARTICLE_COLUMNS)
        condition = shown.on("articles_fts.rowid")
        return FtsQuery(ARTICLES_FTS, match, condition, shown.parameters) if match else None

    def _in_files(self, root: AllOf, shown: _Filter, *, exact: bool) -> FtsQuery | None:
        match = expression(root, exact=exact, columns=FILE_COLUMNS)
        condition = _IS_LINKED.format(condition=shown.on("l.article_id"))
        return FtsQuery(ATTACHMENTS_FTS, match, condition, shown.parameters) if match else None

    def _ask_newest(self, query: FtsQuery) -> list[int]:
        """Find the newest rows, one more than ``most``: it says that there are more."""
        return query.newest(self._db, self._most + 1)

    def _ordered(self, query: FtsQuery) -> Iterator[int]:
        """Yield row numbers by bm25, or the newest first where very many match: see
        :mod:`wardcrawler.store.search.index`.
        """
        newest = self._newest(query)
        return iter(newest) if len(newest) > self._most or not newest else query.by_bm25(self._db)

    def _articles(self, root: AllOf, shown: _Filter, *, exact: bool) -> Iterator[Found]:
        query = self._in_articles(root, shown, exact=exact)
        if query is None or not self._newest(query):
            return
        unordered = [] if exact else _unordered(root.wanted)
        excluded = _without_diacritics(_unordered(root.excluded))
        has_older = len(self._newest(query)) > self._most
        if has_older and exact and any(term.field is None for term in terms(root)):
            # Titles that hold all words, of the older articles too.
            in_title = expression(root, exact=True, columns=ARTICLE_COLUMNS, field="title")
            for article_id in self._ordered(query._replace(match=in_title or query.match)):
                if not self._holds_any(article_id, excluded):
                    yield Found(article_id, exact)
        for article_id in self._titles_first(self._ordered(query), root, exact=exact):
            if all(self._holds(article_id, term) for term in unordered) and not self._holds_any(
                article_id, excluded
            ):
                yield Found(article_id, exact)

    def _titles_first(self, ids: Iterator[int], root: AllOf, *, exact: bool) -> Iterator[int]:
        """Yield the same ids; those first whose title holds all terms."""
        wanted = [term if exact else folded(term) for term in terms(root) if term.field in (None, "title")]
        later: list[int] = []
        for article_id in ids:
            title = self._text(article_id, "title")
            spelled = normalise(title).lower() if exact else fold_by_words(title)
            if wanted and all(_holds_term(spelled, term) for term in wanted):
                yield article_id
            else:
                later.append(article_id)
        yield from later

    def _holds(self, article_id: int, term: Term) -> bool:
        """Return whether the words of ``term`` follow each other in its field, in any spelling."""
        bare = folded(term)
        text = fold_by_words(self._text(article_id, str(term.field)))
        return bool(mark(text, [Phrase(bare.words, bare.is_prefix)], str).marks)

    def _holds_any(self, article_id: int, terms: list[Term]) -> bool:
        return any(self._holds(article_id, term) for term in terms)

    def _text(self, article_id: int, field: str) -> str:
        row = self._db.execute(f"SELECT {field} FROM articles WHERE id = ?", (article_id,)).fetchone()
        return row[0] or ""

    def _files(self, root: AllOf, shown: _Filter, *, exact: bool) -> Iterator[Found]:
        query = self._in_files(root, shown, exact=exact)
        if query is None:
            return
        links = _LINKS.format(condition=shown.on("l.article_id"))
        for search_id in self._ordered(query):
            for article_id, filename in self._db.execute(links, (search_id, *shown.parameters)):
                yield Found(article_id, exact, search_id, filename)


class _NewestFirst(_Finder):
    """The same search, on each level those published last first, undated ones at the end."""

    def all(self, root: AllOf) -> Iterator[Found]:
        for exact in (True, False):
            yield from self._level(root, exact=exact)

    def _together(self, articles: Iterator[Found], files: Iterator[Found]) -> Iterator[Found]:
        return heapq.merge(articles, files, key=self._date, reverse=True)

    def _date(self, found: Found) -> tuple[str, int]:
        return self._text(found.article_id, "published_at"), found.article_id

    def _articles(self, root: AllOf, shown: _Filter, *, exact: bool) -> Iterator[Found]:
        asked = self._in_articles(root, shown, exact=exact)
        unordered = [] if exact else _unordered(root.wanted)
        excluded = _without_diacritics(_unordered(root.excluded))
        for article_id in asked.by_date(self._db) if asked else ():
            if all(self._holds(article_id, term) for term in unordered) and not self._holds_any(
                article_id, excluded
            ):
                yield Found(article_id, exact)

    def _files(self, root: AllOf, shown: _Filter, *, exact: bool) -> Iterator[Found]:
        asked = self._in_files(root, shown, exact=exact)
        if asked is None:
            return
        links = _LINKS_BY_DATE.format(condition=shown.on("l.article_id"))
        for row in self._db.execute(links, (asked.match, *shown.parameters)):
            article_id, search_id, filename = row
            yield Found(article_id, exact, search_id, filename)
