"""Rows of ``pages`` and ``revisions``: what one address of one site showed, and when.

Plain ``sqlite3``: each page costs a look-up and a write, and sqlite-utils builds and inspects its SQL anew
for every row (2,400 rows/s against 60,000).
"""

import sqlite3
from dataclasses import dataclass
from typing import Literal

from wardcrawler.items import Article

PageOutcome = Literal["new", "changed", "unchanged", "duplicates", "failures"]


@dataclass(frozen=True, slots=True)
class Answer:
    """When a page was fetched and what the server said of it."""

    at: str
    http_status: int
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class Failure:
    """A page that gave no article."""

    site: str
    key: str
    url: str
    category: str | None
    reason: str
    http_status: int | None
    at: str


def store(
    connection: sqlite3.Connection, article: Article, article_id: int, answer: Answer, *, is_new: bool
) -> PageOutcome:
    """Let the page show the article ``article_id``; ``is_new`` tells that nobody had this text before.

    A page that showed another one gets a row in ``revisions``.
    """
    page = (article.site, article.key)
    row = connection.execute("SELECT article_id FROM pages WHERE site = ? AND key = ?", page).fetchone()
    if row is None:
        _insert(connection, article, article_id, answer)
        return "new" if is_new else "duplicates"
    _update(connection, article, article_id, answer)
    match row[0]:
        case None:  # so far it had only failed
            return "new" if is_new else "duplicates"
        case shown if shown == article_id:
            return "unchanged"
        case replaced:
            _revise(connection, page, replaced, article_id, answer.at)
            return "changed"


def store_failure(connection: sqlite3.Connection, failure: Failure) -> PageOutcome:
    """Keep the address of a page that gave no article, and count the try."""
    connection.execute(
        """
        INSERT INTO pages(site, key, url, category, failure, http_status, first_seen, checked_at, tries)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, 1)
        ON CONFLICT (site, key) DO UPDATE SET
            url = excluded.url,
            category = coalesce(excluded.category, category),
            failure = excluded.failure,
            http_status = excluded.http_status,
            checked_at = excluded.checked_at,
            tries = tries + 1
        """,
        (
            failure.site,
            failure.key,
            failure.url,
            failure.category,
            failure.reason,
            failure.http_status,
            failure.at,
        ),
    )
    return "failures"


def _insert(connection: sqlite3.Connection, article: Article, article_id: int, answer: Answer) -> None:
    connection.execute(
        """
        INSERT INTO pages(
            site, key, url, article_id, category, published_at,
            first_seen, last_seen, checked_at, http_status, etag, last_modified
        ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?7, ?8, ?9, ?10)
        """,
        (
            article.site,
            article.key,
            article.url,
            article_id,
            article.category,
            article.published_at,
            answer.at,
            answer.http_status,
            answer.etag,
            answer.last_modified,
        ),
    )


def _update(connection: sqlite3.Connection, article: Article, article_id: int, answer: Answer) -> None:
    connection.execute(
        """
        UPDATE pages SET
            url = ?3,
            article_id = ?4,
            category = coalesce(?5, category),
            published_at = coalesce(?6, published_at),
            last_seen = ?7,
            checked_at = ?7,
            http_status = ?8,
            etag = ?9,
            last_modified = ?10,
            gone_at = NULL,
            failure = NULL,
            tries = 0
        WHERE site = ?1 AND key = ?2
        """,
        (
            article.site,
            article.key,
            article.url,
            article_id,
            article.category,
            article.published_at,
            answer.at,
            answer.http_status,
            answer.etag,
            answer.last_modified,
        ),
    )


def _revise(
    connection: sqlite3.Connection, page: tuple[str, str], replaced: int, article_id: int, at: str
) -> None:
    connection.execute(
        "INSERT INTO revisions(site, key, article_id, replaced_by, seen_at) VALUES (?, ?, ?, ?, ?)",
        (*page, replaced, article_id, at),
    )
    connection.execute("UPDATE articles SET last_changed = ? WHERE id = ?", (at, article_id))
