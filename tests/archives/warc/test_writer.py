"""What a WARC file says of an exchange, read with warcio rather than with our own reader."""

import errno
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.archives.exchanges import HOST, MANY, PAGE, page, written
from wardcrawler.archives.warc.unfinished import OPEN
from wardcrawler.archives.warc.writer import WarcWriter


def read(path: Path) -> list[tuple[Any, bytes]]:
    with path.open("rb") as file:
        return [(record, record.raw_stream.read()) for record in ArchiveIterator(file)]


def test_each_exchange_is_a_response_and_its_request(tmp_path: Path) -> None:
    path, _ = written(tmp_path, [page()])
    (info, _), (response, body), (request, _) = read(path)
    assert info.rec_type == "warcinfo"
    assert (response.rec_type, body) == ("response", PAGE.encode())
    assert response.rec_headers.get_header("WARC-IP-Address") == "203.0.113.7"
    assert request.rec_headers.get_header("WARC-Concurrent-To") == response.rec_headers.get_header(
        "WARC-Record-ID"
    )
    assert request.http_headers.protocol == "GET"
    assert request.http_headers.get_header("Host") == "ubnd.example.vn"
    for record in (response, request):
        assert record.rec_headers.get_header("WARC-Warcinfo-ID") == info.rec_headers.get_header(
            "WARC-Record-ID"
        )


def test_header_values_are_the_bytes_received_and_none_is_lost(tmp_path: Path) -> None:
    path, captured = written(tmp_path)
    file = next(each for each in captured if each.url.endswith(".pdf"))
    with path.open("rb") as opened:
        opened.seek(file.offset)
        import zlib

        record = zlib.decompressobj(31).decompress(opened.read(file.length))
    assert b'filename="Quy\xeat \xc4\x91\xe1\xbb\x8bnh.pdf"\r\n' in record
    response = next(
        record
        for record, _ in read(path)
        if record.rec_headers.get_header("WARC-Target-URI") == f"{HOST}/trang-chu"
    )
    assert [value for name, value in response.http_headers.headers if name == "Set-Cookie"] == ["a=1", "b=2"]


def test_a_body_stays_coded_and_its_transfer_coding_is_not_claimed(tmp_path: Path) -> None:
    chunked = page(headers=[("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")])
    path, _ = written(tmp_path, [chunked])
    response, body = read(path)[1]
    assert body == chunked.body
    assert response.http_headers.get_header("Content-Encoding") == "gzip"
    assert response.http_headers.get_header("Transfer-Encoding") is None


def test_the_same_payload_again_is_a_revisit_of_the_first(tmp_path: Path) -> None:
    path, captured = written(tmp_path, [page("/a"), page("/b"), page("/c", "kurz"), page("/d", "kurz")])
    types = [record.rec_type for record, _ in read(path)]
    assert types == [
        "warcinfo",
        *["response", "request"],
        *["revisit", "request"],
        *["response", "request"] * 2,
    ]
    assert captured[1].revisit_of == (f"{HOST}/a", captured[0].at)
    assert captured[3].revisit_of is None  # shorter than the record that would stand for it


def test_another_run_revisits_nothing_of_an_earlier_one(tmp_path: Path) -> None:
    written(tmp_path, [page()], "first")
    _, (again,) = written(tmp_path, [page()], "second")
    assert again.revisit_of is None


def test_a_body_that_was_cut_is_marked_and_never_stands_for_another(tmp_path: Path) -> None:
    path, captured = written(tmp_path, [page("/a", truncated="disconnect"), page("/b")])
    assert read(path)[1][0].rec_headers.get_header("WARC-Truncated") == "disconnect"
    assert captured[1].revisit_of is None


def test_what_we_know_of_an_answer_stands_in_a_metadata_record(tmp_path: Path) -> None:
    path, _ = written(tmp_path, [page(notes={"site": "hcm-example", "category": "Tin\r\ntức"})])
    record, block = read(path)[-1]
    assert (record.rec_type, block.decode()) == ("metadata", "site: hcm-example\r\ncategory: Tin tức\r\n")


def test_every_record_can_be_read_alone_at_the_offset_told(tmp_path: Path) -> None:
    path, captured = written(tmp_path)
    data = path.read_bytes()
    for exchange, place in zip(MANY, captured, strict=True):
        (record,) = ArchiveIterator(BytesIO(data[place.offset : place.offset + place.length]))
        assert record.rec_headers.get_header("WARC-Target-URI") == exchange.url


def test_a_file_is_open_until_it_is_whole(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path, "test", {})
    writer.write(page())
    assert [path.name for path in tmp_path.iterdir()] == ["test-00001.warc.gz" + OPEN]
    writer.close()
    assert [path.name for path in tmp_path.iterdir()] == ["test-00001.warc.gz"]


def test_a_full_file_is_followed_by_another_that_says_who_wrote_it(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path, "test", {"software": "x"}, largest_file=1000)
    for number in range(4):
        writer.write(page(f"/{number}", PAGE + str(number)))
    writer.close()
    files = sorted(tmp_path.iterdir())
    assert len(files) > 1
    assert [read(path)[0][0].rec_type for path in files] == ["warcinfo"] * len(files)
    assert sum(record.rec_type == "response" for path in files for record, _ in read(path)) == 4


def test_a_file_of_that_name_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / f"test-00001.warc.gz{OPEN}").write_bytes(b"of somebody")
    with pytest.raises(FileExistsError):
        WarcWriter(tmp_path, "test", {}).write(page())


def test_a_full_disk_leaves_the_records_before_it_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = WarcWriter(tmp_path, "test", {})
    writer.write(page("/a"))
    write, calls = os.write, []

    def fill_up(descriptor: int, data: bytes) -> int:
        calls.append(data)
        if len(calls) > 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(descriptor, data[:100])

    monkeypatch.setattr(os, "write", fill_up)
    with pytest.raises(OSError, match="No space"):
        writer.write(page("/b"))
    monkeypatch.undo()
    writer.close()
    assert [record.rec_type for record, _ in read(tmp_path / "test-00001.warc.gz")] == [
        "warcinfo",
        "response",
        "request",
    ]


def test_other_peoples_tools_find_the_file_whole(tmp_path: Path) -> None:
    path, _ = written(tmp_path)
    for tool in (["gzip", "-t"], [sys.executable, "-m", "fastwarc.cli", "check", "-q"]):
        done = subprocess.run([*tool, str(path)], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
