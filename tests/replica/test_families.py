"""The portals of the other platform families: size, paging, and what cannot be done to them."""

import json
import re
from urllib.parse import urlencode, urlsplit

import pytest

from tests.replica.client import TODAY, Get
from wardcrawler.platforms.registry import PLATFORMS
from wardcrawler.replica import Replica, ReplicaError
from wardcrawler.replica.expected import expected_family_pages
from wardcrawler.replica.families.family import FamilyPortal
from wardcrawler.replica.families.registry import ALL_PORTALS, FAMILIES, FAMILY_PORTALS
from wardcrawler.replica.families.site import FamilySite
from wardcrawler.replica.portals import NEWS, NOTICES, PORTALS

each_portal = pytest.mark.parametrize("portal", FAMILY_PORTALS, ids=lambda portal: portal.name)


def test_all_portals_are_the_three_and_one_for_every_family() -> None:
    assert ALL_PORTALS[:3] == PORTALS
    names = [portal.name for portal in ALL_PORTALS]
    assert len(set(names)) == len(names)
    assert {portal.variant for portal in FAMILY_PORTALS} <= set(PLATFORMS)


@each_portal
def test_it_has_ten_articles_and_more_and_a_listing_of_three_pages_and_more(portal: FamilyPortal) -> None:
    counts = portal.counts.values()
    assert 12 <= len(expected_family_pages(portal.name)) <= sum(counts) <= 31
    assert max(counts) > 2 * portal.page_size
    assert FAMILIES[portal.name].traps


@each_portal
def test_every_address_and_title_is_there_once(portal: FamilyPortal) -> None:
    pages = expected_family_pages(portal.name)
    assert len({page.path for page in pages}) == len(pages)
    assert len({(page.section, page.story.title) for page in pages}) == len(pages)


@each_portal
def test_articles_and_listings_weigh_what_small_portals_pages_weigh(portal: FamilyPortal, get: Get) -> None:
    targets = [expected_family_pages(portal.name)[0].path, *portal.sections.values()]
    for target in targets:
        reply = get(portal.name, target)
        assert reply.status == 200
        assert 15_000 < len(reply.body) < 35_000


@each_portal
def test_what_it_publishes_is_the_same_in_another_process(portal: FamilyPortal, get: Get) -> None:
    here = FamilySite(FAMILIES[portal.name], TODAY)
    path = expected_family_pages(portal.name)[3].path
    assert get(portal.name, path).body == b"".join(here.answer(path, {}).body)


@each_portal
def test_an_address_that_is_none_answers_404_and_robots_txt_closes_the_inner_pages(
    portal: FamilyPortal, get: Get
) -> None:
    assert get(portal.name, "/khong-co").status == 404
    assert "Disallow: /noi-bo/" in get(portal.name, "/robots.txt").text


@pytest.mark.parametrize(
    ("name", "behind", "last"),
    [
        ("sharepoint", "?PageIndex=99", "?PageIndex=4"),
        ("dnn", "/pgrid/591/pageid/99", "/pgrid/591/pageid/4"),
    ],
)
def test_some_show_the_last_page_again_behind_it(name: str, behind: str, last: str, get: Get) -> None:
    path = FAMILIES[name].portal.sections[NEWS]
    assert get(name, path + behind).body == get(name, path + last).body


@pytest.mark.parametrize(("name", "behind"), [("hatinh", "?page=99"), ("wordpress", "page/99/")])
def test_others_show_an_empty_page(name: str, behind: str, get: Get) -> None:
    family = FAMILIES[name]
    reply = get(name, family.portal.sections[NOTICES] + behind)
    assert reply.status == 200
    newest = {family.address(each) for texts in family.sections.values() for each in texts[:3]}
    linked = {page.path for page in expected_family_pages(name) if f'"{page.path}"' in reply.text}
    assert linked <= newest  # beside every page


def test_vnpt_answers_post_with_the_list_alone() -> None:
    site = FamilySite(FAMILIES["vnpt"], TODAY)
    address = "/DesktopModule/UIArticleInMenu/ArticleInMenuPagination.aspx/LoadArticle"
    fragment = b"".join(site.answer(address, {"article_category_id": "14081", "page": "2"}).body).decode()
    assert fragment.startswith('<ul class="ArticleList">')
    assert fragment.count("<h2") == FAMILIES["vnpt"].portal.page_size


def test_bac_ninh_answers_json_to_what_its_page_asks_for(get: Get) -> None:
    path = FAMILIES["liferay-bacninh"].portal.sections[NEWS]
    query = urlencode({"p_p_lifecycle": 2, "p_p_resource_id": "loadPage", "pageNum": 3})
    answer = json.loads(get("liferay-bacninh", f"{path}?{query}").body)
    assert answer["totalPageNum"] == 3
    assert all("/-/details/" in urlsplit(item["urlDetail"]).path for item in answer["items"])


def test_cmsview_answers_json_to_what_its_pages_ask_for(get: Get) -> None:
    portal, service = "dnn-cmsview", "/DesktopModules/cmsview/api/NewsContent"
    section = get(portal, FAMILIES[portal].portal.sections[NEWS]).text
    assert "getNewsBlockContents(0, 391, 3, $scope.PageIndex" in section
    first, last, behind = (
        json.loads(get(portal, f"{service}/listnew?ModuleId=391&PageIndex={number}").body)
        for number in (1, 3, 4)
    )
    assert [len(first[name]) for name in ("ListData", "ListMoreData")] == [3, 3]
    assert (len(last["ListData"]) > 0, behind["ListData"], behind["ListMoreData"]) == (True, [], [])
    newest = first["ListData"][0]
    page = get(portal, f"/tin-tuc/{newest['Url']}-{newest['Id']}")
    assert (page.status, "NewsItem.FullContent" in page.text) == (200, True)
    article = json.loads(get(portal, f"{service}/getbyid?id={newest['Id']}").body)
    assert article["Name"] == newest["Name"]
    assert article["FullContent"]
    assert get(portal, f"{service}/getbyid?id=1").status == 404


@pytest.mark.parametrize(
    ("number", "row"), [(1, ["2", "3", "..."]), (3, ["1", "2", "..."]), (4, ["...", "5"]), (5, ["...", "4"])]
)
def test_quang_ninhs_row_of_numbers_ends_in_dots_that_turn_on(number: int, row: list[str]) -> None:
    site = FamilySite(FAMILIES["sharepoint-nid"], TODAY)
    path = FAMILIES["sharepoint-nid"].portal.sections[NEWS]
    form = {"__VIEWSTATE": f"/wEPDwUK{len(path):04}="}
    form["__EVENTTARGET"] = f"ctl00$g$DataPager1$ctl00$ctl{number - 1:02}"
    pager = (
        b"".join(site.answer(path, form).body).decode().partition('class="pager">')[2].partition("</div>")[0]
    )
    assert re.findall(r"<a [^>]*>([^<]+)</a>", pager) == row


def test_their_content_cannot_be_changed(replica: Replica) -> None:
    with pytest.raises(ReplicaError, match="vnpt is fixed"):
        replica.publish("vnpt", NEWS, "Tin mới", "Một đoạn.")
