"""Title, lead, author, source, category and dates."""

import unicodedata

import pytest

from tests.support.pages import URL, document, hcmc_article, stock_article, stock_page
from wardcrawler.items import DateText, NotAnArticle
from wardcrawler.platforms.liferay.stock import HcmcLiferay, Liferay

# --- title ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("  Hội nghị\n\t  tổng kết&nbsp; ", "Hội nghị tổng kết"),
        ("HỘI NGHỊ LẦN THỨ 7 ( MỞ RỘNG )", "HỘI NGHỊ LẦN THỨ 7 ( MỞ RỘNG )"),
        ("H&#x1ED9;i ngh&#x1ECB; &amp; t&#x1ED5;ng kết", "Hội nghị & tổng kết"),
        ("Kết qu&amp;#x1EA3; họp", "Kết quả họp"),
        ("Đảng uỷ phường Ðông<br>ra quân", "Đảng uỷ phường Ðông ra quân"),
        (unicodedata.normalize("NFD", "Ủy ban"), unicodedata.normalize("NFD", "Ủy ban")),
    ],
)
def test_title_is_as_printed(printed: str, title: str) -> None:
    assert stock_article(title=printed).title == title


@pytest.mark.parametrize(
    "generic",
    [
        "", "null", "Chi tiết tin tức", "Xuất bản thông tin", "Phường 9 - Chi tiết bài viết", "…",
        "12", "1 2 3", "3/12", "« 1 »", "12.2025.1",
    ],
)  # fmt: skip
def test_no_title(generic: str) -> None:
    head = "<title>Chi tiết tin tức</title><meta property='og:title' content='Cổng thông tin phường'>"
    with pytest.raises(NotAnArticle) as refusal:
        stock_article(
            "<p>Một đoạn văn đủ dài để trang không phải là trang trống.</p>", title=generic, head=head
        )
    assert refusal.value.reason == "no-title"


@pytest.mark.parametrize("title", ["2025", "12/2025", "12-2025", "2024 - 2025", "2020–2025"])
def test_a_year_with_or_without_a_month_or_number_is_a_title(title: str) -> None:
    assert stock_article(title=title).title == title


def test_social_title_counts_only_if_the_page_prints_it() -> None:
    head = "<meta property='og:title' content=' Hội thi  văn nghệ'>"
    printed = stock_article(title="null", head=head, after="<b>Hội thi văn nghệ</b>")
    assert printed.title == "Hội thi văn nghệ"


def test_the_title_nearest_to_the_text_is_its_title() -> None:
    other = '<section class="portlet"><span class="header-title">Tin nổi bật</span><p>…</p></section>'
    page = f"""<div id=content>{other}<section class="portlet"><span class="header-title">Bài thật</span>
        <div class="journal-content-article"><p>Lời.</p></div></section>{other}</div>"""
    assert HcmcLiferay.parse_article(document(page), URL).title == "Bài thật"


def test_web_content_of_banners_and_footers_is_not_the_text() -> None:
    banner = """<div class="portlet-boundary portlet-boundary_56_ portlet-journal-content"><div class=
        "journal-content-article"><p>TRANG THÔNG TIN ĐIỆN TỬ</p></div></div>"""
    page = f"<header>{banner}</header>{stock_page()}<footer>{banner}</footer><aside>{banner}</aside>"
    assert Liferay.parse_article(document(page), URL).body == "Nội dung."
    without = stock_page("").replace("journal-content-article", "x").replace("asset-content", "y")
    with pytest.raises(NotAnArticle) as refusal:
        Liferay.parse_article(document(banner + without), URL)
    assert refusal.value.reason == "no-body"


def test_a_page_without_the_place_of_a_text_is_refused_though_files_stand_there() -> None:
    files = "<div><a href='/documents/1/2/ke-hoach.pdf'>Kế hoạch</a></div>"
    assert len(stock_article("", after=files).attachments) == 1
    other = stock_page("", after=files).replace("journal-content-article", "x").replace("asset-content", "y")
    with pytest.raises(NotAnArticle) as refusal:
        Liferay.parse_article(document(other), URL)
    assert refusal.value.reason == "no-body"


def test_the_page_of_a_legal_document_is_refused() -> None:
    rows = "<table><tr><td>Số ký hiệu<td>12/QĐ-UBND<tr><td>Ngày ban hành<td>05/01/2026</table>"
    with pytest.raises(NotAnArticle) as refusal:
        stock_article(rows)
    assert refusal.value.reason == "document"
    assert stock_article("<p>Số ký hiệu</p><p>và nơi ban hành.</p>").body


# --- lead ----------------------------------------------------------------------------------------


def test_stock_has_no_lead_and_the_hcmc_look_opens_with_it() -> None:
    assert stock_article("<p>Sáng 5-10, phường họp.</p><p>Lời.</p>").lead is None
    article = hcmc_article("<p>Sáng 5-10, phường họp.</p><p>Lời.</p>")
    assert (article.lead, article.body) == ("Sáng 5-10, phường họp.", "Sáng 5-10, phường họp.\nLời.")


def test_a_caption_heading_or_list_is_no_lead() -> None:
    picture = "<table><tr><td><img src=/a.jpg><tr><td><p>Ảnh: Lan</p></table>"
    assert hcmc_article(f"{picture}<h3>Đầu mục</h3><ul><li>a</ul><p>Đoạn đầu.</p>").lead == "Đoạn đầu."
    assert hcmc_article("<table><tr><td>1<td>2</table>").lead is None


def test_a_lead_of_its_own_stays_out_of_the_text() -> None:
    page = """<div class="asset_publisher_view_full_content">
        <div class="asset_title"><span>Tiêu đề</span></div>
        <div class="asset-abstract"><span class="assetdesc-text"> Tóm tắt… </span></div>
        <div class="asset-full-content"><div class="journal-content-article">Lời.</div></div></div>"""
    article = HcmcLiferay.parse_article(document(page), URL)
    assert (article.lead, article.body) == ("Tóm tắt…", "Lời.")


# --- author and source ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("<p>Lời./.</p><p>Đức Lục</p>", "Đức Lục"),
        ("<p>Lời ./. </p><p>BBT</p>", "BBT"),
        ("<p>Lời./. HÀ PHƯƠNG</p>", "HÀ PHƯƠNG"),
        ("<p>Lời./.</p><p>Đức Lục</p><p>Tệp đính kèm:</p><a href=/a.pdf>Công văn</a>", "Đức Lục"),
        ("<p>Lời.</p><p>Tác giả: Lan  Anh</p>", "Lan Anh"),
        ("<p>Lời.</p><p>TÁC GIẢ : Lan Anh</p>", "Lan Anh"),
        ("<p>Lời.</p><p>(Tin, ảnh: Lan Anh – Huy)</p>", "Lan Anh – Huy"),
        ("<p>Lời.</p><p>Tin: Lan</p><p>Ảnh: Huy</p>", "Lan"),
        (unicodedata.normalize("NFD", "<p>Lời.</p><p>Tác giả: Lan</p>"), "Lan"),
        # no guessing
        ("<p>Lời.</p><p>Đức Lục</p>", None),
        ("<p>Lời./.</p><p>Đoạn này còn dài và kết thúc như một câu bình thường.</p>", None),
        ("<p>Lời./.</p><p>Ngày 5 tháng 6 năm 2023</p>", None),
        ("<p>Lời./.</p><p>xem thêm</p>", None),
        ("<p>Lời./.</p>", None),
        ("<p>Lời.</p><p>Ảnh: Huy</p>", None),
        ("<p>Tin: câu này ở đầu bài</p>" + "<p>Lời.</p>" * 6, None),
        ("<p>Lời.</p><p>Tác giả:</p>", None),
        ("<p>Lời.</p><p>Tác giả: " + "dài " * 40 + "</p>", None),
    ],
)
def test_author_under_the_text(text: str, author: str | None) -> None:
    assert stock_article(text).author == author


def test_a_sign_off_stays_in_the_text() -> None:
    assert stock_article("<p>Lời./.</p><p>Đức Lục</p>").body == "Lời./.\nĐức Lục"


def test_who_wrote_goes_before_who_posted() -> None:
    posted = '<span class="metadata-entry metadata-author">Bởi Tổ Văn hóa</span>'
    assert stock_article(metadata=posted).author == "Tổ Văn hóa"
    assert stock_article("<p>Lời./.</p><p>Đức Lục</p>", metadata=posted).author == "Đức Lục"
    assert stock_article("<p>Tác giả: Lan</p>", metadata=posted).author == "Lan"
    labelled = "<div><span>Người đăng tin:</span> <span>Ban Biên Tập</span> <b>Tác giả:</b> <i>Lan</i></div>"
    assert stock_article(after=labelled).author == "Lan"
    assert stock_article(after=labelled.replace("Tác giả", "Xem")).author == "Ban Biên Tập"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("<p>Lời.</p><p>Nguồn: Báo Phường</p>", "Báo Phường"),
        ("<p>Lời.</p><p>(Nguồn tin: Báo Phường)</p>", "Báo Phường"),
        ("<p>Lời.</p><p>(Theo Báo Phường)</p>", "Báo Phường"),
        ("<p>Lời.</p><p>Theo Báo Phường</p>", "Báo Phường"),
        ("<p>Lời.</p><p>Theo Báo Phường, lễ hội bắt đầu lúc 8 giờ</p>", None),
        ("<p>Theo Báo Phường</p>", None),
        ("<p>Lời.</p><p>Theo dõi chúng tôi</p>", None),
        ("<p>(Theo Báo Phường)</p><p>Lời.</p>", None),
        ("<p>Nguồn nước sạch đã về đến ấp.</p>", None),
    ],
)
def test_source(text: str, source: str | None) -> None:
    assert stock_article(text).source == source


# --- category ------------------------------------------------------------------------------------


def crumbs(*steps: str) -> str:
    return (
        "<ul class=breadcrumb>" + "".join(f"<li><a>{step}</a><span>/</span></li>" for step in steps) + "</ul>"
    )


@pytest.mark.parametrize(
    ("steps", "category"),
    [
        (("Trang chủ", "Chuyển đổi số"), "Chuyển đổi số"),
        (("Trang chủ", "Tin tức", "An ninh", "Tiêu đề bài viết"), "An ninh"),
        (("UBND", "Chi tiết bài viết"), None),
        (("Trang chủ",), None),
        ((), None),
    ],
)
def test_category_from_the_breadcrumb(steps: tuple[str, ...], category: str | None) -> None:
    page = document(crumbs(*steps) + stock_page())
    assert Liferay.parse_article(page, URL).category == category


def test_the_articles_own_category_goes_first() -> None:
    own = '<span class="metadata-entry metadata-categories">Nhóm: <a class="asset-category">Y tế</a></span>'
    page = document(crumbs("Trang chủ", "Tin") + stock_page(metadata=own))
    assert Liferay.parse_article(page, URL).category == "Y tế"


# --- dates ---------------------------------------------------------------------------------------


def dates(**parts: str) -> list[tuple[str, str]]:
    return [(date.text, date.source) for date in stock_article(**parts).dates]


def test_date_node_then_meta_then_address() -> None:
    article = stock_article(
        url="https://portal.example/chi-tiet-tin/-/view-article/1/17/1767547800000",
        head="<meta property='article:published_time' content='2026-01-05T08:00:00+07:00'>",
        metadata='<span class="metadata-publish-date"><i></i> 05/01/2026 </span>',
    )
    assert article.dates == [
        DateText("05/01/2026", "node"),
        DateText("2026-01-05T08:00:00+07:00", "meta"),
        DateText("2026-01-05", "url"),
    ]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<span>Ngày đăng tin:</span>\n<span>29/09/2026</span>", "29/09/2026"),
        ("<p>Ngày đăng: 07-01-2026</p>", "07-01-2026"),
        ("<div>Post date: 05/01/2026</div>", "05/01/2026"),
        ("<div>Đăng ngày 09 - 03 - 2023</div>", "09 - 03 - 2023"),
        ("<div>NGÀY XUẤT BẢN : 1/2/2023</div>", "1/2/2023"),
    ],
)
def test_labelled_dates(html: str, text: str) -> None:
    assert dates(after=html) == [(text, "node")]


@pytest.mark.parametrize(
    "parts",
    [
        {"text": "<p>Ngày đăng: 07-01-2026</p><p>Họp ngày 5/6/2023.</p>"},
        {"text": '<p>Lời.</p><span class="metadata-publish-date">01/02/2023</span>'},
        {"title": "Kết quả đến ngày 15-01-2026"},
        {"after": '<div class="date-today">Ngày đăng: 23/11/2026</div>'},
        {"after": '<b class="clock">Ngày đăng: 1/1/2026</b>'},
        {"after": "<h4>Tin liên quan</h4><ul><li><a>x</a> Ngày đăng: 02/07/2026</li></ul>"},
        {"after": '<div class="asset-links"><span class="metadata-publish-date">02/07/2026</span></div>'},
        {"after": '<section class="portlet"><span class="metadata-publish-date">02/07/2026</span></section>'},
        {"after": "<p>Ngày đăng:</p><p>Lượt xem: 3</p>"},
        {"metadata": '<span class="metadata-publish-date">mới đây</span>'},
        {"metadata": '<span class="metadata-modified-date">02/07/2026</span>'},
    ],
)
def test_dates_of_the_text_the_title_clocks_and_other_articles_do_not_count(parts: dict[str, str]) -> None:
    assert dates(**parts) == []


def test_the_hcmc_date_node_in_both_orders() -> None:
    for printed in ("08:37 24/06/2023", "24/06/2023 08:37", "Thứ Bẩy, ngày 24/06/2023 08:37"):
        page = f"""<span class="header-title">Tiêu đề</span>
            <div class="asset-publish-date"><span>{printed}</span></div>
            <div class="journal-content-article"><p>Lời.</p></div>"""
        assert HcmcLiferay.parse_article(document(page), URL).dates == [DateText(printed, "node")]
