"""The schema, one migration after the other.

A migration that was released is never edited: what it wrote is in people's files. A change of the schema
is a further migration. Applied ones are listed in the table ``_sqlite_migrations``.
"""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from wardcrawler.store.schema.archives import create_archives
from wardcrawler.store.schema.similar import create_similar
from wardcrawler.store.schema.units import create_units
from wardcrawler.store.schema.views import (
    MONTHLY_COUNTS,
    RECORDS,
    RECORDS_WITH_FILES,
    RECORDS_WITH_UNITS,
    SITE_HEALTH,
    SITE_HEALTH_OF_CRAWLS,
    UNIT_ADDRESSES,
)

MIGRATIONS = Migrations("wardcrawler")


def migration_names() -> frozenset[str]:
    """The names of all migrations this program knows."""
    empty = Database(memory=True)  # sqlite-utils tells them only as what is pending somewhere
    try:
        return frozenset(migration.name for migration in MIGRATIONS.pending(empty))
    finally:
        empty.close()


@MIGRATIONS()
def m001_sites_articles_pages(db: Database) -> None:
    """Everything of the first release."""
    _create_sites(db)
    _create_articles(db)
    _create_article_files(db)
    _create_pages(db)
    _create_walks_and_runs(db)
    _create_search_index(db)
    db.create_view("records", RECORDS)
    db.create_view("site_health", SITE_HEALTH)
    db.create_view("monthly_counts", MONTHLY_COUNTS)


@MIGRATIONS()
def m002_units(db: Database) -> None:
    """The administrative units, the period of a portal's unit, and both in ``records``.

    District portals are of the time before the reform; a portal of another level gets its period with its
    next crawl.
    """
    create_units(db)
    db.execute("ALTER TABLE sites ADD COLUMN unit_valid_from TEXT")
    db.execute("UPDATE sites SET unit_valid_from = '' WHERE level = 'district' AND unit_code IS NOT NULL")
    db.create_view("unit_addresses", UNIT_ADDRESSES)
    db.create_view("records", RECORDS_WITH_UNITS, replace=True)


@MIGRATIONS()
def m003_rechecks(db: Database) -> None:
    """When known pages are due again, what makes a page gone, and how sections usually look.

    "Known before" is told by the numbers of runs, not by the clock, which somebody may set back: rows of
    before have run 0. Pages of before are due as if their last fetch had found nothing new.
    """
    for column in (
        "changed_at TEXT",
        "recheck_at TEXT",
        "missing INTEGER NOT NULL DEFAULT 0",
        "first_run INTEGER NOT NULL DEFAULT 0",
    ):
        db.execute(f"ALTER TABLE pages ADD COLUMN {column}")
    db.execute("""
        UPDATE pages SET
            changed_at = (
                SELECT max(r.seen_at) FROM revisions AS r WHERE r.site = pages.site AND r.key = pages.key
            ),
            recheck_at = strftime(
                '%Y-%m-%dT%H:%M:%S+07:00',
                substr(checked_at, 1, 19),
                iif(published_at < date(substr(first_seen, 1, 10), '-30 days'), '+90 days', '+1 day')
            )
        WHERE article_id IS NOT NULL
    """)
    db.table("pages").create_index(["site", "recheck_at"])
    db.execute("ALTER TABLE listings ADD COLUMN open_run INTEGER")
    db.execute("ALTER TABLE listings ADD COLUMN links TEXT")
    db.execute("UPDATE listings SET open_run = 0 WHERE open_since IS NOT NULL")
    db.execute("ALTER TABLE runs ADD COLUMN rechecked INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE runs ADD COLUMN tls TEXT")


@MIGRATIONS()
def m004_attachments(db: Database) -> None:
    """Files that articles link to: whether they were had, and what they say.

    Their text has an index of its own. ``articles_fts`` could not hold it: its rows cannot be changed, and an
    article is there long before its files are. ``search_id`` ties both: a table without an INTEGER PRIMARY
    KEY may get other row numbers from VACUUM.
    """
    for column in (
        "text_status TEXT",
        "text_reason TEXT",
        "pages INTEGER",
        "tool TEXT",
        "charsets TEXT",
        "read_at TEXT",
        "search_id INTEGER",
    ):
        db.execute(f"ALTER TABLE attachments ADD COLUMN {column}")
    db.table("attachments").create_index(["search_id"], unique=True)
    db.table("attachments").create_index(["text_status"])
    for column in (
        "failure TEXT",
        "http_status INTEGER",
        "tries INTEGER NOT NULL DEFAULT 0",
        "checked_at TEXT",
        "etag TEXT",
        "last_modified TEXT",
    ):
        db.execute(f"ALTER TABLE article_attachments ADD COLUMN {column}")
    db.table("article_attachments").create_index(["url"])
    db.execute("ALTER TABLE runs ADD COLUMN files INTEGER NOT NULL DEFAULT 0")
    db.execute("""
        CREATE VIRTUAL TABLE attachments_fts USING fts5(
            text, folded,
            content='', tokenize='unicode61 remove_diacritics 0'
        )
    """)
    db.create_view("records", RECORDS_WITH_FILES, replace=True)


@MIGRATIONS()
def m005_captures(db: Database) -> None:
    """Archives, and where each answer stands in them."""
    create_archives(db)


@MIGRATIONS()
def m006_similar(db: Database) -> None:
    """Articles that are nearly the same, and the index by which they are found."""
    create_similar(db)


@MIGRATIONS()
def m007_health_of_crawls(db: Database) -> None:
    """A run that read archives says nothing about a portal."""
    db.create_view("site_health", SITE_HEALTH_OF_CRAWLS, replace=True)


def _create_sites(db: Database) -> None:
    db.table("sites").create(
        {
            "name": str,
            "title": str,
            "level": str,
            "province": str,
            "unit_code": str,
            "base_url": str,
            "platform": str,
            "status": str,
            "successor": str,
        },
        pk="name",
        not_null={"base_url"},
        strict=True,
    )


def _create_articles(db: Database) -> None:
    # Long columns last: SQLite walks a row's overflow pages to reach what stands behind them.
    articles = db.table("articles").create(
        {
            "id": int,
            "title": str,
            "title_printed": str,
            "author": str,
            "source": str,
            "published_at": str,
            "date_precision": str,
            "date_source": str,
            "date_text": str,
            "date_reason": str,
            "content_hash": str,
            "first_seen": str,
            "last_changed": str,
            "lead": str,
            "body": str,
            "html": str,
        },
        pk="id",
        not_null={"title", "body", "html", "date_source", "content_hash", "first_seen", "last_changed"},
        strict=True,
    )
    articles.create_index(["content_hash"], unique=True)
    articles.create_index(["published_at"])


def _create_article_files(db: Database) -> None:
    db.table("attachments").create(
        {"sha256": str, "media_type": str, "size": int, "path": str, "text": str},
        pk="sha256",
        not_null={"media_type", "size", "path"},
        strict=True,
    )
    links = db.table("article_attachments").create(
        {"article_id": int, "position": int, "url": str, "filename": str, "label": str, "sha256": str},
        pk=("article_id", "position"),
        foreign_keys=[("article_id", "articles", "id"), ("sha256", "attachments", "sha256")],
        not_null={"url", "filename", "label"},
        strict=True,
    )
    links.create_index(["article_id", "url"], unique=True)
    links.create_index(["sha256"])
    images = db.table("images").create(
        {"article_id": int, "position": int, "url": str, "caption": str, "alt": str},
        pk=("article_id", "position"),
        foreign_keys=[("article_id", "articles", "id")],
        not_null={"url"},
        strict=True,
    )
    images.create_index(["article_id", "url"], unique=True)


def _create_pages(db: Database) -> None:
    pages = db.table("pages").create(
        {
            "site": str,
            "key": str,
            "url": str,
            "article_id": int,
            "category": str,
            "published_at": str,
            "first_seen": str,
            "last_seen": str,
            "checked_at": str,
            "etag": str,
            "last_modified": str,
            "http_status": int,
            "gone_at": str,
            "failure": str,
            "tries": int,
        },
        pk=("site", "key"),
        foreign_keys=[("site", "sites", "name"), ("article_id", "articles", "id")],
        not_null={"url", "first_seen", "checked_at", "tries"},
        defaults={"tries": 0},
        strict=True,
    )
    pages.create_index(["article_id", "site", "key"])  # the order of exports, so that none of them sorts
    pages.create_index(["site", "failure"])
    revisions = db.table("revisions").create(
        {"id": int, "site": str, "key": str, "article_id": int, "replaced_by": int, "seen_at": str},
        pk="id",
        foreign_keys=[
            (("site", "key"), "pages", ("site", "key")),
            ("article_id", "articles", "id"),
            ("replaced_by", "articles", "id"),
        ],
        not_null={"site", "key", "article_id", "replaced_by", "seen_at"},
        strict=True,
    )
    revisions.create_index(["site", "key"])
    revisions.create_index(["article_id"])
    revisions.create_index(["replaced_by"])


def _create_walks_and_runs(db: Database) -> None:
    db.table("listings").create(
        {
            "site": str,
            "url": str,
            "section": str,
            "backfilled_at": str,
            "open_since": str,
            "last_walked_at": str,
        },
        pk=("site", "url"),
        foreign_keys=[("site", "sites", "name")],
        not_null={"section", "last_walked_at"},
        strict=True,
    )
    counts = ("requests", "pages", "new", "changed", "unchanged", "duplicates", "gone", "errors", "bytes")
    runs = db.table("runs").create(
        {
            "id": int,
            "site": str,
            "started_at": str,
            "finished_at": str,
            "outcome": str,
            "reason": str,
            **dict.fromkeys(counts, int),
            "refused": str,
            "command": str,
            "version": str,
        },
        pk="id",
        foreign_keys=[("site", "sites", "name")],
        not_null={"site", "started_at", "outcome", "command", "version", *counts},
        defaults=dict.fromkeys(counts, 0),
        strict=True,
    )
    runs.create_index(["site", "outcome"])


def _create_search_index(db: Database) -> None:
    # sqlite-utils builds FTS5 tables only over a table's own columns. This one is contentless: its text is
    # the normalised one, which no table holds. Articles are never deleted nor edited, so it only grows.
    db.execute("""
        CREATE VIRTUAL TABLE articles_fts USING fts5(
            title, lead, body, folded,
            content='', tokenize='unicode61 remove_diacritics 0'
        )
    """)
    # Merging in wide steps: with the defaults (4 and 16) each article's postings are rewritten about five
    # times on the way to 100,000 articles, so with one or two. A search reads a few segments more.
    db.execute("INSERT INTO articles_fts(articles_fts, rank) VALUES ('automerge', 32)")
    db.execute("INSERT INTO articles_fts(articles_fts, rank) VALUES ('crisismerge', 96)")
