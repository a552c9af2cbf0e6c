"""One article with all that belongs to it."""

from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from wardcrawler.store.database.connection import translate_errors
from wardcrawler.store.tables.pages import VERSIONS

_LARGEST_ID = 2**63 - 1

_ATTACHMENTS = """
SELECT l.url, l.filename, l.label, l.sha256, f.media_type, f.size, f.path, f.pages, f.text_status, l.failure
FROM article_attachments AS l LEFT JOIN attachments AS f ON f.sha256 = l.sha256
WHERE l.article_id = ? ORDER BY l.position
"""

_ATTACHMENTS_WITH_TEXT = _ATTACHMENTS.replace("l.failure", "f.text_reason, f.charsets, f.text, l.failure")

_IMAGES = "SELECT url, caption, alt FROM images WHERE article_id = ? ORDER BY position"

_PAGES = """
SELECT p.site, s.title AS site_title, s.level, s.province, s.unit_code, s.platform, p.key, p.url, p.category,
    p.published_at,
    CASE WHEN p.published_at IS NULL THEN NULL WHEN p.published_at LIKE '%T00:00:00%' THEN 'day'
        ELSE 'minute' END AS date_precision,
    p.extraction, p.first_seen, p.last_seen, p.checked_at, p.http_status, p.gone_at, p.failure
FROM pages AS p JOIN sites AS s ON s.name = p.site
WHERE p.article_id = ? ORDER BY p.published_at IS NULL, p.published_at, p.first_seen, p.site, p.key
"""

_REVISIONS = """
SELECT r.id, r.site, r.key, p.url, r.article_id, r.replaced_by, r.seen_at
FROM revisions AS r JOIN pages AS p ON p.site = r.site AND p.key = r.key
WHERE r.article_id = ?1 OR r.replaced_by = ?1 ORDER BY r.id
"""

_SIMILAR = f"""
SELECT s.other_id AS id, a.title, p.site, t.title AS site_title, p.url, a.published_at, a.date_precision,
    p.gone_at, s.similarity, s.figures
FROM similar AS s
JOIN articles AS a ON a.id = s.other_id
LEFT JOIN pages AS p ON (p.site, p.key) = (
    SELECT site, key FROM pages WHERE article_id = s.other_id
    ORDER BY gone_at IS NOT NULL, first_seen, site, key LIMIT 1
)
LEFT JOIN sites AS t ON t.name = p.site
WHERE s.article_id = ?1 AND s.other_id NOT IN ({VERSIONS})
    AND (p.url IS NOT NULL OR EXISTS (SELECT 1 FROM revisions AS r WHERE r.article_id = s.other_id))
ORDER BY s.similarity DESC, s.other_id
"""


def article_with_places(db: Database, article_id: int) -> dict[str, Any] | None:
    """Read the article with all that belongs to it, ready for JSON; None if there is none with this id.

    Keys: the columns of ``articles``, and the lists ``pages`` (the earliest first; empty when every page
    shows another text by now), ``attachments``, ``images``, ``revisions`` (this text replaced another, or
    another this one) and ``similar`` (articles that are nearly the same, the nearest first, with one place
    where each stands: ``site`` and ``url`` are None if no page shows it any more). Other versions of this
    article's own pages are in ``revisions``, not in ``similar``. A text that no page ever showed, because it
    was read otherwise later, is no relative.
    """
    if not 0 < article_id <= _LARGEST_ID:
        return None
    with translate_errors(db), db.atomic():  # one moment: a crawl may go on
        articles = _all(db, "SELECT * FROM articles WHERE id = ?", article_id)
        if not articles:
            return None
        return {
            **articles[0],
            "pages": _all(db, _PAGES, article_id),
            "attachments": _all(db, _ATTACHMENTS_WITH_TEXT, article_id),
            "images": _all(db, _IMAGES, article_id),
            "revisions": _all(db, _REVISIONS, article_id),
            "similar": _all(db, _SIMILAR, article_id),
        }


def text_of(db: Database, article_id: int) -> str:
    """Read title, lead and body, a line break between them; a lead that the body begins with stands once."""
    with translate_errors(db):
        row = db.execute("SELECT title, lead, body FROM articles WHERE id = ?", (article_id,)).fetchone()
    title, lead, body = row
    return "\n".join(part for part in (title, None if body.startswith(lead or "") else lead, body) if part)


def files_of(db: Database, article_id: int) -> list[dict[str, Any]]:
    """Read the files that the article links to, in order, without their texts.

    Keys: url, filename, label, sha256, media_type, size, path, pages, text_status, failure.
    """
    return _all(db, _ATTACHMENTS, article_id)


def images_of(db: Database, article_id: int) -> list[dict[str, Any]]:
    """Read the article's pictures, in order, with the keys url, caption and alt."""
    return _all(db, _IMAGES, article_id)


def rows(db: Database, sql: str, parameters: tuple[object, ...]) -> Iterator[dict[str, Any]]:
    """Yield the rows that a query finds, which only reads, as dictionaries.

    ``Database.query`` guards each query with a savepoint, for queries that may write: thrice the statements.
    """
    cursor = db.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def _all(db: Database, sql: str, article_id: int) -> list[dict[str, Any]]:
    return list(rows(db, sql, (article_id,)))
