"""The demo's database with what a demo does not have: an edit, a gone page, a kept file, near relatives."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from wardcrawler.attachments.vault import StoredFile, Vault
from wardcrawler.items import NormalText
from wardcrawler.store.search.index import index
from wardcrawler.text.normalise import normalise

PDF = b"%PDF-1.4 a scan"


class Chosen(NamedTuple):
    """Articles of Phường 9, each of one page: their numbers. ``edited`` was replaced by ``now``."""

    read: int
    gone: int
    edited: int
    now: int = 100_001


_OF_ONE_PAGE = """
SELECT a.id FROM articles AS a JOIN pages AS p ON p.article_id = a.id
WHERE p.site = 'replica-phuong-9' AND a.published_at IS NOT NULL
    AND (SELECT count(*) FROM pages AS q WHERE q.article_id = a.id) = 1
ORDER BY a.title LIMIT 3
"""


def make_edited_demo(demo: Path, path: Path) -> None:
    """Copy the demo's database to ``path`` and change it."""
    with closing(sqlite3.connect(demo)) as source, closing(sqlite3.connect(path)) as db, db:
        source.backup(db)
        chosen = choose(db)
        _edit(db, chosen.edited, chosen.now)
        db.execute(
            "UPDATE pages SET gone_at = '2024-04-01T08:00:00+07:00' WHERE article_id = ?", (chosen.gone,)
        )
        (elsewhere,) = db.execute("SELECT min(article_id) FROM pages WHERE site = 'replica-vnpt'").fetchone()
        db.executemany(
            "INSERT OR REPLACE INTO similar VALUES (?, ?, 0.91, 1.0)",
            [(chosen.read, elsewhere), (elsewhere, chosen.read)],
        )
        db.execute("UPDATE pages SET extraction = 'structure' WHERE article_id = ?", (chosen.read,))
        _attach(db, chosen.read, Vault(path).put(PDF, "pdf"))
        db.execute(
            "UPDATE sites SET unit_code = '27001', unit_valid_from = '' WHERE name = 'replica-phuong-9'"
        )


def choose(db: sqlite3.Connection) -> Chosen:
    return Chosen(*(number for (number,) in db.execute(_OF_ONE_PAGE)))


def _edit(db: sqlite3.Connection, number: int, new: int) -> None:
    db.execute(
        "INSERT INTO articles (id, title, body, html, published_at, date_precision, date_source, "
        "content_hash, first_seen, last_changed) SELECT ?, title, body || char(10) || 'Thêm một câu.', html, "
        "published_at, date_precision, date_source, 'hash-of-the-edit', first_seen, last_changed "
        "FROM articles WHERE id = ?",
        (new, number),
    )
    title, body = db.execute("SELECT title, body FROM articles WHERE id = ?", (new,)).fetchone()
    index(db, new, NormalText(normalise(title), "", normalise(body)))
    db.execute("UPDATE pages SET article_id = ? WHERE article_id = ?", (new, number))
    db.execute(
        "INSERT INTO revisions (site, key, article_id, replaced_by, seen_at) "
        "SELECT site, key, ?1, ?2, '2024-03-05T08:00:00+07:00' FROM pages WHERE article_id = ?2",
        (number, new),
    )


def _attach(db: sqlite3.Connection, number: int, stored: StoredFile) -> None:
    db.execute(
        "INSERT INTO attachments (sha256, media_type, size, path, text, text_status) "
        "VALUES (?, 'application/pdf', ?, ?, 'Điều 1. Nội dung của tệp.', 'ok')",
        (stored.sha256, stored.size, stored.path),
    )
    db.execute(
        "INSERT INTO article_attachments (article_id, position, url, filename, label, sha256) "
        "VALUES (?, 50, 'https://ubnd.example.vn/qd.pdf', 'Quyết định.pdf', 'Quyết định', ?)",
        (number, stored.sha256),
    )
