"""What stands in a listing besides what selectors find: themes and layouts that nobody described."""

import pytest

from tests.support.pages import document
from wardcrawler.extraction.listings import ArticleLink
from wardcrawler.platforms.nukeviet import NukeViet
from wardcrawler.platforms.wordpress import WordPress

H = "https://phuong-ben-da.example"
SECTION = f"{H}/tin-tuc/"
WORDS = (
    "Khu phố Một dọn sạch tuyến kênh sau trận mưa lớn",
    "Trạm y tế mời bà con khám mắt miễn phí",
    "Chợ Bến Đá sắp xếp lại quầy hàng rau",
    "Học sinh tiểu học thi kể chuyện sách hay",
    "Tổ hòa giải họp bàn chuyện lối đi chung",
    "Đội dân phòng diễn tập chữa cháy ban đêm",
)
MENU = (
    "<nav><ul>"
    + "".join(f"<li><a href='/gioi-thieu/muc-{n}-1.html'>{w}</a></li>" for n, w in enumerate(WORDS))
    + "</ul></nav>"
)


def link(number: int) -> str:
    return f"<a href='/tin-tuc/bai-so-{number}.html'>{WORDS[number % len(WORDS)]}</a>"


def entry(number: int, tag: str = "div") -> str:
    date = f"<em>0{number}/03/2026</em>"
    return f"<div class='the'><{tag}>{link(number)}</{tag}>{date}<p>Bà con trong phường cùng làm.</p></div>"


def numbers(body: str, url: str = SECTION) -> list[str]:
    return [found.key for found in NukeViet.article_links(document(MENU + body), url)]


def test_cards_of_a_theme_without_known_classes_are_the_entries() -> None:
    cards = "".join(map(entry, (1, 2, 3)))
    assert NukeViet.article_links(document(f"{MENU}<div id='giua'>{cards}</div>"), SECTION) == [
        ArticleLink(f"{H}/tin-tuc/bai-so-{n}.html", str(n), WORDS[n], f"0{n}/03/2026") for n in (1, 2, 3)
    ]


def test_bare_links_in_a_list_are_the_entries() -> None:
    plain = "".join(f"<li>{link(n)}</li>" for n in (1, 2, 3))
    assert numbers(f"<div id='giua'><ul>{plain}</ul></div>") == ["1", "2", "3"]


def test_a_grid_below_the_entry_that_selectors_find() -> None:
    first = f"<div class='news_column'><h2>{link(9)}</h2></div>"
    grid = "".join(map(entry, (1, 2, 3, 4)))
    assert numbers(f"<div class='cot'>{first}<div class='luoi'>{grid}</div></div>") == [
        "9",
        "1",
        "2",
        "3",
        "4",
    ]


def test_two_columns_are_one_list_from_left_to_right() -> None:
    left, right = ("".join(map(entry, half)) for half in ((1, 2, 3), (4, 5, 6)))
    columns = f"<div class='col-md-6'>{left}</div><div class='col-md-6'>{right}</div>"
    assert numbers(f"<div class='row'>{columns}</div>") == ["1", "2", "3", "4", "5", "6"]


def test_the_newest_in_large_type_above_the_list() -> None:
    newest = f"<div class='to'><h2>{link(9)}</h2><p>Bà con trong phường cùng làm.</p></div>"
    rest = "".join(f"<li>{link(n)}</li>" for n in (1, 2, 3))
    assert numbers(f"<div id='giua'>{newest}<ul>{rest}</ul></div>") == ["9", "1", "2", "3"]


def test_an_entry_is_named_by_its_heading_not_by_the_word_behind_it() -> None:
    cards = "".join(
        f"<div><a href='/tin-tuc/bai-so-{n}.html'>Xem tiếp bài viết này nhé</a><h3>{link(n)}</h3></div>"
        for n in (1, 2, 3)
    )
    found = NukeViet.article_links(document(f"<div id='giua'>{cards}</div>"), SECTION)
    assert [(each.key, each.title) for each in found] == [(str(n), WORDS[n]) for n in (1, 2, 3)]


# --- what stays out ------------------------------------------------------------------------------


SIDE = "".join(f"<li>{link(n)}</li>" for n in (4, 5, 6))


@pytest.mark.parametrize(
    "box",
    [
        f"<aside><ul>{SIDE}</ul></aside>",
        f"<div class='sidebar'><ul>{SIDE}</ul></div>",
        f"<div class='widget widget_recent_entries'><ul>{SIDE}</ul></div>",
        f"<footer><ul>{SIDE}</ul></footer>",
        f"<div class='xem-nhieu'><ul>{SIDE}</ul></div>",
        f"<h4>Tin xem nhiều</h4><ul>{SIDE}</ul>",
        f"<div><div class='dau'>Bài viết liên quan</div><div><ul>{SIDE}</ul></div></div>",
        f"<div class='khoi'><div class='than'><ul>{SIDE}</ul></div><p>Hết</p></div>",
    ],
)
def test_boxes_beside_the_list_stay_out(box: str) -> None:
    cards = "".join(map(entry, (1, 2, 3)))
    assert numbers(f"<div id='trang'><div class='ds'>{cards}</div>{box}</div>") == ["1", "2", "3"]


def test_another_column_of_the_page_stays_out() -> None:
    cards = "".join(map(entry, (1, 2, 3)))
    side = "".join(f"<p>{link(n)}</p>" for n in (4, 5, 6))
    columns = f"<div class='col-md-9'>{cards}</div><div class='col-md-3'>{side}</div>"
    assert numbers(f"<div class='row'>{columns}</div>") == ["1", "2", "3"]


def test_the_last_page_of_a_list_has_few_entries_beside_a_long_sidebar() -> None:
    last = f"<div class='news_column'><h3>{link(1)}</h3></div>"
    side = "".join(map(entry, (2, 3, 4, 5, 6)))
    columns = f"<div class='col-sm-16 col-md-18'>{last}</div><div class='col-sm-8 col-md-6'>{side}</div>"
    assert numbers(f"<div class='row'>{columns}</div>") == ["1"]


def test_what_selectors_find_in_a_box_does_not_hide_the_list() -> None:
    box = f"<div class='hop'><div class='news_column'><h3>{link(9)}</h3></div></div>"
    cards = "".join(map(entry, (1, 2, 3, 4)))
    page = (
        f"<div id='trang'><div id='giua'><div class='ds'>{cards}</div></div><div id='ben'>{box}</div></div>"
    )
    assert numbers(page) == ["1", "2", "3", "4", "9"]


def test_links_inside_the_text_of_an_entry_are_no_entries() -> None:
    text = f"<ul>{SIDE}</ul>"
    posts = "".join(
        f"<article><h2 class='entry-title'><a href='/bai-{n}/'>{WORDS[n]}</a></h2>"
        f"<div>{text if n == 1 else ''}</div></article>"
        for n in (1, 2, 3)
    )
    page = document(f"<main>{posts}</main>", "<meta name='generator' content='WordPress 6.4'>")
    assert [each.key for each in WordPress.article_links(page, SECTION)] == ["bai-1", "bai-2", "bai-3"]


def test_other_hosts_and_files_are_no_entries() -> None:
    foreign = "".join(
        f"<li><a href='https://bao.example/tin/bai-so-{n}.html'>{WORDS[n]}</a></li>" for n in (1, 2, 3)
    )
    assert numbers(f"<div id='giua'><ul>{foreign}</ul></div>") == []


def test_what_an_article_links_to_is_no_list() -> None:
    cards = "".join(map(entry, (1, 2, 3)))
    page = f"<div><div id='news-bodyhtml'><p>Lời.</p></div></div><div id='duoi'>{cards}</div>"
    assert numbers(page, f"{H}/tin-tuc/bai-so-8.html") == []
