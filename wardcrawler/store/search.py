"""Full-text search over what portals show now."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from wardcrawler.store.database import reporting
from wardcrawler.store.facets import EVERYTHING, Condition
from wardcrawler.store.snippet import WORD, snippet
from wardcrawler.text.normalise import fold, normalise

MOST_WORDS = 100
"""Longer queries are refused: they match one article or none, and take long to say so."""

_QUOTED_OR_PLAIN = re.compile(r'["“”„]([^"“”„]*)["“”„]|([^\s"“”„]+)')

# The weights of title, lead, body and folded. Only articles that a page shows: see the docstring of search.
_MATCHES = """
SELECT rowid FROM articles_fts
WHERE articles_fts MATCH ? AND rank MATCH 'bm25(8.0, 4.0, 1.0, 1.0)'
    AND EXISTS (SELECT 1 FROM records AS r WHERE r.id = articles_fts.rowid AND {condition})
ORDER BY rank LIMIT ?
"""

# The same through the files that articles link to: one row for each article and file.
_FILE_MATCHES = """
SELECT l.article_id, l.filename, f.text
FROM (SELECT rowid, rank FROM attachments_fts WHERE attachments_fts MATCH ?) AS found
JOIN attachments AS f ON f.search_id = found.rowid
JOIN article_attachments AS l ON l.sha256 = f.sha256
WHERE EXISTS (SELECT 1 FROM records AS r WHERE r.id = l.article_id AND {condition})
ORDER BY found.rank, l.article_id DESC, l.position LIMIT ?
"""

_FIRST_PAGE = """
SELECT a.title, a.published_at, a.lead, a.body, p.url, p.site
FROM articles AS a JOIN pages AS p ON p.article_id = a.id
WHERE a.id = ? ORDER BY p.published_at IS NULL, p.published_at, p.first_seen, p.site, p.key LIMIT 1
"""

_Phrases = list[list[str]]


class SearchProblem(ValueError):
    """The query cannot be searched for; the message says why, in one line."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found: ``rank`` counts from 1; ``exact`` says that the diacritics match too.

    ``url`` and ``site`` are those of the page that published it first. ``snippet`` is one line of the
    article as it is spelled there, around the first match. ``attachment`` is the name of the file in which
    the words stand, and the snippet is from, where the article itself does not hold them; else None.
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


def search(db: Database, query: str, limit: int = 20, condition: Condition = EVERYTHING) -> list[Hit]:
    """Articles that hold all words of ``query``, the best first, at most ``limit``.

    Words in quotes must follow each other. Everything else in the query is plain words: there are no
    operators. Matches with the query's own diacritics come first, then those that agree without any
    ("dan van" finds "dân vận"); within both, texts where all words follow each other come first, then
    the order of FTS5's bm25; then articles whose files hold the words. Only articles that some page shows
    are found, not replaced texts. ``condition`` says which records, see :mod:`wardcrawler.store.facets`.

    Raises :class:`SearchProblem` for a query without words or with more than 100, ``DatabaseProblem``
    for a database that cannot be read.
    """
    phrases = _phrases(query)
    if not phrases:
        raise SearchProblem("the query holds no word: give letters or digits to look for")
    if sum(map(len, phrases)) > MOST_WORDS:
        raise SearchProblem(f"the query is too long: at most {MOST_WORDS} words")
    hits: dict[int, Hit] = {}
    with reporting(db), db.atomic():  # one moment: a crawl may go on
        for exact, wanted in _stages(phrases):
            if len(hits) >= limit:
                break
            for article_id in _matches(db, wanted, condition, exact=exact, limit=limit):
                if article_id not in hits and len(hits) < limit:
                    hits[article_id] = _hit(db, article_id, wanted, exact=exact, rank=len(hits) + 1)
            for article_id, filename, text in _file_matches(db, wanted, condition, exact=exact, limit=limit):
                if article_id not in hits and len(hits) < limit:
                    hits[article_id] = _hit(
                        db, article_id, wanted, exact=exact, rank=len(hits) + 1, file=(filename, text)
                    )
    return list(hits.values())


def _phrases(query: str) -> _Phrases:
    """The query as phrases of words: what stands in quotes, and each piece between white space ("23/6" is
    two words that follow each other).
    """
    pieces = (quoted or plain for quoted, plain in _QUOTED_OR_PLAIN.findall(normalise(query)))
    return [words for piece in pieces if (words := WORD.findall(piece.lower()))]


def _stages(phrases: _Phrases) -> Iterator[tuple[bool, _Phrases]]:
    """What to look for, one after the other: with and without diacritics, as one phrase and as given."""
    folded = [[fold(word) for word in phrase] for phrase in phrases]
    for exact, wanted in ((True, phrases), (False, folded)):
        if len(wanted) > 1:
            yield exact, [[word for phrase in wanted for word in phrase]]
        yield exact, wanted


def _matches(db: Database, phrases: _Phrases, condition: Condition, *, exact: bool, limit: int) -> list[int]:
    columns = "{title lead body}" if exact else "{folded}"
    query = f"{columns} : ({_expression(phrases)})"
    sql = _MATCHES.format(condition=condition.sql)
    return [row[0] for row in db.execute(sql, (query, *condition.parameters, limit))]


def _file_matches(
    db: Database, phrases: _Phrases, condition: Condition, *, exact: bool, limit: int
) -> list[tuple[int, str, str]]:
    columns = "{text}" if exact else "{folded}"
    query = f"{columns} : ({_expression(phrases)})"
    sql = _FILE_MATCHES.format(condition=condition.sql)
    rows: list[tuple[int, str, str]] = db.execute(sql, (query, *condition.parameters, limit)).fetchall()
    return rows


def _expression(phrases: _Phrases) -> str:
    """Words alone reach FTS5, each phrase in double quotes: nothing in a query can be its syntax."""
    return " AND ".join(f'"{" ".join(phrase)}"' for phrase in phrases)


def _hit(
    db: Database,
    article_id: int,
    wanted: _Phrases,
    *,
    exact: bool,
    rank: int,
    file: tuple[str, str] | None = None,
) -> Hit:
    title, published_at, lead, body, url, site = db.execute(_FIRST_PAGE, (article_id,)).fetchone()
    attachment, text = file or (None, "\n".join(part for part in (lead, body) if part) or title)
    return Hit(
        rank=rank,
        exact=exact,
        id=article_id,
        title=title,
        url=url,
        site=site,
        published_at=published_at,
        snippet=snippet(text, wanted, _exact_word if exact else fold),
        attachment=attachment,
    )


def _exact_word(word: str) -> str:
    return normalise(word).lower()
