"""Which platform made a page, and why one thinks so."""

import pytest
from lxml.cssselect import CSSSelector

from tests.support.pages import URL, document, stock_page
from tests.support.saved_pages import pages
from wardcrawler.extraction.document import read_document
from wardcrawler.items import NotAnArticle
from wardcrawler.platforms.fingerprint import Mark, look_for, weigh
from wardcrawler.platforms.liferay.stock import HcmcLiferay, Liferay
from wardcrawler.platforms.registry import PLATFORMS, recognise


def test_platforms_are_registered_under_their_names() -> None:
    assert {name: cls.name for name, cls in PLATFORMS.items()} == {
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
        "drupal": "drupal",
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


def test_looking_up_first_what_a_selector_needs_loses_nothing() -> None:
    marks = {mark for cls in PLATFORMS.values() for mark in (*cls.marks, *cls.variant_marks)}
    marks = {mark for mark in marks if mark.selector and not mark.script}
    find = {mark: CSSSelector(mark.selector, translator="html") for mark in marks}
    borne = set()
    for page in pages():
        try:
            tree = read_document(page.read_bytes())
        except NotAnArticle:
            continue
        look_for(tuple(marks), tree)
        for mark in marks:
            found = bool(find[mark](tree))
            seen = weigh((mark,), tree, "https://portal.example/").score > 0
            assert seen is found, (page.name, mark.selector)
            borne.update((mark,) if found else ())
    assert len(borne) > 0.8 * len(marks)


def test_alternatives_functions_and_conditions_of_a_selector() -> None:
    page = document('<div class="a b" id="n1"><p class="c" title="x, y">.</p></div><a href="/tin/1">Tin</a>')
    for selector, found in (
        ("i.x, p.c", True),
        ("div:not(.z) > p", True),
        ("div:is(.z, .b) > p.c", True),
        ("div.b:not(.a) p", False),
        ("p[title='x, y']", True),
        ("*[class~='b'][id^='n']", True),
        ("a[href*='/tin/'], h1", True),
        ("a[href*='/bai/'], h1", False),
        ("html", True),
    ):
        assert weigh((Mark(9, "m", selector=selector),), page, URL).score == (9 if found else 0), selector


def test_equal_marks_of_two_platforms_are_two() -> None:
    first, second = Mark(9, "m", selector="p"), Mark(9, "m", selector="p")
    assert first != second
    assert weigh((first, second), document("<p>.</p>"), URL).score == 18


@pytest.mark.parametrize(
    ("expression", "script"),
    [
        (r"\bCongTin\s*\.\s*(?:tai|xem)|/tai-nguyen/cong/", "var a = CongTin . xem();"),
        (r"\bCongTin\s*\.\s*(?:tai|xem)|/tai-nguyen/cong/", "src=/tai-nguyen/cong/1.js"),
        (r"(?i:/js/cong(?:loi|\.(?:phu|them))?\.js)", "/JS/Cong.Phu.js"),
        (r"(?i:/js/cong(?:loi|\.(?:phu|them))?\.js)", "/js/cong.js"),
        (r"cong(?:tin)?[a-z]*=", "congabc="),
        (r"(?:mot|hai)=|\d\d", "hai="),
        (r"congs?:", "cong:"),
    ],
)
def test_looking_up_first_what_a_script_needs_finds_every_alternative(expression: str, script: str) -> None:
    mark = Mark(70, "a script", script=expression)
    other = document("<p>.</p>", "<script>ong = 1;</script>")
    assert weigh((mark,), document("<p>.</p>", f"<script>{script}</script>"), URL).score == 70
    assert weigh((mark,), other, URL).score == 0
