"""A replica portal preserved: requests made and not made, what the archive holds, what kills leave."""

import errno
import json
import signal
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.command import run, run_python
from tests.support.crawls import BY_NAME, sections_of
from tests.support.signals import signal_at
from wardcrawler.archives.warc.captures import captures
from wardcrawler.replica import Replica
from wardcrawler.replica.expected import expected
from wardcrawler.replica.families.registry import FAMILY_PORTALS


@dataclass
class Preserving:
    """Runs ``wardcrawler`` in a folder of its own."""

    replica: Replica
    folder: Path

    @property
    def db(self) -> Path:
        return self.folder / "a.db"

    @property
    def wacz(self) -> Path:
        return self.folder / "a.wacz"

    def arguments(self, command: str, *more: str, portal: str = "phuong-9") -> list[str]:
        address = self.replica.address(portal)
        return [
            command, "--url", address, *sections_of(portal), "--delay", "0", "--db", str(self.db), *more,
        ]  # fmt: skip

    def run(self, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
        return run(*arguments, **options)

    def archive(self, *more: str, code: int = 0) -> dict[str, Any]:
        done = self.run(*self.arguments("archive", "--archive", str(self.wacz), "--json", *more))
        assert (done.returncode, json.loads(done.stdout)["exit_code"]) == (code, code), done.stderr
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    def verify(self, *more: str) -> tuple[int, dict[str, Any]]:
        done = self.run("verify", str(self.wacz), "--json", *more)
        return done.returncode, json.loads(done.stdout)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.db)) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture
def here(replica: Replica, tmp_path: Path) -> Preserving:
    return Preserving(replica, tmp_path)


@dataclass
class Preserved:
    """A portal preserved once: the answer, the requests that were made, and what is there since."""

    here: Preserving
    answer: dict[str, Any]
    asked: dict[str, int]


@pytest.fixture(scope="module")
def preserved(running_replica: Replica, tmp_path_factory: pytest.TempPathFactory) -> Preserved:
    running_replica.restore()
    here = Preserving(running_replica, tmp_path_factory.mktemp("preserved"))
    return Preserved(here, here.archive(), running_replica.requests("phuong-9"))


def test_a_preserved_portal_is_whole_and_every_article_is_found_in_it(preserved: Preserved) -> None:
    here, answer = preserved.here, preserved.answer
    assert answer["portals"][0]["new"] == expected("phuong-9").articles
    assert answer["archive"] == [str(here.wacz)]
    code, report = here.verify("--db", str(here.db))
    assert (code, report["problems"], report["missing"]) == (0, [], [])
    assert report["articles"] == expected("phuong-9").articles
    assert report["index_lines"] == report["records"]["response"] + report["records"].get("revisit", 0)
    assert not here.wacz.with_name("a.wacz.parts").exists()


def test_the_archive_holds_what_the_portal_served(preserved: Preserved) -> None:
    here, asked = preserved.here, preserved.asked
    for capture in captures([here.wacz]):
        if capture.status == 200 and ".png" in capture.url:
            assert capture.body is not None
            assert capture.body.startswith(b"\x89PNG")
    kept = [capture.url.removeprefix(here.replica.address("phuong-9")) for capture in captures([here.wacz])]
    assert sorted(kept) == sorted(target for target, times in asked.items() for _ in range(times))


def test_pages_carry_titles_dates_and_texts(here: Preserving) -> None:
    here.archive("--limit", "3")
    with zipfile.ZipFile(here.wacz) as archive:
        lines = [json.loads(line) for line in archive.read("pages/pages.jsonl").splitlines()]
        described = json.loads(archive.read("datapackage.json"))
    assert lines[0]["format"] == "json-pages-1.0"
    titles = {title for (title,) in here.rows("SELECT title FROM articles")}
    articles = [line for line in lines[1:] if "text" in line]
    assert {line["title"] for line in articles} == titles
    assert all(line["ts"].endswith("Z") for line in articles)
    assert described["mainPageUrl"] == f"{here.replica.address('phuong-9')}/"


def test_what_pages_need_is_there_and_what_is_elsewhere_is_listed(here: Preserving) -> None:
    article = here.replica.publish("phuong-9", "Thông báo", "Ảnh từ xa", "…")
    here.replica.answer(
        "phuong-9", article,
        b"<html><head><link rel=stylesheet href=/a.css></head><body>"
        b'<img src="/own.png" srcset="/own-2x.png 2x">'
        b'<img src="http://cdn.example.vn/far.png"><p style="background:url(/bg.png)">x</body></html>',
    )  # fmt: skip
    css = b"@import \"b.css\"; p{background:url('c.png')} /* url(no.png) */ @font-face{src:url(f.woff)}"
    here.replica.answer("phuong-9", "/a.css", css, content_type="text/css")
    answer = here.archive()
    asked = set(here.replica.requests("phuong-9"))
    assert {"/a.css", "/b.css", "/c.png", "/f.woff", "/own.png", "/own-2x.png", "/bg.png"} <= asked
    assert "/no.png" not in asked
    assert "offsite" in answer["left_out"]
    with zipfile.ZipFile(here.wacz) as archive:
        left = [json.loads(line) for line in archive.read("logs/left-out.jsonl").splitlines()]
        assert json.loads(archive.read("datapackage.json"))["leftOut"]["offsite"] == 1
    far = next(line for line in left if line["reason"] == "offsite")
    assert far["url"] == "http://cdn.example.vn/far.png"
    assert far["via"].endswith(article)
    assert here.verify()[0] == 0


def test_a_file_beyond_the_limit_is_left_out_and_listed(here: Preserving) -> None:
    article = here.replica.publish("phuong-9", "Thông báo", "Tệp lớn", "…")
    here.replica.answer("phuong-9", article, b'<html><body><img src="/big.png"></body></html>')
    here.replica.answer("phuong-9", "/big.png", b"x" * 300_000, content_type="image/png")
    answer = here.archive("--set", "WARDCRAWLER_ARCHIVE_LARGEST_FILE=200000")
    assert "too-large" in answer["left_out"]


def test_pages_that_could_not_be_had_are_listed(preserved: Preserved) -> None:
    here = preserved.here
    with zipfile.ZipFile(here.wacz) as archive:
        left = [json.loads(line) for line in archive.read("logs/left-out.jsonl").splitlines()]
    listed = {line["url"]: line["reason"] for line in left}
    refused = here.rows("SELECT url, failure FROM pages WHERE failure IS NOT NULL")
    assert {"http-404", "redirect-loop", "robots"} <= {failure.partition(":")[0] for _, failure in refused}
    for url, failure in refused:  # a challenge page is an answer, and in the archive
        assert listed.get(url, "challenge") == failure.partition(":")[0]


def test_beyond_the_portals_limit_pages_go_on_and_requisites_are_left_out(here: Preserving) -> None:
    answer = here.archive("--set", "WARDCRAWLER_ARCHIVE_LARGEST_PORTAL=1")
    assert answer["portals"][0]["new"] == expected("phuong-9").articles
    assert "portal-limit" in answer["left_out"]


def test_a_run_that_was_stopped_goes_on_and_asks_nothing_again(here: Preserving) -> None:
    here.archive("--set", "CLOSESPIDER_PAGECOUNT=30", code=3)
    assert not here.wacz.exists()
    before = here.replica.requests("phuong-9")
    held = {url for (url,) in here.rows("SELECT url FROM captures WHERE status IN (200, 302, 404)")}
    here.replica.reset()
    answer = here.archive()
    again = set(before) & set(here.replica.requests("phuong-9"))
    address = here.replica.address("phuong-9")
    assert {target for target in again if address + target in held} == {"/robots.txt"}
    assert answer["archive"] == [str(here.wacz)]
    assert here.verify("--db", str(here.db))[0] == 0
    assert here.rows("SELECT count(*) FROM articles") == [(expected("phuong-9").articles,)]


def test_after_a_kill_the_same_command_makes_a_whole_archive(here: Preserving) -> None:
    command = here.arguments("archive", "--archive", str(here.wacz))
    assert here.run(*command, *signal_at(40, signal.SIGKILL)).returncode == -signal.SIGKILL
    (left,) = (here.folder / "a.wacz.parts").iterdir()
    assert left.name.endswith(".open")
    with left.open("ab") as file:  # as if the kill had come in the middle of a record
        file.write(left.read_bytes()[:100])
    here.archive()
    code, report = here.verify("--db", str(here.db))
    assert (code, report["problems"], report["missing"]) == (0, [], [])
    assert report["articles"] == expected("phuong-9").articles
    with zipfile.ZipFile(here.wacz) as archive:
        assert [name for name in archive.namelist() if name.endswith("-salvaged.warc.gz")]
    (torn,) = (here.folder / "a.wacz.parts").iterdir()
    assert torn.name.endswith(".torn")


def test_pages_of_a_list_that_is_paged_by_a_form_are_not_asked_for_again(here: Preserving) -> None:
    portal = next(portal for portal in FAMILY_PORTALS if portal.name == "dnn-stock")
    arguments = [
        "archive", "--url", here.replica.address(portal.name), "--platform", portal.variant,
        *(word for path in portal.sections.values() for word in ("--section", path)),
        "--delay", "0", "--db", str(here.db), "--archive", str(here.wacz),
    ]  # fmt: skip
    assert here.run(*arguments, "--set", "CLOSESPIDER_PAGECOUNT=25").returncode == 3
    posted = here.rows("SELECT url FROM captures WHERE method = 'POST' AND status = 200")
    assert posted
    here.replica.reset()
    assert here.run(*arguments).returncode == 0
    again = here.replica.requests(portal.name)
    address = here.replica.address(portal.name)
    assert {url.removeprefix(address) for (url,) in posted}.isdisjoint(again)
    assert here.verify("--db", str(here.db))[0] == 0


def test_stored_articles_that_no_listing_names_are_asked_for_too(here: Preserving) -> None:
    articles = expected("phuong-9").articles
    here.run(*here.arguments("crawl"))
    first, gone = (url for (url,) in here.rows("SELECT url FROM pages WHERE article_id ORDER BY key LIMIT 2"))
    address = here.replica.address("phuong-9")
    sections = BY_NAME["phuong-9"].sections
    kept = next(iter(sections.values()))
    here.replica.delete("phuong-9", gone.removeprefix(address))
    done = here.run(
        "archive", "--url", address, "--section", kept, "--delay", "0", "--db", str(here.db),
        "--archive", str(here.wacz),
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    code, report = here.verify("--db", str(here.db))
    assert (code, report["missing"], report["articles"], report["gone"]) == (0, [], articles, 1)
    assert first in {capture.url for capture in captures([here.wacz]) if capture.status == 200}


def test_a_part_that_the_disk_spoilt_is_told_and_what_it_held_is_fetched_again(here: Preserving) -> None:
    here.archive("--set", "CLOSESPIDER_PAGECOUNT=15", code=3)
    (part,) = (here.folder / "a.wacz.parts").iterdir()
    data = bytearray(part.read_bytes())
    data[len(data) // 2] ^= 4
    part.write_bytes(data)
    done = here.run(*here.arguments("archive", "--archive", str(here.wacz)))
    (line,) = done.stderr.splitlines()
    assert done.returncode == 5
    assert f"{part.name} at byte " in line
    here.archive()
    code, report = here.verify("--db", str(here.db))
    assert (code, report["problems"], report["missing"]) == (0, [], [])


def test_every_capture_row_points_at_its_record(preserved: Preserved, tmp_path: Path) -> None:
    here = preserved.here
    with zipfile.ZipFile(here.wacz) as archive:
        for url, name, offset, length in here.rows("SELECT url, warc_file, offset, length FROM captures"):
            data = archive.read(f"archive/{name}")[offset : offset + length]
            path = tmp_path / "one.warc.gz"
            path.write_bytes(data)
            (capture,) = captures([path])
            assert capture.url == url


# --- crawl --archive ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.wacz", "a.warc.gz"])
def test_a_crawl_may_keep_what_it_hears(here: Preserving, name: str) -> None:
    done = here.run(*here.arguments("crawl", "--archive", str(here.folder / name)))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert here.run("verify", str(here.folder / name), "--db", str(here.db)).returncode == 0
    assert {path.name for path in here.folder.iterdir()} >= {name, "a.db"}
    assert not (here.folder / f"{name}.parts").exists()


def test_what_other_runs_stored_is_not_missing_from_a_crawls_archive(here: Preserving) -> None:
    here.run(*here.arguments("crawl", "--limit", "5"))
    with (
        closing(sqlite3.connect(here.db)) as connection,
        connection,
    ):  # an archive knows its run by the second
        connection.execute("UPDATE runs SET started_at = '2024-01-01T00:00:00Z'")
    here.run(*here.arguments("crawl", "--archive", str(here.wacz)))
    code, report = here.verify("--db", str(here.db))
    assert (code, report["missing"], report["of_other_runs"]) == (0, [], 5)
    assert report["articles"] == expected("phuong-9").articles


def test_what_its_own_run_stored_must_be_in_a_crawls_archive(here: Preserving) -> None:
    here.run(*here.arguments("crawl", "--limit", "5", "--archive", str(here.wacz)))
    with closing(sqlite3.connect(here.db)) as connection, connection:
        connection.execute("UPDATE pages SET key = key || 'x', url = url || 'x' WHERE rowid = 1")
    code, report = here.verify("--db", str(here.db))
    assert (code, len(report["missing"]), report["of_other_runs"]) == (3, 1, 0)


def test_every_article_must_be_in_the_archive_of_a_preservation(here: Preserving) -> None:
    here.archive("--limit", "5")
    here.run(*here.arguments("crawl", "--limit", "2"))
    code, report = here.verify("--db", str(here.db))
    assert (code, len(report["missing"]), report["of_other_runs"]) == (3, 2, 0)


def test_a_warc_that_grows_beyond_a_segment_becomes_numbered_files(here: Preserving) -> None:
    here.run(
        *here.arguments("crawl", "--archive", str(here.folder / "a.warc.gz")),
        "--set", "WARDCRAWLER_ARCHIVE_SEGMENT=200000",
    )  # fmt: skip
    files = sorted(path.name for path in here.folder.glob("a-*.warc.gz"))
    assert files[:2] == ["a-00001.warc.gz", "a-00002.warc.gz"]
    assert {name for (name,) in here.rows("SELECT DISTINCT warc_file FROM captures")} == set(files)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("crawl", "a.zip"), "ends in .wacz or .warc.gz"),
        (("archive", "a.warc.gz"), "ends in .wacz"),
        (("crawl", "there.wacz"), "never written over"),
    ],
)
def test_names_that_cannot_be_archives_are_refused_before_any_request(
    here: Preserving, arguments: tuple[str, str], words: str
) -> None:
    (here.folder / "there.wacz").write_bytes(b"somebody's")
    command, name = arguments
    done = here.run(*here.arguments(command, "--archive", str(here.folder / name)))
    assert done.returncode == 2
    assert words in done.stderr
    assert here.replica.requests("phuong-9") == {}


def test_an_archive_that_cannot_be_written_ends_the_crawl_with_one_line(here: Preserving) -> None:
    script = (
        "import errno, os\n"
        "write = os.write\n"
        "def full(descriptor, data):\n"
        "    if bytes(data[:2]) == b'\\x1f\\x8b' and os.lseek(descriptor, 0, 1) > 100000:\n"
        f"        raise OSError({errno.ENOSPC}, 'No space left on device')\n"
        "    return write(descriptor, data)\n"
        "os.write = full\n"
        "from wardcrawler.cli import main\n"
        "main()\n"
    )
    command = here.arguments("archive", "--archive", str(here.wacz))
    done = run_python("-c", script, *command)
    assert done.returncode == 5
    assert "No space left on device" in done.stderr
    assert here.rows("SELECT outcome FROM runs") == [("partial",)]
    assert here.archive()["archive"] == [str(here.wacz)]  # once there is room, the same command goes on
    assert here.verify("--db", str(here.db))[0] == 0


def test_without_the_extra_crawls_go_on_and_archives_are_refused(here: Preserving) -> None:
    script = (
        "import sys\n"
        "class Without:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] == 'warcio':\n"
        "            raise ModuleNotFoundError(name)\n"
        "import importlib.util\n"
        "find_spec = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name: None if name == 'warcio' else find_spec(name)\n"
        "sys.meta_path.insert(0, Without())\n"
        "from wardcrawler.cli import main\n"
        "main()\n"
    )
    for more, code, words in (((), 0, ""), (("--archive", str(here.wacz)), 2, "needs the extra 'archive'")):
        done = run_python("-c", script, *here.arguments("crawl", "--limit", "2", *more))
        assert done.returncode == code
        assert words in done.stderr
