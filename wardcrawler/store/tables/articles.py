"""Rows of ``articles``, with attachments and pictures: each text once, wherever it was published.

Plain ``sqlite3`` for speed (see ``pages``) and because the search index has no table behind it.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol, TypeVar

from wardcrawler.items import Article, Attachment, Image, NormalText
from wardcrawler.store.search.index import index
from wardcrawler.text.dates import is_relative

_Linked = TypeVar("_Linked", Attachment, Image)

_COLUMNS = (
    "title",
    "title_printed",
    "author",
    "source",
    "published_at",
    "date_precision",
    "date_source",
    "date_text",
    "date_reason",
    "content_hash",
    "lead",
    "body",
    "html",
)

_INSERT = (
    f"INSERT INTO articles({', '.join(_COLUMNS)}, first_seen, last_changed) "
    f"VALUES ({', '.join('?' for _ in _COLUMNS)}, ?, ?)"
)


class _Known(NamedTuple):
    """A text that came again, as the database has it."""

    id: int
    published_at: str | None
    date_precision: str | None
    date_source: str
    date_text: str | None
    author: str | None
    source: str | None


def store(connection: sqlite3.Connection, article: Article, normal: NormalText, at: str) -> tuple[int, bool]:
    """Store the text of ``article``; return the id of its row, and whether that is a new one.

    ``normal`` is what is indexed; ``at`` the time now, ISO 8601 with +07:00. A text that is there already
    gains what this copy has and it lacks: an earlier date, author, source, attachments, images.
    """
    row = connection.execute(
        "SELECT id, published_at, date_precision, date_source, date_text, author, source "
        "FROM articles WHERE content_hash = ?",
        (article.content_hash,),
    ).fetchone()
    if row is not None:
        known = _Known(*row)
        _enrich(connection, article, known)
        _add_files(connection, article, known.id, is_new=False)
        return known.id, False
    values = [getattr(article, column) for column in _COLUMNS]
    article_id = connection.execute(_INSERT, (*values, at, at)).lastrowid or 0
    index(connection, article_id, normal)
    _add_files(connection, article, article_id, is_new=True)
    return article_id, True


def _enrich(connection: sqlite3.Connection, article: Article, known: _Known) -> None:
    if is_better_date(article, known):
        _set_date(connection, article, known.id)
    if (article.author and not known.author) or (article.source and not known.source):
        connection.execute(
            "UPDATE articles SET author = coalesce(author, ?), source = coalesce(source, ?) WHERE id = ?",
            (article.author, article.source, known.id),
        )


def _set_date(connection: sqlite3.Connection, article: Article, article_id: int) -> None:
    connection.execute(
        "UPDATE articles SET published_at = ?, date_precision = ?, date_source = ?, date_text = ?, "
        "date_reason = ? WHERE id = ?",
        (
            article.published_at,
            article.date_precision,
            article.date_source,
            article.date_text,
            article.date_reason,
            article_id,
        ),
    )


def rewrite(
    connection: sqlite3.Connection,
    article: Article,
    article_id: int,
    *,
    is_shared: bool,
    has_own_date: bool,
) -> None:
    """Write everything but the text itself as it is read now.

    What other pages with this text may have said (``is_shared``) stays where this one says nothing, and so do
    files and pictures. The date is written only if it ``has_own_date``: one that this page brought.
    """
    author, source = ("coalesce(?, author)", "coalesce(?, source)") if is_shared else ("?", "?")
    connection.execute(
        f"UPDATE articles SET title = ?, title_printed = ?, author = {author}, source = {source}, lead = ?, "
        "body = ?, html = ? WHERE id = ?",
        (
            article.title,
            article.title_printed,
            article.author,
            article.source,
            article.lead,
            article.body,
            article.html,
            article_id,
        ),
    )
    if has_own_date:
        _set_date(connection, article, article_id)
    if not is_shared:
        _replace_files(connection, article, article_id)


class Dated(Protocol):
    """Anything with a publish date, or none: an ``Article``, or columns of ``articles``."""

    @property
    def published_at(self) -> str | None: ...  # noqa: D102
    @property
    def date_precision(self) -> str | None: ...  # noqa: D102
    @property
    def date_source(self) -> str: ...  # noqa: D102
    @property
    def date_text(self) -> str | None: ...  # noqa: D102


def is_better_date(article: Dated, known: Dated) -> bool:
    """Return whether the date of ``article`` is to replace that of ``known``.

    A date printed on an article's page wins over one of a listing. Else the earlier one; of two on one
    day the one with a time, for a bare day reads as midnight. One that was counted back ("5 giờ trước")
    replaces none, for it comes out otherwise each time.
    """
    if article.published_at is None or known.published_at is None:
        return article.published_at is not None
    if is_relative(article.date_text or ""):
        return False
    if (article.date_source == "listing") != (known.date_source == "listing"):
        return known.date_source == "listing"
    if (
        article.date_precision != known.date_precision
        and article.published_at[:10] == known.published_at[:10]
    ):
        return article.date_precision == "minute"
    return article.published_at < known.published_at


def _replace_files(connection: sqlite3.Connection, article: Article, article_id: int) -> None:
    """Let the article link to the attachments and pictures it names now and to no others. What is known of a
    file that it named before stays.
    """
    for table, linked in (("article_attachments", article.attachments), ("images", article.images)):
        named = json.dumps([each.url for each in linked])
        connection.execute(
            f"DELETE FROM {table} WHERE article_id = ? AND url NOT IN (SELECT value FROM json_each(?))",
            (article_id, named),
        )
        connection.execute(f"UPDATE {table} SET position = -position WHERE article_id = ?", (article_id,))
    for position, file in _numbered(article.attachments, set()):
        connection.execute(
            "INSERT INTO article_attachments(article_id, position, url, filename, label) "
            "VALUES (?, ?, ?, ?, ?) ON CONFLICT (article_id, url) DO UPDATE SET "
            "position = excluded.position, label = excluded.label, "
            "filename = iif(sha256 IS NULL, excluded.filename, filename)",
            (article_id, position, file.url, file.filename, file.label),
        )
    for position, image in _numbered(article.images, set()):
        connection.execute(
            "INSERT INTO images(article_id, position, url, caption, alt) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (article_id, url) DO UPDATE SET position = excluded.position, "
            "caption = excluded.caption, alt = excluded.alt",
            (article_id, position, image.url, image.caption, image.alt),
        )


def _add_files(connection: sqlite3.Connection, article: Article, article_id: int, *, is_new: bool) -> None:
    """Add the attachments and pictures whose addresses the article does not have yet, after those it has."""
    if article.attachments:
        known = set() if is_new else _urls(connection, "article_attachments", article_id)
        connection.executemany(
            "INSERT INTO article_attachments(article_id, position, url, filename, label) "
            "VALUES (?, ?, ?, ?, ?)",
            [
                (article_id, position, file.url, file.filename, file.label)
                for position, file in _numbered(article.attachments, known)
            ],
        )
    if article.images:
        known = set() if is_new else _urls(connection, "images", article_id)
        connection.executemany(
            "INSERT INTO images(article_id, position, url, caption, alt) VALUES (?, ?, ?, ?, ?)",
            [
                (article_id, position, image.url, image.caption, image.alt)
                for position, image in _numbered(article.images, known)
            ],
        )


def _urls(connection: sqlite3.Connection, table: str, article_id: int) -> set[str]:
    rows = connection.execute(f"SELECT url FROM {table} WHERE article_id = ?", (article_id,))
    return {url for (url,) in rows}


def _numbered(linked: Iterable[_Linked], known: set[str]) -> Iterator[tuple[int, _Linked]]:
    """Yield those that have a new address, each once, with the positions that follow those of ``known``."""
    for file in linked:
        if file.url not in known:
            known.add(file.url)
            yield len(known), file
