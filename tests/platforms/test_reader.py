"""A portal's reader: which platform it settles on, declared or not."""

import pytest

from tests.support.pages import stock_page
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.liferay.stock import HcmcLiferay, Liferay
from wardcrawler.platforms.nukeviet import NukeViet
from wardcrawler.platforms.reader import Page, PageReader
from wardcrawler.platforms.registry import PLATFORMS, has_variants

H = "https://phuong-ben-da.example"
SCRIPT = "<script>var Liferay = {currentURL: '/', ThemeDisplay: {}};</script>"
STOCK = f"<html><head>{SCRIPT}</head><body>{stock_page()}</body></html>"
HCMC = STOCK.replace("<h3 ", "<div class='asset-publish-date'>08:15 23/06/2023</div><h3 ").replace(
    'class="header-title"><span>', 'class="header-title"><span class="header-title">'
)


def page(html: str, path: str = "/web/guest/-/hop-thon") -> Page:
    return Page(H + path, html.encode())


@pytest.mark.parametrize("declared", [None, Liferay])
def test_a_family_is_narrowed_to_the_look_that_an_article_shows(declared: type[Platform] | None) -> None:
    reader = PageReader(declared)
    article = reader.read_article(page(HCMC))
    assert (reader.platform, article.platform, reader.is_settled) == (
        HcmcLiferay,
        "liferay-hcmc",
        declared is not None,
    )
    assert [date.text for date in article.dates] == ["08:15 23/06/2023"]


def test_a_family_is_narrowed_by_a_listing_too() -> None:
    reader = PageReader(Liferay)
    item = "<div class='asset_title'><a href='/-/hop-thon'>Họp thôn</a></div>"
    look = f"<div class='assetdesc-content'>{item}</div><span class='asset-publish-date'>23/06/2023</span>"
    _, platform = reader.read_listing(page(STOCK.replace("<body>", f"<body>{look}"), "/web/guest/tin-tuc"))
    assert (platform, reader.platform) == (HcmcLiferay, HcmcLiferay)


def test_an_article_in_the_look_of_the_family_settles_it() -> None:
    reader = PageReader(Liferay)
    assert not reader.is_settled
    reader.read_article(page(STOCK))
    assert (reader.platform, reader.is_settled) == (Liferay, True)
    reader.read_article(page(HCMC))
    assert reader.platform is Liferay


def test_a_declared_variant_stays() -> None:
    reader = PageReader(HcmcLiferay)
    assert reader.is_settled
    reader.read_listing(page(STOCK, "/web/guest/tin-tuc"))
    assert reader.platform is HcmcLiferay


def test_a_declared_platform_is_never_left_for_another() -> None:
    reader = PageReader(NukeViet)
    reader.read_listing(page(HCMC, "/tin-tuc/"))
    assert (reader.platform, reader.is_settled) == (NukeViet, True)


def test_families_are_those_with_looks_or_modules() -> None:
    assert [name for name, platform in PLATFORMS.items() if has_variants(platform)] == [
        "liferay",
        "dnn",
        "joomla",
    ]
