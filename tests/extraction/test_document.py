"""Bytes of a response to a parsed page, or the reason why there is none."""

import gzip

import pytest

from wardcrawler.extraction.document import declared_charset, read_document
from wardcrawler.items import NotAnArticle


def text(raw: bytes, charset: str | None = None) -> str:
    return " ".join(read_document(raw, charset).text_content().split())


@pytest.mark.parametrize(
    "raw",
    [
        b"%PDF-1.7 <html>",
        b"PK\x03\x04<html>",
        b"\x89PNG\r\n\x1a\n<html>",
        b"\xff\xd8\xff\xe0<html>",
        b"GIF89a<html>",
        pytest.param(gzip.compress(b"<html><p>x</p></html>"), id="gzip"),
        b"Rar!\x1a\x07\x00<html>",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1<html>",
        b'{"items": [1, 2]}',
        "Không có thẻ nào".encode(),
        b'<?xml version="1.0"?>\n<rss version="2.0"><channel/></rss>',
        b'<?xml version="1.0"?><!-- x --><urlset></urlset>',
        b"<feed xmlns='http://www.w3.org/2005/Atom'></feed>",
    ],
)
def test_what_is_not_html_is_refused(raw: bytes) -> None:
    with pytest.raises(NotAnArticle) as refusal:
        read_document(raw)
    assert refusal.value.reason == "not-html"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b" \r\n\t ",
        b"\0\0\0",
        "\ufeff \u00a0\u200b".encode(),
        b"<!-- x -->",
        b"<!DOCTYPE html>",
        b"<?xml?>",
    ],
)
def test_nothing_is_empty(raw: bytes) -> None:
    with pytest.raises(NotAnArticle) as refusal:
        read_document(raw)
    assert refusal.value.reason == "empty"


def test_utf_8_wins_over_headers_and_meta_tags_that_lie() -> None:
    raw = (
        '<?xml version="1.0" encoding="utf-16"?><meta charset="windows-1252"><p>Ủy ban nhân dân</p>'.encode()
    )
    assert text(raw, "iso-8859-1") == "Ủy ban nhân dân"


def test_nuls_and_forbidden_characters_are_read_over() -> None:
    document = read_document(b"<p>a\0b \x01\x0b c &#1; &#x0B; &#xFFFE; d\xef\xbf\xbf&#12;</p>")
    assert " ".join(document.text_content().split()) == "ab c d"
    paragraph = document.find(".//p")
    assert paragraph is not None
    paragraph.text = paragraph.text  # lxml refuses to write such characters


@pytest.mark.parametrize(
    ("reference", "character"),
    [
        ("&#10;", "\n"),
        ("&#9;", "\t"),
        ("&#x20;", " "),
        ("&#100;", "d"),
        ("&#x1EE7;", "ủ"),
        ("&#x1f;", " "),
        ("&#31", " "),
    ],
)
def test_only_forbidden_references_become_spaces(reference: str, character: str) -> None:
    assert read_document(f"<p>a{reference}-b</p>".encode()).text_content() == f"a{character}-b"


def test_comments_and_processing_instructions_are_gone() -> None:
    document = read_document(b"<p>a<!-- x --><?php y ?>b<!--[if mso]><b>z</b><![endif]--></p>")
    assert document.text_content() == "ab"
    assert all(isinstance(element.tag, str) for element in document.iter())


@pytest.mark.parametrize("tag", ["embed", "EMBED", "source", "track", "wbr"])
def test_what_follows_an_element_without_content_is_not_its_content(tag: str) -> None:
    document = read_document(f'<div><{tag} src="a>b">sau<p>x</p></div>'.encode())
    void = next(document.iter(tag.lower()))
    assert not len(void)
    assert void.tail == "sau"


def test_unclosed_elements() -> None:
    assert text(b"<div><p>a<p>b<ul><li>c<li>d<table><tr><td>e<td>f<b>g") == "a b c d e f g".replace(" ", "")


def test_deep_nesting_keeps_what_stands_inside() -> None:
    assert text(b"<div>" * 1500 + b"trong" + b"</div>" * 1500 + b"<p>sau</p>") == "trongsau"


@pytest.mark.parametrize("closing", [b"</div>", b""])
def test_a_page_the_parser_gives_up_on_is_refused_not_cut(closing: bytes) -> None:
    with pytest.raises(NotAnArticle, match="nested") as refusal:
        read_document(b"<p>a</p>" + b"<div>" * 100_000 + b"x" + closing * 100_000 + b"<p>b</p>")
    assert refusal.value.reason == "not-html"


def test_five_megabytes() -> None:
    document = read_document(b"<html><body>" + (b"<p>" + b"x" * 100 + b"</p>") * 50_000 + b"</body></html>")
    assert sum(1 for _ in document.iter("p")) == 50_000


def test_frames_are_parsed() -> None:
    assert read_document(b"<frameset><frame src=a></frameset>").find(".//frame") is not None


@pytest.mark.parametrize(
    ("header", "charset"),
    [
        (b"text/html;charset=UTF-8", "UTF-8"),
        (b'text/html; Charset = "windows-1258"; x=y', "windows-1258"),
        (b"text/html", None),
        (b"", None),
        (None, None),
        (b"text/html; charset=\xff", None),
    ],
)
def test_charset_of_a_header(header: bytes | None, charset: str | None) -> None:
    assert declared_charset(header) == charset
