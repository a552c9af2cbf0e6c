"""The SQL of docs/searching.md, pasted."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from tests.support.records import MakeArticle
from wardcrawler.attachments.readers.result import Reading
from wardcrawler.attachments.vault import StoredFile
from wardcrawler.items import Attachment
from wardcrawler.store.tables.attachments import save_text
from wardcrawler.store.writer import Writer

DOCS = Path(__file__).parents[3] / "docs" / "searching.md"
EXAMPLES = re.findall(
    r"^([^\n]+):\n\n```sql\n(.+?)```", DOCS.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
)

FOUND = {
    "Exactly this phrase": [1],
    "Every spelling": [1, 2],
    "Words anywhere": [3],
    "The beginning of a word": [1],
    "Two words near": [4],
    "The title weighs": [1],
    "Of wards of one province": [5],
    "How often a phrase": ["2024-02"],
    "Articles whose files": [5],
}


@pytest.fixture
def library(db: Database, writer: Writer, article: MakeArticle) -> Database:
    url = "https://hcm-phuong-9.example.vn/danh-sach.pdf"
    february = "2024-02-03T08:00:00+07:00"
    for made in (
        article("1", title="Công tác dân vận", body="Kể chuyện."),
        article("2", title="Lớp đàn", body="Đàn vận dụng nhạc cụ."),
        article("3", title="Sốt xuất huyết", body="Diệt lăng quăng."),
        article("4", title="Sắp xếp", body="Nhập khu phố và 12 tổ dân phố."),
        article("5", title="Tổng vệ sinh", body="Theo kế hoạch.", published_at=february,
                attachments=[Attachment(url, "danh-sach.pdf", "Danh sách")]),
        article("6", title="Tập huấn", body="Tiêm cho trẻ. Chuyển đổi số.", published_at=february),
    ):  # fmt: skip
        writer.put(made)
    writer.put_file(url, StoredFile("ab" * 32, 3, "ab/ab.pdf"), "application/pdf", 200)
    writer.flush()
    save_text(db, "ab" * 32, Reading(text="DANH SÁCH hộ dân", status="ok"))
    return db


@pytest.mark.parametrize(("says", "sql"), EXAMPLES)
def test_an_example_finds_what_it_says(library: Database, path: Path, says: str, sql: str) -> None:
    with closing(sqlite3.connect(path)) as shell:
        rows = shell.execute(sql).fetchall()
    (expected,) = (ids for beginning, ids in FOUND.items() if says.startswith(beginning))
    assert sorted(row[0] for row in rows) == expected


def test_every_example_is_tested() -> None:
    assert len(EXAMPLES) == len(FOUND)


def test_the_index_can_be_checked_as_the_docs_say(library: Database, path: Path) -> None:
    (check,) = re.findall(r"^`(INSERT .+;)`$", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    with closing(sqlite3.connect(path)) as shell:
        shell.execute(check)


def test_snippets_are_not_to_be_had_in_a_bare_shell(library: Database, path: Path) -> None:
    with closing(sqlite3.connect(path)) as shell:
        sql = (
            "SELECT snippet(articles_fts, 2, '', '', '…', 9) FROM articles_fts WHERE articles_fts MATCH 'dân'"
        )
        (made,) = shell.execute(sql).fetchone()
    assert not made
