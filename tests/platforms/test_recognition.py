"""Which platform made a page, and why one thinks so."""

from tests.platforms.pages import URL, document, stock_page
from wardcrawler.platforms.evidence import Mark, weigh
from wardcrawler.platforms.liferay import HcmcLiferay, Liferay
from wardcrawler.platforms.registry import PLATFORMS, recognise


def test_platforms_are_registered_under_their_names() -> None:
    assert {name: cls.platform for name, cls in PLATFORMS.items()} == {
        "liferay": "liferay",
        "liferay-hcmc": "liferay-hcmc",
        "liferay-danang": "liferay-danang",
        "liferay-danang-ward": "liferay-danang-ward",
        "liferay-quangtri": "liferay-quangtri",
        "liferay-ecoit": "liferay-ecoit",
        "liferay-vnpt": "liferay-vnpt",
        "liferay-bacninh": "liferay-bacninh",
        "liferay-sonoivu": "liferay-sonoivu",
        "liferay-bacgiang": "liferay-bacgiang",
        "liferay-moh": "liferay-moh",
        "hatinh": "hatinh",
        "dnn": "dnn",
        "dnn-easy": "dnn-easy",
        "dnn-cmsview": "dnn-cmsview",
        "joomla": "joomla",
        "joomla-k2": "joomla-k2",
        "wordpress": "wordpress",
        "vnpt": "vnpt",
        "webforms": "webforms",
        "sharepoint-nid": "sharepoint-nid",
        "sharepoint-post": "sharepoint-post",
        "sharepoint-tandan": "sharepoint-tandan",
        "nukeviet": "nukeviet",
        "vhv": "vhv",
        "generic": "generic",
    }


def test_stock_liferay() -> None:
    platform, evidence = recognise(document(stock_page()), URL)
    assert platform is Liferay
    assert 40 <= evidence.score <= 100
    assert "asset publisher portlet (101)" in evidence.reasons


def test_the_hcmc_look_is_told_by_its_own_elements() -> None:
    page = document(stock_page() + '<div class="asset-publish-date">08:37 24/06/2023</div>')
    platform, evidence = recognise(page, URL)
    assert platform is HcmcLiferay
    assert "date in asset-publish-date" in evidence.reasons
    assert HcmcLiferay.matches(document(stock_page()), URL).score == 0


def test_a_home_page_shows_its_platform_too() -> None:
    script = "<script>Liferay.ThemeDisplay = {};</script><script src='/html/js/liferay/a.js'></script>"
    platform, _ = recognise(
        document("<div id='p_p_id_56_'>Chào mừng</div>", script), "https://portal.example/"
    )
    assert platform is Liferay


def test_a_host_name_or_an_address_alone_says_nothing() -> None:
    for host in ("hochiminhcity.gov.vn", "liferay.com", "danang.gov.vn"):
        platform, evidence = recognise(document("<h1>Tin</h1><p>Lời.</p>"), f"https://{host}/web/guest/-/a")
        assert platform is None
        assert evidence.score < 40
        assert Liferay.matches(document("<p>Lời.</p>"), f"https://{host}/").score == 0


def test_other_systems_are_not_taken_for_liferay() -> None:
    pages = (
        '<div class="ArticleDetailControl"><h1 class="Title">Tin</h1></div>',
        '<article class="news-detail-layout-type-2"><h1 class="title-detail">Tin</h1></article>',
        '<div id="news-bodyhtml"><p>Bài viết giới thiệu Liferay.</p></div>',
    )
    for html in pages:
        assert recognise(document(html), "https://portal.example/tin/a-1.html")[0] is None


def test_weights_add_up_to_a_hundred_at_most() -> None:
    marks = (
        Mark(70, "a", selector="p"),
        Mark(70, "b", script="x"),
        Mark(5, "c", address="^/tin"),
        Mark(9, "d"),
    )
    evidence = weigh(marks, document("<p>.</p>", "<script>x</script>"), "https://portal.example/tin")
    assert (evidence.score, evidence.reasons) == (100, ["a", "b", "c"])
