"""DNN's ``cmsview`` module: pages that are empty until their script has asked for JSON."""

import json
from typing import Any

import pytest

from wardcrawler.extraction.listings import ListingRequest
from wardcrawler.items import Article, NotAnArticle
from wardcrawler.platforms.dnn.cmsview import CmsviewDnn

H = "https://portal.example"
API = f"{H}/DesktopModules/cmsview/api/NewsContent"
LIST = f"{API}/listnew?PortalId=0&ModuleId=391&GetType=3&PageIndex="
ENTRY = {
    "Id": 90112,
    "Url": "canh-bao",
    "Name": "Cảnh báo &amp; hướng dẫn",
    "Description": "<p>Người dân cần cảnh giác.</p>",
    "PublishTime": "2026-01-19T08:50:00",
    "FullContent": '<p>Không cung cấp mã OTP.</p><img src="/Portals/0/a.jpg">',
}


def article(**fields: Any) -> Article:
    raw = json.dumps(ENTRY | fields).encode()
    return CmsviewDnn.parse_article(CmsviewDnn.read_article(raw, None), f"{API}/getbyid?id=90112")


# --- lists ---------------------------------------------------------------------------------------


def test_a_json_list_is_walked_until_a_page_is_empty() -> None:
    page = CmsviewDnn.read_listing(b'{"ListData":[{"Id":7,"Url":"a b","Name":"A &amp; B"}]}', None)
    assert [(link.url, link.title) for link in CmsviewDnn.article_links(page, LIST + "1")] == [
        (f"{H}/tin-tuc/a%20b-7", "A & B")
    ]
    following = CmsviewDnn.next_listing(page, LIST + "1", ListingRequest(LIST + "1"))
    assert following == ListingRequest(LIST + "2", page=2)
    empty = CmsviewDnn.read_listing(b'{"ListData":null,"ListMoreData":[]}', None)
    assert CmsviewDnn.article_links(empty, LIST + "2") == []
    assert CmsviewDnn.next_listing(empty, LIST + "2", following) is None


@pytest.mark.parametrize(
    "raw", [b"{", b"[]", b'{"Message":"error"}', b'{"ListData":[{"Name":"no id"}]}', b'{"ListData":[1]}']
)
def test_other_json_is_no_list(raw: bytes) -> None:
    with pytest.raises(NotAnArticle) as refusal:
        CmsviewDnn.read_listing(raw, None)
    assert refusal.value.reason == "not-html"


# --- articles ------------------------------------------------------------------------------------


def test_an_articles_content_is_asked_for_where_the_script_asks_for_it() -> None:
    assert CmsviewDnn.content_address(f"{H}/tin-tuc/canh-bao-90112") == f"{API}/getbyid?id=90112"
    assert CmsviewDnn.content_address(f"{API}/getbyid?id=90112") == f"{API}/getbyid?id=90112"
    assert CmsviewDnn.content_address(f"{H}/gioi-thieu") == f"{H}/gioi-thieu"


def test_an_article_of_json_has_the_address_of_its_page() -> None:
    found = article()
    assert (found.url, found.key) == (f"{H}/tin-tuc/canh-bao-90112", "tin-tuc/90112")
    assert (found.title, found.lead) == ("Cảnh báo & hướng dẫn", "Người dân cần cảnh giác.")
    assert found.body == "Không cung cấp mã OTP."
    assert [date.text for date in found.dates] == ["2026-01-19T08:50:00"]
    assert [image.url for image in found.images] == [f"{H}/Portals/0/a.jpg"]


def test_an_answer_may_be_a_list_with_the_article() -> None:
    page = CmsviewDnn.read_article(b"\xef\xbb\xbf" + json.dumps([ENTRY]).encode(), None)
    assert CmsviewDnn.parse_article(page, f"{API}/getbyid?id=90112") == article()


def test_markup_of_the_text_stays_in_the_text() -> None:
    found = article(FullContent="</div></body></html><h1>Tiêu đề khác</h1><p>Thân bài.<div><p>Hết")
    assert found.title == "Cảnh báo & hướng dẫn"
    assert found.body == "Tiêu đề khác\nThân bài.\nHết"


def test_what_xml_forbids_is_no_reason_to_lose_an_article() -> None:
    found = article(Name="Cảnh\vbáo \ud83d", FullContent="Văn bản\v không thẻ")
    assert (found.title, found.body) == ("Cảnh báo", "Văn bản không thẻ")


@pytest.mark.parametrize(
    "raw", [b"[]", b"{", b"[null]", b'{"Message":"error"}', b'{"Id":null,"Name":"A"}', b'["A"]']
)
def test_other_json_is_no_article(raw: bytes) -> None:
    with pytest.raises(NotAnArticle) as refusal:
        CmsviewDnn.read_article(raw, None)
    assert refusal.value.reason == "not-html"


def test_an_article_without_text_is_refused() -> None:
    with pytest.raises(NotAnArticle) as refusal:
        article(FullContent=None)
    assert refusal.value.reason == "no-body"


SHELL = """<div class="DnnModule DnnModule-cmsview"><h1>{}</h1><div itemprop="articleBody">{}</div></div>"""


def test_a_page_that_has_its_text_is_read_as_one() -> None:
    page = CmsviewDnn.read_article(SHELL.format("Cảnh báo", "<p>Không cung cấp.</p>").encode(), None)
    found = CmsviewDnn.parse_article(page, f"{H}/tin-tuc/canh-bao-90112")
    assert (found.url, found.body) == (f"{H}/tin-tuc/canh-bao-90112", "Không cung cấp.")


def test_a_page_that_waits_for_its_script_is_refused() -> None:
    menu = "<ul>" + "<li>Cải cách hành chính</li>" * 20 + "</ul>"
    page = CmsviewDnn.read_article((menu + SHELL.format("{{NewsItem.Name}}", "")).encode(), None)
    with pytest.raises(NotAnArticle) as refusal:
        CmsviewDnn.parse_article(page, f"{H}/tin-tuc/canh-bao-90112")
    assert refusal.value.reason == "no-title"
