"""A file is what its bytes say, whatever its name and headers claim."""

import gzip

import pytest

from tests.support import samples
from wardcrawler.attachments.media import NotAFile, looks_cut, media_of

OFFICE_PAGE = (
    b'<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><p>Danh s\xc3\xa1ch</body></html>'
)


@pytest.mark.parametrize(
    ("body", "extension"),
    [
        (samples.pdf([["a"]]), "pdf"),
        (b"\r\n<br />Warning: x<br />\n%PDF-1.4\n", "pdf"),
        (samples.docx(samples.paragraph("a")), "docx"),
        (samples.xlsx([["a"]]), "xlsx"),
        (samples.package({"ppt/presentation.xml": ""}), "pptx"),
        (samples.package({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}), "odt"),
        (samples.package({"a.pdf": "%PDF"}), "zip"),
        (b"PK\x03\x04 and nothing of a ZIP file", "zip"),
        (b"PK\x03\x04" + b"PK\x05\x06" + bytes(8) + b"\xff" * 12, "zip"),
        (samples.XLS, "xls"),
        (samples.DOC, "doc"),
        (b"{\\rtf1\\ansi a}", "rtf"),
        (OFFICE_PAGE, "html"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "jpg"),
        (b"\x89PNG\r\n\x1a\n\x00", "png"),
        (b"Rar!\x1a\x07\x01\x00", "rar"),
        pytest.param(gzip.compress(b"a"), "gz", id="gzip"),
        (b"MZ\x90\x00\x03", "exe"),
        ("Kính gửi: Ủy ban nhân dân\n".encode(), "txt"),
        pytest.param("Kính gửi".encode("utf-16"), "txt", id="utf-16"),
        (b"\x00\x01\x02\x03", "bin"),
    ],
)
def test_the_content_decides(body: bytes, extension: str) -> None:
    assert media_of(body).extension == extension


@pytest.mark.parametrize(
    ("body", "reason", "words"),
    [
        (b"", "empty", "the file is empty"),
        (b" \r\n", "empty", "the file is empty"),
        (
            b"<!DOCTYPE html><title>Kh\xc3\xb4ng t\xc3\xacm th\xe1\xba\xa5y</title>",
            "html-page",
            "Không tìm thấy",
        ),
        (b"\n<html><body><h1>404</h1></body></html>", "html-page", "404"),
        (b"<html>see %PDF-1.4</html>", "html-page", "see %PDF-1.4"),
        (b"<?xml version='1.0'?>\n" + b"<!-- a --> " * 300 + b"<html>Loi</html>", "html-page", "Loi"),
    ],
)
def test_a_page_in_place_of_a_file_is_none(body: bytes, reason: str, words: str) -> None:
    with pytest.raises(NotAFile, match=words) as refused:
        media_of(body)
    assert refused.value.reason == reason


@pytest.mark.parametrize("body", [samples.pdf([["a"] * 300]), samples.docx(samples.paragraph("a" * 9_000))])
def test_the_end_of_a_file_is_looked_for(body: bytes) -> None:
    media = media_of(body)
    assert not looks_cut(body, media)
    assert looks_cut(body[: len(body) // 2], media)
