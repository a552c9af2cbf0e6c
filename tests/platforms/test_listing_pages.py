"""Whether a page is a listing: by what it is, whatever it is called."""

from pathlib import Path

import pytest

from tests.support.pages import document
from tests.support.saved_pages import pages, stored
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.generic import Generic
from wardcrawler.platforms.joomla import Joomla
from wardcrawler.platforms.liferay.stock import Liferay
from wardcrawler.platforms.nukeviet import NukeViet
from wardcrawler.platforms.registry import PLATFORMS
from wardcrawler.platforms.wordpress import WordPress

H = "https://phuong-ben-da.example"
TITLES = (
    "Khai giảng lớp học tình thương bên bến sông",
    "Dọn rác bãi đá sau mùa mưa bão",
    "Người cao tuổi thi cờ tướng mừng xuân",
    "Bến phà tăng chuyến phục vụ ngày lễ",
)
SENTENCE = "Ủy ban nhân dân phường họp với các khu phố để bàn việc chung của bà con trong quý tới. "
TEXT = f"<p>{SENTENCE * 3}</p>" * 4
LISTINGS = [page for page in pages() if "listing" in page.stem and len(stored(page)["links"]) > 1]
ARTICLES = [page for page in pages() if "article" in stored(page) and "answer" not in page.stem]
FROM_SCRIPTS = {"cmsview-1", "cmsview-2"}  # answers in JSON, read as articles only
ADDRESSES = {
    Generic: "/bai/{}/le-hoi",
    Joomla: "/tin-tuc/{}-le-hoi.html",
    Liferay: "/web/guest/-/le-hoi-{}",
    NukeViet: "/vi/news/tin-tuc/le-hoi-{}.html",
    WordPress: "/le-hoi-{}/",
}
each_platform = pytest.mark.parametrize("platform", ADDRESSES, ids=lambda platform: platform.name)


def named(page: Path) -> str:
    return f"{page.parent.name}/{page.stem}"


def entries(platform: type[Platform], count: int = 4) -> str:
    links = enumerate(((ADDRESSES[platform].format(n), TITLES[n]) for n in range(count)), 1)
    return "".join(
        f"<div class='o-tin'><h3><a href='{href}'>{title}</a></h3><span>0{day}/03/2026</span></div>"
        for day, (href, title) in links
    )


def is_listing(platform: type[Platform], body: str, path: str, kind: str = "") -> bool:
    if platform is Generic:
        pytest.importorskip("trafilatura")
    page = document(f"<div id='trang'>{body}</div>")
    page.body.set("class", kind)
    return platform.is_listing(page, H + path)


# --- saved pages of every platform ---------------------------------------------------------------


@pytest.mark.parametrize("page", LISTINGS, ids=named)
def test_listings_of_every_platform_are_listings(page: Path) -> None:
    if stored(page)["platform"] == "generic":
        pytest.importorskip("trafilatura")
    platform = PLATFORMS[stored(page)["platform"]]
    assert platform.is_listing(platform.read_listing(page.read_bytes(), None), stored(page)["url"])


@pytest.mark.parametrize("page", [page for page in ARTICLES if page.stem not in FROM_SCRIPTS], ids=named)
def test_articles_of_every_platform_are_none(page: Path) -> None:
    if stored(page)["platform"] == "generic":
        pytest.importorskip("trafilatura")
    platform = PLATFORMS[stored(page)["platform"]]
    assert not platform.is_listing(platform.read_listing(page.read_bytes(), None), stored(page)["url"])


# --- pages of any theme --------------------------------------------------------------------------


@each_platform
def test_a_page_whose_main_part_lists_articles_is_one_whatever_its_name(platform: type[Platform]) -> None:
    for path in ("/vi/tin-tuc/", "/vi/ke-hoach/", "/vi/muc-7/"):
        assert is_listing(platform, f"<h1>Kế hoạch</h1>{entries(platform)}", path)


@each_platform
def test_a_static_page_is_none_with_a_box_of_news_or_without(platform: type[Platform]) -> None:
    for box in ("", f"<aside>{entries(platform)}</aside>", f"<div class='hop'>{entries(platform)}</div>"):
        assert not is_listing(platform, f"<h1>Giới thiệu chung</h1>{TEXT}{box}", "/vi/gioi-thieu/")


@each_platform
def test_a_menu_alone_is_none(platform: type[Platform]) -> None:
    menu = f"<nav><ul>{entries(platform)}</ul></nav>"
    assert not is_listing(platform, f"{menu}<h1>Liên hệ</h1><p>Số 2 đường Bến Đá</p>", "/vi/lien-he/")


@each_platform
def test_an_article_with_related_ones_below_it_is_none(platform: type[Platform]) -> None:
    related = f"<h4>Tin liên quan</h4><div class='lien-quan'>{entries(platform)}</div>"
    article = f"<h1>{TITLES[0]}</h1><span>04/03/2026</span>{TEXT}{related}"
    assert not is_listing(platform, article, ADDRESSES[platform].format(88))


def test_two_entries_are_a_list_where_addresses_tell_articles() -> None:
    one, two = (f"<h3 class='asset-title'><a href='/-/bai-{n}'>Bài</a></h3>" for n in "12")
    assert is_listing(Liferay, f"<h1>Thông báo</h1><div>{one}</div><div>{two}</div>", "/thong-bao")
    assert not is_listing(Liferay, f"<h1>Thông báo</h1><div>{one}</div>", "/thong-bao")
    assert not is_listing(Liferay, f"<h1>Liên hệ</h1>{TEXT}<div>{one}</div><div>{two}</div>", "/lien-he")
    assert not is_listing(WordPress, f"<h1>Thông báo</h1>{entries(WordPress, 2)}", "/thong-bao/")


def test_one_entry_is_a_list_where_a_pager_goes_on() -> None:
    one = "<div><h3 class='asset-title'><a href='/-/bai-1'>Bài</a></h3></div>"
    assert is_listing(Liferay, f"{one}<a href='?_101_cur=2'>Tiếp theo</a>", "/thong-bao")


# --- pages that say what they are ----------------------------------------------------------------


@pytest.mark.parametrize("kind", ["archive category", "home blog", "search search-results"])
def test_wordpress_names_its_lists_however_little_they_list(kind: str) -> None:
    post = "<article><h2 class='entry-title'><a href='/bai/'>Bài</a></h2></article>"
    assert is_listing(WordPress, post, "/tin/", kind)
    assert not is_listing(WordPress, "<p>Chưa có bài viết</p>", "/tin/", kind)


@pytest.mark.parametrize("kind", ["single single-post", "page page-id-2", "error404"])
def test_wordpress_names_its_other_pages_too(kind: str) -> None:
    one = "<article><h2 class='entry-title'><a href='/bai/'>Bài</a></h2></article>"
    assert not is_listing(WordPress, one, "/tin/", kind)


def test_a_page_of_wordpress_that_shows_posts_is_a_list() -> None:
    assert is_listing(WordPress, f"<h1>Tin tức</h1>{entries(WordPress)}", "/tin-tuc/", "page page-id-2")


def test_a_category_of_joomla_may_have_an_article_s_address() -> None:
    leading = "<div class='leading-0'><h2 itemprop='name'><a href='/tin/7-bai.html'>Bài</a></h2></div>"
    assert is_listing(Joomla, f"<div class='blog'>{leading}</div>", "/tin/78-thong-bao", "view-category")


@pytest.mark.parametrize(
    "layout",
    [
        "<div class='news_column'><h3><a href='/tin/bai-1.html'>Bài</a></h3></div>",
        "<div class='thumbnail'><h3><a class='show' href='/tin/bai-1.html'>Bài</a></h3></div>",
        "<div class='list-group'><a class='show' href='/tin/bai-1.html'>"
        "<h4 class='list-group-item-heading'>Bài</h4></a></div>",
    ],
)
def test_categories_of_nukeviet_in_each_layout(layout: str) -> None:
    assert is_listing(NukeViet, layout, "/tin/")


def test_an_article_of_nukeviet_stands_in_a_news_column_too() -> None:
    text = f"<h1 class='title'>Bài</h1><div id='news-bodyhtml'>{TEXT}</div>"
    related = "<ul class='related'><li><a href='/tin/bai-2.html'>B</a></li></ul>"
    column = f"<div class='news_column'>{text}{related}</div>"
    assert not is_listing(NukeViet, column, "/tin/bai-1.html")
    assert not is_listing(NukeViet, column, "/chi-tiet/")
