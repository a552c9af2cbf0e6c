"""The demo's database with what a demo does not have: an edit, a gone page, a kept file, near relatives."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.browse.served import Served, served
from wardcrawler.files.vault import Vault

PDF = b"%PDF-1.4 a scan"


@pytest.fixture(scope="session")
def rich(demo: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rich") / "rich.db"
    stored = Vault(path).put(PDF, "pdf")
    with closing(sqlite3.connect(demo[0])) as source, closing(sqlite3.connect(path)) as db, db:
        source.backup(db)
        db.execute(
            "INSERT INTO articles (id, title, body, html, published_at, date_precision, date_source, "
            "content_hash, first_seen, last_changed) SELECT 100001, title, body || ' Thêm một câu.', html, "
            "published_at, date_precision, date_source, 'hash-of-the-edit', first_seen, last_changed "
            "FROM articles WHERE id = 1"
        )
        db.execute("UPDATE pages SET article_id = 100001 WHERE article_id = 1")
        db.execute(
            "INSERT INTO revisions (site, key, article_id, replaced_by, seen_at) "
            "SELECT site, key, 1, 100001, '2024-03-05T08:00:00+07:00' FROM pages WHERE article_id = 100001"
        )
        db.execute("UPDATE pages SET gone_at = '2024-04-01T08:00:00+07:00' WHERE article_id = 2")
        db.executemany("INSERT INTO similar VALUES (?, ?, 0.91, 1.0)", [(3, 60), (60, 3)])
        db.execute(
            "INSERT INTO attachments (sha256, media_type, size, path, text, text_status) "
            "VALUES (?, 'application/pdf', ?, ?, 'Điều 1. Nội dung của tệp.', 'ok')",
            (stored.sha256, stored.size, stored.path),
        )
        db.execute(
            "INSERT INTO article_attachments (article_id, position, url, filename, label, sha256) "
            "VALUES (3, 50, 'https://ubnd.example.vn/qd.pdf', 'Quyết định.pdf', 'Quyết định', ?)",
            (stored.sha256,),
        )
        db.execute("UPDATE sites SET unit_code = '26983', unit_valid_from = '' WHERE name = 'replica-phuong-9'")
    return path


@pytest.fixture(scope="session")
def server(rich: Path) -> Iterator[Served]:
    with served(rich) as running:
        yield running
