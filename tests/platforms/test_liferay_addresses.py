"""Which addresses are one article, which are canonical, and which must not be asked for."""

import pytest

from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.liferay.stock import HcmcLiferay, Liferay

H = "https://portal.example"


@pytest.mark.parametrize(
    ("address", "key"),
    [
        # friendly addresses: with a locale, a page, a session, parameters or without, one article
        ("/web/dng/-/chi-ao-ieu-hanh", "dng/-/chi-ao-ieu-hanh"),
        ("/vi/web/dng/-/chi-ao-ieu-hanh", "dng/-/chi-ao-ieu-hanh"),
        ("/en/web/dng/-/chi-ao-ieu-hanh/", "dng/-/chi-ao-ieu-hanh"),
        ("/vi_VN/web/dng/-/chi-ao-ieu-hanh", "dng/-/chi-ao-ieu-hanh"),
        ("/web/dng/tin-tuc/-/asset_publisher/AbCd/content/chi-ao-ieu-hanh", "dng/-/chi-ao-ieu-hanh"),
        ("/web/dng/a/b/-/asset_publisher/Zz9/content/chi-ao-ieu-hanh?redirect=%2Fa", "dng/-/chi-ao-ieu-hanh"),
        ("/web/dng/-/chi-ao-ieu-hanh;jsessionid=0A1B?inheritRedirect=true", "dng/-/chi-ao-ieu-hanh"),
        ("/web/dng/-/chi-ao-ieu-hanh?_101_INSTANCE_x_viewMode=view#top", "dng/-/chi-ao-ieu-hanh"),
        ("/-/tin-moi", "-/tin-moi"),
        ("/web/guest/-/tin-moi", "-/tin-moi"),
        ("/web/guest/tin-tuc/-/asset_publisher/x/content/tin-moi", "-/tin-moi"),
        ("/tin-tuc/-/asset_publisher/x/content/id/51234", "-/id/51234"),
        # another site group is another article; endings and capitals count
        ("/web/lienchieu/-/tin-moi", "lienchieu/-/tin-moi"),
        ("/-/quy-dinh-2026", "-/quy-dinh-2026"),
        ("/-/quy-dinh-2026-1", "-/quy-dinh-2026-1"),
        ("/-/don-vi-bau-cu-so-3", "-/don-vi-bau-cu-so-3"),
        ("/-/Tin-Moi", "-/Tin-Moi"),
        ("/-/-ak-lak-cong-bo-ieu-chinh", "-/-ak-lak-cong-bo-ieu-chinh"),
        # one percent-encoding
        ("/-/t%e1%bb%95-ch%e1%bb%a9c", "-/t%E1%BB%95-ch%E1%BB%A9c"),
        ("/-/t%E1%BB%95-ch%E1%BB%A9c", "-/t%E1%BB%95-ch%E1%BB%A9c"),
        ("/-/tổ-chức", "-/t%E1%BB%95-ch%E1%BB%A9c"),
        ("/-/tin%2Dmoi", "-/tin-moi"),
        # portlet parameters
        (
            "/web/dng/tin?p_p_id=101_INSTANCE_x&p_p_lifecycle=0&_101_INSTANCE_x_struts_action=%2Fasset_publisher"
            "%2Fview_content&_101_INSTANCE_x_assetEntryId=77&_101_INSTANCE_x_type=content"
            "&_101_INSTANCE_x_urlTitle=chi-ao-ieu-hanh&redirect=%2Fa",
            "dng/-/chi-ao-ieu-hanh",
        ),
        (
            "/tin?p_p_id=101&_101_struts_action=%2Fasset_publisher%2Fview_content&_101_assetEntryId=77",
            "-/id/77",
        ),
        # lienchieu.danang.gov.vn: list and detail share the path, d alone decides
        ("/chi-tiet-tin-tuc?d=1045&c=7", "chi-tiet-tin-tuc?d=1045"),
        ("/chi-tiet-tin-tuc?c=34&d=1045", "chi-tiet-tin-tuc?d=1045"),
        ("/chi-tiet-tin-tuc?d=1045&c=", "chi-tiet-tin-tuc?d=1045"),
        ("/vi/chi-tiet-tin-tuc?d=7", "chi-tiet-tin-tuc?d=7"),
        ("/chi-tiet-tin-tuc?c=7", None),
        ("/chi-tiet-tin-tuc", None),
        # noivu.danang.gov.vn, congdanso.yenbai.gov.vn
        ("/chi-tiet-tin-tuc?dinhdanh=13101&cat=1003", "chi-tiet-tin-tuc?dinhdanh=13101"),
        ("/vi/chi-tiet-tin?id=1302", "chi-tiet-tin?id=1302"),
        # tiengiang.gov.vn: a path inside the query, sometimes re-encoded
        ("/chi-tiet-tin?/slug-cua-bai/32403960", "chi-tiet-tin?32403960"),
        ("/chi-tiet-tin?/slug-cua-bai/32403960=", "chi-tiet-tin?32403960"),
        ("/chi-tiet-tin?%2Fslug-cua-bai%2F32403960=", "chi-tiet-tin?32403960"),
        # diensanh.quangtri.gov.vn
        ("/chi-tiet-tin/-/view-article/1/1700000000000/1767583873219", "view-article/1767583873219"),
        ("/vi/chi-tiet-tin/-/view-article/1/1711111111111/1767583873219", "view-article/1767583873219"),
        # Bắc Ninh
        ("/-/details/37632/hoi-nghi-141199571", "details/141199571"),
        # no articles
        ("/", None),
        ("", None),
        ("/web/dng", None),
        ("/web/dng/tin-tuc", None),
        ("/web/dng/tin-tuc/-/asset_publisher/AbCd", None),
        ("/web/dng/tin-tuc/-/asset_publisher/AbCd/rss", None),
        ("/web/dng/van-ban/-/asset_publisher/AbCd/document/id/99", None),
        ("/web/dng/-/", None),
        ("/-/document_library_display/abc/view/1", None),
        ("/documents/20182/51200/ke-hoach.pdf", None),
        ("/chi-tiet-van-ban?idnoidung=1767583873219", None),
        ("/web/dng/tin?p_p_id=101_INSTANCE_x&_101_INSTANCE_x_cur=2", None),
    ],
)
def test_key(address: str, key: str | None) -> None:
    assert Liferay.article_key(H + address) == key


@pytest.mark.parametrize("address", ["http://[broken", "javascript:void(0)", "mailto:a@b.example", "", "::"])
def test_what_is_no_address_names_no_article(address: str) -> None:
    assert Liferay.article_key(address) is None
    assert Liferay.is_trap(address)


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/web/dng/-/slug-1;jsessionid=AB?redirect=%2Fx&_101_INSTANCE_x_cur=2#a", "/web/dng/-/slug-1"),
        ("/chi-tiet-tin-tuc?d=1045&c=&p_p_auth=x&utm_source=zalo", "/chi-tiet-tin-tuc?d=1045"),
        ("/chi-tiet-tin?/slug/32403960=", "/chi-tiet-tin?/slug/32403960"),
        (
            "/tin?p_p_id=101_INSTANCE_a&p_p_lifecycle=0&p_p_state=maximized&p_p_mode=view&p_p_col_id=column-1"
            "&p_p_col_count=1&_101_INSTANCE_a_delta=10&_101_INSTANCE_a_keywords=&_101_INSTANCE_a_andOperator=true"
            "&p_r_p_564233524_resetCur=false&p_r_p_564233524_categoryId=5&_101_INSTANCE_a_cur=2"
            "&_101_INSTANCE_a_redirect=%2Fb&fbclid=1",
            "/tin?p_p_id=101_INSTANCE_a&p_p_lifecycle=0&_101_INSTANCE_a_delta=10&p_r_p_564233524_categoryId=5"
            "&_101_INSTANCE_a_cur=2",
        ),
    ],
)
def test_canonical_address(address: str, canonical: str) -> None:
    assert Liferay.canonical(H + address) == H + canonical
    assert Liferay.canonical(H + canonical) == H + canonical


@pytest.mark.parametrize(
    "address",
    [
        # lienchieu.danang.gov.vn: the next week always has a link
        "/web/guest/lich-cong-tac-ubnd",
        "/web/guest/lich-cong-tac-ubnd?p_p_id=cms_lichcoquan_INSTANCE_ewfn&_cms_lichcoquan_tuan=39&_cms_lichcoquan_nam=2026",
        "/web/guest/tin-tuc?_lich_thang=5",
        "/web/guest/tin-tuc?nam=2031",
        "/web/guest/lich?p_p_id=8&_8_day=3&_8_month=4",
        # views of an article
        "/web/dng/-/slug?p_p_state=pop_up",
        "/web/dng/-/slug?_101_INSTANCE_x_viewMode=print",
        "/chi-tiet-tin-tuc?p_p_id=x&p_p_lifecycle=2&p_p_resource_id=%2Fexport%2Fpdf&_x_baiVietId=1045",
        "/web/dng/lich?p_p_lifecycle=2&p_p_resource_id=export_word",
        "/vi/news/print/tin/slug-12.html",
        "/vi/news/savefile/tin/slug-12.html",
        "/web/dng/tin-tuc/-/asset_publisher/AbCd/rss",
        # actions, log-in, ways back, sessions
        "/web/dng/tin?p_p_lifecycle=1",
        "/c/portal/login?p_l_id=20185",
        "/c/portal/update_language?languageId=en_US",
        "/dang-nhap",
        "/web/dng/-/slug?redirect=%2Fweb%2Fdng",
        "/web/dng/-/slug?_101_redirect=%2Fweb%2Fdng",
        "/web/dng/-/slug;jsessionid=0A1B2C",
        "/web/dng/tin?PHPSESSID=abc",
        # links gone wild
        "/'https://www.facebook.com/sharer/sharer.php?u=' + http://portal.example/x",
        "/tin/xem/tin/xem/tin/xem",
        "/" + "a/b/c/d/e/" * 5,
        "/tin?x=%252525252525",
        "/tin?q=" + "a" * 2000,
        "/tin?_101_INSTANCE_x_orderByCol=title",
    ],
)
def test_traps(address: str) -> None:
    assert Liferay.is_trap(H + address)


@pytest.mark.parametrize(
    "address", ["ftp://portal.example/x", "javascript:print()", "tel:113", "//portal.example/"]
)
def test_only_http_is_asked_for(address: str) -> None:
    assert Liferay.is_trap(address)


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/web/dng/-/slug-1",
        "/web/dng/-/lich-cong-tac-tuan-39-cua-lanh-ao",
        "/web/dng/-/nam-2026-at-muc-tieu",
        "/chi-tiet-tin-tuc?d=1045&c=7",
        "/chi-tiet-tin/-/view-article/1/1700000000000/1767583873219",
        "/web/dng/tin-tuc?p_p_id=101_INSTANCE_x&p_p_lifecycle=0&_101_INSTANCE_x_cur=12",
        "/c/document_library/get_file?uuid=1&groupId=2",
        "/web/dng/in-an-xuat-ban",
        "/web/dng/tin-tuc?redirect=",
        "/tin/2026/2026/2026",
    ],
)
def test_ordinary_addresses_are_no_traps(address: str) -> None:
    assert not Liferay.is_trap(H + address)


def test_a_view_article_address_carries_its_date_in_vietnamese_time() -> None:
    # 16:30 UTC on 4 January is 23:30 in Việt Nam, 17:30 UTC is the next day
    assert Liferay.date_from_address(f"{H}/chi-tiet-tin/-/view-article/1/17/1767544200000") == "2026-01-04"
    assert Liferay.date_from_address(f"{H}/chi-tiet-tin/-/view-article/1/17/1767547800000") == "2026-01-05"
    assert Liferay.date_from_address(f"{H}/chi-tiet-tin/-/view-article/1/17/12") is None
    assert Liferay.date_from_address(f"{H}/-/slug-1767547800000") is None
    assert Liferay.date_from_address(H) is None


def test_the_variant_shares_its_familys_addresses() -> None:
    assert HcmcLiferay.article_key(f"{H}/vi/web/p9/-/a") == "p9/-/a"
    assert HcmcLiferay.is_trap(f"{H}/web/p9/lich-cong-tac")


def test_a_platform_must_say_what_an_article_is() -> None:
    with pytest.raises(NotImplementedError):
        Platform.article_key(H)
