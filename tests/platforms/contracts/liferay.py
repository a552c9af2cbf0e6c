"""Liferay: the stock asset publisher, and the looks and portlets that share its URLs."""

from tests.platforms.contract import Contract, NextPage
from wardcrawler.platforms.liferay.asset_publishers import BacGiangLiferay, MohLiferay, SoNoiVuLiferay
from wardcrawler.platforms.liferay.danang import DanangLiferay
from wardcrawler.platforms.liferay.labelled import DanangWardLiferay, QuangTriLiferay
from wardcrawler.platforms.liferay.portlets import BacNinhLiferay, EcoItLiferay, VnptLiferay
from wardcrawler.platforms.liferay.stock import HcmcLiferay, Liferay

SLUG = "quy-dinh-ve-cach-tinh-thue-ho-kinh-doanh-tu-nam-2026"
TIN = "/web/p9/tin"
VIEW_CONTENT = (
    "/web/dng/tin?p_p_id=101_INSTANCE_x&p_p_lifecycle=0&_101_INSTANCE_x_struts_action=%2Fasset_publisher"
    "%2Fview_content&_101_INSTANCE_x_assetEntryId=77&_101_INSTANCE_x_type=content"
)
WINDOW_STATE = (
    "/tin?p_p_id=101_INSTANCE_a&p_p_lifecycle=0&p_p_state=maximized&p_p_mode=view&p_p_col_id=column-1"
    "&p_p_col_count=1&_101_INSTANCE_a_delta=10&_101_INSTANCE_a_keywords=&_101_INSTANCE_a_andOperator=true"
    "&p_r_p_564233524_resetCur=false&p_r_p_564233524_categoryId=5&_101_INSTANCE_a_cur=2"
    "&_101_INSTANCE_a_redirect=%2Fb&fbclid=1"
)
PAGE_OF_A_CATEGORY = (
    "/tin?p_p_id=101_INSTANCE_a&p_p_lifecycle=0&_101_INSTANCE_a_delta=10&p_r_p_564233524_categoryId=5"
    "&_101_INSTANCE_a_cur=2"
)
JSON_LIST = "/tin?p_p_id=news_WAR_bacninhportlet&p_p_lifecycle=2&p_p_resource_id=loadPage"
JSON_PAGE = f"{JSON_LIST}&pageNum=3&recordPerPage=20&keyword="


def page(number: int) -> str:
    return f"{TIN}?p_p_id=101_INSTANCE_a&p_p_lifecycle=0&_101_INSTANCE_a_cur={number}"


LIFERAY = Contract(
    platforms=(
        Liferay,
        HcmcLiferay,
        DanangLiferay,
        DanangWardLiferay,
        QuangTriLiferay,
        EcoItLiferay,
        VnptLiferay,
        SoNoiVuLiferay,
        BacGiangLiferay,
        MohLiferay,
    ),
    keys={
        # friendly addresses: with a locale, a page, a session, parameters or without, one article
        "/web/dng/-/chi-ao-ieu-hanh": "dng/-/chi-ao-ieu-hanh",
        "/vi/web/dng/-/chi-ao-ieu-hanh": "dng/-/chi-ao-ieu-hanh",
        "/en/web/dng/-/chi-ao-ieu-hanh/": "dng/-/chi-ao-ieu-hanh",
        "/vi_VN/web/dng/-/chi-ao-ieu-hanh": "dng/-/chi-ao-ieu-hanh",
        "/web/dng/tin-tuc/-/asset_publisher/AbCd/content/chi-ao-ieu-hanh": "dng/-/chi-ao-ieu-hanh",
        "/web/dng/a/b/-/asset_publisher/Zz9/content/chi-ao-ieu-hanh?redirect=%2Fa": "dng/-/chi-ao-ieu-hanh",
        "/web/dng/-/chi-ao-ieu-hanh;jsessionid=0A1B?inheritRedirect=true": "dng/-/chi-ao-ieu-hanh",
        "/web/dng/-/chi-ao-ieu-hanh?_101_INSTANCE_x_viewMode=view#top": "dng/-/chi-ao-ieu-hanh",
        "/-/tin-moi": "-/tin-moi",
        "/web/guest/-/tin-moi": "-/tin-moi",
        "/web/guest/tin-tuc/-/asset_publisher/x/content/tin-moi": "-/tin-moi",
        "/tin-tuc/-/asset_publisher/x/content/id/51234": "-/id/51234",
        # another site group is another article; endings and capitals count
        "/web/lienchieu/-/tin-moi": "lienchieu/-/tin-moi",
        "/-/quy-dinh-2026": "-/quy-dinh-2026",
        "/-/quy-dinh-2026-1": "-/quy-dinh-2026-1",
        "/-/don-vi-bau-cu-so-3": "-/don-vi-bau-cu-so-3",
        "/-/Tin-Moi": "-/Tin-Moi",
        "/-/-ak-lak-cong-bo-ieu-chinh": "-/-ak-lak-cong-bo-ieu-chinh",
        # one percent-encoding
        "/-/t%e1%bb%95-ch%e1%bb%a9c": "-/t%E1%BB%95-ch%E1%BB%A9c",
        "/-/t%E1%BB%95-ch%E1%BB%A9c": "-/t%E1%BB%95-ch%E1%BB%A9c",
        "/-/tổ-chức": "-/t%E1%BB%95-ch%E1%BB%A9c",
        "/-/tin%2Dmoi": "-/tin-moi",
        # portlet parameters
        VIEW_CONTENT + "&_101_INSTANCE_x_urlTitle=chi-ao-ieu-hanh&redirect=%2Fa": "dng/-/chi-ao-ieu-hanh",
        "/tin?p_p_id=101&_101_struts_action=%2Fasset_publisher%2Fview_content&_101_assetEntryId=77": (
            "-/id/77"
        ),
        # lienchieu.danang.gov.vn: list and detail share the path, d alone decides
        "/chi-tiet-tin-tuc?d=1045&c=7": "chi-tiet-tin-tuc?d=1045",
        "/chi-tiet-tin-tuc?c=34&d=1045": "chi-tiet-tin-tuc?d=1045",
        "/chi-tiet-tin-tuc?d=1045&c=": "chi-tiet-tin-tuc?d=1045",
        "/vi/chi-tiet-tin-tuc?d=7": "chi-tiet-tin-tuc?d=7",
        "/chi-tiet-tin-tuc?c=7": None,
        "/chi-tiet-tin-tuc": None,
        # noivu.danang.gov.vn, congdanso.yenbai.gov.vn
        "/chi-tiet-tin-tuc?dinhdanh=13101&cat=1003": "chi-tiet-tin-tuc?dinhdanh=13101",
        "/vi/chi-tiet-tin?id=1302": "chi-tiet-tin?id=1302",
        # tiengiang.gov.vn: a path inside the query, sometimes re-encoded
        "/chi-tiet-tin?/slug-cua-bai/32403960": "chi-tiet-tin?32403960",
        "/chi-tiet-tin?/slug-cua-bai/32403960=": "chi-tiet-tin?32403960",
        "/chi-tiet-tin?%2Fslug-cua-bai%2F32403960=": "chi-tiet-tin?32403960",
        # diensanh.quangtri.gov.vn
        "/chi-tiet-tin/-/view-article/1/1700000000000/1767583873219": "view-article/1767583873219",
        "/vi/chi-tiet-tin/-/view-article/1/1711111111111/1767583873219": "view-article/1767583873219",
        # Bắc Ninh
        "/-/details/37632/hoi-nghi-141199571": "details/141199571",
        # no articles
        "/": None,
        "": None,
        "/web/dng": None,
        "/web/dng/tin-tuc": None,
        "/web/dng/tin-tuc/-/asset_publisher/AbCd": None,
        "/web/dng/tin-tuc/-/asset_publisher/AbCd/rss": None,
        "/web/dng/van-ban/-/asset_publisher/AbCd/document/id/99": None,
        "/web/dng/-/": None,
        "/-/document_library_display/abc/view/1": None,
        "/documents/20182/51200/ke-hoach.pdf": None,
        "/chi-tiet-van-ban?idnoidung=1767583873219": None,
        "/web/dng/tin?p_p_id=101_INSTANCE_x&_101_INSTANCE_x_cur=2": None,
        # EcoIT's portlet, the old look of Đà Nẵng, Quảng Trị
        "/tin-chi-tiet/-/chi-tiet/bao-tang-ho-chi-minh-19084-2015.html": "chi-tiet/19084",
        "/web/guest/tin-chi-tiet/-/chi-tiet/hoi-lhpn-cac-dau-moc-32291-3301.html": "chi-tiet/32291",
        "/tin-chi-tiet/-/chi-tiet/%C4%91ieu-le-hoi-46760-6801.html": "chi-tiet/46760",
        "/tin-chi-tiet/-/chi-tiet/thong-tu-so-24-2019-tt-byt-19253-1.html": "chi-tiet/19253",
        "/tin-chi-tiet/-/chi-tiet/khong-co-so.html": None,
        # a number before the slug, on whatever page it is shown
        "/tin-tuc-su-kien/-/view_content/4101-phuong-ra-quan.html": "view_content/4101",
        "/en/tin-noi-bat/-/view_content/4101-phuong-ra-quan.html": "view_content/4101",
        "/web/guest/tin-noi-bat/-/view_content/4101-ten-khac.html?p_r_p=1": "view_content/4101",
        "/tin-tuc-su-kien/-/view_content/khong-co-so.html": None,
        "/tin-tuc-su-kien/-/view_content": None,
        "/web/guest/chinh-quyen/chi-tiet?id=27797&_c=3": "chi-tiet?id=27797",
        "/web/guest/chinh-quyen/danh-muc?id=3": None,
        "/chi-tiet-tin/-/view-article/1/13729062791727/1574304721680": "view-article/1574304721680",
        # both addresses of an article of Đà Nẵng are one key, similar slugs are two
        f"/vi/web/dng/-/{SLUG}": f"dng/-/{SLUG}",
        f"/web/dng/-/{SLUG}": f"dng/-/{SLUG}",
        f"/web/dng/-/{SLUG}-1": f"dng/-/{SLUG}-1",
        "/vi/web/p9/-/a": "p9/-/a",
        # legal documents and albums
        "/hinh-anh?albumID=186": None,
    },
    traps=(
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
        # resources, of which only Bắc Ninh's list is no trap there
        JSON_PAGE,
        JSON_LIST,
        f"{JSON_LIST}&pageNum=x",
        "/login?p_p_lifecycle=2&p_p_resource_id=loadPage&pageNum=1",
        "/tin?p_p_lifecycle=2&p_p_resource_id=exportPdf&pageNum=1",
        "/tin?p_p_lifecycle=1&p_p_resource_id=loadPage&pageNum=1",
    ),
    no_traps=(
        "/",
        "/web/dng/-/slug-1",
        # years, and the weeks of a calendar (lienchieu.danang.gov.vn), are bound by number
        "/web/guest/lich-cong-tac-ubnd",
        "/web/guest/lich-cong-tac-ubnd?p_p_id=cms_lichcoquan_INSTANCE_ewfn&_cms_lichcoquan_tuan=39&_cms_lichcoquan_nam=2026",
        "/web/guest/tin-tuc?_lich_thang=5",
        "/web/guest/tin-tuc?nam=2031",
        "/web/guest/lich?p_p_id=8&_8_day=3&_8_month=4",
        "/web/dng/-/lich-cong-tac-tuan-39-cua-lanh-ao",
        "/web/dng/-/nam-2026-at-muc-tieu",
        "/chi-tiet-tin-tuc?d=1045&c=7",
        "/chi-tiet-tin/-/view-article/1/1700000000000/1767583873219",
        "/web/dng/tin-tuc?p_p_id=101_INSTANCE_x&p_p_lifecycle=0&_101_INSTANCE_x_cur=12",
        "/c/document_library/get_file?uuid=1&groupId=2",
        "/web/dng/in-an-xuat-ban",
        "/web/dng/tin-tuc?redirect=",
        "/tin/2026/2026/2026",
    ),
    canonical={
        "/web/dng/-/slug-1;jsessionid=AB?redirect=%2Fx&_101_INSTANCE_x_cur=2#a": "/web/dng/-/slug-1",
        "/chi-tiet-tin-tuc?d=1045&c=&p_p_auth=x&utm_source=zalo": "/chi-tiet-tin-tuc?d=1045",
        "/chi-tiet-tin?/slug/32403960=": "/chi-tiet-tin?/slug/32403960",
        WINDOW_STATE: PAGE_OF_A_CATEGORY,
    },
    views=("p_p_state=pop_up", "_101_INSTANCE_x_viewMode=print", "p_p_lifecycle=2&p_p_resource_id=pdf"),
    next_pages=(
        # more in tests/extraction/test_listings.py
        NextPage(TIN, f'<a href="{page(2)}">Tiếp theo</a>', page(2)),
        NextPage(page(2), f'<a href="{page(3)}">3</a>', page(3)),
        NextPage(page(12), f'<a href="{page(11)}">Trước</a><a href="{TIN}">1</a>', None),
        NextPage(TIN, "<p>không có</p>", None),
    ),
)

BAC_NINH = Contract(
    platforms=(BacNinhLiferay,),
    keys={
        **LIFERAY.keys,
        "/news/-/details/194272/le-hoi-truyen-thong-vung-dau-116341415": "details/116341415",
        "/web/phuong-tu-lan/news/-/details/76641/lang-nghe-86668605": "details/86668605",
        # the end of a title is no number of an article
        "/news/-/details/22511/hon-3-5-trieu-nguoi-nam-2045": "details/hon-3-5-trieu-nguoi-nam-2045",
        "/kinh-te?p_p_lifecycle=0&_newsbycategory_WAR_bacninhportlet_articleId=7": "article/7",
        "/kinh-te?p_p_id=x&_x_articleId=7": None,
        "/kinh-te": None,
    },
    traps=(*(address for address in LIFERAY.traps if address != JSON_PAGE),),
    no_traps=(
        *LIFERAY.no_traps,
        JSON_PAGE,
    ),
    canonical=LIFERAY.canonical,
    views=LIFERAY.views,
    next_pages=(
        # from a section's page to its list, of which nothing else is taken for one
        NextPage(
            "/tin",
            '<script>var o = {loadPageURL : "' + JSON_LIST.replace("/", "\\/") + '"};</script>',
            f"{JSON_LIST}&pageNum=1&recordPerPage=20&keyword=",
            page=1,
            by_address=False,
        ),
        NextPage(
            "/tin",
            "<script>var loadPageURL = 'https://other.example/tin?p_p_lifecycle=2&p_p_resource_id=loadPage';</script>",
            None,
            by_address=False,
        ),
        NextPage(
            "/tin",
            "<script>var loadPageURL = '/tin?p_p_lifecycle=1&p_p_resource_id=loadPage';</script>",
            None,
            by_address=False,
        ),
        NextPage(
            "/tin",
            "<script>var loadPageURL = '/tin?p_p_lifecycle=2&p_p_resource_id=export';</script>",
            None,
            by_address=False,
        ),
        NextPage("/tin", "<script>var loadPageURL = '//[broken';</script>", None, by_address=False),
    ),
)
