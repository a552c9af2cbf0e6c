"""Leads between title and text, whatever their elements are called, on every platform."""

import pytest

from tests.support.pages import document
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.drupal import Drupal
from wardcrawler.platforms.joomla import Joomla
from wardcrawler.platforms.liferay.stock import Liferay
from wardcrawler.platforms.nukeviet import NukeViet
from wardcrawler.platforms.vnpt import Vnpt
from wardcrawler.platforms.wordpress import WordPress

H = "https://portal.example"
LEAD = "Hơn một trăm bà con khu phố Hai cùng nhau quét dọn bốn tuyến hẻm nhỏ."
PAGES: dict[type[Platform], tuple[str, str]] = {
    WordPress: (
        f"{H}/ra-quan/",
        "<article><header><h1 class=entry-title>Ra quân</h1><div class=entry-meta>Đăng ngày 01/03/2025 bởi "
        "<span class=author><a>Lê Na</a></span></div></header>{}<div class=entry-content>{}</div></article>",
    ),
    Joomla: (
        f"{H}/tin-tuc/12-ra-quan",
        "<div class=item-page><div class=page-header><h2 itemprop=headline>Ra quân</h2></div><dl><dd "
        "class=published>Được đăng: Thứ bảy, 01 Tháng 3 2025 08:00</dd></dl>{}"
        "<div itemprop=articleBody>{}</div></div>",
    ),
    NukeViet: (
        f"{H}/vi/news/tin-tuc/ra-quan-12.html",
        "<div class=news_column><h1>Ra quân</h1><em class=time>Thứ bảy - 01/03/2025 08:00</em>{}"
        "<div id=news-bodyhtml>{}</div></div>",
    ),
    Drupal: (
        f"{H}/tin/ra-quan",
        "<h1 class=page-title>Ra quân</h1><div class='node node-full'><div class=submitted>Gửi bởi Lê Na "
        "ngày 01/03/2025</div>{}<div class=field-name-body>{}</div></div>",
    ),
    Liferay: (
        f"{H}/web/p9/-/ra-quan",
        "<section class=portlet><h3 class=header-title><span>Ra quân</span></h3><p>Lượt xem: 120</p>{}"
        "<div class=journal-content-article>{}</div></section>",
    ),
    Vnpt: (
        f"{H}/tin/ra-quan-950942",
        "<div class=ArticleDetailControl><div class=ArticleHeader><h1 class=Title>Ra quân</h1><span "
        "class=PostDate>Thứ bảy, 01/03/2025 | 08:00</span></div>{}<div class=ArticleContent>{}</div></div>",
    ),
}
TEXT = "<p>Các tổ chia nhau nạo vét mương và gom rác về điểm tập kết.</p>"


def lead(platform: type[Platform], between: str, text: str = TEXT) -> str | None:
    address, page = PAGES[platform]
    article = platform.parse_article(document(page.format(between, text)), address)
    assert article.title == "Ra quân"
    return article.lead


@pytest.mark.parametrize("platform", PAGES, ids=lambda platform: platform.name)
@pytest.mark.parametrize(
    "element",
    [
        "<p class=description>{}</p>",
        "<div class=knc-sapo>{}</div>",
        "<h2 class=sapo>{}</h2>",
        "<div class=wrap><div><strong>{}</strong></div></div>",
        "<p><em>{}</em></p>",
        "<br>{}",
    ],
)
def test_what_stands_between_title_and_text_is_the_lead(platform: type[Platform], element: str) -> None:
    assert lead(platform, element.format(LEAD)) == LEAD


@pytest.mark.parametrize("platform", PAGES, ids=lambda platform: platform.name)
@pytest.mark.parametrize(
    "between",
    [
        "",
        "<p>Cỡ chữ: A A+ A++ Tương phản: trắng đen vàng xanh</p>",
        "<p>Thứ bảy, ngày 01 tháng 03 năm 2025, 08 giờ 00 phút</p>",
        "<p>Chuyên viên Lê Na - Đã xem: 1.203</p>",
        "<figure><img src=/a.jpg><figcaption>Bà con quét dọn hẻm số hai sáng nay.</figcaption></figure>",
        "<ul><li><a href=/b>Tập huấn phân loại rác tại nguồn cho các hộ dân</a></li></ul>",
        f"<p style='display:none'>{LEAD}</p>",
        f"<p class='hide'>{LEAD}</p>",
        f"<span class='hidden d-none' itemprop=description>{LEAD}</span>",
        f"<div class='wp-caption-text'>{LEAD}</div>",
    ],
)
def test_facts_tools_captions_and_links_are_no_lead(platform: type[Platform], between: str) -> None:
    assert lead(platform, between) is None


def test_a_lead_of_two_paragraphs_is_whole_and_has_its_links() -> None:
    between = (
        "<p>Sáng nay, <a href=/x>khu phố Hai</a> ra quân dọn hẻm cùng bà con.</p><p>Đông vui như hội lớn!</p>"
    )
    assert lead(WordPress, between) == (
        "Sáng nay, khu phố Hai ra quân dọn hẻm cùng bà con. Đông vui như hội lớn!"
    )


def test_a_lead_that_the_text_begins_with_is_not_told_twice() -> None:
    assert lead(WordPress, f"<p class=tomtat>{LEAD}</p>", f"<p>{LEAD}</p>{TEXT}") is None


@pytest.mark.parametrize("begun", ["Bởi vậy", "Chia sẻ khó khăn với bà con", "Cập nhật tình hình mưa bão"])
def test_a_lead_may_begin_as_facts_do(begun: str) -> None:
    said = f"{begun}, phường đã tổ chức bốn đoàn đi thăm hỏi các khu phố ven sông."
    assert lead(WordPress, f"<p>{said}</p>") == said
