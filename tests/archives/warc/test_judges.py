"""What other people's programs make of our files, and we of theirs."""

import gzip
import json
import shutil
import subprocess
import zipfile
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.archives.exchanges import HOST, MANY, written
from tests.archives.judges import judge, replaying
from tests.support.command import run_python
from wardcrawler.archives.verification.archive import check_archive
from wardcrawler.archives.warc.captures import captures
from wardcrawler.archives.warc.cdxj import index_entries, surt
from wardcrawler.archives.warc.inputs import WarcFile
from wardcrawler.archives.warc.wacz import DataPackage, write_wacz
from wardcrawler.replica import Replica

ADDRESSES = (
    "http://127.0.0.1:8080/x?b=2&a=1", "https://www.A.vn/", "https://www2.a.vn:443/p//q/../r/?",
    "http://a.vn/x;jsessionid=" + "0" * 32 + "?z&y=&y", "http://a.vn/%C4%91%25C4%2591/Đ?q=%26&p=%20+",
    "http://a.vn/(S(abcdefghijklmnopqrstuvwx))/a.aspx?sid=" + "a" * 32, "http://a.vn", "http://a.vn?x=1",
    "http://a.vn/a/./b/", "http://a.vn/../x", "http://a.vn/a?PHPSESSID=" + "a" * 32 + "&b=1", "http://a.vn/?",
    "https://a.vn/a#f", "http://a.vn/?A", "http://a.vn/a%2Fb", "http://a.vn/?b=%C3%A0&a",
)  # fmt: skip


def packed(folder: Path) -> Path:
    path, captured = written(folder)
    pages = [{"url": f"{HOST}/trang-chu", "ts": captured[2].at, "title": "Trang chủ", "text": "Ủy ban"}]
    write_wacz(
        folder / "a.wacz", [path], pages, DataPackage("Phường 9", "…", (f"{HOST}/trang-chu", captured[2].at))
    )
    return folder / "a.wacz"


def test_index_keys_are_those_of_the_surt_package() -> None:
    python = Path(judge("cdxj-indexer")).with_name("python")
    script = "import json, sys, surt; print(json.dumps([surt.surt(each) for each in json.load(sys.stdin)]))"
    done = subprocess.run(
        [str(python), "-c", script], input=json.dumps(ADDRESSES), capture_output=True, text=True, check=True
    )
    assert [surt(each) for each in ADDRESSES] == json.loads(done.stdout)


def test_the_index_is_that_of_cdxj_indexer(tmp_path: Path) -> None:
    path, _ = written(tmp_path)
    done = subprocess.run(
        [judge("cdxj-indexer"), "-p", "-s", str(path)], capture_output=True, text=True, check=True
    )
    with path.open("rb") as file:
        ours = {entry.line().strip() for entry in index_entries(WarcFile(path.name, file))}
    theirs = {line for line in done.stdout.splitlines() if '"status": "304"' not in line}
    assert {same(line) for line in ours} == {same(line) for line in theirs}


def same(line: str) -> tuple[str, ...]:
    """What must be equal of an index line."""
    key, timestamp, fields = line.split(" ", 2)
    read = json.loads(fields)
    return (
        key,
        timestamp,
        *(read.get(name, "") for name in ("url", "status", "digest", "length", "offset", "filename")),
    )


def test_py_wacz_finds_the_package_valid(tmp_path: Path) -> None:
    done = subprocess.run(
        [judge("wacz"), "validate", "-f", str(packed(tmp_path))], capture_output=True, text=True, check=False
    )
    assert "Validation succeeded" in done.stdout, done.stdout


def test_pywb_replays_every_page_byte_for_byte(tmp_path: Path) -> None:
    wacz = packed(tmp_path)
    with replaying(tmp_path, wacz) as port:
        for exchange in MANY:
            if exchange.method == "POST" or exchange.truncated or exchange.status == 304:
                continue
            connection = HTTPConnection("127.0.0.1", port)
            connection.request("GET", f"/a/id_/{exchange.url}", headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            body = answer.read()
            connection.close()
            assert (exchange.url[:80], answer.status) == (exchange.url[:80], exchange.status)
            assert body == exchange.body


def test_warcs_that_wget_wrote_are_read_and_verified(replica: Replica, tmp_path: Path) -> None:
    wget = shutil.which("wget")
    if wget is None:
        pytest.skip("wget is not installed")
    address = replica.address("phuong-9")
    subprocess.run(
        [wget, "-q", "-p", "-l", "1", "--warc-file", "w", f"{address}/"], cwd=tmp_path, check=False
    )
    path = tmp_path / "w.warc.gz"
    report = check_archive(path)
    assert report.findings.problems == []
    found = {capture.url.removeprefix(address): capture for capture in captures([path])}
    home = found["/web/phuong9"]
    assert home.body is not None
    assert b"<html" in home.body
    assert home.method == "GET"


def test_warcs_that_warcio_recorded_are_read_and_verified(replica: Replica, tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from warcio.capture_http import capture_http\n"
        "import http.client, urllib.request\n"
        "with capture_http(sys.argv[2]):\n"
        "    urllib.request.urlopen(sys.argv[1]).read()\n"
    )
    path = tmp_path / "c.warc.gz"
    address = replica.address("quan") + "/web/quan"
    run_python("-c", script, address, path, check=True)
    assert check_archive(path).findings.problems == []
    (capture,) = [each for each in captures([path]) if each.status == 200]
    assert capture.url == address
    assert b"<html" in (capture.body or b"")


def test_our_wacz_unpacks_to_files_other_tools_find_whole(tmp_path: Path) -> None:
    with zipfile.ZipFile(packed(tmp_path)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if name.endswith(".gz"):
                gzip.decompress(archive.read(name))


def test_the_heads_of_small_files_in_a_wacz_have_no_extra_fields(tmp_path: Path) -> None:
    """ReplayWeb.page looks for a file's data behind a head without them."""
    path = packed(tmp_path)
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        extras = [data[info.header_offset + 28 : info.header_offset + 30] for info in archive.infolist()]
    assert set(extras) == {b"\0\0"}
