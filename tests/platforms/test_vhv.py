"""VHV: whose page, which page next by POST, which of two dates."""

import base64
import json
from datetime import datetime

import pytest

from tests.support.pages import document
from wardcrawler.extraction.listings import ListingRequest
from wardcrawler.items import Article, NotAnArticle
from wardcrawler.platforms.registry import recognise
from wardcrawler.platforms.vhv import Vhv
from wardcrawler.text.dates import ICT, read_date

H = "https://portal.example"
URL = f"{H}/tin-tuc/thong-bao/bai-viet.html"
LIST = f"{H}/tin-tuc"
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=ICT)


# --- recognition ---------------------------------------------------------------------------------


def test_an_article_page_is_told_by_layout_and_module() -> None:
    page = document(article_page("30/10/2025"))
    platform, evidence = recognise(page, URL)
    assert platform is Vhv
    assert {"news-detail-layout", "module wrappers with a root id"} <= set(evidence.reasons)


def test_a_home_page_is_told_by_scripts_and_modules() -> None:
    page = document(
        '<div id="module3" class="ModuleWrapper">Chào mừng</div>', "<script>VHV.App = {};</script>"
    )
    assert recognise(page, H)[0] is Vhv


def test_an_address_or_an_upload_alone_says_nothing() -> None:
    page = document('<h1>Tin</h1><div class="content-detail"><img src="/upload/2005/a.jpg">Lời.</div>')
    assert recognise(page, f"{H}/bai-viet-c12.html")[0] is None


# --- the page after ------------------------------------------------------------------------------


def item(name: str, date: str = "") -> str:
    return f"""<article class="article-news">
        <a class="article-img" href="/tin-tuc/{name}.html"><img src="/a"></a>
        <a class="article-title common-title" href="/tin-tuc/{name}.html">Bài {name}</a>
        <span class="article-date">{date}</span><a href="/tin-tuc/{name}.html">Đọc thêm</a></article>"""


def following(html: str, url: str = LIST, asked: ListingRequest | None = None) -> ListingRequest | None:
    return Vhv.next_listing(document(html), url, asked or ListingRequest(url))


def test_of_the_three_links_of_an_item_the_title_counts() -> None:
    (link,) = Vhv.article_links(document(item("a", "01/09/2026")), LIST)
    assert (link.key, link.title, link.date_text) == ("tin-tuc/a.html", "Bài a", "01/09/2026")


SETTINGS = {
    "service": "Content.Article.selectAll", "layout": "Content.Article.News.default", "type": "Article.News",
    "orderBy": "publishTime DESC", "itemsPerPage": 2, "categoryId": "101788658", "hidden": True,
    "extra": None,
}  # fmt: skip
PAGER = '<div class="wrapper-pagination"><a href="javascript:void(0)">2</a></div>'


def ajax_page(script: str, *, items: str = item("a"), pager: str = PAGER, attribute: str = "") -> str:
    return f"""<img src="/upload/2005517/20260901/logo.png">
        <div id="module10" class="ModuleWrapper">
        <div id="module24" class="ModuleWrapper"><script>{script}</script></div>
        <div id="module25" class="ModuleWrapper" {attribute}>{items}{pager}
        <script>{script}</script></div></div>"""


def encoded(settings: object) -> str:
    return base64.b64encode(json.dumps(settings).encode()).decode()


@pytest.mark.parametrize(
    "page",
    [
        ajax_page(f'VHV.Model("Content.Listing")("{encoded(SETTINGS)}")'),
        ajax_page(f"VHV.load({json.dumps(SETTINGS)})"),
        ajax_page("", attribute=f'data-settings="{encoded(SETTINGS)}"'),
    ],
)
def test_where_pager_links_go_nowhere_the_module_is_asked_by_post(page: str) -> None:
    after = following(page)
    assert after is not None
    assert after.url == (
        f"{H}/?module=Content.Listing&moduleId=25&cmd=redraw&site=2005517&url_mode=rewrite&submitFormId=25"
        "&page=Article.News.list"
    )
    assert dict(after.form) == {
        "service": "Content.Article.selectAll", "layout": "Content.Article.News.default",
        "type": "Article.News", "orderBy": "publishTime DESC", "itemsPerPage": "2",
        "categoryId": "101788658", "page": "Article.News.list", "pageNo": "2",
    }  # fmt: skip
    assert after.page == 2


@pytest.mark.parametrize(
    "page",
    [
        ajax_page("VHV.load({})"),
        ajax_page(f'"{encoded({"service": "Content.Video.selectAll", "layout": "x" * 40})}"'),
        ajax_page(f'"{encoded(["Content.Article.selectAll"] * 3)}"'),
        ajax_page('"eyJ' + "A" * 61 + '"'),
        ajax_page(f'"{encoded(SETTINGS)}"', pager=""),
        ajax_page(f'"{encoded(SETTINGS)}"', items=""),
    ],
)
def test_without_settings_pager_or_articles_there_is_no_next_page(page: str) -> None:
    assert following(page) is None


def test_answers_to_the_post_are_followed_until_the_pager_ends() -> None:
    first = following(ajax_page(f'"{encoded(SETTINGS)}"'))
    assert first is not None
    third = following(item("c") + PAGER.replace(">2<", ">3<"), first.url, first)
    assert third is not None
    assert (third.url, third.page, dict(third.form)["pageNo"]) == (first.url, 3, "3")
    assert following(item("d") + PAGER, third.url, third) is None


def test_without_a_pager_in_the_answer_a_page_that_is_not_full_is_the_last() -> None:
    asked = ListingRequest(f"{H}/?cmd=redraw", (("itemsPerPage", "2"), ("pageNo", "2")), 2)
    assert following(item("a") + item("b"), asked.url, asked) is not None
    assert following(item("a"), asked.url, asked) is None


# --- articles ------------------------------------------------------------------------------------


def article_page(visible: str, meta: str = "", *, body: str = "<p>Nội dung bài.</p>", after: str = "") -> str:
    return f"""<div id="module17" class="ModuleWrapper" moduleRootId="1636191">
        <article id="article17" class="news-detail-layout-type-2 mb-20">{meta}
        <header><span class="post-date left">{visible}</span></header><div class="article-content">
        <h1 class="title-detail" itemprop="headline">Tiêu đề bài viết</h1>
        <div class="brief font-size-text"><p>Tóm tắt.</p></div>
        <div class="content-detail font-size-text" itemprop="articleBody">{body}</div>{after}
        <div class="rating">Tổng số điểm của bài viết là: 0 trong 0 đánh giá</div></div></article></div>"""


def article(visible: str, published: str = "", **parts: str) -> Article:
    meta = f'<meta itemprop="datePublished" content="{published}">' if published else ""
    return Vhv.parse_article(document(article_page(visible, meta, **parts)), URL)


@pytest.mark.parametrize(
    ("visible", "published", "iso"),
    [
        # a copied template's date is older than the one printed
        ("10:31:51 | 30/10/2025", "2018-08-07T17:23:45+07:00", "2025-10-30T10:31:51+07:00"),
        ("30/10/2025", "2018-08-07T17:23:45+07:00", "2025-10-30T00:00:00+07:00"),
        # the day printed, the time in the meta tag
        ("Cập nhật: 30/10/2025 | 123", "2025-10-30T10:31:51+07:00", "2025-10-30T10:31:51+07:00"),
        ("30/10/2025", "2025-10-30T10:31:51+0700", "2025-10-30T10:31:51+07:00"),
        ("30/10/2025", "2025-10-29T23:31:51+07:00", "2025-10-30T00:00:00+07:00"),
        ("Thứ năm, 30/10/2025<span class='drash'> | </span>10:31", "", "2025-10-30T10:31:00+07:00"),
        ("30/10/2025 10:31 | lượt xem: 1.204", "", "2025-10-30T10:31:00+07:00"),
        ("10:31 | 30/10/2025", "2025-10-30T10:31:51+07:00", "2025-10-30T10:31:00+07:00"),
        ("", "2025-10-30T10:31:51+07:00", "2025-10-30T10:31:51+07:00"),
    ],
)
def test_the_visible_date_is_believed_before_the_meta_tag(visible: str, published: str, iso: str) -> None:
    assert read_date(article(visible, published).dates[0].text, now=NOW).iso == iso


def test_two_digit_years_of_list_type_10_are_read() -> None:
    html = """<div class="news-listType10">
        <div class="title-news-listType10"><h2><a href="/tin/a.html">A</a></h2></div>
        <span class="time-news"> 30/10/25</span></div>"""
    (link,) = Vhv.article_links(document(html), LIST)
    assert read_date(link.date_text or "", now=NOW).iso == "2025-10-30T00:00:00+07:00"


def test_author_and_counter_share_a_box() -> None:
    box = '<div class="author">Lượt xem: 12<br>Tác giả: <b>Lê Thu Hiền</b></div>'
    assert article("30/10/2025", after=box).author == "Lê Thu Hiền"
    assert article("30/10/2025", after='<div class="author">Lượt xem: 12</div>').author is None


@pytest.mark.parametrize(
    ("markup", "address", "label"),
    [
        ('<a class="link-download" href="/upload/20/a.pdf">Tải về</a>', "/upload/20/a.pdf", "Tải về"),
        ("""<a href="#" onclick="downloadFile('Kế hoạch','/upload/20/b.docx')">x</a>""", "/upload/20/b.docx",
         "Kế hoạch"),
        ('<iframe src="/pdfjs/web/viewer.html?file=/upload/20/c.pdf"></iframe>', "/upload/20/c.pdf", ""),
        (f'<iframe src="https://docs.google.com/gview?url={H}/upload/20/d.doc"></iframe>',
         "/upload/20/d.doc", ""),
    ],
)  # fmt: skip
def test_files_in_and_under_the_text(markup: str, address: str, label: str) -> None:
    for found in (article("1/1/2026", body=f"<p>Lời.</p>{markup}"), article("1/1/2026", after=markup)):
        assert [(file.url, file.label) for file in found.attachments] == [(H + address, label)]


def test_large_pictures_of_a_gallery() -> None:
    gallery = '<div class="rg-thumbs"><img src="/upload/20/nho.jpg" data-large="/upload/20/lon.jpg"></div>'
    assert [image.url for image in article("1/1/2026", body=gallery).images] == [f"{H}/upload/20/lon.jpg"]


def test_a_legal_document_in_an_articles_layout_is_refused() -> None:
    rows = (("Số ký hiệu", "1/QĐ-UBND"), ("Ngày ban hành", "1/1/2026"))
    table = "".join(f"<tr><td>{name}</td><td>{value}</td></tr>" for name, value in rows)
    with pytest.raises(NotAnArticle) as refusal:
        article("1/1/2026", body=f"<table>{table}</table>")
    assert refusal.value.reason == "document"


def test_a_list_is_refused_as_a_listing() -> None:
    with pytest.raises(NotAnArticle) as refusal:
        Vhv.parse_article(document(item("a") + item("b")), LIST)
    assert refusal.value.reason == "listing"
