"""Merging ``articles`` with their links and pictures: each text once, as if the earlier of both had stored it
first and the other had come by later.
"""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from wardcrawler.items import NormalText
from wardcrawler.store.search.index import index, unindex
from wardcrawler.store.tables.articles import is_better_date
from wardcrawler.text.normalise import normalise


class _Article(NamedTuple):
    """A row of ``articles`` but for its id."""

    title: str
    title_printed: str | None
    author: str | None
    source: str | None
    published_at: str | None
    date_precision: str | None
    date_source: str
    date_text: str | None
    date_reason: str | None
    content_hash: str
    first_seen: str
    last_changed: str
    lead: str | None
    body: str
    html: str


_NAMES = ", ".join(_Article._fields)
_DATE = ("published_at", "date_precision", "date_source", "date_text", "date_reason")
_INSERT = f"INSERT INTO main.articles({_NAMES}) VALUES ({', '.join('?' for _ in _Article._fields)})"
_UPDATE = f"UPDATE main.articles SET ({_NAMES}) = ({', '.join('?' for _ in _Article._fields)}) WHERE id = ?"

_LINKS = (
    "position, url, filename, label, sha256, failure, http_status, tries, checked_at, etag, last_modified"
)
_IMAGES = "position, url, caption, alt"
_Row = tuple[object, ...]


def merge_articles(connection: sqlite3.Connection) -> Iterator[bool]:
    """Merge articles, after the kept files; yield for each of theirs whether it is new to us."""
    connection.execute("CREATE TEMP TABLE article_map(old INTEGER PRIMARY KEY, new INTEGER NOT NULL)")
    for old, *row in connection.execute(f"SELECT id, {_NAMES} FROM other.articles ORDER BY id"):
        theirs = _Article(*row)
        known = connection.execute(
            f"SELECT id, {_NAMES} FROM main.articles WHERE content_hash = ?", (theirs.content_hash,)
        ).fetchone()
        if known is None:
            new = connection.execute(_INSERT, theirs).lastrowid or 0
            index(connection, new, _normal(theirs))
            is_base = True
        else:
            new = known[0]
            is_base = _reconcile(connection, new, _Article(*known[1:]), theirs)
        _merge_linked(connection, "article_attachments", _LINKS, old, new, theirs_first=is_base)
        _merge_linked(connection, "images", _IMAGES, old, new, theirs_first=is_base)
        connection.execute("INSERT INTO article_map VALUES (?, ?)", (old, new))
        yield known is None


def update_last_changed(connection: sqlite3.Connection) -> None:
    """Update ``last_changed`` of all articles that were merged or that pages turned to, after revisions."""
    connection.execute("""
        UPDATE main.articles AS a SET last_changed = changed.at FROM (
            SELECT a.id, max(a.first_seen, coalesce(
                (SELECT max(r.seen_at) FROM main.revisions AS r WHERE r.replaced_by = a.id), ''
            )) AS at
            FROM (SELECT new AS id FROM temp.article_map UNION SELECT id FROM temp.replacing) AS touched
            JOIN main.articles AS a USING (id)
        ) AS changed WHERE changed.id = a.id AND changed.at <> a.last_changed
    """)


def _reconcile(connection: sqlite3.Connection, id_: int, ours: _Article, theirs: _Article) -> bool:
    """Make our article what both know of it; return whether theirs is the one that came first."""
    base, later = sorted((ours, theirs), key=_age)
    merged = base._replace(
        author=base.author or later.author,
        source=base.source or later.source,
        last_changed=ours.last_changed,  # until all revisions are there
    )
    if is_better_date(later, base):
        merged = merged._replace(**{name: getattr(later, name) for name in _DATE})
    if merged != ours:
        connection.execute(_UPDATE, (*merged, id_))
        before, after = _normal(ours), _normal(merged)
        if before != after:
            unindex(connection, id_, before)
            index(connection, id_, after)
    return base is theirs and base != ours


def _age(article: _Article) -> tuple[str, ...]:
    """Return a key that sorts the earlier first; of two of one second always the same one, whichever database
    it is in.
    """
    return (article.first_seen, *(value or "" for value in article))


def _normal(article: _Article) -> NormalText:
    return NormalText(normalise(article.title), normalise(article.lead or ""), normalise(article.body))


def _merge_linked(
    connection: sqlite3.Connection, table: str, columns: str, old: int, new: int, *, theirs_first: bool
) -> None:
    """Merge the files or pictures of one article: each address once, those of the article that came first
    before the other's.
    """
    select = f"SELECT {columns} FROM {{}}.{table} WHERE article_id = ? ORDER BY position"
    theirs: list[_Row] = connection.execute(select.format("other"), (old,)).fetchall()
    if not theirs:
        return
    ours: list[_Row] = connection.execute(select.format("main"), (new,)).fetchall()
    first, then = (theirs, ours) if theirs_first else (ours, theirs)
    by_url: dict[object, _Row] = {}
    for _, url, *rest in (*first, *then):
        known = by_url.get(url)
        row = (url, *rest)
        by_url[url] = row if known is None else _more_telling(table, known, row)
    merged = [(position, *row) for position, row in enumerate(by_url.values(), 1)]
    if merged != ours:
        connection.execute(f"DELETE FROM main.{table} WHERE article_id = ?", (new,))
        places = ", ".join("?" for _ in columns.split(","))
        connection.executemany(
            f"INSERT INTO main.{table}(article_id, {columns}) VALUES (?, {places})",
            [(new, *row) for row in merged],
        )


def _more_telling(table: str, earlier: _Row, later: _Row) -> _Row:
    """Choose of two links to one file the one that has it, else the one that was asked for last. Pictures
    have nothing that could differ but their words: the first stays.
    """
    if table == "images":
        return earlier

    def rank(row: _Row) -> tuple[bool, str]:
        return row[3] is not None, str(row[7] or "")  # sha256, checked_at

    return later if rank(later) > rank(earlier) else earlier
