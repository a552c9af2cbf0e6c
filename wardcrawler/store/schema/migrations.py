"""The schema, one migration after the other.

A migration that was released is never edited: what it wrote is in people's files. A change of the schema
is a further migration. Applied ones are listed in the table ``_sqlite_migrations``.
"""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from wardcrawler.store.schema.tables import (
    create_archives,
    create_article_files,
    create_articles,
    create_listings_and_runs,
    create_pages,
    create_search_index,
    create_similar,
    create_sites,
)
from wardcrawler.store.schema.units import create_units
from wardcrawler.store.schema.views import (
    MONTHLY_COUNTS,
    RECORDS,
    RECORDS_WITH_EXTRACTION,
    RECORDS_WITH_FILES,
    RECORDS_WITH_UNITS,
    SITE_HEALTH,
    SITE_HEALTH_OF_CRAWLS,
    SITE_HEALTH_WITH_COVERAGE,
    UNIT_ADDRESSES,
)

MIGRATIONS = Migrations("wardcrawler")


def migration_names() -> frozenset[str]:
    """Return the names of all migrations this program knows."""
    empty = Database(memory=True)  # sqlite-utils tells them only as what is pending somewhere
    try:
        return frozenset(migration.name for migration in MIGRATIONS.pending(empty))
    finally:
        empty.close()


@MIGRATIONS()
def m001_sites_articles_pages(db: Database) -> None:
    """Create everything of the first release."""
    create_sites(db)
    create_articles(db)
    create_article_files(db)
    create_pages(db)
    create_listings_and_runs(db)
    create_search_index(db)
    db.create_view("records", RECORDS)
    db.create_view("site_health", SITE_HEALTH)
    db.create_view("monthly_counts", MONTHLY_COUNTS)


@MIGRATIONS()
def m002_units(db: Database) -> None:
    """Add the administrative units, the period of a portal's unit, and both in ``records``.

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
    """Note when known pages are due again, how often they were missing, and how sections usually look.

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
    """Keep of files that articles link to whether they could be fetched, and their texts.

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
    """Add archives, and where each answer stands in them."""
    create_archives(db)


@MIGRATIONS()
def m006_similar(db: Database) -> None:
    """Link articles that are nearly the same; add the index by which they are found."""
    create_similar(db)


@MIGRATIONS()
def m007_health_of_crawls(db: Database) -> None:
    """Leave runs that only read archives out of ``site_health``: they say nothing about a portal."""
    db.create_view("site_health", SITE_HEALTH_OF_CRAWLS, replace=True)


@MIGRATIONS()
def m008_lists(db: Database) -> None:
    """Note what kind of list a listing is, which are walked every night and how deep, when a portal was last
    looked over, and which addresses are only others of an article.

    Portals of before are looked over with their next crawl.
    """
    db.execute("ALTER TABLE listings ADD COLUMN kind TEXT NOT NULL DEFAULT 'section'")
    db.execute("ALTER TABLE listings ADD COLUMN nightly INTEGER NOT NULL DEFAULT 1")
    db.execute("ALTER TABLE listings ADD COLUMN depth INTEGER NOT NULL DEFAULT 1")
    db.execute("UPDATE listings SET kind = 'home' WHERE section = ''")
    db.execute("ALTER TABLE sites ADD COLUMN looked_at TEXT")
    db.execute("ALTER TABLE pages ADD COLUMN alias_of TEXT")


@MIGRATIONS()
def m009_coverage(db: Database) -> None:
    """Count in ``runs`` what a portal shows and what of it is missing; tell coverage in ``site_health``."""
    for column in ("seen INTEGER", "covered INTEGER", "left_out TEXT"):
        db.execute(f"ALTER TABLE runs ADD COLUMN {column}")
    # The last run of each portal that saw anything, without a look at all others.
    db.execute("CREATE INDEX idx_runs_site_that_saw ON runs (site) WHERE seen > 0")
    db.create_view("site_health", SITE_HEALTH_WITH_COVERAGE, replace=True)


@MIGRATIONS()
def m010_extraction(db: Database) -> None:
    """Note how the text that a page shows was read: not known of pages of before, until the next reading."""
    db.execute("ALTER TABLE pages ADD COLUMN extraction TEXT")
    db.create_view("records", RECORDS_WITH_EXTRACTION, replace=True)
