"""Reading what was stored: views, one article, the export."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlite_utils import Database

from wardcrawler.items import Article, Attachment, Image
from wardcrawler.store.article import article_with_places
from wardcrawler.store.export import EXPORT_COLUMNS, export_rows
from wardcrawler.store.search.facets import Facets, condition
from wardcrawler.store.writer import Writer

WARD, DISTRICT = "hcm-phuong-9", "hcm-tan-binh"

MakeArticle = Callable[..., Article]


@pytest.fixture
def stored(
    db: Database, writer: Writer, district_writer: Writer, article: MakeArticle, clock: Any
) -> Database:
    """Article 1 on both portals, edited on the ward's to article 2; article 3 undated; one failure."""
    district_writer.put(article("tin-77", site=DISTRICT, published_at="2023-06-23T10:00:00+07:00"))
    district_writer.flush()
    clock.forward(days=1)
    writer.put(
        article(
            "bai-1",
            attachments=[Attachment("https://x.example.vn/1.pdf", "Kế hoạch.pdf", "Tải về")],
            images=[Image("https://x.example.vn/1.jpg", caption="Quét dọn", alt="ảnh")],
        )
    )
    writer.put(article("bai-1", body="Sáng 25/6, đoàn viên ra quân."))
    writer.put(
        article(
            "bai-3",
            body="Không đề ngày.",
            published_at=None,
            date_precision=None,
            date_source="none",
            date_text=None,
            date_reason="no date on the page",
        )
    )
    writer.put_failure("bai-4", "https://x.example.vn/-/bai-4", None, "timeout: no answer")
    writer.flush()
    return db


def test_records_are_the_pages_that_show_an_article(stored: Database) -> None:
    rows = list(stored.query("SELECT * FROM records ORDER BY id"))
    assert [(row["id"], row["site"], row["key"]) for row in rows] == [
        (1, DISTRICT, "tin-77"),
        (2, WARD, "bai-1"),
        (3, WARD, "bai-3"),
    ]
    assert {name: rows[1][name] for name in ("site_title", "level", "province", "unit_code", "category")} == {
        "site_title": "UBND Phường 9",
        "level": "ward",
        "province": "hcm",
        "unit_code": "26983",
        "category": "Tin tức",
    }


def test_a_record_has_the_articles_date_and_the_pages_own(
    db: Database, writer: Writer, district_writer: Writer, article: MakeArticle
) -> None:
    district_writer.put(article("tin-77", site=DISTRICT, published_at="2023-06-23T10:00:00+07:00"))
    district_writer.flush()
    writer.put(article("bai-1", published_at="2023-06-25T09:00:00+07:00"))
    writer.flush()
    assert list(db.query("SELECT site, published_at, page_published_at FROM records ORDER BY site")) == [
        {
            "site": WARD,
            "published_at": "2023-06-23T10:00:00+07:00",
            "page_published_at": "2023-06-25T09:00:00+07:00",
        },
        {
            "site": DISTRICT,
            "published_at": "2023-06-23T10:00:00+07:00",
            "page_published_at": "2023-06-23T10:00:00+07:00",
        },
    ]


def test_monthly_counts_go_by_the_date_on_the_page(stored: Database) -> None:
    rows = stored.query("SELECT site, month, pages, articles FROM monthly_counts ORDER BY site, month")
    assert [tuple(row.values()) for row in rows] == [
        (WARD, None, 1, 1),
        (WARD, "2023-06", 1, 1),
        (DISTRICT, "2023-06", 1, 1),
    ]


def test_show_gives_an_article_with_its_pages_the_earliest_first(
    db: Database, writer: Writer, district_writer: Writer, article: MakeArticle
) -> None:
    writer.put(article("khong-ngay", published_at=None))
    writer.put(article("bai-1"))
    writer.flush()
    district_writer.put(article("tin-77", site=DISTRICT, published_at="2023-06-23T10:00:00+07:00"))
    district_writer.flush()
    shown = article_with_places(db, 1)
    assert shown is not None
    assert shown["title"] == "Phường 9 ra quân dọn dẹp vệ sinh"
    assert shown["published_at"] == "2023-06-23T10:00:00+07:00"
    assert [(page["site"], page["key"]) for page in shown["pages"]] == [
        (DISTRICT, "tin-77"),
        (WARD, "bai-1"),
        (WARD, "khong-ngay"),
    ]
    assert shown["pages"][0]["category"] == "Tin tức"
    assert shown["pages"][0]["first_seen"] == "2023-07-01T08:00:00+07:00"


def test_show_gives_files_and_both_sides_of_a_revision(stored: Database) -> None:
    old, new = article_with_places(stored, 1), article_with_places(stored, 2)
    assert old is not None
    assert new is not None
    assert old["attachments"] == [
        {
            "url": "https://x.example.vn/1.pdf",
            "filename": "Kế hoạch.pdf",
            "label": "Tải về",
            "sha256": None,
            "media_type": None,
            "size": None,
            "path": None,
            "pages": None,
            "text_status": None,
            "text_reason": None,
            "charsets": None,
            "text": None,
            "failure": None,
        }
    ]
    assert old["images"] == [{"url": "https://x.example.vn/1.jpg", "caption": "Quét dọn", "alt": "ảnh"}]
    assert old["revisions"] == new["revisions"]
    assert [(edit["article_id"], edit["replaced_by"]) for edit in old["revisions"]] == [(1, 2)]
    assert old["revisions"][0]["url"] == "https://hcm-phuong-9.example.vn/-/bai-1"
    assert [page["site"] for page in old["pages"]] == [DISTRICT]
    assert json.loads(json.dumps(old)) == old


def test_a_text_no_page_shows_any_more_can_be_shown(
    db: Database, writer: Writer, article: MakeArticle
) -> None:
    writer.put(article())
    writer.put(article(body="Bản sửa."))
    writer.flush()
    shown = article_with_places(db, 1)
    assert shown is not None
    assert shown["pages"] == []
    assert len(shown["revisions"]) == 1


@pytest.mark.parametrize("article_id", [0, -1, 4, 2**63, 10**30])
def test_an_id_nobody_has_shows_nothing(stored: Database, article_id: int) -> None:
    assert article_with_places(stored, article_id) is None


def test_the_export_has_every_record_with_its_files(stored: Database) -> None:
    rows = list(export_rows(stored))
    assert [(row["id"], row["site"]) for row in rows] == [(1, DISTRICT), (2, WARD), (3, WARD)]
    assert rows[0]["attachments"][0]["filename"] == "Kế hoạch.pdf"
    assert rows[0]["images"][0]["caption"] == "Quét dọn"
    assert rows[1]["attachments"] == rows[1]["images"] == []
    assert json.loads(json.dumps(rows)) == rows


def test_the_export_has_the_columns_it_promises(stored: Database) -> None:
    view = [column.name for column in stored.view("records").columns]
    assert [*view, "attachments", "images"] == list(EXPORT_COLUMNS)
    assert all(tuple(row) == EXPORT_COLUMNS for row in export_rows(stored))


def test_the_export_says_how_each_page_was_read(
    db: Database, writer: Writer, district_writer: Writer, article: MakeArticle
) -> None:
    writer.put(article("bai-1"))
    writer.flush()
    district_writer.put(article("tin-77", site=DISTRICT, extraction="structure"))
    district_writer.flush()
    db.execute("UPDATE pages SET extraction = NULL WHERE key = 'bai-1'")  # as an older program left it
    told = {row["key"]: row["extraction"] for row in export_rows(db)}
    assert told == {"bai-1": None, "tin-77": "structure"}


def test_the_export_begins_without_sorting_all_texts(stored: Database) -> None:
    plans: list[str] = []

    def explain(sql: str, parameters: Any) -> None:
        if "FROM records" in sql:
            plans.extend(row[3] for row in stored.conn.execute(f"EXPLAIN QUERY PLAN {sql}", parameters))

    with stored.tracer(explain):
        list(export_rows(stored, condition(stored, Facets(sites=(WARD,), since=date(2023, 1, 1)))))
    assert plans
    assert not [step for step in plans if "TEMP B-TREE" in step]


def test_the_export_shows_one_moment_while_a_crawl_goes_on(
    stored: Database, writer: Writer, article: MakeArticle, open_again: Callable[..., Database]
) -> None:
    rows = export_rows(open_again(read_only=True))
    first = next(rows)
    writer.put(article("bai-9", body="Vừa đăng."))
    writer.flush()
    assert len([first, *rows]) == 3
