"""Full disks and killed processes: what was acknowledged stays, nothing is half there."""

import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from tests.store.endless_crawl import CRAWL, unmatched
from wardcrawler.items import Article
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.store.writer import Tally, Writer

WARD = "hcm-phuong-9"


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
