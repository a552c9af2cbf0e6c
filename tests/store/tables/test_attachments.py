"""Which files are to be had, and what is said of those that were."""

from collections.abc import Callable

import pytest
from sqlite_utils import Database

from tests.support.records import WARD, Clock, MakeArticle
from wardcrawler.attachments.readers.result import Reading
from wardcrawler.attachments.vault import StoredFile
from wardcrawler.items import Attachment
from wardcrawler.store.article import article_with_places
from wardcrawler.store.search.search import search
from wardcrawler.store.tables.attachments import due_files, offsite_files, save_text, unread_files
from wardcrawler.store.writer import Writer

HOST = "phuong9.example.vn"
URL = f"https://{HOST}/f/1.pdf"
STORED = StoredFile("ab" * 32, 7, f"files/ab/ab/{'ab' * 32}.pdf")


def link(url: str = URL, filename: str = "1.pdf") -> Attachment:
    return Attachment(url, filename, "Tải về")


@pytest.fixture
def due(db: Database, clock: Clock) -> Callable[[], list[str]]:
    return lambda: [file.url for file in due_files(db, WARD, [HOST], max_tries=2, clock=clock)]


def test_files_of_the_newest_articles_are_due_first_each_address_once(
    writer: Writer, article: MakeArticle, due: Callable[[], list[str]]
) -> None:
    other = f"https://{HOST}/f/2.pdf"
    writer.put(article("1", body="Bài 1.", attachments=[link(), link(other)]))
    writer.put(article("2", body="Bài 2.", attachments=[link(other)]))
    writer.put(article("3", body="Bài 3."))
    writer.flush()
    assert due() == [other, URL]


def test_files_elsewhere_are_not_due_and_told_once(
    db: Database, writer: Writer, article: MakeArticle, due: Callable[[], list[str]]
) -> None:
    elsewhere = "https://other.example.vn/a.pdf"
    writer.put(article("1", body="Bài 1.", attachments=[link(elsewhere), link("https://[broken/a.pdf")]))
    writer.flush()
    assert due() == []
    assert offsite_files(db, WARD, [HOST]) == [elsewhere, "https://[broken/a.pdf"]
    writer.fail_file(elsewhere, "offsite: not a host of this portal", is_try=False)
    writer.flush()
    assert offsite_files(db, WARD, [HOST]) == ["https://[broken/a.pdf"]


def test_a_kept_file_is_said_of_all_articles_that_link_there(
    db: Database, writer: Writer, article: MakeArticle, due: Callable[[], list[str]]
) -> None:
    writer.put(article("1", body="Bài 1.", attachments=[link()]))
    writer.put(article("2", body="Bài 2.", attachments=[link(filename="tên khác.pdf")]))
    writer.put_file(URL, STORED, "application/pdf", 200, etag='"1"')
    writer.flush()
    assert due() == []
    assert writer.tally.files == 1
    assert db.execute("SELECT filename, sha256, etag FROM article_attachments").fetchall() == [
        ("1.pdf", STORED.sha256, '"1"'),
        ("tên khác.pdf", STORED.sha256, '"1"'),
    ]


@pytest.mark.parametrize(
    ("own", "given", "kept"),
    [
        ("Kế hoạch.pdf", "x.pdf", "Kế hoạch.pdf"),
        ("get_file", "Kế hoạch.pdf", "Kế hoạch.pdf"),
        ("LinkClick.aspx", "Kế hoạch.pdf", "Kế hoạch.pdf"),
        ("get_file", None, "get_file"),
        ("../CON.pdf", None, "_CON.pdf"),
    ],
)
def test_the_server_names_a_file_whose_address_does_not(
    db: Database, writer: Writer, article: MakeArticle, own: str, given: str | None, kept: str
) -> None:
    writer.put(article("1", body="Bài 1.", attachments=[link(filename=own)]))
    writer.put_file(URL, STORED, "application/pdf", 200, name=given)
    writer.flush()
    assert db.execute("SELECT filename FROM article_attachments").fetchone() == (kept,)


def test_a_new_article_with_a_known_address_brings_what_the_server_said(
    db: Database, writer: Writer, article: MakeArticle, clock: Clock
) -> None:
    writer.put(article("1", body="Bài 1.", attachments=[link()]))
    writer.put_file(URL, STORED, "application/pdf", 200, etag='"1"')
    writer.put(article("2", body="Bài 2.", attachments=[link()]))
    writer.flush()
    (file,) = due_files(db, WARD, [HOST], max_tries=2, clock=clock)
    assert (file.sha256, file.etag) == (STORED.sha256, '"1"')
    writer.confirm_file(URL, STORED.sha256, '"1"', None)
    writer.flush()
    assert list(due_files(db, WARD, [HOST], max_tries=2, clock=clock)) == []


def test_a_file_that_fails_too_often_rests_for_a_month(
    writer: Writer, article: MakeArticle, clock: Clock, due: Callable[[], list[str]]
) -> None:
    writer.put(article("1", body="Bài 1.", attachments=[link()]))
    for _ in range(2):
        writer.flush()
        assert due() == [URL]
        writer.fail_file(URL, "http-404: the server answers 404", 404)
    writer.flush()
    assert due() == []
    clock.forward(days=30)
    assert due() == [URL]


def test_a_failure_that_was_no_try_does_not_count(
    writer: Writer, article: MakeArticle, due: Callable[[], list[str]]
) -> None:
    writer.put(article("1", body="Bài 1.", attachments=[link()]))
    for _ in range(5):
        writer.fail_file(URL, "rest: the host asked for rest", is_try=False)
    writer.flush()
    assert due() == [URL]


# --- texts -----------------------------------------------------------------------------------------


@pytest.fixture
def kept(writer: Writer, article: MakeArticle) -> None:
    writer.put(article("1", body="Bài 1.", attachments=[link()]))
    writer.put_file(URL, STORED, "application/pdf", 200)
    writer.flush()


@pytest.mark.usefixtures("kept")
def test_a_text_is_kept_and_found(db: Database, clock: Clock) -> None:
    assert [file.path for file in unread_files(db)] == [STORED.path]
    save_text(
        db,
        STORED.sha256,
        Reading("ok", "Danh sách hộ nghèo khu phố Bình Thái", 2, "tool 1", ["tcvn3"]),
        clock,
    )
    assert unread_files(db) == []
    (hit,) = search(db, "binh thai")
    assert (hit.id, hit.attachment, hit.exact) == (1, "1.pdf", False)
    assert "Bình Thái" in hit.snippet
    shown = article_with_places(db, 1)
    assert shown is not None
    assert shown["attachments"][0]["text"] == "Danh sách hộ nghèo khu phố Bình Thái"
    assert shown["attachments"][0]["charsets"] == '["tcvn3"]'


@pytest.mark.usefixtures("kept")
def test_an_articles_own_words_come_before_those_of_files(
    db: Database, writer: Writer, article: MakeArticle, clock: Clock
) -> None:
    save_text(db, STORED.sha256, Reading("ok", "khu phố Bình Thái"), clock)
    writer.put(article("2", body="Khu phố Bình Thái họp."))
    writer.flush()
    assert [(hit.id, hit.attachment) for hit in search(db, "Bình Thái")] == [(2, None), (1, "1.pdf")]
    assert [hit.id for hit in search(db, "Bình Thái", limit=1)] == [2]


@pytest.mark.usefixtures("kept")
def test_a_text_that_is_replaced_is_not_found_any_more(db: Database, clock: Clock) -> None:
    save_text(db, STORED.sha256, Reading("needs_ocr", "trang bìa"), clock)
    assert [file.text_status for file in unread_files(db)] == ["needs_ocr"]
    save_text(db, STORED.sha256, Reading("ok", "toàn văn"), clock)
    assert search(db, "trang bìa") == []
    assert len(search(db, "toàn văn")) == 1


@pytest.mark.usefixtures("kept")
def test_the_index_survives_vacuum(db: Database, clock: Clock) -> None:
    save_text(db, STORED.sha256, Reading("ok", "khu phố Bình Thái"), clock)
    db.execute("INSERT INTO attachments(sha256, media_type, size, path) VALUES ('00', 'x', 1, 'files/x')")
    db.execute("DELETE FROM attachments WHERE sha256 = '00'")
    db.vacuum()
    assert len(search(db, "Bình Thái")) == 1


@pytest.mark.parametrize("status", ["failed", "empty", "not_text"])
@pytest.mark.usefixtures("kept")
def test_what_cannot_be_read_is_not_read_again(db: Database, clock: Clock, status: str) -> None:
    save_text(db, STORED.sha256, Reading(status, reason="damaged"), clock)  # type: ignore[arg-type]
    assert unread_files(db) == []
    assert db.execute("SELECT text, search_id FROM attachments").fetchone() == (None, None)
