"""Whatever happens to a page on its way, extraction yields an article or says why there is none."""

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.support.attacks import ATTACKS, dangers
from tests.support.saved_pages import pages, stored
from wardcrawler.extraction.document import read_document
from wardcrawler.items import NotAnArticle
from wardcrawler.platforms.registry import PLATFORMS, recognise

SAVED = [(page.read_bytes(), stored(page)["url"]) for page in pages()]
SPLINTERS = [
    *(attack.encode() for attack in ATTACKS),
    *(
        b"<table>",
        b"<tr><td>",
        b"</div>",
        b"<div>" * 400,
        b"\0",
        b"\xff\xfe",
        b'"',
        b"<!--",
        b"<a href='",
        b"&#1;",
    ),
    *(
        b"<base href='//[x'>",
        b"<plaintext>",
        b"<html>",
        b"</body>",
        b"<textarea>",
        b"<h3 class='header-title'><span>",
    ),
]

position = st.integers(0, 40_000)
mutation = st.one_of(
    st.tuples(st.just("drop"), position, st.integers(1, 5000)),
    st.tuples(st.just("double"), position, st.integers(1, 5000)),
    st.tuples(st.just("insert"), position, st.sampled_from(SPLINTERS)),
    st.tuples(st.just("insert"), position, st.binary(max_size=8)),
)


def mutated(raw: bytes, mutations: list[tuple[str, int, int | bytes]]) -> bytes:
    for kind, where, what in mutations:
        at = where % (len(raw) + 1)
        if isinstance(what, bytes):
            raw = raw[:at] + what + raw[at:]
        elif kind == "drop":
            raw = raw[:at] + raw[at + what :]
        else:
            raw = raw[: at + what] + raw[at:]
    return raw


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SAVED), st.lists(mutation, min_size=1, max_size=8))
def test_mutated_pages(saved: tuple[bytes, str], mutations: list[tuple[str, int, int | bytes]]) -> None:
    raw, url = saved
    refused = ("", "")
    try:
        document = read_document(mutated(raw, mutations))
        recognise(document, url)
    except NotAnArticle as refusal:
        document, refused = None, (refusal.reason, refusal.words)
    if document is None:
        assert all(refused)
        return
    page = etree.tostring(document)
    for platform in PLATFORMS.values():
        try:
            assert all(
                link.key and not platform.is_trap(link.url) for link in platform.article_links(document, url)
            )
            following = platform.next_listing_address(document, url)
            assert following is None or not platform.is_trap(following)
            article = platform.parse_article(document, url)
        except NotAnArticle as refusal:
            refused = (refusal.reason, refusal.words)
            article = None
        if article is None:
            assert all(refused)
            continue
        assert article.title == " ".join(article.title.split()) != ""
        assert article.body or article.images or article.attachments
        assert all(line == line.strip() and line for line in article.body.split("\n")) or not article.body
        assert dangers(article.html) == []
        assert all(file.url.startswith(("http://", "https://")) for file in article.attachments)
    assert etree.tostring(document) == page  # no platform changes the page it reads


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes(raw: bytes) -> None:
    try:
        document = read_document(raw)
    except NotAnArticle:
        return
    for platform in PLATFORMS.values():
        try:
            platform.article_links(document, "https://portal.example/")
            platform.parse_article(document, "https://portal.example/-/a")
        except NotAnArticle:
            continue


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=80),
    st.sampled_from(["", "https://portal.example", "https://portal.example/chi-tiet-tin?"]),
)
def test_any_address(text: str, start: str) -> None:
    for platform in PLATFORMS.values():
        key = platform.article_key(start + text)
        assert key is None or key
        if not platform.is_trap(start + text):
            once = platform.canonical(start + text)
            assert platform.canonical(once) == once
            assert platform.article_key(once) == key
