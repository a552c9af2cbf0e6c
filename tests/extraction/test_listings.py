"""Links of a listing page: to its articles and to the page after it."""

import pytest

from tests.support.pages import document, stock_page
from wardcrawler.extraction.listings import ArticleLink
from wardcrawler.items import NotAnArticle
from wardcrawler.platforms.liferay.stock import HcmcLiferay, Liferay

H = "https://portal.example"
LIST = f"{H}/web/p9/tin"


def item(slug: str, title: str, date: str = "", href: str = "") -> str:
    return f"""<div class="asset-abstract">
        <h3 class="asset-title"><a href="{href or "/web/p9/-/" + slug}"><img src=/i.png> {title}</a></h3>
        <div class="asset-summary">Ngày 1/1/2020 …</div><a href="/web/p9/-/{slug}">Chi tiết »</a>
        <div class="asset-metadata"><span class="metadata-publish-date">{date}</span></div></div>"""


def links(html: str, url: str = LIST) -> list[ArticleLink]:
    return Liferay.article_links(document(html), url)


def test_items_in_document_order_with_their_dates() -> None:
    assert links(
        item("b", "Bài  b", "02/01/2026") + item("a", "Bài a", "01/01/2026") + item("c", "Bài c")
    ) == [
        ArticleLink(f"{H}/web/p9/-/b", "p9/-/b", "Bài b", "02/01/2026"),
        ArticleLink(f"{H}/web/p9/-/a", "p9/-/a", "Bài a", "01/01/2026"),
        ArticleLink(f"{H}/web/p9/-/c", "p9/-/c", "Bài c", None),
    ]


def test_other_list_styles() -> None:
    titles = """<ul class="title-list"><li class="title-list"><a href="/-/a">Bài a</a>
        <span class="metadata-publish-date">3/1/2026</span></li></ul>"""
    blocks = (
        '<div class="asset-abstract"><div class="asset-title"><a href="/-/b"><h6>Bài b</h6></a></div></div>'
    )
    assert [(link.key, link.title, link.date_text) for link in links(titles + blocks)] == [
        ("-/a", "Bài a", "3/1/2026"),
        ("-/b", "Bài b", None),
    ]


def test_one_article_under_several_addresses_is_one_link() -> None:
    found = links(
        item("", "", href="/vi/web/p9/-/a;jsessionid=1?redirect=%2Fx")
        + item("a", "Bài a", "01/01/2026")
        + item("a", "Bài a, lần nữa")
    )
    assert found == [ArticleLink(f"{H}/vi/web/p9/-/a", "p9/-/a", "Bài a", "01/01/2026")]


@pytest.mark.parametrize(
    "href",
    [
        "/web/p9/lich-cong-tac-ubnd",
        "/c/portal/login?redirect=/web/p9/-/a",
        "/documents/1/2/a.pdf",
        "/web/p9/tin",
        "javascript:;",
        "#",
        "//[x",
        "ftp://portal.example/-/a",
    ],
)
def test_what_is_no_article_is_no_link(href: str) -> None:
    assert [link.key for link in links(item("", "Gì đó", href=href) + item("b", "Bài b"))] == ["p9/-/b"]


def test_a_link_to_another_view_of_an_article_becomes_one_to_the_article() -> None:
    found = links(item("", "Bài a", href="/web/p9/-/a?p_p_lifecycle=2&amp;p_p_resource_id=pdf"))
    assert [link.url for link in found] == [f"{H}/web/p9/-/a"]


def test_menus_footers_and_plain_links_are_no_items() -> None:
    assert links(f"<nav>{item('a', 'a')}</nav><footer>{item('b', 'b')}</footer><a href='/-/c'>c</a>") == []


def test_a_date_that_two_items_share_belongs_to_none() -> None:
    shared = (
        f"<div>{item('a', 'a')}{item('b', 'b')}<span class='metadata-publish-date'>01/01/2026</span></div>"
    )
    assert [link.date_text for link in links(shared)] == [None, None]


def test_relative_addresses_count_from_the_base() -> None:
    page = document(item("", "Bài a", href="web/p9/-/a"), "<base href='https://other.example/vi/'>")
    assert [link.url for link in Liferay.article_links(page, LIST)] == ["https://other.example/vi/web/p9/-/a"]


def test_lists_of_the_hcmc_look() -> None:
    look = """<div class="banner-hinhanhlink"><div class="row"><div class="col-md-12 article-title">
        <a href="/web/p9/-/a">Bài a</a></div></div></div>
        <div class="assetdesc-content"><div class="asset_title"><a href="/-/b">Bài b </a></div>
        <div class="asset-info"><span class="asset-publish-date">24-06-2023</span></div></div>"""
    found = HcmcLiferay.article_links(document(look + item("c", "Bài c")), LIST)
    assert [(link.key, link.date_text) for link in found] == [
        ("p9/-/a", None),
        ("-/b", "24-06-2023"),
        ("p9/-/c", None),
    ]
    assert [link.key for link in links(look)] == []


# --- the page after ------------------------------------------------------------------------------


def pager(current: int, pages: int, instance: str = "a", path: str = "/web/p9/tin") -> str:
    def link(number: int, words: str) -> str:
        if number == current or not 1 <= number <= pages:
            return f"<li><a href='javascript:;'>{words}</a></li>"
        base = (
            f"{path}?p_p_id=101_INSTANCE_{instance}&amp;p_p_lifecycle=0&amp;p_p_state=normal&amp;redirect=%2F"
        )
        return f"<li><a href='{base}&amp;_101_INSTANCE_{instance}_cur={number}'>{words}</a></li>"

    numbers = "".join(link(number, str(number)) for number in range(1, pages + 1))
    return f"""<ul>{numbers}</ul><ul class="pager">{link(1, "← Đầu tiên")}{link(current - 1, "Trước")}
        {link(current + 1, "Tiếp theo")}{link(pages, "Cuối cùng →")}</ul>"""


def following(html: str, url: str = LIST) -> str | None:
    return Liferay.next_listing_address(document(html), url)


def page(number: int, instance: str = "a") -> str:
    return f"{LIST}?p_p_id=101_INSTANCE_{instance}&p_p_lifecycle=0&_101_INSTANCE_{instance}_cur={number}"


def test_walking_through_a_pager() -> None:
    assert following(pager(1, 12)) == page(2)
    assert following(pager(2, 12), page(2)) == page(3)
    assert following(pager(12, 12), page(12)) is None
    assert following("<p>không có</p>") is None


@pytest.mark.parametrize(
    "words", ["Tiếp theo", " TIẾP ", "Next", "Sau", "Trang sau »", "›", "»", "Tiếp theo →"]
)
def test_words_for_next(words: str) -> None:
    assert following(f"<a href='?_x_cur=2'>{words}</a><a href='?_x_cur=9'>{words}</a>") == f"{LIST}?_x_cur=2"


@pytest.mark.parametrize(
    "link",
    ["<li class='next'><a href='?_x_cur=2'>&gt;</a></li>", "<a class='btn next' href='?_x_cur=2'></a>",
     "<a rel='next' href='?_x_cur=2'>…</a>", "<a href='?_x_cur=2'> 2 </a>"],
)  # fmt: skip
def test_marks_for_next(link: str) -> None:
    assert following(link) == f"{LIST}?_x_cur=2"


def test_the_week_of_a_calendar_beside_the_list_does_not_end_it() -> None:
    link = "<a href='?_x_cur=2&amp;_y_tuan=40'>Tiếp theo</a>"
    assert following(link) == f"{LIST}?_x_cur=2&_y_tuan=40"


@pytest.mark.parametrize(
    "link",
    [
        "<a href='?_x_cur=1'>Tiếp theo</a>",  # the page itself
        "<a href='?_x_cur=3'>Tiếp theo</a>",  # skips a page
        "<a href='?_x_cur=2'>Cuối cùng</a>",
        "<a href='?_x_cur=2'>20</a>",
        "<a href='?_x_delta=2'>2</a>",
        "<a href='/tin/-/bai-2'>Tiếp theo</a>",
        "<a href='javascript:;'>Tiếp theo</a>",
        "<a href='?_x_cur=2&amp;p_p_lifecycle=1'>Tiếp theo</a>",
        "<a href='?_x_cur=two'>Tiếp theo</a>",
        "<a href='?_x_cur=²'>Tiếp theo</a>",
        "<a href='?_x_cur=99999999999999999999'>Tiếp theo</a>",
        "<a href='//[x?_x_cur=2'>Tiếp theo</a>",
    ],
)
def test_not_the_next_page(link: str) -> None:
    assert following(link) is None


def test_of_two_pagers_the_one_already_followed_counts() -> None:
    both = pager(1, 3, "videos") + pager(2, 9, "a")
    assert following(both, page(2)) == page(3)
    assert following(pager(1, 3, "a") + pager(1, 9, "b")) == page(2)


# --- what is no article --------------------------------------------------------------------------


@pytest.mark.parametrize("url", [LIST, H, f"{H}/web/p9/-/da-go", page(2)])
@pytest.mark.parametrize("platform", [Liferay, HcmcLiferay])
def test_a_listing_or_home_page_is_no_article(url: str, platform: type[Liferay]) -> None:
    with pytest.raises(NotAnArticle) as refusal:
        platform.parse_article(
            document("".join(item(str(n), f"Bài số {n}", "1/1/2026") for n in range(5))), url
        )
    assert refusal.value.reason == "listing"


def test_a_page_that_shows_a_whole_article_without_a_way_back_is_a_listing() -> None:
    with pytest.raises(NotAnArticle) as refusal:
        Liferay.parse_article(document(stock_page("<p>Bài đầu của trang chủ, in toàn văn.</p>")), LIST)
    assert refusal.value.reason == "listing"


def test_a_way_back_tells_an_article_whose_address_names_none() -> None:
    html = stock_page().replace("<h3", '<span class="header-back-to"><a href="#">null</a></span><h3', 1)
    article = Liferay.parse_article(document(html), f"{H}/xem?p_p_id=x&so=5&redirect=%2F")
    assert article.key == "xem?p_p_id=x&so=5"
    with pytest.raises(NotAnArticle) as refusal:
        Liferay.parse_article(document(html), H)
    assert refusal.value.reason == "listing"


def test_a_title_without_text_picture_or_file() -> None:
    with pytest.raises(NotAnArticle) as refusal:
        Liferay.parse_article(document(stock_page("") + "<p>Chân trang có vài chữ nữa.</p>"), f"{H}/-/a")
    assert refusal.value.reason == "no-body"


def test_a_broken_address_names_no_article_whatever_the_page_shows() -> None:
    html = stock_page().replace("<h3", '<span class="header-back-to"><a href="#">null</a></span><h3', 1)
    for url in ("http://[broken", "http://portal.example:port/", ""):
        with pytest.raises(NotAnArticle) as refusal:
            Liferay.parse_article(document(html + item("a", "Bài a")), url)
        assert refusal.value.reason == "listing"


def test_an_article_whose_address_is_too_long_is_not_asked_for_and_the_log_says_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert links(item("a" * 2_001, "Bài dài")) == []
    assert f"{LIST}: an article's address of" in caplog.text
