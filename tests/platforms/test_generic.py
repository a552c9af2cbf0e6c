"""Portals of unknown make: what their structure gives away, and what is refused."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.pages import document
from tests.support.saved_pages import FOLDER, pages, stored
from tests.support.unknown_pages import needs_library
from wardcrawler.extraction.document import read_document
from wardcrawler.extraction.structure import main_text as generic_article
from wardcrawler.items import NotAnArticle
from wardcrawler.platforms import generic
from wardcrawler.platforms.generic import Generic
from wardcrawler.platforms.registry import platform_of, recognise
from wardcrawler.text.dates import read_date

H = "https://xa.example.gov.vn"
OWN = [page for page in pages() if page.parent.name == "generic"]
TITLES = (
    "Khởi công tuyến đường liên xã Tân Thuận",
    "Đoàn giám sát làm việc với xã Phong Đông",
    "Hội thi nấu ăn nhân ngày Gia đình Việt Nam",
    "Tập huấn kỹ thuật nuôi tôm càng xanh",
    "Tuyên dương gia đình hiếu học tiêu biểu",
)
TEXT = "".join(f"<p>{words}</p>" for words in ("Ủy ban nhân dân xã họp bàn việc chung của thôn. " * 4,) * 4)


def entries(extra: str = "") -> str:
    items = (f"<li><a href='/tin/{n}'>{title}</a> {n}/03/2026</li>" for n, title in enumerate(TITLES, 10))
    return f"<ul>{''.join(items)}</ul>{extra}"


@pytest.fixture
def without_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generic_article, "has_library", lambda: False)
    monkeypatch.setattr(generic, "has_library", lambda: False)


def test_the_list_is_read_not_the_menu_the_sidebar_or_the_footer() -> None:
    sides = "".join(
        f"<{tag}>{entries().replace('/tin/', f'/{tag}/')}</{tag.split()[0]}>"
        for tag in ("nav", "footer", "aside", "div class='sidebar-first'")
    )
    menu = "".join(f"<li><a href='/muc/{n}'>Giới thiệu {n}</a></li>" for n in range(60))
    links = Generic.article_links(document(f"<ul>{menu}</ul>{entries()}{sides}"), f"{H}/tin-tuc")
    assert [(link.key, link.title) for link in links] == [
        (f"tin/{n}", title) for n, title in enumerate(TITLES, 10)
    ]
    assert [link.date_text for link in links] == [f"{n}/03/2026" for n in range(10, 15)]


@pytest.mark.parametrize("count", [1, 2])
def test_one_or_two_titles_beside_the_pager_are_the_last_page_of_a_list(count: int) -> None:
    rest = "".join(
        f"<div><a href='/tin/{n}'>{title}</a> <i>(0{n}/03/2026)</i></div>"
        for n, title in enumerate(TITLES[:count], 1)
    )
    pager = "<p><a href='/tin-tuc'>1</a> <a href='/tin-tuc?trang=2'>2</a> <b>3</b></p>"
    beside = f"<div><ul><li><a href='/tin/99'>{TITLES[4]}</a></li></ul></div>"
    page = document(f"<div>{rest}{pager}</div>{beside}")
    links = Generic.article_links(page, f"{H}/tin-tuc?trang=3")
    assert [(link.key, link.date_text) for link in links] == [
        (f"tin/{n}", f"0{n}/03/2026") for n in range(1, count + 1)
    ]
    assert Generic.article_links(page, f"{H}/tin-tuc") == []  # the first page of a list is not its last


@needs_library
def test_a_legal_document_is_no_article() -> None:
    rows = "<tr><td>Số ký hiệu</td><td>12/QĐ-UBND</td></tr><tr><td>Ngày ban hành</td><td>01/03/2026</td></tr>"
    for text in (f"<table>{rows}</table>", f"<table>{rows}</table>{TEXT}"):
        page = document(f"<div><h1>Quyết định về việc chung</h1><div>{text}</div></div>")
        with pytest.raises(NotAnArticle) as refusal:
            Generic.parse_article(page, f"{H}/van-ban/1234")
        assert refusal.value.reason == "document"


def test_two_links_are_no_list_and_neither_is_a_menu_with_a_few_long_names() -> None:
    few = "".join(f"<li><a href='/tin/{n}'>{TITLES[n]}</a></li>" for n in range(2))
    menu = "".join(f"<li><a href='/m/{n}'>Mục {n}</a></li>" for n in range(20))
    long = "".join(f"<li><a href='/l/{n}'>{title}</a></li>" for n, title in enumerate(TITLES))
    assert Generic.article_links(document(f"<ul>{few}</ul>"), f"{H}/tin-tuc") == []
    assert Generic.article_links(document(f"<ul>{menu}{long}</ul>"), f"{H}/tin-tuc") == []


@needs_library
def test_a_listing_is_refused_whatever_its_address() -> None:
    for address in ("/tin-tuc", "/tin-tuc/tin-hoat-dong-cua-xa-1234"):
        with pytest.raises(NotAnArticle) as refusal:
            Generic.parse_article(document(f"<h1>Tin tức của xã</h1>{entries()}"), H + address)
        assert refusal.value.reason == "listing"


@needs_library
def test_what_is_no_article_is_refused_with_the_reason() -> None:
    stub = read_document(b"<html><script>document.cookie='D1N=1';location.reload()</script></html>")
    for page, url, reason in (
        (stub, f"{H}/tin/1234", "challenge"),
        (document(TEXT), f"{H}/tin/1234", "no-title"),
        (document("<h1>Thông báo nghỉ lễ của xã</h1>"), f"{H}/tin/1234", "no-body"),
        (document(f"<h1>Trang của xã nhà</h1>{TEXT}"), f"{H}/", "listing"),
    ):
        with pytest.raises(NotAnArticle) as refusal:
            Generic.parse_article(page, url)
        assert refusal.value.reason == reason


@needs_library
def test_no_date_is_made_of_a_clock_a_text_or_another_article_s_date() -> None:
    page = document(
        f"<div>Thứ hai, 23/11/2026</div><div><h1>Họp dân tại thôn Đông</h1>"
        f"<div class='x'><a href='/tin/77'>{TITLES[0]}</a> 01/02/2026</div>"
        f"<div>{TEXT}<p>Ngày 05/03/2026 họp lại.</p></div></div>"
        f"<div><a href='/tin/78'>{TITLES[1]}</a> 02/02/2026</div>"
    )
    article = Generic.parse_article(page, f"{H}/tin/1234")
    assert article.title == "Họp dân tại thôn Đông"
    assert article.dates == []


@needs_library
@pytest.mark.parametrize(
    ("above", "title"),
    [("", "Tổ chức thực hiện trong năm"), ("<h1>Họp dân tại thôn</h1>", "Họp dân tại thôn")],
)
def test_a_heading_that_opens_the_text_is_the_title_unless_one_above_is(above: str, title: str) -> None:
    text = f"<div><h3>Tổ chức thực hiện trong năm</h3>{TEXT}</div>"
    page = document(f"<div>{above}<div class='tool'></div>{text}</div>")
    assert Generic.parse_article(page, f"{H}/tin/1234").title == title


@needs_library
def test_a_sidebar_is_no_text_however_short_the_article() -> None:
    notice = "<h3>Thông báo của phường</h3><p>Ngày 20/11/2026, cơ quan nghỉ làm việc buổi chiều.</p>"
    page = document(f"<h1>Họp dân tại thôn Đông</h1><p>Họp.</p><div class='sidebar'>{notice}</div>")
    assert Generic.parse_article(page, f"{H}/tin/1234").body == "Họp."


@needs_library
def test_a_bold_line_is_the_title_where_there_is_no_heading() -> None:
    box = "<td><b>DANH MỤC CHUYÊN TRANG CỦA XÃ</b></td>"
    title, own = "Thông báo lịch tiêm phòng đợt một", "<b>Bộ phận thú y đề nghị các hộ</b> nhốt gia súc."
    for inside in (f"<tr><td><b>{title}</b></td></tr><tr><td>{own}{TEXT}</td></tr>", f"<b>{title}</b>{TEXT}"):
        page = document(f"<table><tr>{box}<td><table>{inside}</table></td></tr></table>")
        assert Generic.parse_article(page, f"{H}/tin/1234").title == title
    with pytest.raises(NotAnArticle, match="no-title"):
        Generic.parse_article(document(f"<table><tr>{box}<td>{own}{TEXT}</td></tr></table>"), f"{H}/tin/1234")


@needs_library
@pytest.mark.parametrize(
    ("printed", "machine", "read"),
    [
        ("18/04/2025", "2025-04-18T20:40:00+07:00", "2025-04-18T20:40:00+07:00"),
        ("18/04/2025", "2025-04-18T00:00:00+07:00", "18/04/2025"),
        ("18/04/2025", "2019-01-01T20:40:00+07:00", "18/04/2025"),
        ("18/04/2025 20:41", "2025-04-18T20:40:00+07:00", "18/04/2025 20:41"),
        ("2 năm trước", "2025-04-18T20:40:00+07:00", "2025-04-18T20:40:00+07:00"),
    ],
)
def test_an_attribute_adds_the_time_to_a_day_that_is_printed(printed: str, machine: str, read: str) -> None:
    page = document(
        f"<h1>Họp dân tại thôn Đông</h1><time datetime='{machine}'>{printed}</time><div>{TEXT}</div>"
    )
    article = Generic.parse_article(page, f"{H}/tin/1234")
    assert [date.text for date in article.dates] == [read]


@needs_library
def test_a_picture_right_before_the_text_is_the_article_s_unless_it_is_linked() -> None:
    pictures = "<a href='/qc'><img src='/qc.gif'></a><div><img data-src='/hop.jpg'></div>"
    page = document(f"<h1>Họp dân tại thôn Đông</h1>{pictures}<div>{TEXT}</div>")
    article = Generic.parse_article(page, f"{H}/tin/1234")
    assert [image.url for image in article.images] == [f"{H}/hop.jpg"]


@needs_library
def test_what_json_ld_says_of_the_text_is_not_believed() -> None:
    page = read_document((FOLDER / "generic" / "jsonld-1.html").read_bytes())
    article = Generic.parse_article(page, stored(FOLDER / "generic" / "jsonld-1.html")["url"])
    assert "Bản tóm tắt do máy tạo" not in article.body
    assert article.author == "Lê Thu Hà"


@needs_library
def test_a_date_above_the_title_counts_inside_the_article_only() -> None:
    links = "".join(f"<a href='#{n}'>In</a>" for n in range(6))
    page = document(
        f"<div>Thứ hai, 23/11/2026</div><article><header>12/11/2026 {links}</header>"
        f"<h1>Họp dân tại thôn Đông</h1><div>{TEXT}</div></article>"
    )
    article = Generic.parse_article(page, f"{H}/tin/1234")
    assert [date.text for date in article.dates] == ["12/11/2026"]


@needs_library
@pytest.mark.parametrize(
    "facts",
    [
        "<dl><dd>Chuyên mục: <a href='/cchc'>{}</a></dd><dd><time datetime='{}'>{}</time></dd></dl>",
        "<p><b>Chuyên mục:</b> <a href='/cchc'>{}</a> | <time datetime='{}'>{}</time></p>",
        "<p><a href='/cchc' rel='category'>{}</a> <time datetime='{}'>{}</time></p>",
    ],
)
@pytest.mark.parametrize("category", ["Cải cách hành chính", "Tin tức", "Hoạt động của Đảng uỷ phường"])
def test_the_link_to_a_category_is_no_article_and_leaves_the_date(facts: str, category: str) -> None:
    printed = facts.format(category, "2018-07-07T20:31:00+07:00", "07/07/2018")
    page = f"<main><div class='bai'><h2>{TITLES[0]}</h2>{printed}<div>{TEXT}</div></div></main>"
    article = Generic.parse_listed(document(page), f"{H}/cchc/5-khoi-cong")
    assert (article.title, article.category) == (TITLES[0], category)
    assert [date.text for date in article.dates] == ["2018-07-07T20:31:00+07:00"]


@needs_library
def test_an_articles_own_footer_tells_category_and_author() -> None:
    facts = "Bởi <a rel='author'>Lê Na</a> trong <a rel='category'>Giáo dục</a>"
    article = f"<article><h1>{TITLES[0]}</h1><div>{TEXT}</div><footer>{facts}</footer></article>"
    page = document(f"{article}<footer><a rel='category'>Liên kết</a></footer>")
    found = Generic.parse_article(page, f"{H}/tin/5-khoi-cong.html")
    assert (found.author, found.category) == ("Lê Na", "Giáo dục")


@needs_library
def test_a_sentence_at_the_head_of_a_text_is_no_date_and_stays() -> None:
    page = document(
        f"<article><div><h1>Họp dân tại thôn Đông</h1><p>Đăng bởi xã 10 Tháng Mười Một, 2026</p>"
        f"<p>Họp trước ngày 05/03/2026.</p>{TEXT}</div></article>",
        "<title>Họp dân tại thôn Đông</title>",
    )
    article = Generic.parse_article(page, f"{H}/tin/1234")
    assert [date.text for date in article.dates] == ["Đăng bởi xã 10 Tháng Mười Một, 2026"]
    assert "Họp trước ngày 05/03/2026." in article.body


@needs_library
def test_an_element_named_after_its_title_is_no_title_if_it_holds_the_text() -> None:
    page = document(
        f"<h3>Họp dân tại thôn Đông</h3><div class='show-title'><p>Lời đầu.</p><div>{TEXT}</div></div>"
    )
    assert Generic.parse_article(page, f"{H}/tin/1234").title == "Họp dân tại thôn Đông"


@needs_library
def test_when_the_article_was_changed_is_not_when_it_was_published() -> None:
    updated = "<time class='updated' datetime='2026-03-04T09:12:00+07:00'>05/03/2026</time>"
    both = "<time class='entry-date published updated' datetime='2026-02-28T09:12:00+07:00'>28/02/2026</time>"
    for times, read in ((updated, ["updated: 05/03/2026"]), (both, ["2026-02-28T09:12:00+07:00"])):
        page = document(f"<h1>Họp dân tại thôn Đông</h1><p>{times}</p><div>{TEXT}</div>")
        article = Generic.parse_article(page, f"{H}/tin/1234")
        assert [date.text for date in article.dates] == read


@needs_library
def test_days_in_a_table_of_the_text_are_no_dates_and_stay() -> None:
    rows = "<tr><td>10/11/2026</td><td>Chủ tịch</td></tr><tr><td>24/11/2026</td><td>Phó Chủ tịch</td></tr>"
    page = document(
        f"<div><h1>Họp dân tại thôn Đông</h1><table><tr><td>Ngày đăng: 05/11/2026</td></tr></table>"
        f"<div><table>{rows}</table>{TEXT}</div></div>",
        "<title>Họp dân tại thôn Đông</title>",
    )
    article = Generic.parse_article(page, f"{H}/tin/1234")
    assert [date.text for date in article.dates] == ["Ngày đăng: 05/11/2026"]
    assert "10/11/2026 | Chủ tịch" in article.body


@needs_library
def test_an_article_of_pictures_has_no_text_but_them() -> None:
    header = "<header><h6>Thông báo</h6><h1>Họp dân tại thôn Đông</h1><p>Đăng bởi xã 12/11/2026</p></header>"
    page = document(f"<article><div>{header}<div><p><img src='/trang-1.png'></p></div></div></article>")
    article = Generic.parse_article(page, f"{H}/tin/1234")
    assert (article.body, [image.url for image in article.images]) == ("", [f"{H}/trang-1.png"])
    assert [date.text for date in article.dates] == ["Đăng bởi xã 12/11/2026"]


@needs_library
def test_the_name_of_the_site_at_the_top_is_no_title() -> None:
    top = "<div><span>Phường Tân Lộc</span></div>"
    article = f"<div><div><h1>Họp dân tại thôn Đông</h1><p>12/11/2026</p><div>{TEXT}</div></div></div>"
    page = document(top + article, "<title>Tin tức - Phường Tân Lộc</title>"
                    "<meta property='og:title' content='Phường Tân Lộc'>")  # fmt: skip
    assert Generic.parse_article(page, f"{H}/tin/1234").title == "Họp dân tại thôn Đông"


@needs_library
@pytest.mark.parametrize(
    ("below", "title"),
    [
        ("<p>12/11/2026 | 04:45</p>", "Tổ chức thực hiện trong năm"),
        ("<p>Hạn chót là ngày 12/11/2026.</p>", "Xuất bản thông tin xã"),
    ],
)
def test_a_heading_in_the_text_with_its_date_below_comes_before_that_of_the_box(
    below: str, title: str
) -> None:
    text = f"<div><h3>Tổ chức thực hiện trong năm</h3>{below}{TEXT}</div>"
    page = document(f"<section><header><h1>Xuất bản thông tin xã</h1></header><div>{text}</div></section>")
    assert Generic.parse_article(page, f"{H}/tin/1234").title == title


@pytest.mark.parametrize("page", OWN, ids=lambda page: page.stem)
def test_dates_of_the_saved_pages_can_be_read(page: Path) -> None:
    expectation = stored(page)
    texts = [date["text"] for date in expectation.get("article", {}).get("dates", [])]
    if page.stem == "tables-2":  # its only date is that of the last change
        assert texts == ["Cập nhật ngày: 02/12/2019 - Người đăng: Văn phòng"]
        texts.clear()
    texts += [link["date_text"] for link in expectation["links"] if link["date_text"]]
    days = [read_date(text, now=datetime(2026, 11, 23, tzinfo=UTC)).at.year for text in texts]
    assert all(2019 <= year <= 2026 for year in days)


@needs_library
def test_a_page_of_no_known_platform_is_generic_if_it_shows_a_list_or_an_article() -> None:
    for html in (entries(), f"<h1>Họp dân tại thôn Đông</h1>{TEXT}"):
        assert platform_of(document(html), f"{H}/tin/1234") is Generic
    assert recognise(document("<h1>Xin chào</h1><p>Một trang lạ.</p>"), f"{H}/a")[0] is None


@needs_library
def test_other_platforms_come_first() -> None:
    for page in pages():
        if stored(page).get("recognised") and page not in OWN:
            found, _ = recognise(read_document(page.read_bytes()), stored(page)["url"])
            assert found is not Generic


@pytest.mark.usefixtures("without_library")
def test_without_the_library_everything_says_what_to_install() -> None:
    page = document(entries())
    for ask in (
        lambda: platform_of(page, f"{H}/tin-tuc"),
        lambda: Generic.parse_article(page, f"{H}/tin/1234"),
        lambda: Generic.read_listing(b"<html></html>", None),
    ):
        with pytest.raises(NotAnArticle) as refusal:
            ask()
        assert refusal.value.reason == "unrecognised"
        assert "pip install 'wardcrawler[generic]'" in refusal.value.words


# --- lists of more than one element --------------------------------------------------------------


def card(number: int) -> str:
    title = TITLES[number % len(TITLES)]
    return f"<div class='o'><h2><a href='/tin/{number}'>{title}</a></h2><time>0{number}/03/2026</time></div>"


def keys_and_dates(body: str, kind: str = "") -> list[tuple[str, str | None]]:
    pytest.importorskip("trafilatura")
    page = document(body)
    page.body.set("class", kind)
    return [(link.key, link.date_text) for link in Generic.article_links(page, f"{H}/tin-tuc")]


def test_entries_that_share_a_row_keep_a_date_each() -> None:
    rows = "".join(f"<div class='hang'>{card(n)}{card(n + 1)}</div>" for n in (1, 3))
    assert keys_and_dates(f"<main>{rows}</main>") == [(f"tin/{n}", f"0{n}/03/2026") for n in (1, 2, 3, 4)]


def test_columns_beside_each_other_are_one_list() -> None:
    left, right = (f"<div class='cot'>{''.join(map(card, half))}</div>" for half in ((1, 2, 3), (4, 5, 6)))
    assert keys_and_dates(f"<main><div class='hang'>{left}{right}</div></main>") == [
        (f"tin/{n}", f"0{n}/03/2026") for n in (1, 2, 3, 4, 5, 6)
    ]


def test_one_teaser_is_a_list_where_its_markup_says_so() -> None:
    teaser = "<div class='node node-teaser'><h2><a href='/tin/7'>Tin</a></h2><p>Lời.</p></div>"
    assert keys_and_dates(f"<div id='content'>{teaser}</div>") == [("tin/7", None)]
    assert Generic.is_listing(
        read_document(f"<body class='page-taxonomy-term'>{teaser}</body>".encode()), f"{H}/muc"
    )
    inside = f"<article><h1>Bài</h1>{TEXT}<h2><a href='/tin/7'>Tin</a></h2></article>"
    assert keys_and_dates(f"<main>{inside}</main>") == []
