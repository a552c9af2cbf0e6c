"""WordPress: feeds and REST answers as lists, dates, accounts that are no authors."""

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


# --- lists ---------------------------------------------------------------------------------------


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
    "address",
    [
        f"{H}/?rest_route=/wp/v2/posts&per_page=2",
        f"{H}/cong/?rest_route=/wp/v2/posts&per_page=2",
        f"{H}/cong/index.php?rest_route=%2Fwp%2Fv2%2Fposts&per_page=2",
        f"{H}/cong/wp-json/wp/v2/posts?per_page=2",
    ],
)
def test_a_rest_list_is_walked_wherever_it_is_asked_for(address: str) -> None:
    asked = ListingRequest(address)
    following = WordPress.next_listing(WordPress.read_listing(posts(2), None), address, asked)
    assert following == ListingRequest(f"{address}&offset=2", page=2)
    assert WordPress.next_listing(WordPress.read_listing(posts(1), None), following.url, following) is None


def test_a_post_that_is_listed_twice_does_not_end_a_full_rest_list() -> None:
    twice = json.dumps([{"link": f"{H}/bai/", "title": {"rendered": "A"}}] * 2).encode()
    asked = ListingRequest(f"{POSTS}?per_page=2")
    assert WordPress.next_listing(WordPress.read_listing(twice, None), asked.url, asked) is not None


TITLES = ("Khai giảng lớp học tình thương", "Dọn rác bãi đá sau mùa mưa", "Thi cờ tướng người cao tuổi")


def posts_of(theme: str) -> list[tuple[str, str, str | None]]:
    entries = "".join(theme.format(f"/bai-{n}/", title, f"0{n}/03/2026") for n, title in enumerate(TITLES, 1))
    recent = "".join(f"<li><a href='/cu-{n}/'>{title}</a></li>" for n, title in enumerate(TITLES))
    widget = f"<section class='widget widget_recent_entries'><ul>{recent}</ul></section>"
    page = document(f"<main>{entries}</main><aside class='widget-area'>{widget}</aside>")
    page.body.set("class", "archive category")
    return [(each.key, each.title, each.date_text) for each in WordPress.article_links(page, f"{H}/tin/")]


@pytest.mark.parametrize(
    "theme",
    [
        # block themes
        "<li class='wp-block-post'><h2 class='wp-block-post-title'><a href='{0}'>{1}</a></h2>"
        "<div class='wp-block-post-date'><time>{2}</time></div></li>",
        # Twenty Twenty-One: the date in the entry's footer
        "<article class='post'><header><h2 class='entry-title'><a href='{0}'>{1}</a></h2></header>"
        "<footer class='entry-footer'><span class='posted-on'><time class='entry-date'>{2}</time></span>"
        "</footer></article>",
        # ... and a post of the format "aside", which has no title of its own
        "<article class='format-aside'><div class='entry-content'><p>Lời.</p></div>"
        "<footer class='entry-footer'><p><a href='{0}'><span class='screen-reader-text'>{1}</span></a></p>"
        "<time class='entry-date'>{2}</time></footer></article>",
        # GeneratePress
        "<article class='post'><div class='inside-article'><header class='entry-header'>"
        "<h2 class='entry-title'><a href='{0}' rel='bookmark'>{1}</a></h2><div class='entry-meta'>"
        "<span class='posted-on'><time class='entry-date published'>{2}</time></span></div></header></div>"
        "</article>",
        # a theme of the portal's own
        "<div class='o-tin'><a href='{0}'>{1}</a><i>{2}</i><p>Bà con trong phường cùng làm.</p></div>",
    ],
)
def test_themes(theme: str) -> None:
    assert posts_of(theme) == [(f"bai-{n}", title, f"0{n}/03/2026") for n, title in enumerate(TITLES, 1)]


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
