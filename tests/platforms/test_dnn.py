"""DNN: fields of its modules, pagers that post back, what tells the modules apart."""

from datetime import UTC, datetime

import pytest

from tests.support.pages import document
from wardcrawler.extraction.listings import ListingRequest
from wardcrawler.items import NotAnArticle
from wardcrawler.platforms.dnn.cmsview import CmsviewDnn
from wardcrawler.platforms.dnn.easy import EasyDnn
from wardcrawler.platforms.dnn.stock import Dnn
from wardcrawler.platforms.registry import recognise
from wardcrawler.text.dates import read_date

H = "https://portal.example"


def test_a_pager_that_posts_back_is_followed_by_its_form() -> None:
    pager = """<form id="Form" action="/tin"><input type="hidden" name="__VIEWSTATE" value="abc">
        <a href="javascript:__doPostBack('dnn$ctr5$vbPaging$btnPg2','')">2</a></form>"""
    asked = ListingRequest(f"{H}/tin")
    following = Dnn.next_listing(document(pager), f"{H}/tin", asked)
    form = (("__VIEWSTATE", "abc"), ("__EVENTTARGET", "dnn$ctr5$vbPaging$btnPg2"), ("__EVENTARGUMENT", ""))
    assert following == ListingRequest(f"{H}/tin", form, 2)
    assert Dnn.next_listing(document(pager), f"{H}/tin", following) is None


# --- fields and recognition ----------------------------------------------------------------------


def module(inner: str, kind: str = "VIC_News") -> str:
    content = f'<div id="dnn_ctr5_ModuleContent">{inner}</div>'
    return f'<div class="DnnModule DnnModule-{kind} DnnModule-5">{content}</div>'


NEWS = """<span id="dnn_ctr5_View_lblTitle">Tiêu đề</span><span id="dnn_ctr5_View_lblDate">{}</span>
    <div id="dnn_ctr5_View_lblContent">{}</div>"""


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("Ngày đăng: 07/08/2022 16:45", "2022-08-07T16:45:00+07:00"),
        ("Thứ sáu, 03/02/2023, 09:40 SA", "2023-02-03T09:40:00+07:00"),
        ("15/01/2026 | 10:31", "2026-01-15T10:31:00+07:00"),
        ("2026-01-19T08:50:00", "2026-01-19T08:50:00+07:00"),
    ],
)
def test_dates(printed: str, iso: str) -> None:
    article = Dnn.parse_article(document(module(NEWS.format(printed, "<p>x</p>"))), f"{H}/articleid/6")
    assert article.dates[0].text == printed
    assert read_date(printed, now=datetime(2026, 11, 23, tzinfo=UTC)).iso == iso


def test_easy_dnns_fields_are_found_whether_or_not_the_text_has_an_element_of_its_own() -> None:
    fields = """<h1 class="edn_articleTitle">Làng chiếu vào vụ</h1><div class="edn_metaDetails">
        <a class="edn_category" href="/kinh-te">Kinh tế</a> <time>15/01/2026 | 10:31</time>
        <a href="/Author/userid/12/quocbao">Quốc Bảo</a></div><p class="edn_articleSummary">Tóm tắt.</p>"""
    text = "<p>Mỗi ngày 1.500 đôi chiếu.</p>"
    for inner in (text, f'<div class="edn_articleContent">{text}</div>'):
        page = document(module(f'<article class="edn_articleDetails">{fields}{inner}</article>'))
        found = EasyDnn.parse_article(page, f"{H}/tin/artmid/5/articleid/6/x")
        assert (found.title, found.lead, found.category) == ("Làng chiếu vào vụ", "Tóm tắt.", "Kinh tế")
        assert (found.author, found.body) == ("Quốc Bảo", "Mỗi ngày 1.500 đôi chiếu.")
        assert [date.text for date in found.dates] == ["15/01/2026 | 10:31"]


def test_static_html_modules_are_no_articles() -> None:
    banner = module(
        '<div id="dnn_ctr4_HtmlModule_lblContent"><h1>Cổng thông tin</h1><p>Chào.</p></div>', "DNN_HTML"
    )
    article = Dnn.parse_article(document(banner + module(NEWS.format("", "<p>Lời.</p>"))), f"{H}/articleid/6")
    assert (article.title, article.body) == ("Tiêu đề", "Lời.")


@pytest.mark.parametrize(
    "href", ["/LinkClick.aspx?fileticket=q%3d&tabid=9", "/LinkClick.aspx?tabid=9&fileticket=q"]
)
def test_files_without_a_name_of_their_own_are_called_as_labelled(href: str) -> None:
    link = f'<a href="{href}">Quyết định.pdf</a><a href="/LinkClick.aspx?link=55">Trang khác</a>'
    article = Dnn.parse_article(document(module(NEWS.format("", link))), f"{H}/articleid/6")
    assert [file.filename for file in article.attachments] == ["Quyết định.pdf"]


def test_a_legal_document_is_no_article() -> None:
    table = """<table><tr><td>Số hiệu</td><td>1/QĐ</td></tr>
        <tr><td>Ngày ban hành</td><td>1/1/2026</td></tr></table>"""
    with pytest.raises(NotAnArticle) as refusal:
        Dnn.parse_article(document(module(NEWS.format("", table))), f"{H}/articleid/6")
    assert refusal.value.reason == "document"


def test_a_section_is_no_article() -> None:
    items = "".join(f'<h3><a href="/articleid/{n}">Tin số {n} của xã</a></h3>' for n in range(4))
    with pytest.raises(NotAnArticle) as refusal:
        Dnn.parse_article(document(module(items)), f"{H}/Tin/tabid/5/Default.aspx")
    assert refusal.value.reason == "listing"


def test_modules_are_told_by_their_own_elements() -> None:
    stock = module("<h3>Tin</h3>")
    assert recognise(document(stock), f"{H}/")[0] is Dnn
    assert recognise(document(stock + '<h2 class="edn_articleTitle">Tin</h2>'), f"{H}/")[0] is EasyDnn
    script = "<script src='/DesktopModules/cmsview/js/app.js'></script>"
    assert recognise(document(stock, script), f"{H}/")[0] is CmsviewDnn
    # other ASP.NET portals
    assert (
        recognise(document('<input name="__VIEWSTATE"><img src="/Portals/0/a.jpg">'), f"{H}/tabid/1/")[0]
        is None
    )
