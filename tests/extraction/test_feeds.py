"""Feeds and sitemaps of any system, read as listings."""

import gzip

import pytest

from wardcrawler.extraction.feeds import feed_document, feed_kind, sitemap_children
from wardcrawler.items import NotAnArticle
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.generic import Generic
from wardcrawler.platforms.joomla import Joomla
from wardcrawler.platforms.liferay.stock import Liferay
from wardcrawler.platforms.reader import Page, PageReader
from wardcrawler.platforms.wordpress import WordPress

H = "https://xa.example"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def rss(link: str, date: str = "Fri, 30 Jun 2023 17:30:00 +0000", title: str = "Họp thôn") -> bytes:
    item = f"<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate></item>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel><link>{H}</link>{item}</channel></rss>'.encode()


def atom(link: str) -> bytes:
    return f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">
        <link rel="self" href="{H}/feed"/>
        <entry><title type="html">Họp &amp;amp; bàn</title><link rel="edit" href="{H}/sua/1"/>
        <link rel="alternate" href="{link}"/><updated>2024-01-01T00:00:00Z</updated>
        <published>2023-07-01T00:30:00+07:00</published></entry></feed>""".encode()


def sitemap(*entries: str) -> bytes:
    urls = "".join(f"<url>{entry}</url>" for entry in entries)
    return f"""<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet type="text/xsl" href="/x.xsl"?>
        <!-- made by a plugin --><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:news="{NEWS}">{urls}</urlset>""".encode()


def entries(raw: bytes, platform: type[Platform]) -> list[tuple[str, str, str | None]]:
    page = platform.read_listing(raw, "utf-8")
    return [(link.key, link.title, link.date_text) for link in platform.article_links(page, f"{H}/feed")]


@pytest.mark.parametrize(
    ("platform", "address", "key"),
    [
        (WordPress, f"{H}/hop-thon/", "hop-thon"),
        (Joomla, f"{H}/tin-tuc/12-hop-thon.html", "article/12"),
        (Liferay, f"{H}/web/guest/-/hop-thon", "-/hop-thon"),
        (Generic, f"{H}/node/12", "node/12"),
    ],
)
def test_every_platform_reads_feeds(platform: type[Platform], address: str, key: str) -> None:
    if platform is Generic:
        pytest.importorskip("trafilatura")
    assert entries(rss(address), platform) == [(key, "Họp thôn", "2023-07-01T00:30:00+07:00")]
    assert entries(atom(address), platform) == [(key, "Họp & bàn", "2023-07-01T00:30:00+07:00")]
    assert entries(sitemap(f"<loc>{address}</loc>"), platform) == [(key, "", None)]


def test_when_a_page_was_changed_is_not_when_it_was_published() -> None:
    changed = sitemap(f"<loc>{H}/hop-thon/</loc><lastmod>2024-05-01T08:00:00+07:00</lastmod>")
    assert entries(changed, WordPress) == [("hop-thon", "", None)]


def test_a_news_sitemap_has_titles_and_dates() -> None:
    news = """<news:news><news:publication><news:name>Xã</news:name></news:publication>
        <news:publication_date>2024-05-01T08:00:00+07:00</news:publication_date>
        <news:title>Ra quân trồng cây</news:title></news:news>"""
    assert entries(sitemap(f"<loc>{H}/ra-quan/</loc>{news}"), WordPress) == [
        ("ra-quan", "Ra quân trồng cây", "2024-05-01T08:00:00+07:00")
    ]


def test_a_sitemap_of_a_portal_of_unknown_make_lists_what_looks_like_an_article() -> None:
    pytest.importorskip("trafilatura")
    both = sitemap(f"<loc>{H}/gioi-thieu</loc>", f"<loc>{H}/tin/ra-quan-trong-cay-dau-xuan</loc>")
    assert [key for key, *_ in entries(both, Generic)] == ["tin/ra-quan-trong-cay-dau-xuan"]


def test_a_packed_sitemap_is_read_too() -> None:
    packed = gzip.compress(sitemap(f"<loc>{H}/hop-thon/</loc>"))
    assert [key for key, *_ in entries(packed, WordPress)] == ["hop-thon"]


def test_an_index_names_its_sitemaps_each_once() -> None:
    index = f"""<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
        <sitemap><loc>{H}/a.xml</loc><lastmod>2024-05-01</lastmod></sitemap>
        <sitemap><loc> {H}/b.xml </loc></sitemap><sitemap><loc>{H}/a.xml</loc></sitemap></sitemapindex>"""
    assert sitemap_children(index.encode()) == [f"{H}/a.xml", f"{H}/b.xml"]
    assert feed_document(index.encode()) is None


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<html><body><rss></rss></body></html>",
        b'<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"></html>',
        b"[]",
        b"\x1f\x8b broken",
        b"%PDF-1.4",
    ],
)
def test_anything_else_is_neither(raw: bytes) -> None:
    assert feed_document(raw) is None
    assert sitemap_children(raw) is None


def test_a_feed_is_one_page_and_knows_what_it_is() -> None:
    page = WordPress.read_listing(rss(f"{H}/hop-thon/"), None)
    assert feed_kind(page) == "feed"
    assert WordPress.next_listing_address(page, f"{H}/feed/") is None
    assert WordPress.is_listing(page, f"{H}/feed/")
    assert feed_kind(WordPress.read_listing(b"<html><body><p>Tin</p></body></html>", None)) is None


def test_a_feed_shows_no_platform_and_settles_none() -> None:
    pytest.importorskip("trafilatura")
    reader = PageReader()
    _, platform = reader.read_listing(Page(f"{H}/feed", rss(f"{H}/node/12")))
    assert (platform, reader.platform) == (Generic, None)


def test_nothing_is_expanded_and_nothing_loaded() -> None:
    bomb = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>
        <rss><channel><item><title>&b;</title><link>https://xa.example/a/</link></item></channel></rss>"""
    assert feed_document(bomb) is None
    with pytest.raises(NotAnArticle):
        WordPress.read_listing(rss("").replace(b"rss", b"sitemapindex"), None)
