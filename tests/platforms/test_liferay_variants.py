"""Looks and portlets of Liferay portals: what tells them, their lists and dates."""

import json
from datetime import datetime

import pytest

from tests.support.pages import document, stock_page
from wardcrawler.extraction.listings import ListingRequest
from wardcrawler.items import NotAnArticle
from wardcrawler.platforms.liferay.asset_publishers import BacGiangLiferay, MohLiferay, SoNoiVuLiferay
from wardcrawler.platforms.liferay.danang import DanangLiferay
from wardcrawler.platforms.liferay.labelled import DanangWardLiferay, QuangTriLiferay
from wardcrawler.platforms.liferay.look import LiferayLook
from wardcrawler.platforms.liferay.portlets import BacNinhLiferay, EcoItLiferay, VnptLiferay
from wardcrawler.platforms.liferay.stock import HcmcLiferay, Liferay
from wardcrawler.platforms.registry import recognise
from wardcrawler.text.dates import ICT, read_date

H = "https://portal.example"
LOOKS: tuple[type[LiferayLook], ...] = (
    DanangLiferay,
    DanangWardLiferay,
    QuangTriLiferay,
    EcoItLiferay,
    VnptLiferay,
    BacNinhLiferay,
    SoNoiVuLiferay,
    BacGiangLiferay,
    MohLiferay,
)
SCRIPTS = "<script>Liferay.ThemeDisplay = {};</script>"

# --- recognition ---------------------------------------------------------------------------------

PORTLETS = {
    DanangLiferay: '<div id="p_p_id_main_WAR_danangportlet_INSTANCE_a_"></div>',
    DanangWardLiferay: '<div id="p_p_id_cms_tintuc_CmsTinTucPublicPortlet_INSTANCE_pcch_"></div>',
    QuangTriLiferay: '<div id="p_p_id_x_"><a href="/chi-tiet-tin/-/view-article/1/2/3">Tin</a></div>',
    EcoItLiferay: '<div id="p_p_id_CmsViewChiTietBaiViet_WAR_CmsViewEcoITportlet_"><div id="contentnews">'
    "</div></div>",
    VnptLiferay: '<div id="p_p_id_dsnews_WAR_vnpteportalnewsportlet_INSTANCE_a_"></div>',
    BacNinhLiferay: '<div id="p_p_id_newsbycategory_WAR_bacninhportlet_INSTANCE_a_"></div>',
    SoNoiVuLiferay: '<div class="assetPublishDate block_timer">30/10/2026 16:40</div>',
    BacGiangLiferay: '<div class="title-news"><h1>Tin</h1></div>',
    MohLiferay: '<div class="contentDetail"><div class="journal-content-article">Lời.</div></div>',
}


@pytest.mark.parametrize("look", LOOKS)
def test_a_look_is_told_by_its_portlet_among_liferays_marks(look: type[LiferayLook]) -> None:
    page = document(PORTLETS[look], SCRIPTS)
    assert recognise(page, f"{H}/tin-tuc")[0] is look
    assert [other for other in LOOKS if other.matches(page, f"{H}/tin-tuc").score] == [look]


@pytest.mark.parametrize("look", LOOKS)
def test_no_look_without_liferay_and_no_liferay_is_a_look(look: type[LiferayLook]) -> None:
    marked = {
        QuangTriLiferay: '<a href="/chi-tiet-tin/-/view-article/1/2/3">Tin</a>',
        BacNinhLiferay: '<h1 id="contentDetailTitleId">Tin</h1><div id="contentDetail">Lời.</div>',
        VnptLiferay: '<div id="testabc"></div>',
        DanangLiferay: '<h1 class="title-detail">Tin</h1>',
        EcoItLiferay: '<p id="change_font_size">Lời.</p><div id="contentnews"></div>',
        DanangWardLiferay: '<a href="/chi-tiet-tin-tuc?d=1&c=2">Tin</a>',
        SoNoiVuLiferay: '<div class="assetPublishDate">30/10/2026</div>',
        BacGiangLiferay: '<div class="title-news"><h1>Tin</h1></div>',
        MohLiferay: '<div class="contentDetail"><div><h3>Tin</h3></div></div>',
    }
    assert look.matches(document(marked[look]), f"{H}/tin").score == 0
    assert look.matches(document(stock_page(), SCRIPTS), f"{H}/web/dng/-/bai").score == 0
    assert look.matches(document(stock_page()), "https://danang.gov.vn/chi-tiet-tin-tuc?d=1").score == 0


def test_a_hcmc_page_stays_one_though_an_empty_portlet_of_ecoit_stands_on_it() -> None:
    empty = '<div id="p_p_id_CmsViewChiTietBaiViet_WAR_CmsViewEcoITportlet_"><h1>Chi tiết bài viết</h1></div>'
    date = '<div class="asset-publish-date">08:37 24/06/2023</div>'
    page = document(stock_page() + date + empty, SCRIPTS)
    assert recognise(page, f"{H}/web/p9/-/bai")[0] is HcmcLiferay


# --- lists ---------------------------------------------------------------------------------------

LIST = f"{H}/tin?p_p_id=news_WAR_bacninhportlet&p_p_lifecycle=2&p_p_resource_id=loadPage"


def answer(**fields: object) -> bytes:
    return json.dumps(fields).encode()


def test_walking_through_the_json_list_of_bac_ninh() -> None:
    page = document("", '<script>var o = {loadPageURL : "' + LIST.replace("/", "\\/") + '"};</script>')
    first = BacNinhLiferay.next_listing(page, f"{H}/tin", ListingRequest(f"{H}/tin"))
    assert first == ListingRequest(f"{LIST}&pageNum=1&recordPerPage=20&keyword=", page=1)
    item = {"urlDetail": "/news/-/details/1/bai-viet-123456", "title": "Bài", "createdDate": "1/2/2026"}
    listed = BacNinhLiferay.read_listing(answer(items=[item], totalPageNum=2), "utf-8")
    second = BacNinhLiferay.next_listing(listed, first.url, first)
    assert second == ListingRequest(f"{LIST}&pageNum=2&recordPerPage=20&keyword=", page=2, last_page=2)
    assert BacNinhLiferay.next_listing(listed, second.url, second) is None


@pytest.mark.parametrize("raw", [b"{", b"[]", b"[1]", b'{"error": "x"}', b"{}", b'{"a":' * 9000])
def test_json_that_is_no_list_is_refused(raw: bytes) -> None:
    with pytest.raises(NotAnArticle) as refusal:
        BacNinhLiferay.read_listing(raw, None)
    assert refusal.value.reason == "not-html"


def test_an_empty_list_has_no_links_and_odd_items_are_left_out() -> None:
    for items in ([], None, "x", [None, 3, {}, {"title": "Không có địa chỉ"}]):
        listed = BacNinhLiferay.read_listing(answer(items=items, totalPageNum=None), None)
        assert BacNinhLiferay.article_links(listed, f"{LIST}&pageNum=1") == []


PAGER = "<div class='taglib-page-iterator'><a href='/web/dng/tin?_a_cur=2'>Tiếp theo</a></div>"


def portlet(content: str) -> str:
    return f'<div class="portlet-boundary portlet-asset-publisher" id="p_p_id_101_x_">{content}</div>'


def test_where_a_portlet_has_a_pager_the_list_is_in_it() -> None:
    hot, listed = portlet("<a href='/web/dng/-/a'>Bài a</a>"), "<a href='/web/dng/-/b'>Bài b</a>"
    with_pager = document(hot + portlet(listed + PAGER))
    assert [link.key for link in DanangLiferay.article_links(with_pager, f"{H}/web/dng/tin")] == ["dng/-/b"]
    without = document(hot + portlet(listed))
    assert [link.key for link in DanangLiferay.article_links(without, f"{H}/web/dng/tin")] == [
        "dng/-/a",
        "dng/-/b",
    ]


def test_dates_beside_links_belong_to_the_link_before_them() -> None:
    page = document(
        portlet("""<p>01/01/2020</p><a href='/web/dng/-/a'>Bài 1/2/2021</a> (05/01/2026)
        <a href='/web/dng/-/b'>Bài b</a><p>Ngày 01/01/2020 có bão</p>
        <a href='/web/dng/-/c'>Bài c</a><span>Ngày đăng: 07-01-2026</span><i>08/01/2026</i>
        <a href='/web/dng/-/d'>Bài d</a><div>13/01/2026 19:15</div>""")
    )
    found = DanangLiferay.article_links(page, f"{H}/web/dng/tin")
    assert [(link.key[-1], link.date_text) for link in found] == [
        ("a", "05/01/2026"),
        ("b", None),
        ("c", "07-01-2026"),
        ("d", "13/01/2026 19:15"),
    ]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("17:36 GMT+7 | 20-11-2026", "2026-11-20T17:36:00+07:00"),
        ("17:36 20-11-2026", "2026-11-20T17:36:00+07:00"),
        ("13/01/2026 19:15", "2026-01-13T19:15:00+07:00"),
        ("Thứ Ba, 17/11/2026, 09:40 SA", "2026-11-17T09:40:00+07:00"),
        ("09:15 | 20/11/2026", "2026-11-20T09:15:00+07:00"),
        ("05/01/2026", "2026-01-05T00:00:00+07:00"),
        ("2026-01-05 08:30:00.0", "2026-01-05T08:30:00+07:00"),  # thainguyen.gov.vn
    ],
)
def test_dates_as_these_portals_print_them(printed: str, read: str) -> None:
    assert read_date(printed, now=datetime(2026, 11, 23, tzinfo=ICT)).iso == read


def test_a_view_article_address_carries_its_date_in_vietnamese_time() -> None:
    # 16:30 UTC on 4 January is 23:30 in Việt Nam, 17:30 UTC is the next day
    assert Liferay.date_from_address(f"{H}/chi-tiet-tin/-/view-article/1/17/1767544200000") == "2026-01-04"
    assert Liferay.date_from_address(f"{H}/chi-tiet-tin/-/view-article/1/17/1767547800000") == "2026-01-05"
    assert Liferay.date_from_address(f"{H}/chi-tiet-tin/-/view-article/1/17/12") is None
    assert Liferay.date_from_address(f"{H}/-/slug-1767547800000") is None
    assert Liferay.date_from_address(H) is None
