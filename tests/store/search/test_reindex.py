"""The search index made anew."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from tests.support.records import MakeArticle
from wardcrawler.attachments.readers.result import Reading
from wardcrawler.attachments.vault import StoredFile
from wardcrawler.exit_codes import LOCKED, USAGE
from wardcrawler.items import Attachment
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.store.database.lock import RunLock
from wardcrawler.store.search.reindex import reindex
from wardcrawler.store.search.search import search
from wardcrawler.store.tables.attachments import save_text
from wardcrawler.store.writer import Writer

FILE_URL = "https://hcm-phuong-9.example.vn/to-trinh.pdf"
INDEXES = ("articles_fts", "attachments_fts")


@pytest.fixture
def library(db: Database, writer: Writer, article: MakeArticle) -> Database:
    file = Attachment(FILE_URL, "to-trinh.pdf", "Tờ trình")
    writer.put(
        article("1", title="Đảng uỷ phường", lead="Sáng 23/6", body="Dân vận khéo.", attachments=[file])
    )
    writer.put(article("2", title="Thuỷ lợi", body="Nạo vét kênh."))
    writer.put(article("2", title="Thuỷ lợi", body="Nạo vét hai kênh."))
    writer.put_file(FILE_URL, StoredFile("ab" * 32, 3, "ab/ab.pdf"), "application/pdf", 200)
    writer.flush()
    save_text(db, "ab" * 32, Reading(text="Chữ cũ", status="needs_ocr"))
    save_text(db, "ab" * 32, Reading(text="Quyết định phê duyệt", status="ok"))
    return db


def words(db: Database, table: str) -> list[tuple[object, ...]]:
    db.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{table}_v USING fts5vocab(main, {table}, instance)")
    return sorted(db.execute(f"SELECT term, doc, col, offset FROM temp.{table}_v").fetchall())


def schema(db: Database) -> set[tuple[str, str]]:
    return set(db.execute("SELECT name, sql FROM sqlite_schema WHERE name LIKE '%fts%'").fetchall())


def settings(db: Database) -> list[tuple[object, ...]]:
    return [row for name in INDEXES for row in db.execute(f"SELECT k, v FROM {name}_config ORDER BY k")]


def test_the_new_index_is_as_the_writer_made_the_old_one(
    library: Database, path: Path, open_again: Callable[..., Database]
) -> None:
    before = {name: words(library, name) for name in INDEXES}
    looks = schema(library), settings(library)
    library.close()
    assert reindex(path) == (3, 1)
    db = open_again()
    assert words(db, "articles_fts") == before["articles_fts"]
    # Of the file's earlier text, which leads nowhere, nothing is left.
    assert words(db, "attachments_fts") == [row for row in before["attachments_fts"] if row[1] == 2]
    assert (schema(db), settings(db)) == looks
    for name in INDEXES:
        db.execute(f"INSERT INTO {name}({name}) VALUES ('integrity-check')")
    assert [hit.title for hit in search(db, "dang uy")] == ["Đảng uỷ phường"]
    assert [hit.attachment for hit in search(db, "phê duyệt")] == ["to-trinh.pdf"]


def test_what_is_written_afterwards_is_found(
    library: Database, path: Path, writer: Writer, article: MakeArticle
) -> None:
    reindex(path)
    writer.put(article("3", title="Tiêm chủng", body="Cho trẻ."))
    writer.flush()
    save_text(library, "ab" * 32, Reading(text="Chữ mới nhất", status="ok"))
    assert [hit.title for hit in search(library, "tiêm chủng")] == ["Tiêm chủng"]
    assert [hit.title for hit in search(library, "chữ mới")] == ["Đảng uỷ phường"]
    assert search(library, "phê duyệt") == []


@pytest.mark.parametrize(
    "damage",
    [
        "DROP TABLE articles_fts",
        "DROP TABLE attachments_fts",
        *(f"DROP TABLE articles_fts_{shadow}" for shadow in ("data", "idx", "docsize", "config")),
        "DELETE FROM articles_fts_data",
        "DELETE FROM articles_fts_config",
        "UPDATE articles_fts_data SET block = randomblob(40)",
        "INSERT INTO articles_fts(articles_fts) VALUES ('delete-all')",
    ],
)
def test_whatever_is_missing_or_damaged_is_healed(
    library: Database, path: Path, open_again: Callable[..., Database], damage: str
) -> None:
    library.close()
    with closing(sqlite3.connect(path)) as shell, shell:
        shell.execute(damage)
    reindex(path)
    db = open_again(read_only=True)
    assert [hit.title for hit in search(db, "dân vận")] == ["Đảng uỷ phường"]
    assert [hit.attachment for hit in search(db, "phê duyệt")] == ["to-trinh.pdf"]


def test_readers_read_the_old_index_until_the_new_one_is_whole(
    library: Database, path: Path, open_again: Callable[..., Database]
) -> None:
    library.close()
    reader = open_again(read_only=True)
    seen = []

    def look(done: int, total: int) -> None:
        seen.append((done, total, len(search(reader, "dân vận"))))

    reindex(path, look)
    assert seen == [(done, 4, 1) for done in range(5)]


_KILLED = """
import os, signal, sys
from pathlib import Path
from wardcrawler.store.search.reindex import reindex
path, at = sys.argv[1:]
reindex(Path(path), lambda done, total: done == int(at) and os.kill(os.getpid(), signal.SIGKILL))
"""


@pytest.mark.parametrize("at", [0, 2, 4])
def test_a_kill_leaves_the_old_index(
    library: Database, path: Path, open_again: Callable[..., Database], at: int
) -> None:
    before = words(library, "articles_fts")
    library.close()
    done = subprocess.run([sys.executable, "-c", _KILLED, path, str(at)], check=False)
    assert done.returncode == -signal.SIGKILL
    db = open_again()
    assert words(db, "articles_fts") == before
    db.execute("INSERT INTO articles_fts(articles_fts) VALUES ('integrity-check')")
    assert reindex(path) == (3, 1)


def test_it_waits_for_no_run(library: Database, path: Path) -> None:
    with RunLock(path), pytest.raises(DatabaseProblem) as problem:
        reindex(path)
    assert problem.value.exit_code == LOCKED


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(DatabaseProblem, match="does not exist") as problem:
        reindex(tmp_path / "folder" / "none.db")
    assert problem.value.exit_code == USAGE
    assert list(tmp_path.iterdir()) == []
