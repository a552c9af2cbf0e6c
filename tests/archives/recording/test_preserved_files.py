"""A portal with files preserved: each asked for once, in the archive and in the vault, its text found."""

import gzip
import json
import signal
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from tests.support.command import PATIENCE, run, start
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
from wardcrawler.archives.warc.captures import captures


@pytest.fixture
def portal() -> Iterator[PortalWithFiles]:
    with PortalWithFiles() as portal:
        portal.article("Thông báo", {"/f/a.pdf": "Tải về", "/f/ds.docx": "Danh sách"})
        portal.article("Thông báo lần 2", {"/f/ban-sao.pdf": "Bản sao"})
        portal.file("/f/a.pdf", PDF, Content_Type="text/html")
        portal.file("/f/ban-sao.pdf", PDF)
        portal.file("/f/ds.docx", WORD)
        portal.file("/", b"<html><body><p>UBND</p></body></html>", Content_Type="text/html")
        yield portal


class Preserving:
    """Runs ``wardcrawler archive`` on the portal, in a folder of its own."""

    def __init__(self, portal: PortalWithFiles, folder: Path) -> None:
        self.portal, self.folder = portal, folder
        self.db, self.wacz = folder / "a.db", folder / "a.wacz"

    def command(self, *more: str) -> list[str]:
        return [
            "archive", "--url", self.portal.address,
            "--section", SECTION, "--platform", "nukeviet", "--delay", "0", "--set", "RETRY_TIMES=0",
            "--db", str(self.db), "--archive", str(self.wacz), "--json", *more,
        ]  # fmt: skip

    def archive(self, *more: str) -> dict[str, Any]:
        done = run(*self.command(*more))
        assert done.returncode == 0, done.stderr
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.db)) as connection:
            return connection.execute(sql).fetchall()

    def kept(self) -> set[str]:
        return {path.name for path in (self.folder / "files").rglob("*") if path.is_file()}

    def left_out(self) -> dict[str, str]:
        with zipfile.ZipFile(self.wacz) as archive:
            lines = [json.loads(line) for line in archive.read("logs/left-out.jsonl").splitlines()]
        return {line["url"].rpartition("/")[2]: line["reason"] for line in lines}


@pytest.fixture
def here(portal: PortalWithFiles, tmp_path: Path) -> Preserving:
    return Preserving(portal, tmp_path)


FILES = {f"{sha256(PDF)}.pdf", f"{sha256(WORD)}.docx"}


def test_a_file_is_asked_for_once_and_is_in_the_archive_in_the_vault_and_found(here: Preserving) -> None:
    answer = here.archive()
    assert answer["portals"][0]["files"] == 3
    assert {path: times for path, times in here.portal.requests.items() if path.startswith("/f/")} == {
        "/f/a.pdf": 1, "/f/ban-sao.pdf": 1, "/f/ds.docx": 1,
    }  # fmt: skip
    assert here.kept() == FILES
    held = [capture for capture in captures([here.wacz]) if "/f/" in capture.url]
    assert sorted((each.url.rpartition("/")[2], each.body) for each in held) == [
        ("a.pdf", PDF), ("ban-sao.pdf", PDF), ("ds.docx", WORD),
    ]  # fmt: skip
    done = run("search", "hộ cận nghèo", "--db", here.db, "--json", check=True)
    assert [hit["attachment"] for hit in json.loads(done.stdout)] == ["ds.docx"]


def test_files_that_an_earlier_crawl_kept_are_in_the_archive_too(here: Preserving) -> None:
    crawl = [word for word in here.command("--attachments") if word not in ("--archive", str(here.wacz))]
    crawl[crawl.index("archive")] = "crawl"
    run(*crawl, check=True)
    assert here.archive()["portals"][0]["files"] == 0
    assert {capture.body for capture in captures([here.wacz]) if "/f/" in capture.url} == {PDF, WORD}


def test_without_attachments_no_file_is_asked_for_and_the_archive_says_so(here: Preserving) -> None:
    answer = here.archive("--no-attachments")
    assert not [path for path in here.portal.requests if path.startswith("/f/")]
    assert not (here.folder / "files").exists()
    assert answer["left_out"] == "3 not-wanted"
    assert here.left_out() == dict.fromkeys(("a.pdf", "ban-sao.pdf", "ds.docx"), "not-wanted")


def test_files_beyond_the_limit_are_in_neither_and_are_listed(here: Preserving) -> None:
    here.archive("--set", "WARDCRAWLER_ARCHIVE_LARGEST_PORTAL=1")
    assert not [path for path in here.portal.requests if path.startswith("/f/")]
    assert here.left_out() == dict.fromkeys(("a.pdf", "ban-sao.pdf", "ds.docx"), "portal-limit")
    assert here.rows("SELECT DISTINCT failure, tries FROM article_attachments") == [
        ("no-room: portal-limit: the archive takes no more files", 0)
    ]
    assert here.kept() == set()


def test_a_file_that_is_too_large_is_found_out_once(here: Preserving) -> None:
    here.archive("--set", f"WARDCRAWLER_ARCHIVE_LARGEST_FILE={len(PDF) - 1}")
    assert here.portal.requests["/f/a.pdf"] == 1
    assert here.left_out()["a.pdf"] == "too-large"
    ((failure,),) = here.rows("SELECT failure FROM article_attachments WHERE url LIKE '%/a.pdf'")
    assert failure == "too-large: its body is larger than one may be, or unpacks to more"
    here.wacz.unlink()
    here.archive()
    assert here.kept() == FILES


def test_after_a_kill_files_come_from_what_is_there(here: Preserving) -> None:
    bodies = {"/f/a.pdf": PDF, "/f/ban-sao.pdf": PDF, "/f/ds.docx": WORD}
    third, killed = Event(), Event()

    def answer(handler: Handler) -> None:
        if sum(here.portal.requests[path] for path in bodies) == 3 and not killed.is_set():
            third.set()
            killed.wait(PATIENCE)
        handler.send(bodies[handler.path])

    here.portal.answers |= dict.fromkeys(bodies, answer)
    with start(*here.command()) as child:
        assert third.wait(PATIENCE)
        child.send_signal(signal.SIGKILL)
    killed.set()
    here.archive()
    assert sorted(here.portal.requests[path] for path in bodies) == [1, 1, 2]
    assert here.kept() == FILES


def test_a_file_that_breaks_off_comes_in_parts_which_are_no_pages_of_the_archive(here: Preserving) -> None:
    here.portal.answers["/f/a.pdf"] = resuming(LARGE_PDF, step=len(LARGE_PDF) // 2 + 1)
    here.archive()
    assert f"{sha256(LARGE_PDF)}.pdf" in here.kept()
    with zipfile.ZipFile(here.wacz) as archive:
        index = gzip.decompress(archive.read("indexes/index.cdx.gz")).decode()
    assert "/f/a.pdf" in index
    assert '"status": "206"' not in index
    done = run("verify", here.wacz, "--db", here.db)
    assert (done.returncode, done.stderr) == (0, "")
