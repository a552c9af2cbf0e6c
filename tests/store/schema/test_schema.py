"""Tables, columns and views that people's SQL relies on."""

import sqlite3

import pytest
from sqlite_utils import Database

COLUMNS = {
    "sites": "name title level province unit_code base_url platform status successor unit_valid_from "
    "looked_at",
    "units": "code name level parent province valid_from valid_to resolution",
    "unit_successors": "old_code old_valid_from new_code new_valid_from is_default",
    "articles": "id title lead body html author source published_at date_precision date_source content_hash "
    "first_seen last_changed title_printed date_text date_reason",
    "pages": "site key url article_id category published_at first_seen last_seen checked_at etag "
    "last_modified http_status gone_at failure tries changed_at recheck_at missing first_run alias_of "
    "extraction",
    "revisions": "id site key article_id replaced_by seen_at",
    "attachments": "sha256 media_type size path text text_status text_reason pages tool charsets read_at "
    "search_id",
    "article_attachments": "article_id position url filename label sha256 failure http_status tries "
    "checked_at etag last_modified",
    "images": "article_id position url caption alt",
    "listings": "site url section backfilled_at open_since last_walked_at open_run links kind nightly depth",
    "runs": "id site started_at finished_at outcome reason requests pages new changed unchanged duplicates "
    "gone errors bytes command version refused rechecked tls files seen covered left_out",
    "articles_fts": "title lead body folded",
    "archives": "id path purpose started_at finished_at",
    "archive_sites": "archive_id site finished_at",
    "captures": "id archive_id site run_id url method ts warc_file offset length digest status mime kind key "
    "revisit truncated",
    "left_out": "archive_id site url via reason seen_at",
    "attachments_fts": "text folded",
}
PRIMARY_KEYS = {
    "sites": ["name"],
    "articles": ["id"],
    "pages": ["site", "key"],
    "revisions": ["id"],
    "attachments": ["sha256"],
    "article_attachments": ["article_id", "position"],
    "images": ["article_id", "position"],
    "listings": ["site", "url"],
    "units": ["code", "valid_from"],
    "unit_successors": ["old_code", "old_valid_from", "new_code", "new_valid_from"],
    "runs": ["id"],
    "archives": ["id"],
    "archive_sites": ["archive_id", "site"],
    "captures": ["id"],
    "left_out": ["archive_id", "url"],
}
LOOK_UPS = {
    "an article by its hash": "SELECT id FROM articles WHERE content_hash = ?",
    "a page by its key": "SELECT article_id FROM pages WHERE site = ? AND key = 'k'",
    "pages of an article": "SELECT url FROM pages WHERE article_id = ?",
    "articles of a time": "SELECT id FROM articles WHERE published_at >= ?",
    "failures of a site": "SELECT key FROM pages WHERE site = ? AND failure IS NOT NULL",
    "pages of a site that are due": "SELECT key FROM pages WHERE site = ? AND recheck_at <= 't'",
    "attachments of an article": "SELECT url FROM article_attachments WHERE article_id = ?",
    "articles of a file": "SELECT article_id FROM article_attachments WHERE sha256 = ?",
    "links to an address": "SELECT article_id FROM article_attachments WHERE url = ?",
    "a file by its number in the index": "SELECT sha256 FROM attachments WHERE search_id = ?",
    "files that were never read": "SELECT sha256 FROM attachments WHERE text_status IS ?",
    "images of an article": "SELECT url FROM images WHERE article_id = ?",
    "revisions of an article": "SELECT id FROM revisions WHERE article_id = ?1 OR replaced_by = ?1",
    "an answer of an archive": "SELECT id FROM captures WHERE archive_id = ? AND url = 'u'",
    "captures of an article": "SELECT id FROM captures WHERE site = ? AND key = 'k'",
    "the last run of a site": "SELECT max(id) FROM runs WHERE site = ? AND outcome = 'ok'",
}


@pytest.mark.parametrize("table", COLUMNS)
def test_tables_have_the_promised_columns(db: Database, table: str) -> None:
    assert {column.name for column in db.table(table).columns} == set(COLUMNS[table].split())


@pytest.mark.parametrize("table", PRIMARY_KEYS)
def test_tables_are_strict_and_have_the_promised_keys(db: Database, table: str) -> None:
    assert db.table(table).pks == PRIMARY_KEYS[table]
    assert db.table(table).strict


@pytest.mark.parametrize("look_up", LOOK_UPS)
def test_no_look_up_of_the_crawl_scans_a_table(db: Database, look_up: str) -> None:
    plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {LOOK_UPS[look_up]}", ("x",))]
    assert plan
    assert not [step for step in plan if step.startswith("SCAN")]


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO pages(site, key, url, first_seen, checked_at) VALUES ('nobody', 'k', 'u', 't', 't')",
        "INSERT INTO pages(site, key, url, article_id, first_seen, checked_at) "
        "VALUES ('hcm-phuong-9', 'k', 'u', 7, 't', 't')",
        "INSERT INTO images(article_id, position, url) VALUES (7, 1, 'u')",
        "INSERT INTO article_attachments(article_id, position, url, filename, label) "
        "VALUES (7, 1, 'u', 'f', 'l')",
        "INSERT INTO revisions(site, key, article_id, replaced_by, seen_at) "
        "VALUES ('hcm-phuong-9', 'k', 1, 2, 't')",
        "INSERT INTO runs(site, started_at, outcome, command, version) "
        "VALUES ('nobody', 't', 'ok', 'c', '1')",
        "INSERT INTO listings(site, url, section, last_walked_at) VALUES ('nobody', 'u', 's', 't')",
    ],
)
def test_rows_that_refer_to_nothing_are_refused(db: Database, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        db.execute(statement)


def test_the_search_index_keeps_diacritics_and_no_text(db: Database) -> None:
    (definition,) = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'articles_fts'").fetchone()
    assert "content=''" in definition
    assert "unicode61 remove_diacritics 0" in definition


def test_the_views_are_there(db: Database) -> None:
    assert set(db.view_names()) == {"records", "site_health", "monthly_counts", "unit_addresses"}
