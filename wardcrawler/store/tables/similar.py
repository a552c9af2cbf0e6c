"""Rows of ``similar``: articles that are nearly the same. They are linked, never merged.

New articles look for relatives among all: texts that are alike share a band of their MinHash signatures
(``text.similarity``), and bands are a table with an index. Of the articles that share most bands the texts
are compared, so that ``similarity`` is no estimate but the true Jaccard similarity of their shingles.

What an article costs does not grow with what is stored, nor with the thousand reports that were written
from its template: a band keeps the first ``MOST_IN_BAND`` articles that have it, ``MOST_COMPARED`` are
compared, and each article keeps its ``MOST_LINKS`` nearest. A link stands in both directions, unless an
article at one end has so many nearer ones.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import lru_cache

from sqlite_utils import Database

from wardcrawler.store.database.connection import transaction, translate_errors
from wardcrawler.store.tables.pages import VERSIONS
from wardcrawler.text.similarity import Wording, bands, method, wording

THRESHOLD = 0.6
"""The least similarity of a link; where it comes from: docs/deduplication.md."""

LEAST_SHINGLES = 20
"""A text of fewer says too little to be like another one: "Thông báo (có tệp kèm theo)"."""

MOST_LINKS = 10
MOST_COMPARED = 20
MOST_IN_BAND = 32

BATCH = 2_000
"""Articles in one transaction. The index is a tree in the order of hashes: the more at once, the fewer of its
pages are written for each. Some three seconds, in which others that want to write wait.
"""

_METHOD = f"{{}}, at least {LEAST_SHINGLES}, from {THRESHOLD}; {MOST_IN_BAND}/{MOST_COMPARED}/{MOST_LINKS}"


def link_new_articles(db: Database, progress: Callable[[int, int], None] | None = None) -> int:
    """Link the articles that were stored since the last call to those that are nearly the same, and these to
    them; return how many articles were new.

    To be called by whoever stored articles, when all is stored: a crawl at its end, a merge, a reparse. Each
    batch is one transaction: what a kill leaves over is done by the next call. Where the bands were made by
    another method or library, all links are made anew. ``progress`` is called with how many articles are done
    and how many there are to do. Raises ``DatabaseProblem``.
    """
    done, left = 0, _left(db)
    while left > 0:
        with transaction(db) as connection:
            done += _link_batch(connection)
        left = _left(db)
        if progress:
            progress(done, done + left)
    return done


def _current_method() -> str:
    return _METHOD.format(method())


def _left(db: Database) -> int:
    """Count the articles that are not linked yet, without waiting for anybody who writes."""
    with translate_errors(db):
        (last,) = db.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()
        state = db.execute("SELECT method, linked_to FROM similar_state").fetchone()
    return int(last - state[1] if state and state[0] == _current_method() else last)


def _link_batch(connection: sqlite3.Connection) -> int:
    linked_to = _begin(connection)
    found = {
        article_id: bands(shingles) if len(shingles) >= LEAST_SHINGLES else []
        for article_id, shingles in _shingles_after(connection, linked_to)
    }
    if found:
        candidates = _add_to_bands(connection, found)
        _link(connection, candidates)
        connection.execute("UPDATE similar_state SET linked_to = ?", (max(found),))
    return len(found)


def _begin(connection: sqlite3.Connection) -> int:
    """Return the id of the last article that is linked: 0, and empty tables, where all are to be linked."""
    state = connection.execute("SELECT method, linked_to FROM similar_state").fetchone()
    if state and state[0] == _current_method():
        return int(state[1])
    for table in ("similar", "similar_bands", "similar_state"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("INSERT INTO similar_state VALUES (1, ?, 0)", (_current_method(),))
    return 0


def _shingles_after(connection: sqlite3.Connection, linked_to: int) -> Iterator[tuple[int, frozenset[str]]]:
    rows = connection.execute(
        "SELECT id, title, lead, body FROM articles WHERE id > ? ORDER BY id LIMIT ?", (linked_to, BATCH)
    )
    return ((article_id, wording(*text).shingles) for article_id, *text in rows)


def _add_to_bands(connection: sqlite3.Connection, found: dict[int, list[int]]) -> dict[int, Counter[int]]:
    """Add new articles to their bands; return for each the earlier ones it shares bands with, and how many.

    In the order of the index, so that each of its pages is visited once.
    """
    candidates: dict[int, Counter[int]] = defaultdict(Counter)
    entries = sorted((band, article_id) for article_id, its in found.items() for band in its)
    last_band, members = None, list[int]()
    for band, article_id in entries:
        if band != last_band:
            rows = connection.execute("SELECT article_id FROM similar_bands WHERE band = ?", (band,))
            last_band, members = band, [member for (member,) in rows]
        if members:
            candidates[article_id].update(members)
        if len(members) < MOST_IN_BAND:
            connection.execute("INSERT INTO similar_bands VALUES (?, ?)", (band, article_id))
            members.append(article_id)
    return candidates


def _link(connection: sqlite3.Connection, candidates: dict[int, Counter[int]]) -> None:
    @lru_cache(maxsize=32)
    def text_of(article_id: int) -> Wording:
        row = connection.execute("SELECT title, lead, body FROM articles WHERE id = ?", (article_id,))
        return wording(*row.fetchone())

    for article_id, shared in sorted(candidates.items()):
        versions = {version for (version,) in connection.execute(VERSIONS, (article_id,))}
        others = sorted(shared.keys() - versions, key=lambda other: (-shared[other], other))
        for other_id in others[:MOST_COMPARED]:
            one, other = text_of(article_id), text_of(other_id)
            similarity = one.similarity(other)
            if similarity >= THRESHOLD:
                figures = one.shared_figures(other)
                _insert(connection, article_id, other_id, similarity, figures)
                _insert(connection, other_id, article_id, similarity, figures)


def _insert(
    connection: sqlite3.Connection, article_id: int, other_id: int, similarity: float, figures: float | None
) -> None:
    """Add a link of ``article_id``; where there are too many then, the least near one goes."""
    connection.execute("INSERT INTO similar VALUES (?, ?, ?, ?)", (article_id, other_id, similarity, figures))
    connection.execute(
        "DELETE FROM similar WHERE article_id = ?1 AND other_id = (SELECT other_id FROM similar "
        "WHERE article_id = ?1 ORDER BY similarity DESC, other_id LIMIT 1 OFFSET ?2)",
        (article_id, MOST_LINKS),
    )
