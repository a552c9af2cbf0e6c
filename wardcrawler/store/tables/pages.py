"""Rows of ``pages`` and ``revisions``: the texts that one address of one site showed, and when.

Plain ``sqlite3``: each page costs a look-up and a write, and sqlite-utils builds and inspects its SQL anew
for every row (2,400 rows/s against 60,000).
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from wardcrawler.items import Article, DatePrecision, DateSource

PageOutcome = Literal[
    "new", "changed", "corrected", "unchanged", "duplicates", "failures", "gone", "files"
]  # fmt: skip

GONE_STATUSES = (404, 410)
RUNS_TO_BE_GONE = 2
"""In so many healthy runs in a row a page must have answered 404 or 410 before it counts as gone."""

VERSIONS = """
SELECT theirs.article_id FROM revisions AS mine
JOIN revisions AS theirs ON theirs.site = mine.site AND theirs.key = mine.key
WHERE mine.article_id = ?1 OR mine.replaced_by = ?1
UNION
SELECT theirs.replaced_by FROM revisions AS mine
JOIN revisions AS theirs ON theirs.site = mine.site AND theirs.key = mine.key
WHERE mine.article_id = ?1 OR mine.replaced_by = ?1
"""
"""A query for the ids of all texts that the pages of the article ``?1`` ever showed: versions of it, not
relatives. It is among them itself if it was ever replaced or replaced another."""

_PATIENT_TRIES = 5
"""A known page that gave no article is due again in the next run, so often; then at the wide end."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer for a page: when it was fetched (``at``, ISO 8601 with +07:00), and its headers."""

    at: str
    http_status: int
    etag: str | None
    last_modified: str | None
    run: int = 0
    """The run that fetched it: its id in ``runs``."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A page that gave no article, and the reason; ``at`` is ISO 8601 with +07:00."""

    site: str
    key: str
    url: str
    category: str | None
    reason: str
    http_status: int | None
    at: str
    run: int = 0


def store(
    connection: sqlite3.Connection, article: Article, article_id: int, answer: Answer, *, is_new: bool
) -> PageOutcome:
    """Store that the page shows the article ``article_id``; return what that is to the page.

    ``is_new`` tells that nobody had this text before. A page that showed another one gets a row in
    ``revisions``.
    """
    page = (article.site, article.key)
    row = connection.execute(
        "SELECT article_id, first_seen, changed_at FROM pages WHERE site = ? AND key = ?", page
    ).fetchone()
    shown, first_seen, changed_at = row or (None, answer.at, None)
    if shown not in (None, article_id):
        changed_at = answer.at
    due = next_check(
        answer.at, changed_at=changed_at, first_seen=first_seen, published_at=article.published_at
    )
    _put(connection, article, article_id, answer, changed_at, due, is_known=row is not None)
    if shown is None:
        return "new" if is_new else "duplicates"
    if shown == article_id:
        return "unchanged"
    _revise(connection, page, shown, article_id, answer.at)
    return "changed"


def confirm(connection: sqlite3.Connection, *, site: str, key: str, at: str, http_status: int) -> PageOutcome:
    """Store that the server says of a known page that it is as it was (304)."""
    row = connection.execute(
        "SELECT first_seen, changed_at, published_at FROM pages WHERE site = ? AND key = ?", (site, key)
    ).fetchone()
    first_seen, changed_at, published_at = row
    due = next_check(at, changed_at=changed_at, first_seen=first_seen, published_at=published_at)
    connection.execute(
        "UPDATE pages SET last_seen = ?1, checked_at = ?1, recheck_at = ?2, http_status = ?3, "
        "gone_at = NULL, missing = 0, failure = NULL, tries = 0 WHERE site = ?4 AND key = ?5",
        (at, due, http_status, site, key),
    )
    return "unchanged"


def store_failure(connection: sqlite3.Connection, failure: Failure) -> PageOutcome:
    """Store the address of a page that gave no article, and count the try.

    One that holds an article is due again in the next run, after many tries at the wide end; one that is
    gone already stays so and is asked for at the wide end.
    """
    connection.execute(
        f"""
        INSERT INTO pages(
            site, key, url, category, failure, http_status, first_seen, checked_at, tries, first_run
        )
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, 1, ?8)
        ON CONFLICT (site, key) DO UPDATE SET
            url = iif(article_id IS NULL, excluded.url, url),
            category = coalesce(excluded.category, category),
            failure = iif(gone_at IS NULL, excluded.failure, NULL),
            http_status = excluded.http_status,
            checked_at = excluded.checked_at,
            tries = tries + 1,
            recheck_at = CASE
                WHEN article_id IS NULL THEN NULL
                WHEN gone_at IS NOT NULL OR tries >= {_PATIENT_TRIES} THEN ?9
                ELSE excluded.checked_at
            END
        """,
        (
            failure.site,
            failure.key,
            failure.url,
            failure.category,
            failure.reason,
            failure.http_status,
            failure.at,
            failure.run,
            wide_end(failure.at),
        ),
    )
    return "failures"


def mark_incomplete(connection: sqlite3.Connection, article: Article, answer: Answer) -> None:
    """Mark a page whose article was just stored without the text of some of its further pages: it counts as a
    try that failed, so the page is due again in the next run.
    """
    reason = incomplete_reason(article)
    store_failure(
        connection,
        Failure(
            article.site, article.key, article.url, article.category, reason, answer.http_status, answer.at,
            answer.run,
        ),
    )  # fmt: skip


def incomplete_reason(article: Article) -> str:
    """Return what ``failure`` says of an article that lacks some of its pages."""
    numbers = ", ".join(map(str, article.missing_pages))
    return f"incomplete: without page {numbers}: {next(iter(article.missing_pages.values()))}"


def miss(connection: sqlite3.Connection, *, site: str, key: str, at: str) -> PageOutcome | None:
    """Count that a page that holds an article answered 404 or 410 in a healthy run; after ``RUNS_TO_BE_GONE``
    of them mark it as gone. Return "gone" if it is so from now on.
    """
    connection.execute(
        "UPDATE pages SET missing = missing + 1 WHERE site = ? AND key = ? AND article_id IS NOT NULL",
        (site, key),
    )
    marked = connection.execute(
        "UPDATE pages SET gone_at = ?, failure = NULL, tries = 0, recheck_at = ? "
        "WHERE site = ? AND key = ? AND article_id IS NOT NULL AND gone_at IS NULL AND missing >= ?",
        (at, wide_end(at), site, key, RUNS_TO_BE_GONE),
    )
    return "gone" if marked.rowcount else None


def alias(
    connection: sqlite3.Connection, *, site: str, key: str, url: str, of: str, at: str, run: int
) -> None:
    """Store that the page ``key`` is only another address of the page ``of``.

    What it showed under its own name becomes what ``of`` showed, which was then moved there, not written
    anew: the rest of its life is told under the new key.
    """
    row = connection.execute(
        "SELECT article_id FROM pages WHERE site = ? AND key = ? AND alias_of IS NULL", (site, key)
    ).fetchone()
    is_there = connection.execute("SELECT 1 FROM pages WHERE site = ? AND key = ?", (site, of)).fetchone()
    if row and row[0] is not None and not is_there:
        connection.execute("UPDATE pages SET key = ? WHERE site = ? AND key = ?", (of, site, key))
        connection.execute("UPDATE revisions SET key = ? WHERE site = ? AND key = ?", (of, site, key))
    connection.execute(
        """
        INSERT INTO pages(site, key, url, alias_of, first_seen, checked_at, first_run)
        VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6)
        ON CONFLICT (site, key) DO UPDATE SET
            url = excluded.url, alias_of = excluded.alias_of, checked_at = excluded.checked_at,
            article_id = NULL, extraction = NULL, failure = NULL, tries = 0, recheck_at = NULL, missing = 0,
            gone_at = NULL
        """,
        (site, key, url, of, at, run),
    )


def date_of(
    connection: sqlite3.Connection, *, site: str, key: str
) -> tuple[str, DatePrecision, DateSource, str] | None:
    """Return the date that a page gave its article: ``published_at``, precision, source and text; None for a
    page without one, or whose article has an earlier one from elsewhere.
    """
    row: tuple[str, DatePrecision, DateSource, str] | None = connection.execute(
        "SELECT a.published_at, a.date_precision, a.date_source, a.date_text FROM pages AS p "
        "JOIN articles AS a ON a.id = p.article_id AND a.published_at = p.published_at "
        "WHERE p.site = ? AND p.key = ?",
        (site, key),
    ).fetchone()
    return row


def is_on_others(connection: sqlite3.Connection, article_id: int, *, site: str, key: str) -> bool:
    """Return whether another page than that of ``site`` with ``key`` shows the article, or ever showed it."""
    (is_on_others,) = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM pages WHERE article_id = ?1 AND (site, key) <> (?2, ?3)) "
        "OR EXISTS (SELECT 1 FROM revisions WHERE article_id = ?1 AND (site, key) <> (?2, ?3))",
        (article_id, site, key),
    ).fetchone()
    return bool(is_on_others)


_INSERT = """
INSERT INTO pages(
    url, article_id, category, published_at, last_seen, checked_at, http_status, etag, last_modified,
    changed_at, recheck_at, extraction, site, key, first_seen, first_run
) VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?5, ?14)
"""

_UPDATE = """
UPDATE pages SET
    url = ?1,
    article_id = ?2,
    category = coalesce(?3, category),
    published_at = coalesce(?4, published_at),
    last_seen = ?5,
    checked_at = ?5,
    http_status = ?6,
    etag = ?7,
    last_modified = ?8,
    changed_at = ?9,
    recheck_at = ?10,
    extraction = ?11,
    missing = 0,
    gone_at = NULL,
    failure = NULL,
    tries = 0
WHERE site = ?12 AND key = ?13
"""
# Two statements, not one with ON CONFLICT: SQLite opens a savepoint for that one, and at each savepoint FTS5
# writes out what it holds of the article just stored (a quarter of the writer's time).


def _put(
    connection: sqlite3.Connection,
    article: Article,
    article_id: int,
    answer: Answer,
    changed_at: str | None,
    recheck_at: str,
    *,
    is_known: bool,
) -> None:
    values = (
        article.url,
        article_id,
        article.category,
        article.published_at,
        answer.at,
        answer.http_status,
        answer.etag,
        answer.last_modified,
        changed_at,
        recheck_at,
        article.extraction,
        article.site,
        article.key,
    )
    if is_known:
        connection.execute(_UPDATE, values)
    else:
        connection.execute(_INSERT, (*values, answer.run))


def _revise(
    connection: sqlite3.Connection, page: tuple[str, str], replaced: int, article_id: int, at: str
) -> None:
    connection.execute(
        "INSERT INTO revisions(site, key, article_id, replaced_by, seen_at) VALUES (?, ?, ?, ?, ?)",
        (*page, replaced, article_id, at),
    )
    connection.execute("UPDATE articles SET last_changed = ? WHERE id = ?", (at, article_id))


STEPS = (1, 3, 7, 30)
WIDE_END = 90
"""Days between two checks once all of ``STEPS`` are over."""

OLD = timedelta(days=STEPS[-1])
"""An article published longer ago than this when it was first stored starts at the wide end."""

SOON = timedelta(hours=6)
"""A page is due so much before the full number of days: a nightly run does not start to the second."""


def next_check(at: str, *, changed_at: str | None, first_seen: str, published_at: str | None) -> str:
    """Return when a page fetched at ``at`` is due again (all times ISO 8601 with offset, as is the result).

    ``changed_at`` is the last fetch that found another text than before, None if none did; ``published_at``
    is None for an undated article, which counts as published when it was first seen.
    """
    now = datetime.fromisoformat(at)
    start = datetime.fromisoformat(changed_at or first_seen)
    if changed_at is None and published_at is not None:
        published = datetime.fromisoformat(published_at)
        if start - published > OLD:
            start = published
    due = (start + timedelta(days=days) for days in STEPS)
    following = next((moment for moment in due if moment - SOON > now), now + timedelta(days=WIDE_END))
    return (following - SOON).isoformat(timespec="seconds")


def wide_end(at: str) -> str:
    """Return when a page fetched at ``at`` is due again that needs no attention before long."""
    return (datetime.fromisoformat(at) + timedelta(days=WIDE_END) - SOON).isoformat(timespec="seconds")
