"""SharePoint portals, Tân Dân's, of old HCMC sites and of Quảng Ninh: recognition, fields, lists."""

from datetime import datetime

import pytest

from tests.support.pages import document
from wardcrawler.items import NotAnArticle
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.registry import recognise
from wardcrawler.platforms.sharepoint.lists import SharePointNid, SharePointPost
from wardcrawler.platforms.sharepoint.tandan import TanDan
from wardcrawler.text.dates import ICT, read_date

H = "https://portal.example"
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=ICT)
SCRIPT = '<script src="/_layouts/15/init.js"></script>'


# --- whose page ----------------------------------------------------------------------------------


def tandan_page(date: str = "Đăng ngày 09 - 03 - 2023", body: str = "<p>Nội dung.</p>") -> str:
    return f"""<p class="tandan-p-article-news-title">Tiêu đề bài viết</p>
        <div class="tandan-span-date-publish">{date}</div>
        <p class="tandan-p-article-news-summary">Tóm tắt.</p>
        <div class="tandan-p-article-main"><div class="ms-rtestate-field">{body}</div></div>"""


def post_page(rows: str = "") -> str:
    return f"""<span id="part1"><table class="ms-formtable">
        <tr><td class="ms-formlabel">Tiêu đề</td><td id="SPFieldText">Tiêu đề bài viết</td></tr>{rows}
        <tr><td></td><td><div class="ExternalClassA1B2">Nội dung.</div></td></tr></table></span>"""


@pytest.mark.parametrize(
    ("platform", "html", "address"),
    [
        (TanDan, tandan_page(), "/portal/Pages/2023-3-9/Tin-a1.aspx"),
        (TanDan, '<label class="channel-news-title"><a href="#">Tin</a></label>', "/portal/Pages/Tin.aspx"),
        (SharePointPost, post_page(), "/tintuc/lists/posts/post.aspx?ItemID=83"),
        (SharePointNid, '<a href="/Trang/ChiTietTinTuc.aspx?nid=5">Tin</a>', "/Trang/Tin.aspx?Cat=82"),
    ],
)
def test_each_is_recognised_as_itself(platform: type[Platform], html: str, address: str) -> None:
    assert recognise(document(html, SCRIPT), H + address)[0] is platform


def test_sharepoint_alone_or_an_address_alone_is_none_of_them() -> None:
    page = document('<div class="ms-webpartzone-cell" id="WebPartWPQ2"><h1>Tin</h1><p>Lời.</p></div>', SCRIPT)
    assert recognise(page, f"{H}/Pages/default.aspx")[0] is None
    plain = document("<h1>Tin</h1><p>Lời.</p>")
    for address in (
        "/portal/Pages/2023-3-9/a.aspx",
        "/Trang/ChiTietTinTuc.aspx?nid=1",
        "/a/lists/posts/post.aspx?ItemID=1",
    ):
        assert recognise(plain, H + address)[0] is None


# --- fields --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "iso", "source"),
    [
        ("Đăng ngày 09 - 03 - 2023", "2023-03-09T00:00:00+07:00", "node"),
        ("Đăng ngày 9 - 3 - 2023 14:05", "2023-03-09T14:05:00+07:00", "node"),
        ("", "2023-03-09T00:00:00+07:00", "url"),
    ],
)
def test_tan_dan_dates(date: str, iso: str, source: str) -> None:
    url = f"{H}/portal/Pages/2023-3-9/Tin-a1.aspx"
    found = TanDan.parse_article(document(tandan_page(date)), url).dates[0]
    assert (read_date(found.text, now=NOW).iso, found.source) == (iso, source)


def test_only_dated_folders_date_an_article() -> None:
    assert TanDan.date_from_address(f"{H}/bai-viet/le-hoi-2023-3-9") is None
    assert TanDan.date_from_address(f"{H}/portal/Pages/Tin.aspx") is None


def test_the_list_under_an_article_is_not_its_text() -> None:
    other = '<div class="tandan-div-article-other"><a href="/portal/VanBan/khac.pdf">Tin khác</a></div>'
    article = TanDan.parse_article(
        document(f'<div class="ms-webpartzone-cell">{tandan_page()}{other}</div>'),
        f"{H}/portal/Pages/2023-3-9/Tin-a1.aspx",
    )
    assert (article.lead, article.body, article.attachments) == ("Tóm tắt.", "Nội dung.", [])


def test_rows_of_a_form_are_fields() -> None:
    rows = '<tr><td class="ms-formlabel">Ngày đăng</td><td id="SPFieldDateTime">05/12/2012 9:30 CH</td></tr>'
    article = SharePointPost.parse_article(document(post_page(rows)), f"{H}/a/lists/posts/post.aspx?ItemID=1")
    assert (article.key, article.title, article.body) == ("a/lists/posts/1", "Tiêu đề bài viết", "Nội dung.")
    assert read_date(article.dates[0].text, now=NOW).iso == "2012-12-05T21:30:00+07:00"


NEWS = f"{H}/Trang/ChiTietTinTuc.aspx?nid=5"
OG = '<meta property="og:title" content="Tiêu đề bài viết">'


def news_page(title: str) -> str:
    return f"""<div class="ms-webpartzone-cell"><h2>Tin tức - Sự kiện</h2><div class="x">{title}</div>
        <div class="ExternalClassA1B2"><p>Nội dung.</p></div></div>"""


def test_the_title_is_what_og_title_and_the_page_both_say() -> None:
    page = document(news_page("Lượt xem: 3") + "<p>Tiêu đề bài viết</p>", OG)
    assert SharePointNid.parse_article(page, NEWS).title == "Tiêu đề bài viết"
    page = document(news_page("TIÊU ĐỀ BÀI VIẾT"), OG)
    assert SharePointNid.parse_article(page, NEWS).title == "TIÊU ĐỀ BÀI VIẾT"
    assert "printed-title" not in SharePointNid.parse_article(page, NEWS).html


def test_without_og_title_only_the_h1_of_a_web_part_is_one() -> None:
    assert SharePointNid.parse_article(document(news_page("<h1>Bài khác</h1>")), NEWS).title == "Bài khác"
    with pytest.raises(NotAnArticle) as refusal:
        SharePointNid.parse_article(
            document(f"<h1>Cổng thông tin</h1>{news_page('')}" + "<p>Chữ.</p>" * 9), NEWS
        )
    assert refusal.value.reason == "no-title"


@pytest.mark.parametrize(
    ("platform", "html", "url"),
    [
        (SharePointPost, post_page("<tr><td>Số ký hiệu</td></tr><tr><td>Ngày ban hành</td></tr>"),
         f"{H}/a/lists/posts/post.aspx?ItemID=1"),
        (TanDan,
         f'<div class="ms-webpartzone-cell">{tandan_page()}<p>Số ký hiệu: 1</p><p>Ngày ban hành:</p></div>',
         f"{H}/portal/Pages/2023-3-9/Quyet-dinh-a1.aspx"),
    ],
)  # fmt: skip
def test_legal_documents_are_refused(platform: type[Platform], html: str, url: str) -> None:
    with pytest.raises(NotAnArticle) as refusal:
        platform.parse_article(document(html), url)
    assert refusal.value.reason == "document"


def test_a_document_in_a_side_bar_refuses_nothing() -> None:
    side = '<div class="ms-webpartzone-cell"><p>Số ký hiệu: 1</p><p>Ngày ban hành: 1/1/2026</p></div>'
    url = f"{H}/portal/Pages/2023-3-9/Tin-a1.aspx"
    assert TanDan.parse_article(document(tandan_page() + side), url).title == "Tiêu đề bài viết"


def test_a_section_is_a_listing() -> None:
    with pytest.raises(NotAnArticle) as refusal:
        TanDan.parse_article(document(tandan_page()), f"{H}/portal/Pages/Gioi-thieu.aspx")
    assert refusal.value.reason == "listing"


# --- listings ------------------------------------------------------------------------------------


PAGER = """<a href="javascript:__doPostBack('ctl00$p','')">2</a>"""
DAY = """<a href="javascript:__doPostBack('ctl00$Calendar1','9802')">2</a>"""


def part(*numbers: int, after: str = "") -> str:
    links = "".join(f'<a href="ChiTietTinTuc.aspx?nid={n}">Bài {n}</a>' for n in numbers)
    return f'<div class="ms-webpartzone-cell">{links}{after}</div>'


@pytest.mark.parametrize(
    ("html", "numbers"),
    [
        (part(1, 2, 3) + part(4, after=PAGER) + part(5, after=DAY), [4]),  # the last page may be short
        (part(1, 2) + part(3, after='<a href="?page=2">2</a>'), [3]),
        (part(1, 2) + part(3, after=DAY), [1, 2, 3]),
        (part(1, 2) + part(after=PAGER), [1, 2]),
        ('<a href="ChiTietTinTuc.aspx?nid=1">Bài</a>', [1]),
    ],
)
def test_of_several_lists_the_one_with_the_pager_is_the_sections(html: str, numbers: list[int]) -> None:
    page = document(html, "<base href='https://portal.example/Trang/'>")
    found = SharePointNid.article_links(page, f"{H}/x.aspx")
    assert [link.key for link in found] == [f"nid/{number}" for number in numbers]
