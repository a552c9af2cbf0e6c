"""Records rebuilt from archives: those the crawl made, those other programs' archives hold, after kills and
repairs.
"""

import gzip
import hashlib
import json
import shutil
import signal
import sqlite3
import subprocess
import time
import zipfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.archives.exchanges import raw_record
from tests.support import samples
from tests.support.command import run, run_python, start
from tests.support.crawls import sections_of
from tests.support.databases import rows
from tests.support.portal_with_files import SECTION, PortalWithFiles
from wardcrawler.archives.recording.archive import file_name
from wardcrawler.archives.reparsing.index import CaptureIndex
from wardcrawler.archives.reparsing.open_warcs import OpenWarcs
from wardcrawler.archives.reparsing.reparse import PortalRouter, Reparse
from wardcrawler.archives.reparsing.site_run import Site
from wardcrawler.archives.warc.captures import Capture, captures
from wardcrawler.crawling.portals.adhoc import portal_at
from wardcrawler.items import Article
from wardcrawler.platforms.liferay.stock import HcmcLiferay
from wardcrawler.replica import Replica
from wardcrawler.replica.expected import expected_family_pages
from wardcrawler.replica.families.registry import ALL_PORTALS, FAMILIES
from wardcrawler.store.database.lock import RunLock
from wardcrawler.store.database.pool import shared_connection

TIMES = ("id", "first_seen", "last_changed", "page_first_seen", "page_last_seen")
LINKED = {"images": "url, caption, alt", "article_attachments": "url, filename, label, sha256"}


def wardcrawler(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return run(*arguments)


def reparse(db: Path, *arguments: str | Path, code: int = 0) -> dict[str, Any]:
    done = wardcrawler("reparse", *arguments, "--db", db, "--json")
    assert done.returncode == code, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    assert answer["exit_code"] == code
    return answer


class Unwatched:
    """Nobody looks on."""

    def reading(self, path: Path, done: int, size: int) -> None: ...
    def rebuilding(self, done: int, total: int) -> None: ...


def rebuild(db: Path, *paths: Path, only: tuple[str, ...] = (), portals: Any = None) -> dict[str, Site]:
    """What the command does, in this process."""
    with (
        shared_connection(db) as database,
        closing(OpenWarcs()) as warcs,
        closing(CaptureIndex(warcs)) as index,
    ):
        owners = PortalRouter(portals or {}, lambda _: None)
        reparsing = Reparse(database, index, owners, command="wardcrawler reparse", only=only)
        for path in paths:
            reparsing.read_archive(path, path.stat().st_size, Unwatched())
        return {result.site: result for result in reparsing.store_records(Unwatched())}


def records(db: Path, site: str = "%") -> dict[tuple[str, str], dict[str, Any]]:
    """Every record with its pictures and files, without ids and times."""
    with closing(sqlite3.connect(db)) as connection:
        connection.row_factory = sqlite3.Row
        found = {}
        for row in connection.execute("SELECT * FROM records WHERE site LIKE ?", (site,)):
            record = {name: row[name] for name in row.keys() if name not in TIMES}  # noqa: SIM118
            for table, columns in LINKED.items():
                sql = f"SELECT {columns} FROM {table} WHERE article_id = ? ORDER BY position"
                record[table] = [tuple(each) for each in connection.execute(sql, (row["id"],))]
            found[row["site"], row["key"]] = record
        return found


def everything(db: Path) -> dict[str, list[str]]:
    """All that is stored of pages, whatever the order it came in."""
    tables = ("articles", "pages", "revisions", "images", "article_attachments", "listings")
    return {table: sorted(map(repr, rows(db, f"SELECT * FROM {table}"))) for table in tables}


def lone_sites(db: Path) -> list[str]:
    """Portals none of whose texts another one shows, so that nothing another printed is in their records."""
    shared = "SELECT p.site FROM pages p JOIN pages q ON q.article_id = p.article_id AND q.site <> p.site"
    return [
        site for (site,) in rows(db, f"SELECT name FROM sites WHERE name NOT IN ({shared}) ORDER BY name")
    ]


# --- our own archives ---------------------------------------------------------------------------------------


@dataclass
class Whole:
    """The whole replica, crawled and archived, and switched off since."""

    live: Path
    wacz: Path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    pytest.importorskip("trafilatura")
    folder = tmp_path_factory.mktemp("whole")
    run_python("-m", "tests.archives.whole_replica", folder, check=True)
    return Whole(folder / "live.db", folder / "all.wacz")


@pytest.fixture(scope="module")
def fresh(whole: Whole) -> Path:
    """A database made of the archive alone."""
    db = whole.live.with_name("fresh.db")
    done = wardcrawler("reparse", whole.wacz, "--db", db)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")  # cron hears nothing
    return db


def test_of_every_platform_the_records_are_those_the_crawl_made(whole: Whole, fresh: Path) -> None:
    crawled, rebuilt = records(whole.live), records(fresh)
    assert len({site for site, _ in crawled}) == len(ALL_PORTALS)
    assert rebuilt.keys() == crawled.keys()
    assert [key for key in crawled if rebuilt[key] != crawled[key]] == []
    assert rows(fresh, "SELECT count(*) FROM articles") == rows(whole.live, "SELECT count(*) FROM articles")


def test_crawled_or_rebuilt_records_say_how_they_were_read(whole: Whole, fresh: Path) -> None:
    sql = "SELECT DISTINCT platform, extraction FROM records"
    read = dict(rows(whole.live, sql))
    assert {platform for platform, extraction in read.items() if extraction == "structure"} == {"generic"}
    assert set(read.values()) == {"platform", "structure"}
    assert dict(rows(fresh, sql)) == read


def test_what_gave_no_article_is_kept_for_the_next_crawl_if_the_archive_has_it(
    whole: Whole, fresh: Path
) -> None:
    sql = "SELECT site, key, url, category, failure, http_status FROM pages WHERE article_id IS NULL"
    crawled = set(rows(whole.live, sql))
    rebuilt = set(rows(fresh, sql))
    assert rebuilt < crawled
    assert {row[4].partition(":")[0] for row in crawled - rebuilt} == {"robots", "offsite", "redirect-loop"}


def test_pages_were_seen_when_they_were_captured(whole: Whole, fresh: Path) -> None:
    sql = (
        "SELECT p.site, p.key, p.first_seen, p.last_seen, p.checked_at, max(a.first_seen) FROM pages p JOIN "
    )
    sql += "articles a ON a.id = p.article_id GROUP BY 1, 2"
    captured: dict[str, set[str]] = {}
    # An address may answer more than once: it failed and was asked again, or was an example of its listing.
    for page, at in rows(
        whole.live,
        "SELECT k.site || k.key, substr(c.ts, 1, 19) || '+07:00' FROM captures k JOIN captures c "
        "ON c.site = k.site AND (c.url = k.url OR c.key = k.key) WHERE k.key NOT NULL AND k.status = 200",
    ):
        captured.setdefault(page, set()).add(at)
    answered = dict(
        rows(
            whole.live,
            "SELECT site || key, min(substr(ts, 1, 19) || '+07:00') FROM captures "
            "WHERE key NOT NULL AND status = 200 GROUP BY 1",
        )
    )
    for site, key, *times in rows(fresh, sql):
        assert set(times[:3]) <= captured[site + key]
        assert times[3] <= answered[site + key]


def test_one_portal_of_many(whole: Whole, fresh: Path, tmp_path: Path) -> None:
    site = lone_sites(fresh)[0]
    assert set(rebuild(tmp_path / "one.db", whole.wacz, only=(site,))) == {site}
    assert records(tmp_path / "one.db") == records(fresh, site)
    done = wardcrawler("reparse", whole.wacz, "--db", tmp_path / "none.db", "--site", "hcm-tan-binh")
    assert done.returncode == 2
    assert done.stderr.startswith("wardcrawler: the archives hold no page of hcm-tan-binh; portals in them: ")


# --- archives that differ -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def running(running_replica: Replica) -> Replica:
    """The replica as it was at the start, and then as these tests leave it."""
    running_replica.restore()
    return running_replica


@dataclass
class Edited:
    """A portal archived twice, one of its articles edited in between."""

    site: str
    first: Path
    second: Path
    live: Path
    path: str


@pytest.fixture(scope="module")
def edited(running: Replica, tmp_path_factory: pytest.TempPathFactory) -> Edited:
    folder = tmp_path_factory.mktemp("edited")
    address = running.address("phuong-9")
    path = running.publish("phuong-9", "Thông báo", "Lịch tiêm chủng", "Tiêm ngày 2/7.")
    for name in ("first", "second"):
        done = wardcrawler(
            "crawl", "--url", address, *sections_of("phuong-9"), "--delay", "0", "--full",
            "--db", folder / "live.db", "--archive", folder / f"{name}.warc.gz",
            "--set", "WARDCRAWLER_BACKOFF=0",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        running.edit("phuong-9", path, "Tiêm ngày 9/7.")
        begin_another_second()  # captures are dated by the second
    running.set_down("phuong-9", "refused")
    site = address.removeprefix("http://")
    return Edited(site, folder / "first.warc.gz", folder / "second.warc.gz", folder / "live.db", path)


def begin_another_second() -> None:
    """Return once the clock shows another second than now."""
    second = int(time.time())
    while int(time.time()) == second:
        pass


def edits(db: Path) -> list[tuple[Any, ...]]:
    return rows(
        db,
        "SELECT a.body, b.body, p.url FROM revisions r JOIN articles a ON a.id = r.article_id "
        "JOIN articles b ON b.id = r.replaced_by JOIN pages p USING (site, key)",
    )


@pytest.mark.parametrize("order", ["as captured", "the later first", "one by one, the later first"])
def test_an_edit_between_two_archives_is_a_revision(edited: Edited, tmp_path: Path, order: str) -> None:
    db = tmp_path / "edits.db"
    files = [edited.first, edited.second] if order == "as captured" else [edited.second, edited.first]
    if order.startswith("one by one"):
        for file in files:
            rebuild(db, file)
    else:
        rebuild(db, *files)
    assert [(before, after) for before, after, _ in edits(db)] == [("Tiêm ngày 2/7.", "Tiêm ngày 9/7.")]
    assert edits(db) == edits(edited.live)
    assert records(db) == records(edited.live)


def test_a_parser_that_learned_something_corrects_what_crawls_stored(
    edited: Edited, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = tmp_path / "corrected.db"
    shutil.copyfile(edited.live, db)
    parse = HcmcLiferay.parse_article.__func__  # type: ignore[attr-defined]

    def parse_better(cls: type[HcmcLiferay], document: Any, url: str) -> Article:
        article: Article = parse(cls, document, url)
        article.body += "\nNơi nhận: như trên."
        article.author = "Văn phòng"
        article.extraction = "structure"
        return article

    monkeypatch.setattr(HcmcLiferay, "parse_article", classmethod(parse_better))
    result = rebuild(db, edited.first, edited.second)[edited.site]
    assert (result.new, result.changed) == (0, 0)
    assert result.corrected == len(records(edited.live)) + 1  # of the edited one both texts
    assert {record["author"] for record in records(db).values()} == {"Văn phòng"}
    assert {record["extraction"] for record in records(db).values()} == {"structure"}
    assert all(record["body"].endswith("Nơi nhận: như trên.") for record in records(db).values())
    ((before, after, _),) = edits(db)
    assert (before.split("\n"), after.split("\n")) == (
        ["Tiêm ngày 2/7.", "Nơi nhận: như trên."], ["Tiêm ngày 9/7.", "Nơi nhận: như trên."],
    )  # fmt: skip
    monkeypatch.undo()
    assert rebuild(db, edited.first, edited.second)[edited.site].corrected == result.corrected
    assert records(db) == records(edited.live)


def test_without_a_file_the_databases_own_archives_are_read(edited: Edited, tmp_path: Path) -> None:
    db = tmp_path / "again.db"
    shutil.copyfile(edited.live, db)
    answer = reparse(db)
    assert [file["file"] for file in answer["files"]] == [str(edited.first), str(edited.second)]
    assert everything(db) == everything(edited.live)
    assert not any(portal["new"] + portal["changed"] + portal["corrected"] for portal in answer["portals"])


def test_an_archive_that_is_gone_is_named(edited: Edited, tmp_path: Path) -> None:
    db = tmp_path / "moved.db"
    shutil.copyfile(edited.live, db)
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("UPDATE archives SET path = '/nowhere/all.wacz' WHERE id = 1")
    done = wardcrawler("reparse", "--db", db)
    assert (done.returncode, done.stderr) == (
        3, "wardcrawler: /nowhere/all.wacz is not there any more; its records stay as they are\n",
    )  # fmt: skip


def test_twice_the_same_file_changes_nothing(edited: Edited, tmp_path: Path) -> None:
    db = tmp_path / "twice.db"
    rebuild(db, edited.first, edited.second)
    before = everything(db)
    result = rebuild(db, edited.first, edited.second, edited.first)[edited.site]
    assert (result.new, result.changed, result.corrected) == (0, 0, 0)
    assert everything(db) == before


def test_status_hears_nothing_of_it(edited: Edited, fresh: Path, tmp_path: Path) -> None:
    db = tmp_path / "status.db"
    shutil.copyfile(edited.live, db)
    before = json.loads(wardcrawler("status", "--json", "--db", db).stdout)
    rebuild(db, edited.first)
    assert rows(db, "SELECT DISTINCT outcome, command FROM runs ORDER BY id DESC LIMIT 1") == [
        ("reparsed", "wardcrawler reparse")
    ]
    assert json.loads(wardcrawler("status", "--json", "--db", db).stdout) == before
    known_from_archives = wardcrawler("status", "--json", "--db", fresh)
    assert known_from_archives.returncode == 0
    assert {row["state"] for row in json.loads(known_from_archives.stdout)} == {"archived"}


def test_killed_in_the_middle_and_run_again_it_gives_the_same(edited: Edited, tmp_path: Path) -> None:
    db, whole = tmp_path / "killed.db", tmp_path / "whole.db"
    rebuild(whole, edited.first, edited.second)
    with start("reparse", edited.first, edited.second, "--db", db) as child:
        while child.poll() is None and not stored(db):
            continue
        child.send_signal(signal.SIGKILL)
    assert child.returncode == -signal.SIGKILL
    assert 0 < stored(db) < stored(whole) + len(edits(whole))
    rebuild(db, edited.first, edited.second)
    assert everything(db) == everything(whole)


def stored(db: Path) -> int:
    """How many captures became articles so far."""
    try:
        ((count,),) = rows(db, "SELECT count(*) FROM articles")
    except sqlite3.OperationalError:
        return 0
    return int(count)


def test_damage_is_told_with_its_place_and_what_is_whole_is_rebuilt(edited: Edited, tmp_path: Path) -> None:
    data = bytearray(edited.first.read_bytes())
    cut = tmp_path / "cut.warc.gz"
    cut.write_bytes(data[: len(data) // 2])
    done = wardcrawler("reparse", cut, edited.second, "--db", tmp_path / "cut.db", "--site", edited.site)
    (line,) = done.stderr.splitlines()
    assert done.returncode == 3
    assert line.startswith(f"wardcrawler: {cut}: at byte ")
    assert line.endswith("the file is cut off in the gzip member that begins here")
    assert records(tmp_path / "cut.db").keys() == records(edited.live).keys()


def test_a_wacz_without_its_end_gives_what_stands_before(whole: Whole, fresh: Path, tmp_path: Path) -> None:
    torn = tmp_path / "torn.wacz"
    with zipfile.ZipFile(whole.wacz) as archive:
        files = [info for info in archive.infolist() if info.filename.startswith("archive/")]
    site = lone_sites(fresh)[0]
    place = next(place for place, info in enumerate(files) if f"/{file_name(site)}-" in info.filename)
    torn.write_bytes(whole.wacz.read_bytes()[: files[place + 1].header_offset])
    answer = reparse(tmp_path / "torn.db", torn, "--site", site, code=3)
    (damage,) = answer["files"][0]["damages"]
    assert damage.startswith(f"{torn}: at byte {torn.stat().st_size:,}: no zip directory at the end")
    assert records(tmp_path / "torn.db") == records(fresh, site)


# --- archives of other programs -----------------------------------------------------------------------------


def test_what_wget_archived(running: Replica, tmp_path: Path) -> None:
    if shutil.which("wget") is None:
        pytest.skip("wget is not installed")
    address = running.address("nukeviet")
    sections = [address + path for path in FAMILIES["nukeviet"].portal.sections.values()]
    command = ["wget", "-q", "-r", "-l", "4", "--delete-after", "--warc-file", "w", f"{address}/", *sections]
    subprocess.run(command, cwd=tmp_path, check=False)
    (result,) = rebuild(tmp_path / "w.db", tmp_path / "w.warc.gz").values()
    assert (result.platform, result.new) == ("nukeviet", len(expected_family_pages("nukeviet")))
    found = set(rows(tmp_path / "w.db", "SELECT title, page_published_at FROM records"))
    assert found == {(page.story.title, page.published) for page in expected_family_pages("nukeviet")}


def test_what_warcio_captured(running: Replica, tmp_path: Path) -> None:
    address, pages = running.address("nukeviet"), expected_family_pages("nukeviet")
    script = (
        "import sys\n"
        "from warcio.capture_http import capture_http\n"
        "import urllib.request\n"
        "with capture_http(sys.argv[1]):\n"
        "    for url in sys.argv[2:]:\n"
        "        urllib.request.urlopen(url).read()\n"
    )
    urls = [address + page.path for page in pages]
    run_python("-c", script, tmp_path / "c.warc.gz", *urls, check=True)
    rebuild(tmp_path / "c.db", tmp_path / "c.warc.gz")
    found = rows(tmp_path / "c.db", "SELECT url, title, page_published_at FROM records")
    assert {(url.removeprefix(address), title, at) for url, title, at in found} == {
        (page.path, page.story.title, page.published) for page in pages
    }


def record(kind: str, capture: Capture, block: bytes, *fields: str, url: str | None = None) -> bytes:
    """A record as another program might write it of an answer, without any note."""
    assert capture.date is not None
    head = [
        "WARC/1.1", f"WARC-Type: {kind}", f"WARC-Target-URI: {url or capture.url}",
        f"WARC-Date: {capture.date:%Y-%m-%dT%H:%M:%S.%fZ}", f"WARC-Record-ID: <urn:uuid:{uuid4()}>", *fields,
        f"Content-Length: {len(block)}",
    ]  # fmt: skip
    return "\r\n".join(head).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def answered(
    capture: Capture, *, protocol: str = "HTTP/1.1", more: str = "", body: bytes | None = None
) -> bytes:
    head = f"{protocol} {capture.status} X\r\nContent-Type: {capture.header('content-type')}\r\n{more}\r\n"
    return head.encode() + ((capture.body or b"") if body is None else body)


def one_record(form: str, capture: Capture) -> bytes:
    body = capture.body or b""
    if form == "resource":
        return record("resource", capture, body, f"Content-Type: {capture.header('content-type')}")
    if form == "http/1.0":
        block = answered(capture, protocol="HTTP/1.0").replace(b"\r\n", b"\n", 2).replace(b"\r\n", b"\n", 1)
        return record("response", capture, block)
    if form == "chunked":
        halves = (body[:1000], body[1000:])
        chunks = b"".join(b"%x\r\n%b\r\n" % (len(half), half) for half in halves if half) + b"0\r\n\r\n"
        return record(
            "response", capture, answered(capture, more="Transfer-Encoding: chunked\r\n", body=chunks)
        )
    if form == "revisits":
        digest = f"WARC-Payload-Digest: sha1:{hashlib.sha1(capture.url.encode()).hexdigest()}"  # noqa: S324
        original = record("response", capture, answered(capture), digest, url="http://mirror.example/")
        return original + record("revisit", capture, answered(capture, body=b""), digest)
    return record("response", capture, answered(capture))


FORMS = ("resource", "http/1.0", "chunked", "revisits", "one member", "plain", "compressed in a zip")


@pytest.fixture(scope="module")
def answers(whole: Whole, fresh: Path) -> list[Capture]:
    """Those of a portal whose articles are dated by its listings alone, which a script loads."""
    ((site,),) = rows(fresh, "SELECT name FROM sites WHERE platform = 'liferay-bacninh'")
    return [each for each in captures([whole.wacz]) if each.notes.get("site") == site and each.status == 200]


@pytest.mark.parametrize("form", FORMS)
def test_whatever_form_pages_are_archived_in(
    answers: list[Capture], fresh: Path, tmp_path: Path, form: str
) -> None:
    site = answers[0].notes["site"]
    data = b"".join(one_record(form, each) for each in answers)
    path = tmp_path / "other.warc"
    if form == "one member":
        path = tmp_path / "other.warc.gz"
        path.write_bytes(gzip.compress(data))
    elif form == "compressed in a zip":
        path = tmp_path / "other.wacz"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("archive/data.warc", data)
    else:
        path.write_bytes(data)
    sections = FAMILIES["liferay-bacninh"].portal.sections.values()
    portals = {site: portal_at(f"http://{site}", list(sections), "liferay-bacninh")}
    rebuild(tmp_path / "forms.db", path, only=(site,), portals=portals)
    assert records(tmp_path / "forms.db") == records(fresh, site)
    assert "listing" in {record["date_source"] for record in records(fresh, site).values()}


# --- files --------------------------------------------------------------------------------------------------


def test_files_that_articles_link_to_come_out_of_the_archive(tmp_path: Path) -> None:
    live, wacz = tmp_path / "live" / "a.db", tmp_path / "a.wacz"
    with PortalWithFiles() as portal:
        portal.file("/f/ke-hoach.pdf", samples.pdf([[samples.VIETNAMESE]]))
        portal.file("/f/khong-con.pdf", b"404", status=404)
        portal.article("Kế hoạch", {"/f/ke-hoach.pdf": "Tải về", "/f/khong-con.pdf": "Phụ lục"})
        done = wardcrawler(
            "crawl", "--url", portal.address, "--section", SECTION, "--platform", "nukeviet", "--delay", "0",
            "--attachments", "--archive", wacz, "--db", live, "--set", "RETRY_TIMES=0",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    with_files, without = tmp_path / "with" / "a.db", tmp_path / "without" / "a.db"
    assert reparse(with_files, wacz)["portals"][0]["files"] == 1
    assert reparse(without, "--no-attachments", wacz)["portals"][0]["files"] == 0
    assert records(with_files) == records(live)
    sql = "SELECT sha256, media_type, path, text, text_status FROM attachments"
    assert rows(with_files, sql) == rows(live, sql)
    ((_, _, path, _, status),) = rows(live, sql)
    assert status == "ok"
    assert (with_files.parent / path).read_bytes() == (live.parent / path).read_bytes()
    assert not (without.parent / "files").exists()


# --- what is refused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"<html></html>", "is neither WARC nor WACZ"),
        (b"\x1f\x8b\x08nonsense", "holds no WARC record that is whole"),
        (b"PK\x05\x06" + b"\0" * 18, "is a zip file without archive/*.warc.gz, so no WACZ"),
    ],
)
def test_other_files_are_wrong_input(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(data)
    done = wardcrawler("reparse", path, "--db", tmp_path / "x.db")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"wardcrawler: {path} {words}")


@pytest.mark.parametrize("date", ["2999-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "garbage"])
def test_a_capture_whose_date_cannot_be_true_is_left_out_and_counted(tmp_path: Path, date: str) -> None:
    path = tmp_path / "x.warc"
    record = raw_record("response", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Xin")
    path.write_bytes(record.replace(b"2024-01-02T03:04:05Z", date.encode()))
    warcs = OpenWarcs()
    index = CaptureIndex(warcs)
    list(index.add_archive(path, lambda name, damage: None))
    assert index.undated == 1
    index.close()
    warcs.close()


def test_damage_is_told_where_no_article_was_found_too(tmp_path: Path) -> None:
    path = tmp_path / "x.warc"
    record = raw_record("response", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Xin")
    path.write_bytes(record + record[:-30])
    done = wardcrawler("reparse", path, "--db", tmp_path / "x.db")
    assert done.returncode == 2
    damage, refusal = done.stderr.splitlines()
    assert f"{path}: at byte {len(record):,}: " in damage
    assert "no article was recognised" in refusal


def test_pages_of_no_known_platform_are_no_portal(tmp_path: Path) -> None:
    path = tmp_path / "x.warc"
    path.write_bytes(raw_record("response", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Xin"))
    done = wardcrawler("reparse", path, "--db", tmp_path / "x.db")
    assert done.returncode == 2
    assert done.stderr.startswith("wardcrawler: no article was recognised; portals in the archives: ubnd.")
    assert done.stderr.endswith("; name a --platform\n")


def test_a_database_without_archives_and_none_at_all(tmp_path: Path) -> None:
    done = wardcrawler("reparse", "--db", tmp_path / "none.db")
    assert done.returncode == 2
    assert "does not exist: name WARC or WACZ files" in done.stderr
    with shared_connection(tmp_path / "a.db"):
        pass
    done = wardcrawler("reparse", "--db", tmp_path / "a.db")
    assert done.returncode == 2
    assert done.stderr == "wardcrawler: this database knows no archive: name WARC or WACZ files\n"


def test_a_database_in_use_is_left_alone(edited: Edited, tmp_path: Path) -> None:
    with RunLock(tmp_path / "a.db"):
        done = wardcrawler("reparse", edited.first, "--db", tmp_path / "a.db")
    assert done.returncode == 75
    assert "is in use by another run" in done.stderr
