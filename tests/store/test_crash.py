"""Full disks and killed processes: what was acknowledged stays, nothing is half there."""

import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from wardcrawler.items import Article
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.store.writer import Tally, Writer

WARD = "hcm-phuong-9"

CRAWL = """
import sys
from hashlib import sha256
from itertools import count
from wardcrawler.items import Article, Image, NormalText
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.writer import Writer

db = open_database(sys.argv[1])
writer = Writer(db, "hcm-phuong-9", batch_size=10**9)
for batch in count(int(sys.argv[2])):
    for number in range(batch * 20, batch * 20 + 20):
        body = f"Tin số {number}. " + "Nội dung của một bản tin dài vừa phải. " * 80
        writer.put(Article(
            url=f"https://x.example.vn/-/{number}", key=str(number), platform="liferay",
            title=f"Tin {number}", body=body, html=f"<p>{body}</p>", images=[Image(f"https://x.example.vn/{number}.jpg")],
            site="hcm-phuong-9", normal=NormalText(f"Tin {number}", "", body),
            content_hash=sha256(body.encode()).hexdigest(),
        ))
    writer.flush()
    print(batch, flush=True)
"""


def unmatched(db: Database) -> list[tuple[int, ...]]:
    """Counts of what must never be: articles without page, pages without article, texts not in the index
    or without picture.
    """
    return db.execute("""
        SELECT
            (SELECT count(*) FROM articles WHERE id NOT IN (SELECT article_id FROM pages)),
            (SELECT count(*) FROM pages WHERE article_id IS NULL),
            (SELECT count(*) FROM articles)
                - (SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'tin'),
            (SELECT count(*) FROM articles WHERE id NOT IN (SELECT article_id FROM images))
    """).fetchall()


@pytest.mark.usefixtures("db")
def test_a_kill_loses_no_acknowledged_batch_and_leaves_no_half(path: Path) -> None:
    acknowledged = -1
    for commits in (1, 2, 3, 5, 8):
        crawl = subprocess.Popen(
            [sys.executable, "-c", CRAWL, str(path), str(acknowledged + 1)], stdout=subprocess.PIPE, text=True
        )
        assert crawl.stdout is not None
        with crawl:
            for _ in range(commits):
                acknowledged = int(crawl.stdout.readline())
            crawl.send_signal(signal.SIGKILL)
            for line in crawl.stdout:  # what it said before it died
                acknowledged = int(line)
        assert crawl.returncode == -signal.SIGKILL
        with closing(open_database(path)) as db:
            assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert db.execute("PRAGMA foreign_key_check").fetchall() == []
            db.execute("INSERT INTO articles_fts(articles_fts) VALUES ('integrity-check')")
            stored = db.table("articles").count
            assert stored % 20 == 0
            assert stored >= (acknowledged + 1) * 20
            assert unmatched(db) == [(0, 0, 0, 0)]


def test_a_full_disk_stores_nothing_of_the_batch_and_keeps_it(
    db: Database, writer: Writer, article: Callable[..., Article]
) -> None:
    (pages_used,) = db.execute("PRAGMA page_count").fetchone()
    db.execute(f"PRAGMA max_page_count = {pages_used + 10}")
    for number in range(60):
        writer.put(article(f"bai-{number}", body=f"Tin số {number}. " + "Nội dung bản tin. " * 100))
    writer.put_failure("bai-60", "https://x.example.vn/-/bai-60", None, "timeout: no answer")
    for _ in range(2):
        with pytest.raises(DatabaseProblem, match="the disk is full; free some space") as caught:
            writer.flush()
        assert caught.value.exit_code == 5
        assert (db.table("articles").count, db.table("pages").count) == (0, 0)
        assert writer.tally == Tally()

    db.execute(f"PRAGMA max_page_count = {pages_used + 10_000}")
    writer.flush()
    assert writer.tally == Tally(new=60, failures=1)
    assert (db.table("articles").count, db.table("pages").count) == (60, 61)
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_full_disk_at_a_full_batch_is_told_by_the_put(
    db: Database, article: Callable[..., Article], clock: Callable[[], str]
) -> None:
    writer = Writer(db, WARD, batch_size=2, clock=clock)
    (pages_used,) = db.execute("PRAGMA page_count").fetchone()
    db.execute(f"PRAGMA max_page_count = {pages_used}")
    writer.put(article("bai-1", body="a " * 50_000))
    with pytest.raises(DatabaseProblem):
        writer.put(article("bai-2", body="b " * 50_000))
    db.execute(f"PRAGMA max_page_count = {pages_used + 1000}")
    writer.flush()
    assert writer.tally == Tally(new=2)
