"""The portals of block themes print what WordPress prints, and say the same everywhere."""

import json
import re
from urllib.parse import urlencode, urlsplit

import pytest
from lxml import etree, html

from tests.replica.client import Get, Reply
from wardcrawler.replica.expected import expected_family, expected_family_pages
from wardcrawler.replica.families.blocks.family import PAGES, BlockThemeFamily
from wardcrawler.replica.families.registry import ALL_PORTALS, BLOCK_THEMES
from wardcrawler.replica.portals import NEWS, NOTICES

each_theme = pytest.mark.parametrize("theme", BLOCK_THEMES.values(), ids=BLOCK_THEMES)
LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def paths(document: html.HtmlElement, selector: str) -> list[str]:
    """The addresses of links, without the host; all of them name one."""
    found = [urlsplit(link.get("href") or "") for link in document.cssselect(selector)]
    assert all(parts.netloc for parts in found)
    return [parts._replace(scheme="", netloc="").geturl() for parts in found]


def listed(get: Get, theme: BlockThemeFamily, section: str | None) -> list[str]:
    """What the pages of a list link, one after the other as they lead on."""
    found, address = [], theme.list_address(section, 1)
    while address:
        document = html.fromstring(get(theme.portal.name, address).body)
        found += paths(document, "ul.wp-block-post-template h2.wp-block-post-title > a")
        address = next(iter(paths(document, "a.wp-block-query-pagination-next")), "")
    return found


def rest(get: Get, theme: BlockThemeFamily, route: str = "wp/v2/posts", **query: str | int) -> Reply:
    return get(theme.portal.name, theme.rest_address(route, urlencode(query)))


def locations(get: Get, theme: BlockThemeFamily, address: str) -> list[str]:
    reply = get(theme.portal.name, address)
    assert reply.status == 200
    parts = [urlsplit(each.text or "") for each in etree.fromstring(reply.body).iter(LOCATION)]
    return [each._replace(scheme="", netloc="").geturl() for each in parts]


@each_theme
def test_the_demo_leaves_them_out(theme: BlockThemeFamily) -> None:
    assert theme.portal.name not in {portal.name for portal in ALL_PORTALS}


@each_theme
def test_the_home_page_leads_to_all_posts_and_shows_the_sticky_one_first_and_in_its_place(
    theme: BlockThemeFamily, get: Get
) -> None:
    (sticky,) = (theme.address(each) for each in theme.posts if each.trap == "sticky")
    assert listed(get, theme, None) == [sticky, *map(theme.address, theme.posts)]


@each_theme
def test_a_category_leads_to_its_own_newest_first(theme: BlockThemeFamily, get: Get) -> None:
    for section, posts in theme.sections.items():
        assert listed(get, theme, section) == [theme.address(each) for each in posts]


@each_theme
def test_behind_the_last_page_of_a_list_there_is_none(theme: BlockThemeFamily, get: Get) -> None:
    assert get(theme.portal.name, theme.list_address(NOTICES, 9)).status == 404
    assert get(theme.portal.name, theme.list_address(None, 9)).status == 404


@each_theme
def test_a_post_has_date_and_category_below_its_text(theme: BlockThemeFamily, get: Get) -> None:
    page = next(each for each in expected_family_pages(theme.portal.name) if each.section == NEWS)
    document = html.fromstring(get(theme.portal.name, page.path).body)
    (title,), (time,) = document.cssselect("h1.wp-block-post-title"), document.cssselect("time")
    assert title.text_content() == page.story.title
    assert time.get("datetime") == page.published
    assert time.getparent().get("class") == "wp-block-post-date"
    (category,) = document.cssselect("div.wp-block-post-terms a[rel=tag]")
    assert category.text_content() == NEWS
    assert document.cssselect('link[rel="https://api.w.org/"]')
    assert not document.cssselect("article")


@each_theme
def test_a_post_with_a_password_shows_a_form_alone(theme: BlockThemeFamily, get: Get) -> None:
    (locked,) = (each for each in theme.posts if each.trap == "password")
    text = get(theme.portal.name, theme.address(locked)).text
    assert "post-password-form" in text
    assert not any(piece in text for piece in locked.story.pieces())
    assert expected_family(theme.portal.name).refused == {"protected": 1}
    answer = json.loads(rest(get, theme, f"wp/v2/posts/{locked.number}").body)
    assert answer["content"] == answer["excerpt"] == {"rendered": "", "protected": True}


@each_theme
def test_rest_lists_all_posts_by_page_and_by_offset(theme: BlockThemeFamily, get: Get) -> None:
    total = len(theme.posts)
    by_page: list[int] = []
    for page in range(1, -(-total // 10) + 1):
        reply = rest(get, theme, page=page)
        assert (reply.headers["x-wp-total"], reply.headers["x-wp-totalpages"]) == (
            str(total),
            str(-(-total // 10)),
        )
        by_page += [row["id"] for row in json.loads(reply.body)]
    assert by_page == [each.number for each in theme.posts]
    by_offset = json.loads(rest(get, theme, per_page=100, offset=7, _fields="id,link").body)
    assert [row["id"] for row in by_offset] == by_page[7:]
    assert {tuple(row) for row in by_offset} == {("id", "link")}


@each_theme
def test_rest_says_when_it_is_asked_too_much(theme: BlockThemeFamily, get: Get) -> None:
    behind, many, nothing = (
        rest(get, theme, page=99),
        rest(get, theme, per_page=101),
        rest(get, theme, "wp/v9"),
    )
    codes = [(each.status, json.loads(each.body)["code"]) for each in (behind, many, nothing)]
    assert codes == [
        (400, "rest_post_invalid_page_number"),
        (400, "rest_invalid_param"),
        (404, "rest_no_route"),
    ]
    past = rest(get, theme, offset=500)
    assert (past.status, past.body, past.headers["x-wp-total"]) == (200, b"[]", "0")


@each_theme
def test_rest_tells_edits_from_publishing_and_categories_by_number(theme: BlockThemeFamily, get: Get) -> None:
    (edited,) = (each for each in theme.posts if each.trap == "edited")
    row = json.loads(rest(get, theme, f"wp/v2/posts/{edited.number}").body)
    assert row["date"] == f"{edited.published:%Y-%m-%dT%H:%M:%S}" < row["modified"]
    assert urlsplit(row["link"])._replace(scheme="", netloc="").geturl() == theme.address(edited)
    names = {each["id"]: each["name"] for each in json.loads(rest(get, theme, "wp/v2/categories").body)}
    assert names[row["categories"][0]] == edited.section
    some = json.loads(rest(get, theme, categories=row["categories"][0], per_page=100).body)
    assert [each["id"] for each in some] == [each.number for each in theme.sections[edited.section]]


@each_theme
def test_rest_lists_on_both_sides_of_a_moment(theme: BlockThemeFamily, get: Get) -> None:
    middle = theme.posts[5]
    moment = middle.published.strftime("%Y-%m-%dT%H:%M:%S")
    newer, older = (
        [row["id"] for row in json.loads(rest(get, theme, per_page=100, **{side: moment}).body)]
        for side in ("after", "before")
    )
    numbers = [each.number for each in theme.posts]
    assert (newer, older) == (numbers[:5], numbers[6:])


@each_theme
def test_the_sitemaps_name_all_that_everybody_can_read(theme: BlockThemeFamily, get: Get) -> None:
    posts, pages, categories, users = locations(get, theme, theme.sitemap_address())
    assert locations(get, theme, posts) == [
        theme.address(each) for each in theme.posts if each.trap != "password"
    ]
    assert locations(get, theme, pages) == ["/", *map(theme.page_address, PAGES)]
    assert locations(get, theme, categories) == list(theme.portal.sections.values())
    assert len(locations(get, theme, users)) == 1


@each_theme
def test_static_pages_look_like_posts_but_for_the_date(theme: BlockThemeFamily, get: Get) -> None:
    for number in PAGES:
        text = get(theme.portal.name, theme.page_address(number)).text
        assert 'class="wp-block-post-title"' in text
        assert "<time" not in text


@each_theme
def test_the_feed_has_the_newest(theme: BlockThemeFamily, get: Get) -> None:
    root = etree.fromstring(get(theme.portal.name, theme.feed_address(None)).body)
    titles = [each.text for each in root.iterfind("./channel/item/title")]
    assert titles == [each.story.title for each in theme.posts[:10] if each.trap != "password"]


def test_robots_txt_names_the_sitemap_where_the_server_rewrites(get: Get) -> None:
    text = get("wordpress-blocks", "/robots.txt").text
    assert re.search(r"^Sitemap: http://127\.0\.0\.1:\d+/wp-sitemap\.xml$", text, re.MULTILINE)
    for path in ("/robots.txt", "/wp-json/", "/wp-sitemap.xml"):
        assert get("wordpress-plain", path).status == 404


def test_the_number_of_a_post_leads_to_its_address(get: Get) -> None:
    theme = BLOCK_THEMES["wordpress-blocks"]
    reply = get(theme.portal.name, theme.short_address(theme.posts[0]))
    assert (reply.status, urlsplit(reply.headers["location"]).path) == (301, theme.address(theme.posts[0]))
    assert get(theme.portal.name, "/?p=1").status == 404
