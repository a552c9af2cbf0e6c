"""Joomla and K2: months in words, accounts that are nobody, introductions, pictures, recognition."""

from datetime import UTC, datetime

import pytest

from tests.support.pages import document
from wardcrawler.items import Article, NotAnArticle
from wardcrawler.platforms.joomla import K2, Joomla
from wardcrawler.platforms.registry import recognise
from wardcrawler.text.dates import read_date

H = "https://portal.example"
URL = f"{H}/tin-tuc/1814-y-nghia.html"


def article(text: str = "<p>Lời.</p>", *, header: str = "", info: str = "") -> Article:
    page = f"""<div class="item-page"><div class="page-header"><h2 itemprop="name">Tiêu đề</h2>{header}</div>
        <dl class="article-info">{info}</dl><div itemprop="articleBody">{text}</div></div>"""
    return Joomla.parse_article(document(page), URL)


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("15 Tháng Mười Hai 2023 - 10:15:00", "2023-12-15T10:15:00+07:00"),
        ("15 Tháng Mười Một 2023 - 10:15:00", "2023-11-15T10:15:00+07:00"),
        ("02 Tháng Mười 2023 - 16:00:00", "2023-10-02T16:00:00+07:00"),
        ("02 Tháng Hai 2023 - 16:00:00", "2023-02-02T16:00:00+07:00"),
        ("28 Tháng Tư 2021", "2021-04-28T00:00:00+07:00"),
        ("Thứ sáu, 15 Tháng 12 2023 10:15", "2023-12-15T10:15:00+07:00"),
        ("Được đăng: 03 Tháng 5 2021", "2021-05-03T00:00:00+07:00"),
        ("Ngày đăng: 09/03/2023", "2023-03-09T00:00:00+07:00"),
    ],
)
def test_dates(printed: str, iso: str) -> None:
    found = article(header=f"<small>{printed}</small>").dates[0].text
    assert found == printed
    assert read_date(found, now=datetime(2026, 11, 23, tzinfo=UTC)).iso == iso


def test_the_machines_date_comes_before_the_printed_day() -> None:
    time = '<time datetime="2021-05-03T02:20:00+00:00">Được đăng: 03 Tháng 5 2021</time>'
    dates = [date.text for date in article(info=f'<dd class="published">{time}</dd>').dates]
    assert dates == ["2021-05-03T02:20:00+00:00", "Được đăng: 03 Tháng 5 2021", "03 Tháng 5 2021"]
    assert read_date(dates[0], now=datetime(2026, 11, 23, tzinfo=UTC)).iso == "2021-05-03T09:20:00+07:00"


@pytest.mark.parametrize(
    ("printed", "author"),
    [
        ("Viết bởi <span>Super User</span>", None),
        ("Được viết bởi: Administrator", None),
        ("Viết bởi Ban Biên tập", "Ban Biên tập"),
        ("Đăng bởi: Lê Na", "Lê Na"),
    ],
)
def test_an_installations_account_is_no_author(printed: str, author: str | None) -> None:
    assert article(info=f'<dd class="createdby">{printed}</dd>').author == author


def test_whoever_signs_comes_before_whoever_posted() -> None:
    found = article(
        "<p>Mời bà con đến dự./.</p><p>Minh Tuệ</p>", info='<dd class="createdby">Viết bởi Lê Na</dd>'
    )
    assert found.author == "Minh Tuệ"


def test_a_k2_item_without_a_full_text_has_its_introduction_for_one() -> None:
    page = '<div id="k2Container" class="itemView"><h2 class="itemTitle">T</h2>{}</div>'
    intro, full = (
        '<div class="itemIntroText"><p>Mở.</p></div>',
        '<div class="itemFullText"><p>Thân.</p></div>',
    )
    both = K2.parse_article(document(page.format(intro + full)), f"{H}/item/1-t")
    assert (both.lead, both.body) == ("Mở.", "Thân.")
    alone = K2.parse_article(document(page.format(intro)), f"{H}/item/1-t")
    assert (alone.lead, alone.body) == (None, "Mở.")


def test_what_k2_features_has_its_own_title() -> None:
    notice = "<span><sup>Nổi bật</sup></span>"
    page = document(
        f'<div id="k2Container" class="itemView"><h2 class="itemTitle">Hội thao của xã{notice}</h2>'
        '<div class="itemFullText"><p>Thân.</p></div></div>'
    )
    assert K2.parse_article(page, f"{H}/item/1-t").title == "Hội thao của xã"
    assert "Nổi bật" in page.text_content()  # the page itself is not changed


def test_the_picture_before_the_text_is_the_articles() -> None:
    picture = '<figure class="item-image"><img src="/images/a.jpg#joomlaImage://x"></figure>'
    page = f"""<div class="item-page"><div class="page-header"><h2 itemprop="name">Tiêu
    đề</h2></div>{picture}
        <div itemprop="articleBody"><p>Lời.</p><img src="/images/b.jpg"></div></div>"""
    assert [image.url for image in Joomla.parse_article(document(page), URL).images] == [
        f"{H}/images/a.jpg",
        f"{H}/images/b.jpg",
    ]
    twice = page.replace("/images/b.jpg", "/images/a.jpg")
    assert len(Joomla.parse_article(document(twice), URL).images) == 1


@pytest.mark.parametrize(("address", "reason"), [("/tin", "listing"), ("/tin/12-thoi-su", "no-body")])
def test_a_category_is_no_article_even_under_a_number(address: str, reason: str) -> None:
    items = "".join(
        f'<div class="page-header"><h2 itemprop="name"><a href="/tin/{n}-b">Bài {n} của xã</a></h2></div>'
        for n in range(4)
    )
    with pytest.raises(NotAnArticle) as refusal:
        Joomla.parse_article(document(f'<div class="blog">{items}</div>'), H + address)
    assert refusal.value.reason == reason


def test_a_legal_document_is_no_article() -> None:
    with pytest.raises(NotAnArticle) as refusal:
        article("<p>Số hiệu: 12/QĐ-UBND</p><p>Ngày ban hành: 05/01/2026</p><p>Trích yếu: Giao chỉ tiêu</p>")
    assert refusal.value.reason == "document"


def test_recognition() -> None:
    generator = "<meta name='generator' content='Joomla! - Open Source Content Management'>"
    assert recognise(document("<p>Chào</p>", generator), f"{H}/")[0] is Joomla
    assert recognise(document("<div id='k2Container'></div>", generator), f"{H}/")[0] is K2
    assert recognise(document("<p>Bài về Joomla!</p>"), f"{H}/component/content/")[0] is None


# --- listings ------------------------------------------------------------------------------------


def entry(number: int) -> str:
    return f"""<div class="page-header">
        <h2 itemprop="name"><a href="/tin/{number}-bai">Bài {number}</a></h2></div>
        <dl class="article-info"><dd class="published"><time>0{number}/03/2026</time></dd></dl>
        <p class="readmore"><a class="btn" href="/tin/{number}-bai">Đọc tiếp: Bài {number}</a></p>"""


def test_a_blog_lists_the_leading_article_two_columns_and_links_to_more() -> None:
    leading = f'<div class="items-leading"><div class="leading-0">{entry(1)}</div></div>'
    columns = "".join(
        f'<div class="span6"><div class="item column-{n}">{entry(n)}</div></div>' for n in (2, 3)
    )
    more = (
        '<div class="items-more"><ol class="nav nav-tabs"><li><a href="/tin/4-bai">Bài 4</a></li></ol></div>'
    )
    page = document(f'<div class="blog">{leading}<div class="items-row cols-2">{columns}</div>{more}</div>')
    found = [(link.key, link.title, link.date_text) for link in Joomla.article_links(page, f"{H}/tin")]
    assert found == [
        ("article/1", "Bài 1", "01/03/2026"),
        ("article/2", "Bài 2", "02/03/2026"),
        ("article/3", "Bài 3", "03/03/2026"),
        ("article/4", "Bài 4", None),
    ]


CASSIOPEIA = """<div class="com-content-article item-page"><div class="page-header"><h1>Thông báo</h1></div>
    <div class="page-header"><h2>Ra quân dọn hẻm</h2></div><dl class="article-info text-muted"><dd
    class="createdby">
    <span class="icon-user"></span> Tác giả: <span itemprop="name">{0}</span></dd><dd
    class="category-name"><span
    class="icon-folder"></span> Danh mục: <a href="/tin-tuc">{1}</a></dd><dd class="published"><time
    datetime="2025-03-01T08:00:00+07:00">Ngày xuất bản: 01 Tháng 3 2025</time></dd></dl><figure
    class="left item-image"><img src="/hem.jpg"><figcaption>Bà con ra quân</figcaption></figure>
    <div class="com-content-article__body"><p>Lời.</p></div></div><ol class="mod-breadcrumbs
    breadcrumb"><li>Bạn đang ở:
    </li><li><a href="/">Home</a></li><li><a href="/tb">Thông báo</a></li><li>Ra quân dọn hẻm</li></ol>"""


@pytest.mark.parametrize(
    ("printed", "category"),
    [("Tin tức", "Tin tức"), ("Giáo dục", "Giáo dục"), ("", "Thông báo")],
)
def test_joomla_4_below_the_heading_of_its_menu(printed: str, category: str) -> None:
    found = Joomla.parse_article(document(CASSIOPEIA.format("Ban Biên tập", printed)), URL)
    assert (found.title, found.author, found.category) == ("Ra quân dọn hẻm", "Ban Biên tập", category)
    assert [(image.url, image.caption) for image in found.images] == [(f"{H}/hem.jpg", "Bà con ra quân")]


@pytest.mark.parametrize(
    ("printed", "author"),
    [
        ('Written by <span itemprop="name">Ban Biên tập</span>', "Ban Biên tập"),
        ("Written by: Ban Biên tập", "Ban Biên tập"),
        ('Written by <span itemprop="name">quantri</span>', None),
        ("Được viết bởi <a href='/lien-he/na'>Lê Na</a>", "Lê Na"),
    ],
)
def test_the_label_of_the_author_is_none_of_the_name(printed: str, author: str | None) -> None:
    assert article(info=f'<dd class="createdby">{printed}</dd>').author == author


def test_a_heading_in_the_text_is_not_its_title() -> None:
    text = "<p>Lời.</p><h2 class='wp-block-heading'>1. Việc cần làm</h2><p>Lời nữa.</p>"
    assert article(text).title == "Tiêu đề"


def test_joomla_5_marks_no_text_and_is_an_article_all_the_same() -> None:
    page = document(CASSIOPEIA.format("Ban Biên tập", "Tin tức"))
    page.body.set("class", "site com_content view-article")
    assert not Joomla.is_listing(page, URL)
    assert Joomla.parse_article(page, f"{H}/gioi-thieu").key == "gioi-thieu"
