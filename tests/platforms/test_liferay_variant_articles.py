"""Articles of Liferay portals with looks and portlets of their own: fields in odd places, refusals."""

import pytest

from tests.support.pages import document, stock_page
from wardcrawler.items import Article, NotAnArticle
from wardcrawler.platforms.liferay.asset_publishers import BacGiangLiferay, MohLiferay, SoNoiVuLiferay
from wardcrawler.platforms.liferay.danang import DanangLiferay
from wardcrawler.platforms.liferay.labelled import DanangWardLiferay, QuangTriLiferay
from wardcrawler.platforms.liferay.stock import Liferay

H = "https://portal.example"


def portlet(content: str) -> str:
    return f'<div class="portlet-boundary portlet-asset-publisher" id="p_p_id_101_x_">{content}</div>'


def danang(above: str, text: str, head: str = "") -> Article:
    page = portlet(
        f'<h1 class="title-detail">Tiêu đề</h1>{above}<div class="journal-content-article">{text}</div>'
    )
    return DanangLiferay.parse_article(document(page, head), f"{H}/web/dng/-/bai")


def test_a_date_alone_above_the_text_is_its_date_and_no_other_is() -> None:
    text = "<p>Từ ngày 15-01-2026.</p><p>16/01/2026</p>"
    assert [date.text for date in danang("<i>13/01/2026 19:15</i>", text).dates] == ["13/01/2026 19:15"]
    assert danang("<i>Hội nghị ngày 13/01/2026</i>", text).dates == []
    assert danang("<div class='current-date'>13/01/2026</div>", text).dates == []


@pytest.mark.parametrize(
    ("described", "lead"),
    [
        ("Sáng 5-1, phường họp.", "Sáng 5-1, phường họp."),
        ("Sáng 5-1, phường…", "Sáng 5-1, phường họp."),
        ("Sáng 5-1, phường...", "Sáng 5-1, phường họp."),
        ("Cổng thông tin điện tử thành phố", None),
        ("", None),
    ],
)
def test_a_description_is_the_lead_if_the_article_begins_with_it(described: str, lead: str | None) -> None:
    article = danang(
        "", "<p>Sáng 5-1, phường họp.</p><p>Sau đó…</p>", f'<meta name="description" content="{described}">'
    )
    assert article.lead == lead


def test_a_name_below_the_text_is_the_author_if_it_is_a_keyword() -> None:
    text = "<p>Lời.</p><p>MAI VĂN QUANG</p>"
    assert (
        danang("", text, '<meta name="keywords" content="tin tức,mai văn quang">').author == "MAI VĂN QUANG"
    )
    assert danang("", text, '<meta name="keywords" content="tin tức">').author is None


WARD = """<div class="portlet-boundary" id="p_p_id_cms_tintuc_CmsTinTucPublicPortlet_INSTANCE_a_">{}</div>"""


def ward(content: str) -> Article:
    return DanangWardLiferay.parse_article(
        document("<h1>Chi tiết tin tức</h1>" + WARD.format(content)), f"{H}/chi-tiet-tin-tuc?d=7"
    )


FACTS = (
    "<b>Người đăng tin:</b><b>Ban Biên Tập</b><b>Ngày đăng tin:</b><b>29/09/2026</b><b>Lượt xem:</b><b>1</b>"
)


@pytest.mark.parametrize("tag", ["p", "span", "b"])
def test_labels_and_values_in_separate_nodes_whatever_the_nodes(tag: str) -> None:
    facts = f"<div>{FACTS.replace('<b>', f'<{tag}>').replace('</b>', f'</{tag}>')}</div>"
    article = ward(
        f"<div>Trang chủ / Thông báo</div><div>Tên bài</div>{facts}<div><p>Lời một.</p>Lời hai.<br>Hết.</div>"
    )
    assert (article.title, article.author) == ("Tên bài", "Ban Biên Tập")
    assert [date.text for date in article.dates] == ["29/09/2026"]
    assert article.body == "Lời một.\nLời hai.\nHết."


def test_a_label_without_value_does_not_take_the_text_for_it() -> None:
    facts = "<p>Ngày đăng tin:</p><p>29/09/2026</p><p>Lượt xem:</p>"
    article = ward(f"<h4>Tên bài</h4>{facts}<p>Lời một.</p><p>Lời hai.</p>")
    assert article.body == "Lời một.\nLời hai."


def test_a_notice_that_is_only_files() -> None:
    files = '<a href="/documents/1/2/Ke%20hoach.pdf">Kế hoạch</a><br><a href="/documents/1/2/b.docx">Biểu</a>'
    article = ward(f"<h4>Thông báo</h4><h4>Tên bài</h4><p>{FACTS}</p><p>Tên bài</p><p>{files}</p>")
    assert article.body == ""
    assert [(file.filename, file.label) for file in article.attachments] == [
        ("Ke hoach.pdf", "Kế hoạch"),
        ("b.docx", "Biểu"),
    ]


@pytest.mark.parametrize("heading", ["Tệp đính kèm:", "<b>Tài liệu đính kèm</b>"])
def test_a_heading_goes_with_its_files_and_stays_without(heading: str) -> None:
    files = '<p><a href="/documents/1/2/b.docx">Biểu</a></p>'
    article = ward(f"<h4>Tên bài</h4><p>{FACTS}</p><p>Lời.</p><p>{heading}</p>{files}")
    assert (article.body, len(article.attachments)) == ("Lời.", 1)
    assert ward(f"<h4>Tên bài</h4><p>{FACTS}</p><p>Lời.</p><p>Tệp đính kèm</p>").body == "Lời.\nTệp đính kèm"


def test_files_named_inside_a_sentence_stay_there() -> None:
    article = ward(f'<h4>Tên bài</h4><p>{FACTS}</p><p>Xem <a href="/documents/1/2/b.docx">biểu</a>.</p>')
    assert article.body == "Xem biểu."
    assert len(article.attachments) == 1


def test_related_articles_and_their_files_are_left_out() -> None:
    article = ward(
        f"<h4>Tên bài</h4><p>{FACTS}</p><p>Lời.</p>"
        "<div><b>Chuyên mục, tin tức liên quan:</b> <a href='?c=2'>Khác</a></div>"
        "<p>Bài khác</p><a href='/documents/1/2/khac.pdf'>Tệp khác</a>"
    )
    assert (article.body, article.attachments) == ("Lời.", [])


@pytest.mark.parametrize(
    ("content", "reason"),
    [(f"<p>{FACTS}</p><p>Lời.</p>", "no-title"), (f"<h4>Tên bài</h4><p>{FACTS}</p>", "no-body")],
)
def test_a_ward_page_without_title_or_text_is_refused(content: str, reason: str) -> None:
    related = "<p>Chuyên mục, tin tức liên quan:</p>" + "<p>Chân trang có vài chữ nữa.</p>" * 20
    with pytest.raises(NotAnArticle) as refusal:
        ward(content + related)
    assert refusal.value.reason == reason


def test_a_category_of_a_ward_is_a_listing() -> None:
    page = document(
        WARD.format(
            "<a href='/chi-tiet-tin-tuc?d=7&c=2'>Bài</a><p>Ngày đăng: 30/09/2026</p>" + "<p>Lời.</p>" * 99
        )
    )
    with pytest.raises(NotAnArticle) as refusal:
        DanangWardLiferay.parse_article(page, f"{H}/chi-tiet-tin-tuc?c=2")
    assert refusal.value.reason == "listing"


def quangtri(content: str) -> Article:
    page = document(f'<div class="portlet-boundary" id="p_p_id_x_">{content}</div>')
    return QuangTriLiferay.parse_article(page, f"{H}/chi-tiet-tin/-/view-article/1/2/1767583873219")


@pytest.mark.parametrize(
    ("last", "author"),
    [("HÀ PHƯƠNG", "HÀ PHƯƠNG"), ("Đức Lục", "Đức Lục"), ("BBT", "BBT"), ("Bích", None), ("Trân trọng", None),
     ("Hết.", None), ("Xã có 3 thôn", None)],
)  # fmt: skip
def test_the_last_line_is_the_author_if_it_is_a_name(last: str, author: str | None) -> None:
    article = quangtri(
        f"<b>TÊN BÀI</b><p>Post date: 05/01/2026</p><p>Lời.</p><p>{last}</p><a>Previous page</a><p>More</p>"
    )
    assert article.author == author
    assert article.body == f"Lời.\n{last}"


def test_the_date_of_quang_tri_is_the_printed_one_then_that_of_the_address() -> None:
    article = quangtri("<b>TÊN BÀI</b><p>Post date:</p><p>05/01/2026</p><p>Lời.</p>")
    assert [(date.text, date.source) for date in article.dates] == [
        ("05/01/2026", "node"),
        ("2026-01-05", "url"),
    ]


def test_without_a_box_the_text_must_have_an_end() -> None:
    text = "<h4>Menu</h4><b>TÊN BÀI</b><p>Post date: 05/01/2026</p><p>Lời.</p>"
    rest = "<p>Chân trang có vài chữ nữa.</p>" * 20
    url = f"{H}/chi-tiet-tin/-/view-article/1/2/1767583873219"
    ended = document(f"{text}<a href='#'>Previous page</a>{rest}")
    assert QuangTriLiferay.parse_article(ended, url).body == "Lời."
    with pytest.raises(NotAnArticle) as refusal:
        QuangTriLiferay.parse_article(document(text + rest), url)
    assert refusal.value.reason == "no-title"


def test_only_an_articles_own_label_makes_an_article() -> None:
    side = (
        "<h4>Tin mới</h4><p>Ngày đăng: 07-01-2026 Lượt xem: 38</p>" + "<p>Chân trang có vài chữ nữa.</p>" * 20
    )
    with pytest.raises(NotAnArticle) as refusal:
        quangtri(side)
    assert refusal.value.reason == "no-title"


def test_a_title_in_front_of_its_date_in_one_block() -> None:
    article = quangtri("<div><b>TÊN BÀI</b> <i>Post date: 05/01/2026</i></div><p>Lời.</p>")
    assert (article.title, article.body) == ("TÊN BÀI", "Lời.")


def test_the_page_itself_is_not_changed() -> None:
    page = document(WARD.format(f"<h4>Tên bài</h4><p>{FACTS}</p><p>Lời.</p>"))
    before = page.text_content()
    DanangWardLiferay.parse_article(page, f"{H}/chi-tiet-tin-tuc?d=7")
    assert page.text_content() == before


def test_thai_nguyen_is_stock_liferay_with_a_clock_in_the_box() -> None:
    clock = '<div class="current-date">Thứ Hai, 23/11/2026</div><div class="date-today">23/11/2026</div>'
    date = '<span class="metadata-publish-date">2026-01-05 08:30:00.0</span>'
    article = Liferay.parse_article(document(stock_page(metadata=date, after=clock)), f"{H}/-/bai")
    assert [printed.text for printed in article.dates] == ["2026-01-05 08:30:00.0"]


LEGAL = """<table><tr><td>Số ký hiệu</td><td>12/2026/QĐ-UBND</td></tr><tr><td>Ngày ban hành</td>
    <td>05/01/2026</td></tr></table><a href="/documents/1/2/qd.pdf">Tải về</a>"""


def test_pages_of_legal_documents_and_albums_are_no_articles() -> None:
    for read in (
        lambda: danang("", LEGAL),
        lambda: ward(f"<h4>Quyết định 12</h4><p>{FACTS}</p>{LEGAL}"),
        lambda: quangtri(f"<h4>Quyết định 12</h4><p>Post date: 05/01/2026</p>{LEGAL}"),
    ):
        with pytest.raises(NotAnArticle) as refusal:
            read()
        assert refusal.value.reason == "document"
    assert QuangTriLiferay.article_key(f"{H}/chi-tiet-van-ban?idnoidung=1767583873219") is None
    assert QuangTriLiferay.article_key(f"{H}/hinh-anh?albumID=186") is None


def test_headings_of_the_text_are_no_titles_of_moh() -> None:
    page = document(
        """<div class="contentDetail"><div><h3>Tên bài</h3></div><div><div><p>20/11/2026</p></div></div>
        <div class="journal-content-article"><h3>1. Mục</h3><p>Lời.</p></div></div>"""
    )
    article = MohLiferay.parse_article(page, f"{H}/-/bai")
    assert (article.title, article.body) == ("Tên bài", "1. Mục\nLời.")


def test_the_portlets_own_title_is_none_of_bac_giang() -> None:
    page = document(
        """<h1 class="portlet-title">Kinh tế</h1><div class="title-news"><h1 class="portlet-title">Tin</h1>
        <h1>Tên bài</h1></div><div class="journal-content-article"><p>Lời.</p></div>"""
    )
    assert BacGiangLiferay.parse_article(page, f"{H}/-/bai").title == "Tên bài"


# --- Hà Nội: numbers in friendly addresses -------------------------------------------------------


NUMBERED = "/tin-tuc-su-kien/-/view_content/{}-{}.html"
STORIES = ((4101, "to-dan-pho-hop", "Tổ dân phố họp cuối năm"), (4102, "trong-cay", "Trồng cây ở bãi bồi"))


def test_a_list_of_numbered_addresses_and_an_article_of_one() -> None:
    items = "".join(
        f'<h3 class="asset-title"><a href="{NUMBERED.format(number, slug)}">{title}</a></h3>'
        f'<div class="assetPublishDate block_timer">Ngày đăng 1{number % 10}/03/2024 | 09:15 AM</div>'
        for number, slug, title in STORIES
    )
    section = f"{H}/tin-tuc-su-kien"
    found = SoNoiVuLiferay.article_links(document(portlet(f"<div>{items}</div>")), section)
    assert [(link.key, link.title) for link in found] == [
        (f"view_content/{number}", title) for number, _, title in STORIES
    ]
    page = f"""<div class="asset-full-content-title">Trồng cây ở bãi bồi</div>
        <div class="assetPublishDate block_timer">12/03/2024 | 04:05 PM</div><div class="asset-full-content">
        <div class="journal-content-article"><p class="sapo">Sáng nay, phường trồng cây.</p><p>Hơn trăm người
        dự.</p></div></div><ul><li><a href="{NUMBERED.format(4101, "to-dan-pho-hop")}">Cũ</a></li></ul>"""
    address = H + NUMBERED.format(4102, "trong-cay")
    article = SoNoiVuLiferay.parse_article(document(portlet(page)), address)
    assert (article.key, article.title, article.lead) == (
        "view_content/4102",
        "Trồng cây ở bãi bồi",
        "Sáng nay, phường trồng cây.",
    )
    assert [date.text for date in article.dates] == ["12/03/2024 | 04:05 PM"]
    assert not SoNoiVuLiferay.is_listing(document(portlet(page)), address)
