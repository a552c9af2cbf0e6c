"""WordPress: addresses of any form, lists as pages, feeds and REST answers, accounts that are no authors."""

import json
from datetime import UTC, datetime

import pytest

from tests.support.pages import document
from wardcrawler.extraction.listings import ListingRequest
from wardcrawler.items import Article, NotAnArticle
from wardcrawler.platforms.registry import recognise
from wardcrawler.platforms.wordpress import WordPress
from wardcrawler.text.dates import read_date

H = "https://portal.example"
URL = f"{H}/ra-quan/"


def article(text: str = "<p>Lời.</p>", *, meta: str = "", body: str = "") -> Article:
    page = f"""<article><h1 class="entry-title">Tiêu đề</h1><div class="entry-meta">{meta}</div>
        <div class="entry-content">{text}</div></article>"""
    tree = document(page)
    tree.body.set("class", body)
    return WordPress.parse_article(tree, URL)


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("/2023/06/ra-quan/", "2023/06/ra-quan"),
        ("/ra-quan", "ra-quan"),
        ("/ra-quan/?share=zalo#comments", "ra-quan"),
        ("/ra-quan/amp/", "ra-quan"),
        ("/tin-tuc/ra-quan.html", "tin-tuc/ra-quan.html"),
        ("/Ra-Quan-2/", "Ra-Quan-2"),
        ("/th%c3%b4ng-b%c3%a1o/", "th%C3%B4ng-b%C3%A1o"),
        ("/thông-báo/", "th%C3%B4ng-b%C3%A1o"),
        ("/?p=123", "?p=123"),
        ("/wp/?p=123&preview_id=1", "?p=123"),
        ("/archives/123", "?p=123"),
        # phuongtanphuoc.gov.vn
        ("/wp/tin-tuc/ra-quan/", "wp/tin-tuc/ra-quan"),
        # no posts: phuongbenthanh.gov.vn
        ("/category/trung-tam-hanh-chinh-cong/dich-vu-hanh-chinh-cong/", None),
        ("/wp/category/tin-tuc/", None),
        ("/category/tin-tuc/page/2/", None),
        ("/tin-tuc/page/2/", None),
        ("/chuyen-muc/tin-tuc/", None),
        ("/tag/via-he/", None),
        ("/2023/06/", None),
        ("/2023/06/ra-quan/feed/", None),
        ("/wp-content/uploads/2023/06/a.pdf", None),
        ("/tai-lieu/a.pdf", None),
        ("/wp-json/wp/v2/posts", None),
        ("/?p=abc", None),
        ("/?s=ra+quan", None),
        ("/", None),
        ("http://[broken", None),
    ],
)
def test_key(address: str, key: str | None) -> None:
    assert WordPress.article_key(address if address.startswith("http") else H + address) == key


def test_canonical_addresses() -> None:
    assert WordPress.canonical(f"{H}/ra-quan/amp/?replytocom=5&utm_source=x") == f"{H}/ra-quan/"
    assert WordPress.canonical(f"{H}/?p=5&amp=1") == f"{H}/?p=5"


@pytest.mark.parametrize(
    "address",
    [
        "/wp-login.php",
        "/wp-admin/",
        "/xmlrpc.php",
        "/ra-quan/feed/",
        "/ra-quan/embed/",
        "/ra-quan/trackback/",
        "/author/admin/",
        "/?s=ra+quan",
        "/?m=202306",
        "/?feed=rss2",
        "/ra-quan/?preview=true",
        "/ra-quan/?print=pdf",
    ],
)
def test_traps(address: str) -> None:
    assert WordPress.is_trap(H + address)


def test_ordinary_addresses_are_no_traps() -> None:
    for address in (
        "/",
        "/ra-quan/",
        "/category/tin-tuc/page/2/",
        "/?p=5",
        "/lich-cong-tac-tuan-39-nam-2026/",
    ):
        assert not WordPress.is_trap(H + address)


# --- lists ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "link", "following"),
    [
        (
            "/category/tin/",
            "<a class='next page-numbers' href='/category/tin/page/2/'>›</a>",
            "/category/tin/page/2/",
        ),
        (
            "/category/tin/page/2/",
            "<a class='next' href='/category/tin/page/3/'></a>",
            "/category/tin/page/3/",
        ),
        ("/category/tin/page/2/", "<a href='/category/tin/page/3/'>3</a>", "/category/tin/page/3/"),
        ("/category/tin/page/2/", "<a class='prev' href='/category/tin/'>Trước</a>", None),
        ("/category/tin/page/2/", "<a class='next' href='/tag/x/page/3/'></a>", None),
        ("/category/tin/", "<a class='next' href='/category/tin/page/9/'></a>", None),
        ("/tin/", "<a href='/tin/?paged=2'>2</a>", "/tin/?paged=2"),
    ],
)
def test_the_next_page(url: str, link: str, following: str | None) -> None:
    found = WordPress.next_listing(document(link), H + url, ListingRequest(H + url))
    assert found == (following and ListingRequest(H + following, page=2))


POSTS = f"{H}/wp-json/wp/v2/posts"


def posts(count: int) -> bytes:
    return json.dumps(
        [{"link": f"{H}/bai-{n}/", "title": {"rendered": "A &amp; B"}} for n in range(count)]
    ).encode()


@pytest.mark.parametrize(
    ("query", "found", "following"),
    [
        ("", 10, "?offset=10"),
        ("", 9, None),
        ("?per_page=3&categories=5", 3, "?per_page=3&categories=5&offset=3"),
        ("?per_page=3&offset=3", 3, "?per_page=3&offset=6"),
        ("?per_page=3&page=2", 3, "?per_page=3&offset=6"),  # a page number would end in an error
        ("?per_page=3&offset=6", 0, None),
        ("?per_page=x", 10, "?per_page=x&offset=10"),
    ],
)
def test_a_rest_list_is_walked_by_offset_until_it_is_not_full(
    query: str, found: int, following: str | None
) -> None:
    page = WordPress.read_listing(posts(found), None)
    asked = ListingRequest(POSTS + query)
    assert len(WordPress.article_links(page, asked.url)) == found
    assert WordPress.next_listing(page, asked.url, asked) == (
        following and ListingRequest(POSTS + following, page=2)
    )


@pytest.mark.parametrize(
    "raw",
    [b'{"code":"rest_forbidden","message":"Kh\xc3\xb4ng \xc4\x91\xc6\xb0\xe1\xbb\xa3c"}', b"[1]", b"{", b"["],
)
def test_other_json_is_no_list(raw: bytes) -> None:
    with pytest.raises(NotAnArticle) as refusal:
        WordPress.read_listing(raw, None)
    assert refusal.value.reason == "not-html"


def test_a_feed_lists_the_latest_posts_with_local_times() -> None:
    entry = "<item><title>A &amp; B</title><link>{}/a/</link><pubDate>{}</pubDate></item>"
    entries = entry.format(H, "Fri, 30 Jun 2023 17:30:00 +0000") + entry.format(f"{H}/b", "hôm qua")
    raw = f'\ufeff<?xml version="1.0"?><rss><channel>{entries}</channel></rss>'
    page = WordPress.read_listing(raw.encode(), None)
    assert [
        (link.key, link.title, link.date_text) for link in WordPress.article_links(page, f"{H}/feed/")
    ] == [
        ("a", "A & B", "2023-07-01T00:30:00+07:00"),
        ("b/a", "A & B", None),
    ]
    assert WordPress.next_listing(page, f"{H}/feed/", ListingRequest(f"{H}/feed/")) is None


def test_an_entity_that_a_feed_forgot_to_declare_costs_no_links() -> None:
    raw = f"<rss><channel><item><title>A &nbsp; B</title><link>{H}/a/</link></item></channel></rss>"
    links = WordPress.article_links(WordPress.read_listing(raw.encode(), None), f"{H}/feed/")
    assert [link.key for link in links] == ["a"]


@pytest.mark.parametrize("raw", [b"<rss", b'<?xml version="1.0"?><rss><chan'])
def test_a_feed_that_breaks_off_lists_nothing_or_is_refused(raw: bytes) -> None:
    try:
        assert WordPress.article_links(WordPress.read_listing(raw, None), f"{H}/feed/") == []
    except NotAnArticle as refusal:
        assert refusal.reason == "not-html"  # noqa: PT017


# --- articles ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        (
            '<time class="entry-date" datetime="2023-06-24T01:37:00+00:00">24/06/2023</time>',
            "2023-06-24T08:37:00+07:00",
        ),
        ('<time class="entry-date">24 Tháng Sáu, 2023</time>', "2023-06-24T00:00:00+07:00"),
        ('<span class="post-date">Đăng ngày 24/06/2023 08:37</span>', "2023-06-24T08:37:00+07:00"),
    ],
)
def test_dates(printed: str, iso: str) -> None:
    found = article(meta=printed).dates[0].text
    assert read_date(found, now=datetime(2026, 11, 23, tzinfo=UTC)).iso == iso


@pytest.mark.parametrize(
    ("account", "text", "author"),
    [
        ("admin", "", None),
        ("Lê Na", "", "Lê Na"),
        ("bởi Lê Na", "", "Lê Na"),
        ("Lê Na", "<p>Tin, ảnh: Quỳnh Giao</p>", "Quỳnh Giao"),
        ("admin", "<p>Mời bà con./.</p><p>Quỳnh Giao</p>", "Quỳnh Giao"),
    ],
)
def test_whoever_signs_comes_before_the_account(account: str, text: str, author: str | None) -> None:
    assert article(f"<p>Lời.</p>{text}", meta=f'<span class="author">{account}</span>').author == author


@pytest.mark.parametrize("kind", ["archive category", "blog hfeed", "home page", "search search-results"])
def test_pages_that_say_they_are_lists_are_no_articles(kind: str) -> None:
    with pytest.raises(NotAnArticle) as refusal:
        article("<p>Toàn văn bài đầu.</p>", body=kind)
    assert refusal.value.reason == "listing"
    assert article(body="single single-post blog").title == "Tiêu đề"


def test_a_legal_document_is_no_article() -> None:
    with pytest.raises(NotAnArticle) as refusal:
        article("<p>Số ký hiệu: 1/QĐ-UBND</p><p>Ngày ban hành: 05/01/2026</p><p>Người ký: Lê Na</p>")
    assert refusal.value.reason == "document"


def test_a_title_repeated_in_the_text_does_not_hide_the_date() -> None:
    found = article("<h1>Tiêu đề</h1><p>Lời.</p>", meta='<time class="entry-date">24/06/2023</time>')
    assert ([date.text for date in found.dates], found.body) == (["24/06/2023"], "Lời.")


def test_recognition() -> None:
    generator = "<meta name='generator' content='WordPress 6.4.3'>"
    theme = "<link rel='stylesheet' href='/wp-content/themes/flat/style.css'>"
    for head in (generator, theme, "<link rel='https://api.w.org/' href='/wp-json/'>"):
        assert recognise(document("<p>Chào</p>", head), f"{H}/")[0] is WordPress
    picture = document(
        '<img src="https://other.example/wp-content/uploads/a.jpg"><a href="/wp-content/a.pdf">a</a>'
    )
    assert recognise(picture, f"{H}/category/tin/")[0] is None
