"""``verify``: what it finds, and what it says of files that are not whole."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.archives.exchanges import HOST, page, written
from wardcrawler.archives.warc.wacz import DataPackage, write_wacz
from wardcrawler.cli.archives import verify


def run(path: Path, *more: str) -> Result:
    return CliRunner().invoke(verify, [str(path), *more])


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    return written(tmp_path)[0]


@pytest.fixture
def wacz(tmp_path: Path) -> Path:
    path, captured = written(tmp_path)
    pages = [{"url": f"{HOST}/trang-chu", "ts": captured[2].at, "title": "Trang chủ"}]
    write_wacz(tmp_path / "a.wacz", [path], pages, DataPackage("Phường", "…"))
    return tmp_path / "a.wacz"


def test_a_whole_file_passes_in_silence(warc: Path, wacz: Path) -> None:
    for path in (warc, wacz):
        assert (run(path).exit_code, run(path).output) == (0, "")


def test_records_and_digests_are_counted(warc: Path) -> None:
    report = json.loads(run(warc, "--json").output)
    assert report["records"] == {"warcinfo": 1, "response": 12, "request": 14, "revisit": 2, "metadata": 1}
    assert (report["kind"], report["truncated"]) == ("warc", 1)


@pytest.mark.parametrize("cut", [1, 5, 100, 1000, 5000])
def test_a_file_that_was_cut_is_told_with_the_offset_and_what_is_whole_is_counted(
    warc: Path, cut: int
) -> None:
    warc.write_bytes(warc.read_bytes()[:-cut])
    result = run(warc)
    assert result.exit_code == 3
    assert "at byte" in result.output
    assert "whole records" in result.output


def test_every_flipped_bit_is_found(warc: Path) -> None:
    good = warc.read_bytes()
    passed = []
    for place in range(0, len(good), 97):
        warc.write_bytes(good[:place] + bytes([good[place] ^ 0x04]) + good[place + 1 :])
        if run(warc).exit_code not in (2, 3):
            passed.append(place)
    # Under no checksum, and meaning nothing: what gzip's head says of time and system, and the bits that fill
    # up the last byte of a deflated stream, which stands nine bytes before the end of its member.
    magic = b"\x1f\x8b\x08"
    ends = [*(match.start() for match in re.finditer(re.escape(magic), good)), len(good)]
    assert [
        place for place in passed if good[place - 9 : place + 1].find(magic) < 0 and place + 9 not in ends
    ] == []


def test_a_digest_that_does_not_match_is_found_in_a_file_whose_gzip_is_right(tmp_path: Path) -> None:
    import gzip

    path, _ = written(tmp_path, [page()])
    other = tmp_path / "other.warc.gz"
    other.write_bytes(
        gzip.compress(gzip.decompress(path.read_bytes()).replace(b"Set-Cookie: a=1", b"Set-Cookie: a=2"))
    )
    result = run(other)
    assert result.exit_code == 3
    assert f"WARC-Block-Digest of {HOST}/tin-tuc does not match" in result.output


def test_a_revisit_of_what_is_not_there_is_found(tmp_path: Path) -> None:
    path, places = written(tmp_path, [page("/a"), page("/b")])
    path.write_bytes(path.read_bytes()[places[1].offset :])
    assert "a revisit of what is not in this archive" in run(path).output


def changed(wacz: Path, name: str, data: bytes | None) -> Path:
    """``wacz`` with another content of one of its files, or without it."""
    other = wacz.with_name("changed.wacz")
    with zipfile.ZipFile(wacz) as old, zipfile.ZipFile(other, "w") as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        if data is not None:
            new.writestr(name, data)
    return other


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("pages/pages.jsonl", None, "pages/pages.jsonl is listed in datapackage.json and missing"),
        ("pages/pages.jsonl", b'{"url": "http://x/"}\n', "which is not in the archive"),
        ("datapackage.json", b'{"resources": []}', "is not listed in datapackage.json"),
        ("datapackage.json", b"{", "datapackage.json cannot be read"),
        ("datapackage-digest.json", b"{}", "does not match datapackage-digest.json"),
        ("indexes/index.cdx.gz", None, "indexes/ holds no index"),
        ("extra.txt", b"x", "extra.txt is not listed"),
    ],
)
def test_a_wacz_that_contradicts_itself(wacz: Path, name: str, data: bytes | None, words: str) -> None:
    result = run(changed(wacz, name, data))
    assert result.exit_code == 3
    assert words in result.output


def test_an_index_that_names_other_places(wacz: Path) -> None:
    import gzip

    with zipfile.ZipFile(wacz) as archive:
        index = gzip.decompress(archive.read("indexes/index.cdx.gz"))
    place = json.loads(index.splitlines()[0].split(b" ", 2)[2])["offset"]
    elsewhere = f'"offset": "{int(place) + 1}"'.encode()
    wrong = gzip.compress(index.replace(f'"offset": "{place}"'.encode(), elsewhere))
    result = run(changed(wacz, "indexes/index.cdx.gz", wrong))
    assert f"at byte {int(place):,}: the record is not in the index" in result.output
    assert f"at byte {int(place) + 1:,}: not there" in result.output


def test_a_wacz_that_was_cut_is_told_and_its_records_are_counted(wacz: Path) -> None:
    wacz.write_bytes(wacz.read_bytes()[:-500])
    result = run(wacz, "--json")
    assert result.exit_code == 3
    report = json.loads(result.output)
    assert report["records"]["response"] == 12
    assert "zip directory" in report["problems"][0]


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """A WACZ of three WARC files with the same pages."""
    paths = [written(tmp_path, name=name)[0] for name in ("a", "b", "c")]
    write_wacz(tmp_path / "three.wacz", paths, [], DataPackage("Phường", "…"))
    return tmp_path / "three.wacz"


@pytest.mark.parametrize("cut", ["in the second", "behind all"])
def test_of_a_wacz_that_was_cut_all_that_can_be_read_is_counted(three: Path, cut: str) -> None:
    data = three.read_bytes()
    second = data.index(b"archive/b-00001.warc.gz")
    length = len(written(three.parent, name="d")[0].read_bytes())
    three.write_bytes(data[: second + length // 2] if cut == "in the second" else data[:-500])
    report = json.loads(run(three, "--json").output)
    if cut == "in the second":
        assert 12 < report["records"]["response"] < 24
        (problem,) = report["problems"][1:]
        assert problem.startswith("archive/b-00001.warc.gz at byte ")
    else:
        assert (report["records"]["response"], len(report["problems"])) == (36, 1)


def test_a_wacz_whose_beginning_is_damaged_is_read_where_it_goes_on(three: Path) -> None:
    data = bytearray(three.read_bytes())
    data[26:34] = b"\xff" * 8  # the length of the first file's name, and more
    three.write_bytes(data[:-500])
    assert json.loads(run(three, "--json").output)["records"]["response"] == 24


def test_a_wacz_that_was_written_to_a_pipe_and_cut_is_read(tmp_path: Path, warc: Path) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w") as archive:
        archive.write(warc, "archive/a.warc.gz")
        archive.writestr("pages/pages.jsonl", "{}")
    path = tmp_path / "piped.wacz"
    path.write_bytes(pipe.getvalue()[:-100])
    report = json.loads(run(path, "--json").output)
    assert report["records"]["response"] == 12


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"\x1f\x8b\x08nonsense", b"PK\x05\x06" + b"\0" * 18])
def test_other_files_are_wrong_input(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(data)
    assert run(path).exit_code == 2


def test_a_file_that_is_not_there_is_wrong_input(tmp_path: Path) -> None:
    assert run(tmp_path / "none.wacz").exit_code == 2
