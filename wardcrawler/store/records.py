"""Articles as people ask for them: one by its id, or all as a stream."""

from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from wardcrawler.store.database import reporting

EXPORT_COLUMNS = (
    "id",
    "site",
    "site_title",
    "level",
    "province",
    "unit_code",
    "unit_valid_from",
    "unit_then",
    "unit_now",
    "platform",
    "key",
    "url",
    "category",
    "title",
    "title_printed",
    "author",
    "source",
    "published_at",
    "date_precision",
    "date_source",
    "date_text",
    "date_reason",
    "page_published_at",
    "content_hash",
    "first_seen",
    "last_changed",
    "page_first_seen",
    "page_last_seen",
    "gone_at",
    "lead",
    "body",
    "html",
    "attachment_text",
    "attachments",
    "images",
)
"""The keys of an exported row, in order."""

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
    p.published_at, p.first_seen, p.last_seen, p.checked_at, p.http_status, p.gone_at, p.failure
FROM pages AS p JOIN sites AS s ON s.name = p.site
WHERE p.article_id = ? ORDER BY p.published_at IS NULL, p.published_at, p.first_seen, p.site, p.key
"""

_REVISIONS = """
SELECT r.id, r.site, r.key, p.url, r.article_id, r.replaced_by, r.seen_at
FROM revisions AS r JOIN pages AS p ON p.site = r.site AND p.key = r.key
WHERE ?1 IN (r.article_id, r.replaced_by) ORDER BY r.id
"""

# Both conditions on published_at keep its index out of the plan: the order must come from articles and
# pages themselves, or SQLite would sort all texts in memory before the first row.
_EXPORT = "SELECT * FROM records WHERE (?1 IS NULL OR published_at >= ?1) ORDER BY id, site, key"


def show(db: Database, article_id: int) -> dict[str, Any] | None:
    """The article with all that belongs to it, ready for JSON, or None if there is none with this id.

    Keys: the columns of ``articles``, and the lists ``pages`` (the earliest first; empty when every page
    shows another text by now), ``attachments``, ``images`` and ``revisions`` (this text replaced another,
    or another this one).
    """
    if not 0 < article_id <= _LARGEST_ID:
        return None
    with reporting(db), db.atomic():  # one moment: a crawl may go on
        articles = _all(db, "SELECT * FROM articles WHERE id = ?", article_id)
        if not articles:
            return None
        return {
            **articles[0],
            "pages": _all(db, _PAGES, article_id),
            "attachments": _all(db, _ATTACHMENTS_WITH_TEXT, article_id),
            "images": _all(db, _IMAGES, article_id),
            "revisions": _all(db, _REVISIONS, article_id),
        }


def export_rows(db: Database, *, since: str | None = None) -> Iterator[dict[str, Any]]:
    """The rows of the view ``records`` by article id, site and key, as dictionaries ready for JSON.

    Each has the view's columns and the lists ``attachments`` (url, filename, label, sha256, media_type,
    size, path, pages, text_status, failure) and ``images`` (url, caption, alt). ``since`` (YYYY-MM-DD): only
    articles published on that day or later; those without a date are left out then. All rows come from one
    moment, whatever is written meanwhile, and memory does not grow with their number.
    """
    with reporting(db):
        for record in _dicts(db, _EXPORT, since):
            record["attachments"] = _all(db, _ATTACHMENTS, record["id"])
            record["images"] = _all(db, _IMAGES, record["id"])
            yield record


def _all(db: Database, sql: str, article_id: int) -> list[dict[str, Any]]:
    return list(_dicts(db, sql, article_id))


def _dicts(db: Database, sql: str, parameter: object) -> Iterator[dict[str, Any]]:
    # Database.query guards each query with a savepoint, for queries that may write: thrice the statements.
    cursor = db.execute(sql, (parameter,))
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)
