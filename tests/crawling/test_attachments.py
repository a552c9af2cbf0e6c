"""Files that articles link to: fetched politely, kept whole or not at all, read, and found by their words."""

import json
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.support import samples
from tests.support.command import run
from tests.support.portal_with_files import (
    LARGE_PDF,
    PDF,
    SECTION,
    WORD,
    Handler,
    PortalWithFiles,
    resuming,
    sha256,
)
from tests.support.samples import VIETNAMESE
from wardcrawler.attachments.media import DOCX


@pytest.fixture
def portal() -> Iterator[PortalWithFiles]:
    with PortalWithFiles() as portal:
        yield portal


class Crawls:
    """Runs ``wardcrawler crawl`` on the portal."""

    def __init__(self, portal: PortalWithFiles, db: Path) -> None:
        self.portal, self.db = portal, db

    def wardcrawler(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return run(*arguments, "--db", self.db)

    def crawl(self, *more: str, attachments: str = "--attachments") -> dict[str, Any]:
        done = self.wardcrawler(
            "crawl", "--url", self.portal.address, "--section", SECTION, "--platform", "nukeviet",
            "--delay", "0", "--json", attachments, "--set", "RETRY_TIMES=0", *more,
        )  # fmt: skip
        assert done.stdout, done.stderr
        (result,) = json.loads(done.stdout)["portals"]
        return dict(result)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.db)) as connection:
            return connection.execute(sql).fetchall()

    def failures(self) -> dict[str, str]:
        """The reason for each file that was not had, by the end of its address."""
        rows = self.rows("SELECT url, failure FROM article_attachments WHERE sha256 IS NULL")
        return {url.rpartition("/")[2]: str(failure).partition(":")[0] for url, failure in rows}

    def kept(self) -> set[str]:
        return {path.name for path in (self.db.parent / "files").rglob("*") if path.is_file()}


@pytest.fixture
def crawls(portal: PortalWithFiles, tmp_path: Path) -> Crawls:
    return Crawls(portal, tmp_path / "crawl.db")


# --- what is kept ----------------------------------------------------------------------------------


def test_files_are_kept_once_and_their_text_is_found(crawls: Crawls, portal: PortalWithFiles) -> None:
    portal.article("Thông báo", {"/f/thong%20b%C3%A1o.pdf": "Tải về", "/f/ds.docx": "Danh sách"})
    portal.article("Thông báo lần 2", {"/f/ban-sao.pdf": "Bản sao"})
    portal.file("/f/thong%20b%C3%A1o.pdf", PDF, Content_Type="text/html")
    portal.file("/f/ban-sao.pdf", PDF, Content_Type="application/pdf")
    portal.file("/f/ds.docx", WORD)
    result = crawls.crawl()
    assert (result["outcome"], result["files"]) == ("ok", 3)
    assert crawls.kept() == {f"{sha256(PDF)}.pdf", f"{sha256(WORD)}.docx"}
    assert crawls.rows("SELECT filename, media_type, text_status, text FROM article_attachments "
                       "JOIN attachments USING (sha256) ORDER BY url") == [
        ("ban-sao.pdf", "application/pdf", "ok", VIETNAMESE),
        ("ds.docx", DOCX.type, "ok", "Danh sách hộ cận nghèo năm 2023"),
        ("thong báo.pdf", "application/pdf", "ok", VIETNAMESE),
    ]  # fmt: skip
    assert crawls.rows("SELECT files FROM runs") == [(3,)]


def test_an_article_of_nothing_but_a_file_is_found_by_it(crawls: Crawls, portal: PortalWithFiles) -> None:
    portal.article("Thông báo", {"/f/a.pdf": "Tải về"})
    portal.file("/f/a.pdf", PDF)
    crawls.crawl()
    for query, exact in (("Liên Chiểu", True), ("lien chieu", False)):
        (hit,) = json.loads(crawls.wardcrawler("search", query, "--json").stdout)
        assert (hit["title"], hit["attachment"], hit["exact"]) == ("Thông báo", "a.pdf", exact)
        assert "phường Liên Chiểu" in hit["snippet"]
    assert crawls.wardcrawler("search", "lien chieu").stdout.rstrip("\n").split("\t")[-1] == "a.pdf"
    ((body, text),) = crawls.rows("SELECT body, attachment_text FROM records")
    assert VIETNAMESE not in body
    assert text == VIETNAMESE
    assert VIETNAMESE in crawls.wardcrawler("show", "1").stdout
    assert crawls.rows("""
        SELECT r.title, l.filename
        FROM attachments_fts f JOIN attachments a ON a.search_id = f.rowid
        JOIN article_attachments l ON l.sha256 = a.sha256 JOIN records r ON r.id = l.article_id
        WHERE attachments_fts MATCH '"lien chieu"' ORDER BY f.rank
    """) == [("Thông báo", "a.pdf")]


def test_files_are_left_alone_unless_asked_for(crawls: Crawls, portal: PortalWithFiles) -> None:
    portal.article("Thông báo", {"/f/a.pdf": "Tải về"})
    portal.file("/f/a.pdf", PDF)
    crawls.crawl(attachments="--no-attachments")
    assert portal.requests["/f/a.pdf"] == 0
    assert crawls.crawl()["files"] == 1


def test_a_known_file_is_not_asked_for_again(crawls: Crawls, portal: PortalWithFiles) -> None:
    portal.article("Thông báo", {"/f/a.pdf": "Tải về"})
    portal.file("/f/a.pdf", PDF)
    crawls.crawl()
    assert crawls.crawl()["files"] == 0
    assert portal.requests["/f/a.pdf"] == 1


def test_another_article_with_the_same_address_asks_whether_it_changed(
    crawls: Crawls, portal: PortalWithFiles
) -> None:
    def conditional(handler: Handler) -> None:
        if handler.headers.get("If-None-Match") == '"1"':
            handler.send(b"", status=304)
        else:
            handler.send(PDF, ETag='"1"')

    portal.answers["/f/a.pdf"] = conditional
    portal.article("Thông báo", {"/f/a.pdf": "Tải về"})
    crawls.crawl()
    portal.article("Thông báo lần 2", {"/f/a.pdf": "Tải về"})
    crawls.crawl()
    assert portal.requests["/f/a.pdf"] == 2
    assert crawls.rows("SELECT sha256 FROM article_attachments") == [(sha256(PDF),)] * 2


def test_the_budget_leaves_the_rest_to_the_next_run(crawls: Crawls, portal: PortalWithFiles) -> None:
    portal.article("Thông báo", {f"/f/{number}.pdf": str(number) for number in range(3)})
    for number in range(3):
        portal.file(f"/f/{number}.pdf", samples.pdf([[str(number)]]))
    assert crawls.crawl("--set", "WARDCRAWLER_FILES_MOST=2")["files"] == 2
    assert crawls.crawl("--set", "WARDCRAWLER_FILES_BYTES=1")["files"] == 1


def test_robots_txt_holds_for_files(crawls: Crawls, portal: PortalWithFiles) -> None:
    portal.article("Thông báo", {"/f/a.pdf": "Tải về"})
    portal.file("/robots.txt", b"User-agent: *\nDisallow: /f/\n")
    portal.file("/f/a.pdf", PDF)
    assert crawls.crawl()["outcome"] == "ok"
    assert crawls.failures() == {"a.pdf": "robots"}
    assert portal.requests["/f/a.pdf"] == 0


# --- names -----------------------------------------------------------------------------------------


def test_names_are_kept_and_harmless_and_never_paths(crawls: Crawls, portal: PortalWithFiles) -> None:
    long = "%E1%BB%A6" * 300
    links = ("..%2F..%2Fetc%2Fpasswd.pdf", "CON.pdf", f"{long}.pdf")
    portal.article("Thông báo", {f"/f/{name}": "Tải về" for name in links})
    portal.article("Văn bản", {"/c/document_library/get_file?uuid=1": "Tải về"})
    for number, name in enumerate(links):
        portal.file(f"/f/{name}", samples.pdf([[str(number)]]))
    portal.file(
        "/c/document_library/get_file?uuid=1",
        PDF,
        Content_Disposition="attachment; filename*=UTF-8''..%2FQuy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh.pdf",
    )
    crawls.crawl()
    names = {name for (name,) in crawls.rows("SELECT filename FROM article_attachments")}
    assert names == {"passwd.pdf", "_CON.pdf", "Ủ" * 65 + ".pdf", "Quyết định.pdf"}
    assert {len(name) for name in crawls.kept()} == {68}
    assert len(crawls.kept()) == 4


# --- what is not kept ------------------------------------------------------------------------------


def break_off(handler: Handler) -> None:
    handler.send(LARGE_PDF[:3000], length=len(LARGE_PDF))


def never_end(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"9\r\n%PDF-1.4\n\r\n")
    while True:
        handler.wfile.write(b"2000\r\n" + b"x" * 0x2000 + b"\r\n")


BAD = {
    "gone.pdf": ("http-404", lambda handler: handler.send(b"<h1>404</h1>", status=404)),
    "trang.pdf": ("html-page", lambda handler: handler.send(b"<html><title>Loi</title></html>")),
    "loi.pdf": ("message", lambda handler: handler.send(b"File not found")),
    "rong.pdf": ("empty", lambda handler: handler.send(b"")),
    "nua.pdf": ("cut-short", break_off),
    "cut.pdf": ("cut-short", lambda handler: handler.send_until_closed(LARGE_PDF[:3000])),
    "vo-tan.pdf": ("too-large", never_end),
    "to.pdf": ("too-large", lambda handler: handler.send(PDF * 1000)),
    "login.pdf": ("offsite", lambda handler: handler.send(b"", status=302, Location="http://example.org/")),
    "manh.pdf": ("cut-short", lambda handler: handler.send(PDF, status=206, Content_Range="bytes 0-9/10")),
}


def test_what_is_no_whole_file_is_not_kept_and_the_reason_is(crawls: Crawls, portal: PortalWithFiles) -> None:
    elsewhere = "https://other.example.vn/a.pdf"
    portal.article("Thông báo", {f"/f/{name}": name for name in BAD} | {elsewhere: "Nơi khác"})
    portal.article("Văn bản", {"/f/ok.pdf": "Tải về"})
    portal.file("/f/ok.pdf", PDF)
    for name, (_, answer) in BAD.items():
        portal.answers[f"/f/{name}"] = answer
    result = crawls.crawl("--set", "WARDCRAWLER_FILE_MAXSIZE=500000")
    assert (result["outcome"], result["files"]) == ("ok", 1)
    assert crawls.failures() == {name: reason for name, (reason, _) in BAD.items()} | {"a.pdf": "offsite"}
    assert crawls.kept() == {f"{sha256(PDF)}.pdf"}
    tries = "SELECT DISTINCT tries FROM article_attachments WHERE url NOT LIKE '%other%' ORDER BY tries"
    assert crawls.rows(tries) == [(0,), (1,)]


def test_a_failed_file_is_tried_again_and_not_for_ever(crawls: Crawls, portal: PortalWithFiles) -> None:
    portal.article("Thông báo", {"/f/a.pdf": "Tải về", "/f/b.pdf": "Tải về"})
    for _ in range(3):
        crawls.crawl("--set", "WARDCRAWLER_MAX_TRIES=2")
    assert (portal.requests["/f/a.pdf"], portal.requests["/f/b.pdf"]) == (2, 2)
    portal.file("/f/a.pdf", PDF)
    crawls.crawl("--set", "WARDCRAWLER_MAX_TRIES=3")
    assert crawls.failures() == {"b.pdf": "http-404"}
    assert crawls.rows("SELECT failure, tries FROM article_attachments WHERE sha256 NOTNULL") == [(None, 0)]


# --- breaking off and going on ---------------------------------------------------------------------


def test_a_file_that_breaks_off_goes_on_where_it_broke(crawls: Crawls, portal: PortalWithFiles) -> None:
    portal.article("Thông báo", {"/f/a.pdf": "Tải về"})
    portal.answers["/f/a.pdf"] = resuming(LARGE_PDF, step=len(LARGE_PDF) // 3 + 1)
    assert crawls.crawl()["files"] == 1
    assert crawls.kept() == {f"{sha256(LARGE_PDF)}.pdf"}
    assert portal.requests["/f/a.pdf"] == 3


def test_a_file_that_changes_while_it_comes_is_not_pieced_together(
    crawls: Crawls, portal: PortalWithFiles
) -> None:
    portal.article("Thông báo", {"/f/a.pdf": "Tải về"})
    portal.answers["/f/a.pdf"] = resuming(LARGE_PDF, second_etag='"2"')
    crawls.crawl()
    assert crawls.failures() == {"a.pdf": "cut-short"}
    assert crawls.kept() == set()


def test_a_file_that_breaks_off_again_and_again_is_left(crawls: Crawls, portal: PortalWithFiles) -> None:
    portal.article("Thông báo", {"/f/a.pdf": "Tải về"})
    portal.answers["/f/a.pdf"] = resuming(LARGE_PDF, step=100)
    crawls.crawl("--set", "WARDCRAWLER_FILE_RESUMES=2")
    assert portal.requests["/f/a.pdf"] == 3
    assert crawls.failures() == {"a.pdf": "cut-short"}


# --- texts -----------------------------------------------------------------------------------------


def test_a_bomb_costs_only_its_own_text(crawls: Crawls, portal: PortalWithFiles) -> None:
    portal.article("Thông báo", {"/f/bomb.docx": "Tải về", "/f/a.pdf": "Tải về", "/f/b.pdf": "Tải về"})
    portal.file("/f/bomb.docx", samples.bomb())
    portal.file("/f/a.pdf", PDF)
    portal.file("/f/b.pdf", b"%PDF-1.4 damaged %%EOF")
    result = crawls.crawl()
    assert (result["outcome"], result["files"]) == ("ok", 3)
    texts = dict(
        crawls.rows("SELECT url, text_status FROM article_attachments JOIN attachments USING (sha256)")
    )
    assert {url.rpartition("/")[2]: status for url, status in texts.items()} == {
        "bomb.docx": "failed",
        "a.pdf": "ok",
        "b.pdf": "failed",
    }


def test_a_text_that_a_kill_left_unread_is_read_by_the_next_run(
    crawls: Crawls, portal: PortalWithFiles
) -> None:
    portal.article("Thông báo", {"/f/a.pdf": "Tải về"})
    portal.file("/f/a.pdf", PDF)
    crawls.crawl()
    with closing(sqlite3.connect(crawls.db)) as connection, connection:
        connection.execute("UPDATE attachments SET text = NULL, text_status = NULL, search_id = NULL")
    crawls.crawl()
    assert crawls.rows("SELECT text, search_id FROM attachments") == [(VIETNAMESE, 2)]


def test_what_could_not_be_read_is_read_again_if_asked_to(crawls: Crawls, portal: PortalWithFiles) -> None:
    portal.article("Thông báo", {"/f/a.pdf": "Tải về"})
    portal.file("/f/a.pdf", PDF)
    crawls.crawl("--set", "WARDCRAWLER_READ_MEMORY=1000000")
    status = "SELECT text_status, text FROM attachments"
    assert crawls.rows(status) == [("failed", None)]
    crawls.crawl()
    assert crawls.rows(status) == [("failed", None)]
    crawls.crawl("--set", "WARDCRAWLER_READ_FAILED=1")
    assert crawls.rows(status) == [("ok", VIETNAMESE)]


def test_a_vault_that_cannot_be_written_ends_the_crawl_with_5(
    crawls: Crawls, portal: PortalWithFiles
) -> None:
    portal.article("Thông báo", {"/f/a.pdf": "Tải về"})
    portal.file("/f/a.pdf", PDF)
    (crawls.db.parent / "files").write_text("a file in its place")
    result = crawls.crawl()
    assert (result["outcome"], result["exit_code"]) == ("error", 5)
    assert "files cannot be written" in result["reason"]
    assert crawls.rows("SELECT sha256 FROM article_attachments") == [(None,)]
