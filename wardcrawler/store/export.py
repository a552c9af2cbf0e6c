"""Stream of records, for programs and spreadsheets."""

from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from wardcrawler.store.article import files_of, images_of, rows
from wardcrawler.store.database.connection import translate_errors
from wardcrawler.store.search.facets import EVERYTHING, Condition

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
    "extraction",
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

# The order must come from articles and pages themselves, or SQLite would sort all texts in memory before
# the first row.
_EXPORT = "SELECT r.* FROM records AS r WHERE {condition} ORDER BY id, site, key"


def export_rows(db: Database, condition: Condition = EVERYTHING) -> Iterator[dict[str, Any]]:
    """Yield the rows of the view ``records`` by article id, site and key, as dictionaries ready for JSON.

    Each has the view's columns and the lists ``attachments`` (:func:`~wardcrawler.store.article.files_of`)
    and ``images`` (``images_of``). ``condition`` says which records, see
    :mod:`wardcrawler.store.search.facets`. All rows come from one moment, whatever is written meanwhile, and
    memory does not grow with their number.
    """
    with translate_errors(db):
        for record in rows(db, _EXPORT.format(condition=condition.sql), condition.parameters):
            record["attachments"] = files_of(db, record["id"])
            record["images"] = images_of(db, record["id"])
            yield record
