"""Pages out of WARC files of all makes."""

import gzip
import io
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.archives.exchanges import HOST, MANY, PAGE, page, raw_record, written, zipped
from wardcrawler.archives.warc.captures import Capture, captures
from wardcrawler.archives.warc.gzip_members import Damaged, GzipMembers
from wardcrawler.archives.warc.inputs import NotAnArchive
from wardcrawler.archives.warc.wacz import DataPackage, write_wacz

BODY = PAGE.encode()


def answer(head: str, body: bytes) -> bytes:
    return raw_record("response", head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body,
                      "Content-Type: application/http; msgtype=response")  # fmt: skip


def read_one(folder: Path, data: bytes, *, name: str = "other.warc", limit: int = 1_000_000) -> Capture:
    path = folder / name
    path.write_bytes(data)
    (capture,) = captures([path], limit=limit)
    return capture


def test_all_that_was_written_comes_back_decoded(tmp_path: Path) -> None:
    path, _ = written(tmp_path)
    found = {capture.url: capture for capture in captures([path])}
    assert set(found) == {exchange.url for exchange in MANY}
    for exchange in MANY:
        capture = found[exchange.url]
        assert (capture.status, capture.method, capture.notes) == (
            exchange.status,
            exchange.method,
            exchange.notes,
        )
        assert capture.headers == exchange.headers
        assert capture.problem is None
    assert found[HOST + "/bai-viet/1"].body == (PAGE + "một").encode()
    assert found[HOST + "/in?x=1"].body == BODY  # a revisit has the payload it stands for
    assert found[HOST + "/cut"].truncated == "disconnect"
    assert found[HOST + "/cu"].body is None


@pytest.mark.parametrize("kind", ["gzip", "plain", "one member", "wacz"])
def test_a_file_may_be_packed_in_any_way(tmp_path: Path, kind: str) -> None:
    path, _ = written(tmp_path)
    expected = [(capture.url, capture.body) for capture in captures([path])]
    plain = gzip.decompress(path.read_bytes())
    other = tmp_path / {"plain": "p.warc", "wacz": "w.wacz"}.get(kind, "o.warc.gz")
    if kind == "wacz":
        write_wacz(other, [path], [], DataPackage("", ""))
    else:
        other.write_bytes(
            path.read_bytes() if kind == "gzip" else plain if kind == "plain" else gzip.compress(plain)
        )
    assert [(capture.url, capture.body) for capture in captures([other])] == expected


def test_http_1_0_with_bare_line_feeds(tmp_path: Path) -> None:
    block = b"HTTP/1.0 200 OK\nContent-Type: text/html\n\n" + BODY
    capture = read_one(tmp_path, raw_record("response", block))
    assert (capture.status, capture.header("content-type"), capture.body) == (200, "text/html", BODY)
    assert capture.date == datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_chunks_are_put_together_and_then_unpacked(tmp_path: Path) -> None:
    coded = gzip.compress(BODY)
    chunks = (
        b"".join(b"%x;x=y\r\n%b\r\n" % (len(part), part) for part in (coded[:10], coded[10:])) + b"0\r\n\r\n"
    )
    head = "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\nContent-Encoding: gzip"
    assert read_one(tmp_path, answer(head, chunks)).body == BODY


def test_chunks_that_were_put_together_already_although_the_header_stayed(tmp_path: Path) -> None:
    assert read_one(tmp_path, answer("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", BODY)).body == BODY


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("deflate", zlib.compress(BODY)),
        ("deflate", zlib.compress(BODY)[2:-4]),  # raw, as some servers send it
        ("x-gzip", gzip.compress(BODY)),
        ("identity", BODY),
        ("gzip", gzip.compress(BODY) + b"trailing"),
    ],
)
def test_codings(tmp_path: Path, coding: str, body: bytes) -> None:
    assert read_one(tmp_path, answer(f"HTTP/1.1 200 OK\nContent-Encoding: {coding}", body)).body == BODY


def test_what_does_not_unpack_and_what_grows_too_large_is_said(tmp_path: Path) -> None:
    head = "HTTP/1.1 200 OK\nContent-Encoding: gzip"
    assert read_one(tmp_path, answer(head, b"not gzip")).problem == "unreadable"
    assert read_one(tmp_path, answer(head, gzip.compress(b"\0" * 2_000_000))).problem == "too-large"
    assert read_one(tmp_path, answer("HTTP/1.1 200 OK", b"x" * 2000), limit=1000).problem == "too-large"


def test_resource_records_are_answers_too(tmp_path: Path) -> None:
    capture = read_one(tmp_path, raw_record("resource", BODY, "Content-Type: text/html", version="1.1"))
    assert (capture.status, capture.header("content-type"), capture.body) == (200, "text/html", BODY)


def test_addresses_between_angle_brackets(tmp_path: Path) -> None:
    assert read_one(tmp_path, raw_record("resource", BODY, url="<http://a.vn/>")).url == "http://a.vn/"


def test_a_revisit_before_its_original_and_one_without(tmp_path: Path) -> None:
    path, _ = written(tmp_path, [page("/a"), page("/b")])
    members = path.read_bytes()
    (_, second) = captures([path])
    moved = tmp_path / "moved.warc.gz"
    moved.write_bytes(members[second.offset :] + members[: second.offset])
    assert [(capture.url, capture.body) for capture in captures([moved])] == [
        (f"{HOST}/a", BODY), (f"{HOST}/b", BODY)
    ]  # fmt: skip
    moved.write_bytes(members[second.offset :])
    (alone,) = captures([moved])
    assert (alone.body, alone.problem) == (None, "revisit")


def test_damage_is_told_with_its_place_and_what_is_whole_is_read(tmp_path: Path) -> None:
    path, places = written(tmp_path, [zipped(f"/{number}", PAGE + str(number)) for number in range(4)])
    data = bytearray(path.read_bytes())
    data[places[1].offset + places[1].length // 2] ^= 0x10
    path.write_bytes(bytes(data[: places[3].offset + 50]))
    damages: list[tuple[str, Damaged]] = []
    found = [capture.url for capture in captures([path], on_damage=lambda *damage: damages.append(damage))]
    assert found == [f"{HOST}/0", f"{HOST}/2"]
    assert [(name, damage.offset) for name, damage in damages] == [
        (path.name, places[1].offset), (path.name, places[3].offset)
    ]  # fmt: skip
    with pytest.raises(Damaged, match=f"at byte {places[1].offset:,}"):
        list(captures([path]))


def test_damage_in_an_uncompressed_file(tmp_path: Path) -> None:
    good = answer("HTTP/1.1 200 OK", BODY)
    path = tmp_path / "plain.warc"
    path.write_bytes(good + good.replace(b"Content-Length: ", b"Content-Length: 1") + good)
    damages: list[int] = []
    found = list(captures([path], on_damage=lambda _, damage: damages.append(damage.offset)))
    assert (len(found), damages) == (2, [len(good)])


@pytest.mark.parametrize("data", [b"", b"<html>", b"SQLite format 3\0"])
def test_other_files_are_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(NotAnArchive):
        read_one(tmp_path, data)


class _Forward(io.BytesIO):
    """A file that counts how often it is sent back, which in a compressed zip costs all before it."""

    backward = 0

    def seek(self, offset: int, whence: int = 0) -> int:
        self.backward += whence == 0 and offset < self.tell()
        return super().seek(offset, whence)


@pytest.mark.parametrize("gap", [10, 65_533, 65_536, 200_000])
def test_the_next_record_behind_damage_is_found_without_going_back(gap: int) -> None:
    member = gzip.compress(b"WARC/1.1\r\n" + b"x" * 2000)
    false_start = b"\x1f\x8b\x08" + b"y" * 5
    data = false_start + b"z" * gap + member
    file = _Forward(data)
    members = GzipMembers(file)
    assert members.resynchronise(0) == len(false_start) + gap
    assert members.next_member()
    assert members.read(5) == b"WARC/"
    nothing = _Forward(b"z" * 1_000_000)
    assert GzipMembers(nothing).resynchronise(0) is None
    assert nothing.backward <= 1  # to the beginning, once nothing was found
