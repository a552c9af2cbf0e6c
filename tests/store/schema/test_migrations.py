"""What becomes of the rows of databases that an older program made."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from tests.support.records import WARD, MakeArticle
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.health import site_health
from wardcrawler.store.schema.migrations import MIGRATIONS
from wardcrawler.store.schema.views import RECORDS_WITH_FILES
from wardcrawler.store.tables.runs import start_run
from wardcrawler.store.writer import Writer

UNDO_COVERAGE = (
    "DROP VIEW site_health",
    "DROP INDEX idx_runs_site_that_saw",
    *(f"ALTER TABLE runs DROP COLUMN {column}" for column in ("seen", "covered", "left_out")),
    "DELETE FROM _sqlite_migrations WHERE name = 'm009_coverage'",
)
UNDO_EXTRACTION = (
    "DROP VIEW records",
    "ALTER TABLE pages DROP COLUMN extraction",
    f"CREATE VIEW records AS {RECORDS_WITH_FILES}",
    "DELETE FROM _sqlite_migrations WHERE name = 'm010_extraction'",
)


def test_runs_of_before_do_not_know_what_they_saw_and_pages_tell_the_coverage(
    db: Database, writer: Writer, article: MakeArticle, open_again: Callable[..., Database], path: Path
) -> None:
    start_run(db, WARD, "wardcrawler crawl", "0.1.0")
    writer.put(article())
    writer.put_failure("x", "https://x.example.vn/-/x", None, "http-404: gone")
    writer.flush()
    for statement in UNDO_COVERAGE:
        db.execute(statement)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    with closing(open_database(path)) as migrated:
        assert not list(MIGRATIONS.pending(migrated))
        row = next(row for row in site_health(migrated) if row["site"] == WARD)
        assert (row["seen"], row["covered"], row["left_out"]) == (None, None, {})
        assert (row["coverage"], row["missing"]) == (0.5, {"http-404": 1})
        assert migrated.execute("SELECT seen, covered, left_out FROM runs").fetchall() == [(None,) * 3]


def test_of_pages_of_before_nobody_knows_how_they_were_read_until_they_are_read_again(
    db: Database, writer: Writer, article: MakeArticle, path: Path
) -> None:
    writer.put(article("bai-1", extraction="structure"))
    writer.put(article("bai-2", body="Họp tổ dân phố."))
    writer.flush()
    for statement in UNDO_EXTRACTION:
        db.execute(statement)
    before = list(db.query("SELECT * FROM records ORDER BY id"))
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    with closing(open_database(path)) as migrated:
        assert not list(MIGRATIONS.pending(migrated))
        found = list(migrated.query("SELECT * FROM records ORDER BY id"))
        assert found == [{**row, "extraction": None} for row in before]
        again = Writer(migrated, WARD)
        again.put(article("bai-1", extraction="structure"))
        again.close()
        assert migrated.execute("SELECT key, extraction FROM records ORDER BY key").fetchall() == [
            ("bai-1", "structure"), ("bai-2", None),
        ]  # fmt: skip
