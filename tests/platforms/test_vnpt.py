"""VNPT's .NET portal: paging by POST, and pages that look like articles."""

from datetime import datetime

import pytest

from tests.support.pages import document
from wardcrawler.extraction.listings import ListingRequest
from wardcrawler.items import Article, NotAnArticle
from wardcrawler.platforms.registry import recognise
from wardcrawler.platforms.vnpt import Vnpt
from wardcrawler.text.dates import ICT, read_date

H = "https://phuong.example"
SECTION = f"{H}/tin-noi-bat"
PAGING = f"{H}/DesktopModule/UIArticleInMenu/ArticleInMenuPagination.aspx/LoadArticle"
ADDRESS = f"{SECTION}/hop-giao-ban-950942"


def detail(content: str, before: str = '<div class="PostDate">23/06/2023</div>', after: str = "") -> str:
    return f"""<div class="ArticleDetailControl">
        <div class="ArticleHeader"><h1 class="Title">Họp giao ban</h1></div>{before}
        <div class="ArticleContent">{content}</div>{after}</div>"""


def article(content: str, before: str = '<div class="PostDate">23/06/2023</div>', after: str = "") -> Article:
    return Vnpt.parse_article(document(detail(content, before, after)), ADDRESS)


def section(items: str, script: str = "") -> str:
    return f"""<div class="UIArticleInMenu_Default"><ul class="ArticleList">{items}</ul>
        <script>{script}</script></div>"""


def item(number: int) -> str:
    return f"""<li class="row"><h2 class="Title"><a href="/tin-noi-bat/bai-{number}">Bài {number}</a></h2>
        <div class="Ngaydang">23/06/2023</div></li>"""


SCRIPT = """var maxPage = parseInt(3);
    var data = { article_category_id: 54442, categoryIds: "54442", site_id: 6847, page: page,
    page_size: 15, keyword: $('#k').val(), num_of_text: 200, show_no: 'True', new: 'False' };"""


# --- paging --------------------------------------------------------------------------------------


def following(html: str, asked: ListingRequest, url: str = SECTION) -> ListingRequest | None:
    return Vnpt.next_listing(document(html), url, asked)


def test_the_second_page_is_asked_for_with_the_values_of_the_pages_own_script() -> None:
    request = following(section(item(950001), SCRIPT), ListingRequest(SECTION))
    assert request is not None
    assert (request.url, request.page, request.last_page) == (PAGING, 2, 3)
    assert dict(request.form) == {
        "article_category_id": "54442", "categoryIds": "54442", "site_id": "6847", "page": "2",
        "page_size": "15", "keyword": "", "date_begin": "", "date_end": "", "show_no": "True",
        "show_post_date": "True", "num_of_text": "200", "show_view_count": "False",
        "filter_order_in_list": "False", "is_default": "False", "new": "False", "number_of_day": "3",
        "no": "-15", "articlelang": "vi-VN", "is_authenticated": "False",
    }  # fmt: skip


def test_a_walk_ends_with_the_last_page_the_script_names() -> None:
    second = following(section(item(950001), SCRIPT), ListingRequest(SECTION))
    assert second is not None
    third = following(item(950002), second, PAGING)
    assert third is not None
    assert third == ListingRequest(
        PAGING, tuple((dict(second.form) | {"page": "3"}).items()), page=3, last_page=3
    )
    assert following(item(950003), third, PAGING) is None


def test_a_section_of_one_page_has_no_next() -> None:
    script = SCRIPT.replace("parseInt(3)", "parseInt(1)")
    assert following(section(item(950001), script), ListingRequest(SECTION)) is None
    assert following(section(item(950001)), ListingRequest(SECTION)) is None


def test_an_answer_without_articles_ends_the_walk() -> None:
    request = ListingRequest(PAGING, (("page", "7"),), page=7, last_page=40)
    assert following("<p>Không có bài viết</p>", request, PAGING) is None
    unlimited = ListingRequest(PAGING, (("page", "7"),), page=7)
    assert following(item(950001), unlimited, PAGING) == ListingRequest(PAGING, (("page", "8"),), page=8)
    assert following("<p>Không có bài viết</p>", unlimited, PAGING) is None


@pytest.mark.parametrize(
    "script",
    [
        "var article_category_id = 5;",
        "var d = { article_category_id: id, site_id: 4, page_size: 15 };",
        "var d = { article_category_id: 5, site_id: 4, page_size: size };",
        "var d = { article_category_id: 5, page_size: 15 };",
    ],
)
def test_a_script_without_the_values_is_not_guessed_at(script: str) -> None:
    assert following(section(item(950001), script), ListingRequest(SECTION)) is None


# --- articles ------------------------------------------------------------------------------------


def test_fields_of_an_article() -> None:
    read = article(
        "<p>Nội dung.</p><div class='author'>Tác giả: Thu Thủy</div>",
        before="<div class='tool'>A- A A+ In</div><div class='PostDate'>23/06/2023</div>"
        "<div class='UISocialShare'>Zalo</div><div class='ArticleSummary'>Tóm tắt.</div>",
    )
    assert (read.key, read.platform) == ("950942", "vnpt")
    assert (read.title, read.lead, read.author) == ("Họp giao ban", "Tóm tắt.", "Thu Thủy")
    assert read.body == "Nội dung.\nTác giả: Thu Thủy"


@pytest.mark.parametrize(
    ("end", "author"),
    [
        (
            "<div class='author'>Tác giả: Thu Thủy</div><p>Ảnh: Lê Minh</p><p>.</p><p>.</p><p>.</p>",
            "Thu Thủy",
        ),
        ("<p class='author'>Thu Thủy</p>", "Thu Thủy"),
        ("<div class='author'>Nguồn: Báo Địa phương</div>", None),
        ("<p>Hết./.</p><p>Thu Thủy</p>", "Thu Thủy"),
        ("<div class='author'>Tác giả: </div>", None),
    ],
)
def test_the_author_stands_at_the_end_of_the_text(end: str, author: str | None) -> None:
    assert article(f"<p>Nội dung.</p>{end}").author == author


@pytest.mark.parametrize("printed", ["23/06/2023", "Ngày đăng: 23/06/2023", "<i></i> 23/6/2023"])
def test_dates_are_exact_to_the_day(printed: str) -> None:
    read = article("<p>Từ ngày 01/6 đến 20/6/2023.</p>", f"<div class='PostDate'>{printed}</div>")
    date = read_date(read.dates[0].text, now=datetime(2026, 11, 23, tzinfo=ICT))
    assert (date.iso, date.precision) == ("2023-06-23T00:00:00+07:00", "day")


def test_a_date_in_the_text_or_beside_a_related_article_is_not_the_articles() -> None:
    related = "<h3>Các tin khác</h3><ul><li>Bài <span class='PostDate'>01/01/2020</span></li></ul>"
    assert article("<p>Ngày đăng: 01/01/2020.</p>", before="", after=related).dates == []


def refusal(html: str, url: str = ADDRESS) -> str:
    with pytest.raises(NotAnArticle) as refused:
        Vnpt.parse_article(document(html), url)
    return refused.value.reason


DOCUMENT = """<table><tr><td>Số ký hiệu</td><td>18/NQ-HĐND</td></tr>
    <tr><td>Ngày ban hành:</td><td>26/12/2025</td></tr></table>"""


def test_legal_documents_and_budget_tables_are_no_articles() -> None:
    assert refusal(detail(DOCUMENT)) == "document"
    assert refusal('<div class="UICongKhaiNganSach_Default"><table></table></div>') == "document"


def test_an_article_on_documents_is_an_article() -> None:
    read = article(
        "<p>Các văn bản mới:</p><table><tr><th>Số ký hiệu</th><th>Ngày ban hành</th></tr>"
        "<tr><td>21/TB-UBND</td><td>03/11/2025</td></tr></table>"
    )
    assert read.body.split("\n")[1] == "Số ký hiệu | Ngày ban hành"
    assert Vnpt.parse_article(document(detail("<p>Tin.</p>") + DOCUMENT), ADDRESS).body == "Tin."


def test_sections_are_no_articles() -> None:
    items = "".join(map(item, range(950001, 950006)))
    assert refusal(section(items, SCRIPT), SECTION) == "listing"
    assert refusal(section(items), ADDRESS) == "listing"


# --- recognition ---------------------------------------------------------------------------------


def test_articles_sections_and_home_pages_are_recognised() -> None:
    home = document("<div>Chào mừng</div>", '<script src="/DesktopModule/UIMenu/menu.js"></script>')
    for page, url in (
        (document(detail("<p>Tin.</p>")), ADDRESS),
        (document(section(item(950001), "$.post('/DesktopModule/UIArticleInMenu/x.aspx')")), SECTION),
        (home, f"{H}/"),
    ):
        assert recognise(page, url)[0] is Vnpt


@pytest.mark.parametrize(
    ("html", "head"),
    [
        ('<div class="ArticleContent">Tin</div>', ""),
        ('<div class="ArticleHeader"><h1 class="Title">Tin</h1></div><p>Tin</p>', ""),
        ("<p>Tin do VNPT cung cấp</p>", '<script src="/DesktopModules/UIMenu/menu.js"></script>'),  # DNN
    ],
)
def test_a_common_class_name_or_an_address_is_not_enough(html: str, head: str) -> None:
    url = "https://phulien.haiphong.gov.vn/tin-noi-bat/hop-giao-ban-950942"
    assert recognise(document(html, head), url)[0] is None
