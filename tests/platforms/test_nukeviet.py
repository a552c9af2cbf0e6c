"""NukeViet: feeds and sitemaps, dates, the files and picture around a text, recognition."""

from datetime import datetime

import pytest

from tests.support.pages import document
from wardcrawler.items import Article, Attachment, Image, NotAnArticle
from wardcrawler.platforms.nukeviet import NukeViet
from wardcrawler.platforms.registry import recognise
from wardcrawler.text.dates import ICT, read_date

H = "https://xa.example"
SECTION = f"{H}/vi/news/tin-tuc/"
ADDRESS = f"{H}/vi/news/tin-tuc/hop-giao-ban-12.html"
NOW = datetime(2026, 11, 23, tzinfo=ICT)


def detail(before: str = "", text: str = "<p>Nội dung.</p>", after: str = "") -> str:
    return f"""<div class="news_column"><div class="panel-body"><h1 class="title">Họp giao ban</h1>{before}
        <div id="news-bodyhtml" class="bodytext">{text}</div>{after}</div></div>"""


def article(before: str = "", text: str = "<p>Nội dung.</p>", after: str = "", head: str = "") -> Article:
    return NukeViet.parse_article(document(detail(before, text, after), head), ADDRESS)


# --- categories ----------------------------------------------------------------------------------


SIDE = """<div class="col-md-6"><div class="panel panel-primary"><div class="panel-body">
    <ul class="block_tophits">
    <li><a class="show" href="/tin/xem-nhieu-91.html">Lịch cắt điện tuần này của điện lực huyện</a></li>
    <li><a class="show" href="/tin/xem-nhieu-92.html">Danh sách hộ được cấp nước sạch đợt hai</a></li>
    <li><a class="show" href="/tin/xem-nhieu-93.html">Kết quả bầu trưởng thôn nhiệm kỳ mới</a></li>
    </ul></div></div></div>"""


def listed(column: str) -> list[tuple[str, str, str | None]]:
    page = document(f'<div class="row"><div class="col-md-18">{column}</div>{SIDE}</div>')
    return [(link.key, link.title, link.date_text) for link in NukeViet.article_links(page, f"{H}/tin/")]


def title(number: int, attributes: str = "") -> str:
    return f'<a {attributes} href="/tin/bai-{number}.html" title="Bài {number}">Bài {number}</a>'


TIME = '<div class="text-muted"><ul><li>0{0}/05/2026 19:42:16</li><li>Đã xem: 9</li></ul></div>'


def test_a_page_category_lists_the_newest_and_then_titles_with_their_days() -> None:
    newest = "".join(
        f'<div class="news_column"><div class="body"><{tag}>{title(n)}</{tag}>{TIME.format(n)}</div></div>'
        for n, tag in ((3, "h2"), (2, "h3"))
    )
    link = '<a href="/tin/bai-1.html">Bài 1 <em>(09/01/2025) </em></a>'
    older = f'<h4>Các tin khác</h4><ul class="related list-items"><li>{link}</li></ul>'
    assert listed(newest + older) == [
        ("3", "Bài 3", "03/05/2026 19:42:16"),
        ("2", "Bài 2", "02/05/2026 19:42:16"),
        ("1", "Bài 1", "09/01/2025"),
    ]


def test_a_grid_category_has_its_articles_outside_of_the_news_column() -> None:
    grid = "".join(
        f'<div class="col-md-8"><div class="thumbnail"><a href="/tin/bai-{n}.html"><img src="/a"></a>'
        f'<div class="caption"><h3 class="h4">{title(n, "class=show")}</h3></div></div></div>'
        for n in (2, 1)
    )
    newest = f'<div class="news_column"><div class="featured"><h2>{title(3)}</h2>{TIME.format(3)}</div></div>'
    assert listed(newest + grid) == [
        ("3", "Bài 3", "03/05/2026 19:42:16"),
        ("2", "Bài 2", None),
        ("1", "Bài 1", None),
    ]


def test_a_category_with_the_titles_beside_or_below_the_newest() -> None:
    related = "".join(f"<li>{title(n)}</li>" for n in (2, 1))
    column = f'<h2>{title(3)}</h2>{TIME.format(3)}<ul class="related list-items">{related}</ul>'
    assert listed(f'<div class="news_column"><div class="panel-body featured">{column}</div></div>') == [
        ("3", "Bài 3", "03/05/2026 19:42:16"),
        ("2", "Bài 2", None),
        ("1", "Bài 1", None),
    ]


def test_a_list_category_and_the_highlights_of_a_home_page() -> None:
    group = f'<div class="list-group">{title(2, "class=show")}{title(1, "class=show")}</div>'
    hot = f'<div id="hot-news"><div class="news_column"><div class="h2">{title(3)}</div></div></div>'
    assert [key for key, *_ in listed(hot + group)] == ["3", "2", "1"]


# --- feeds and sitemaps --------------------------------------------------------------------------


def entries(xml: str) -> list[tuple[str, str, str | None]]:
    listing = NukeViet.read_listing(xml.encode(), None)
    return [(link.key, link.title, link.date_text) for link in NukeViet.article_links(listing, SECTION)]


def test_a_feed_is_read_as_a_listing() -> None:
    assert entries(
        f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Tin</title>
        <link>{H}</link><item><title>Khai mạc &amp; &lt;hè&gt;</title><link>{ADDRESS}</link>
        <pubDate>Sun, 25 Jun 2023 02:06:00 GMT</pubDate>
        <description><![CDATA[<a href="/vi/news/b/b-9.html">]]></description></item></channel></rss>"""
    ) == [("news/12", "Khai mạc & <hè>", "25/06/2023")]


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("Fri, 23 Jun 2023 16:06:59 GMT", "23/06/2023"),
        ("Fri, 23 Jun 2023 17:06:00 GMT", "24/06/2023"),  # past midnight in Việt Nam
        ("Sat, 31 Dec 2022 18:12:44 GMT", "01/01/2023"),
        ("2023-06-23T08:15:00+07:00", "2023-06-23T08:15:00+07:00"),
        ("hôm qua 5", "hôm qua 5"),
    ],
)
def test_days_of_a_feed_are_those_of_vietnam(printed: str, day: str) -> None:
    feed = f"<rss><channel><item><link>{ADDRESS}</link><pubDate>{printed}</pubDate></item></channel></rss>"
    assert entries(feed) == [("news/12", "", day)]


def test_a_sitemap_is_read_as_a_listing() -> None:
    assert entries(
        f"""<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet type="text/xsl" href="/sitemap.xsl"?>
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{ADDRESS}</loc>
        <lastmod>2023-06-23T08:15:00+07:00</lastmod></url><url><loc>'{H}/vi/news/a/b-7.html'</loc></url>
        <url><loc>{H}/vi/about/x-8.html</loc></url></urlset>"""
    ) == [("news/12", "", "2023-06-23T08:15:00+07:00"), ("news/7", "", None)]


def test_an_index_of_sitemaps_or_a_broken_answer_is_no_listing() -> None:
    for answer in (b"<sitemapindex><sitemap><loc>x</loc></sitemap></sitemapindex>", b"", b"{}"):
        with pytest.raises(NotAnArticle):
            NukeViet.read_listing(answer, None)


def test_a_feed_that_declares_entities_is_not_read_as_one() -> None:
    feed = f"""<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY f SYSTEM "file:///etc/hostname">]>
        <rss><channel><item><title>&f;&a;Tin</title><link>{ADDRESS}</link></item></channel></rss>"""
    assert entries(feed) == []


def test_a_feed_that_is_cut_off_gives_what_came() -> None:
    feed = f"<rss><channel><item><title>A &nbsp;B & C</title><link>{ADDRESS}</link></item><item><title>D"
    assert [key for key, _, _ in entries(feed)] == ["news/12"]


# --- articles ------------------------------------------------------------------------------------


HIDDEN = '<span class="hidden" itemprop="datePublished">2023-06-23T08:15:00+07:00</span>'
VISIBLE = '<span class="h5">Thứ sáu - 23/06/2023 08:15</span>'
META = '<meta property="article:published_time" content="2023-06-23+0708:15:00">'


@pytest.mark.parametrize(
    ("before", "head"), [(HIDDEN + VISIBLE, META), (VISIBLE, META), ("", META), (HIDDEN, "")]
)
def test_every_place_of_the_date_gives_the_same_minute(before: str, head: str) -> None:
    for text in article(before, head=head).dates:
        date = read_date(text.text, now=NOW)
        assert (date.iso, date.precision) == ("2023-06-23T08:15:00+07:00", "minute")


def test_the_printed_date_comes_first_and_the_hidden_one_last_for_it_is_that_of_the_last_edit() -> None:
    edited = HIDDEN.replace("2023-06-23T08:15", "2025-01-02T16:40")
    read = [(date.source, date.text[:16]) for date in article(edited + VISIBLE, head=META).dates]
    assert read[0] == ("node", "Thứ sáu - 23/06/")
    assert read[1:] == [("meta", "2023-06-23+0708:"), ("meta", "2025-01-02T16:40")]


def test_author_and_source_stand_under_the_text() -> None:
    read = article(
        after='<p class="h5 text-right"><strong>Tác giả: </strong>Lê Minh</p>'
        '<p class="h5 text-right"><strong>Nguồn tin: </strong><a href="/x">Báo Địa phương</a></p>'
    )
    assert (read.author, read.source) == ("Lê Minh", "Báo Địa phương")
    empty = article(after="<p><strong>Tác giả: </strong></p><p><strong>Nguồn tin: </strong></p>")
    assert (empty.author, empty.source) == (None, None)


def test_files_under_the_text_are_named_by_their_labels() -> None:
    files = article(
        after=f"""<div class="news-download-file"><a data-toggle="collapse" href="#file-0a"></a>
        <a href="{ADDRESS}?download=1&amp;id=1">Tải về 2: <strong>bieu.xlsx</strong></a>
        <a href="?download=1&amp;id=0">Tải về</a>
        <a href="/uploads/a.pdf">Tải về: <strong>Xem</strong></a></div>"""
    ).attachments
    assert files == [
        Attachment(f"{ADDRESS}?download=1&id=1", "bieu.xlsx", "Tải về 2: bieu.xlsx"),
        Attachment(f"{ADDRESS}?download=1&id=0", "Tải về", "Tải về"),
        Attachment(f"{H}/uploads/a.pdf", "a.pdf", "Tải về: Xem"),
    ]


FIGURE = """<figure class="article left"><img src="/assets/a.jpg" alt="Họp">
    <figcaption>Ghi chú</figcaption></figure>"""


def test_the_picture_above_the_text_is_the_articles_in_full_size() -> None:
    assert article(FIGURE).images == [Image(f"{H}/assets/a.jpg", "Ghi chú", "Họp")]
    preview = '<div id="imgpreview" style="display:none"><img src="/uploads/a.jpg"></div>'
    assert article(FIGURE + preview).images == [Image(f"{H}/uploads/a.jpg")]


def test_a_picture_that_stands_in_the_text_too_is_one() -> None:
    read = article(FIGURE, '<p>Chữ.</p><img src="/uploads/b.jpg"><img src="/assets/a.jpg">')
    assert [image.url for image in read.images] == [f"{H}/uploads/b.jpg", f"{H}/assets/a.jpg"]


def test_a_title_repeated_in_the_text_hides_no_lead() -> None:
    read = article('<div class="hometext">Tóm tắt.</div>', '<h1 class="title">Họp giao ban</h1><p>Chữ.</p>')
    assert (read.lead, read.body) == ("Tóm tắt.", "Chữ.")


def test_a_related_list_is_not_the_article() -> None:
    related = """<div class="news_column"><p class="h3">Những tin cũ hơn</p><ul class="detail-related"><li>
        <h4><a href="/vi/news/a/b-9.html">B</a></h4> <span class="h5">(20/06/2020)</span></li></ul></div>"""
    read = NukeViet.parse_article(document(detail(VISIBLE) + related), ADDRESS)
    assert [date.text for date in read.dates] == ["Thứ sáu - 23/06/2023 08:15"]
    assert NukeViet.article_links(document(detail() + related), ADDRESS) == []


@pytest.mark.parametrize(
    ("html", "address", "reason"),
    [
        (detail(), "/vi/news/print/tin-tuc/hop-giao-ban-12.html", "view"),
        (detail(), "/vi/news/savefile/tin-tuc/hop-giao-ban-12.html", "view"),
        (
            "<p>Số ký hiệu: 12/QĐ-UBND</p><p>Ngày ban hành: 01/02/2023</p>",
            "/vi/laws/detail/quyet-dinh-12-77/",
            "document",
        ),
        (
            '<div class="news_column"><h3><a href="/vi/news/a/b-9.html">Họp giao ban</a></h3></div>'
            "<p>Tin tức, sự kiện của xã</p>",
            "/vi/news/a/",
            "listing",
        ),
    ],
)
def test_pages_that_are_no_articles(html: str, address: str, reason: str) -> None:
    with pytest.raises(NotAnArticle) as refused:
        NukeViet.parse_article(document(html), H + address)
    assert refused.value.reason == reason


# --- recognition ---------------------------------------------------------------------------------


def test_a_generator_or_the_scripts_variables_tell_any_page() -> None:
    for head in (
        '<meta name="generator" content="NukeViet v4.5">',
        '<script>var nv_base_siteurl="/";</script>',
    ):
        assert recognise(document("<p>Trang chủ</p>", head), f"{H}/")[0] is NukeViet


def test_an_article_is_told_without_them() -> None:
    assert recognise(document(detail()), ADDRESS)[0] is NukeViet


def test_an_address_or_the_name_in_a_text_is_not_enough() -> None:
    html = "<div class='bodytext'>Sử dụng NukeViet CMS</div>"
    assert recognise(document(html), "https://nukeviet.vn/vi/news/tin-tuc/a-12.html")[0] is None


# --- older themes --------------------------------------------------------------------------------


LEAD = "Tối đầu tuần, lớp học mở cửa ở nhà văn hóa khu phố."
NOTE = "Buổi học đầu tiên của lớp ở nhà văn hóa"
TEXT = "<p>Hai mươi bảy học viên ngồi kín bốn dãy bàn.</p><p>Thầy giáo về hưu dạy không lấy công.</p>"
THEMES = {
    "default of 3": f"""<h3 class="breakcolumn"><a href="/"><img src="/home.png"></a><span
    class="breakcolumn">»</span>
        <a href="/vi/news/">Tin tức</a><span class="breakcolumn">»</span><a href="/vi/news/gd/">Giáo
        dục</a></h3>
        <div class="news_column"><div id="news_detail"><h1>Lớp học buổi tối</h1><span class="time">Thứ hai -
        03/06/2013 08:15</span><div class="control"><ul><li><a class="print" title="In ra"
        href="#"></a></li></ul></div>
        <div id="hometext"><div id="imghome"><a href="/lop.jpg"><img src="/lop.jpg"
        width="200"></a><p><em>{NOTE}</em>
        </p></div>{LEAD}</div><div class="bodytext">{TEXT}</div><p style="text-align: right;"><strong>Tác
        giả bài viết:
        </strong>Lê Na</p><p style="text-align: right;"><strong>Nguồn tin: </strong>Báo Phường</p></div>
        <div class="keywords"><strong>Từ khóa: </strong><a href="#"><em>lớp
        học</em></a></div><p><strong>Những tin cũ
        hơn</strong></p><ul class="related"><li><a href="/vi/news/gd/khai-giang-8.html">Khai giảng lớp học
        tình
        thương</a> <span class="date">(01/05/2013)</span></li></ul></div>""",
    "modern of 3": f"""<div class="breadcrumbs"><a href="/"><img src="/home.png"></a><span
    class="spector"></span><a
        href="/vi/news/">Tin tức</a><a class="highlight" href="/vi/news/gd/">Giáo dục</a></div>
        <div class="header-details"><div class="action"><a class="print" href="#">In ra</a></div><div
        class="title"><h1>Lớp
        học buổi tối</h1><span class="small">Đăng lúc: Thứ hai - 03/06/2013 08:15 - Người đăng bài viết: <a
        href="#"
        class="highlight">quantri</a></span></div></div><div id="hometext" class="short-desc">{LEAD}
        <div style="width:500px;margin:10px auto;"><figure><img
        src="/lop.jpg"><p><em>{NOTE}</em></p></figure></div></div>
        <div id="bodytext" class="details-content">{TEXT}</div><div class="aright source"><strong>Tác giả
        bài viết:
        </strong>Lê Na<br><strong>Nguồn tin: </strong>Báo Phường</div><div class="other-news"><h4>Những tin
        cũ hơn</h4>
        <ul><li><a href="/vi/news/gd/khai-giang-8.html">Khai giảng lớp học tình
        thương</a></li></ul></div>""",
    "for telephones of 3": f"""<div class="gcot"><h3 class="brcl"><a href="/"><img src="/home.png"></a><a
    class="it"
        href="/vi/news/">Tin tức</a><a class="it" href="/vi/news/gd/">Giáo dục</a></h3><h1>Lớp học buổi
        tối</h1><span
        class="smll">Thứ hai - 03/06/2013 08:15</span><div class="clear"></div>{LEAD}<div
        class="fiximg">{TEXT}</div>
        <p class="ar"><strong>Tác giả bài viết: </strong>Lê Na</p><p class="ar"><strong>Nguồn tin:
        </strong>Báo
        Phường</p><h2>Những tin cũ hơn</h2><ul class="list"><li><a href="/vi/news/gd/khai-giang-8.html">Khai
        giảng lớp
        học tình thương</a></li></ul></div>""",
    "default of 4.0": f"""<ol class="breadcrumb"><li><a href="/">Trang nhất</a></li><li><a
    href="/vi/news/">Tin Tức</a>
        </li><li><a href="/vi/news/gd/">Giáo dục</a></li></ol><div class="news_column panel"><div
        class="panel-body">
        <h1 class="title margin-bottom-lg">Lớp học buổi tối</h1><span class="h5">Thứ hai - 03/06/2013
        08:15</span>
        <div class="clearfix"><figure class="article left"><div id="imgpreview"><img
        src="/lop.jpg"><figcaption>{NOTE}
        </figcaption></div></figure><div class="hometext m-bottom">{LEAD}</div></div><div id="news-bodyhtml"
        class="bodytext">{TEXT}</div><p class="h5 text-right"><strong>Tác giả: </strong>Lê Na</p><p
        class="h5 text-right"><strong>Nguồn tin: </strong>Báo Phường</p></div></div>""",
    "for telephones of 4.0": f"""<ol class="breadcrumb"><li><a href="/">Trang nhất</a></li><li><a
        href="/vi/news/gd/">Giáo dục</a></li></ol><div class="news_column panel"><div
        class="panel-body"><h1>Lớp học buổi
        tối</h1><em class="time">Thứ hai - 03/06/2013 08:15</em><hr><div id="hometext"><div
        class="imghome"><a href="#"
        ><img src="/lop.jpg"></a><div class="modal fade"><h4 class="modal-title">{NOTE}</h4></div><em
        class="show">{NOTE}
        </em><hr></div><h2>{LEAD}</h2></div><div class="bodytext">{TEXT}</div><p
        class="text-right"><strong>Tác giả:
        </strong>Lê Na</p><p class="text-right"><strong>Nguồn tin: </strong>Báo Phường</p></div></div>""",
}


@pytest.mark.parametrize("theme", THEMES)
def test_themes_of_3_and_4_0(theme: str) -> None:
    head = '<meta name="generator" content="NukeViet v3.4">'
    page = document(THEMES[theme], head)
    assert recognise(page, ADDRESS)[0] is NukeViet
    found = NukeViet.parse_article(page, ADDRESS)
    assert (found.title, found.lead) == ("Lớp học buổi tối", LEAD)
    assert found.body.split("\n") == [
        "Hai mươi bảy học viên ngồi kín bốn dãy bàn.", "Thầy giáo về hưu dạy không lấy công."
    ]  # fmt: skip
    assert (found.author, found.source, found.category) == ("Lê Na", "Báo Phường", "Giáo dục")
    assert read_date(found.dates[0].text, now=NOW).iso == "2013-06-03T08:15:00+07:00"
    pictures = [] if theme == "for telephones of 3" else [f"{H}/lop.jpg"]
    assert [image.url for image in found.images] == pictures


def test_whoever_posted_is_the_author_where_nobody_else_is_named() -> None:
    page = THEMES["modern of 3"].replace("Lê Na", "").replace("quantri", "Tổ Văn hóa")
    assert NukeViet.parse_article(document(page), ADDRESS).author == "Tổ Văn hóa"


@pytest.mark.parametrize(
    "notice",
    [
        '<div class="alert alert-info">Rất tiếc, bạn chưa được cấp quyền xem bài viết này.</div>',
        '<div class="alert alert-info">Bạn không được phép xem bài viết</div>',
        '<div id="no_permission"><p>Chỉ thành viên mới có quyền xem mục này!</p></div>',
    ],
)
def test_an_article_for_members_is_refused_whatever_stands_beside_it(notice: str) -> None:
    beside = f'<div class="panel"><h3>Lịch sử hình thành</h3>{TEXT * 4}</div>'
    page = document(f"<h1>UBND xã</h1>{notice}{beside}", '<meta name="generator" content="NukeViet v4.5">')
    with pytest.raises(NotAnArticle) as refusal:
        NukeViet.parse_article(page, ADDRESS)
    assert refusal.value.reason == "protected"


def test_a_notice_beside_an_article_does_not_refuse_it() -> None:
    notice = '<div class="alert alert-info">Bạn không được phép xem bài viết</div>'
    assert article(before=notice).title == "Họp giao ban"
