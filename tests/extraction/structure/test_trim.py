"""What stands in the body of an article of unknown make: what goes, what stays, what is the lead."""

import pytest

from tests.support.unknown_pages import HOST, PARAGRAPHS, TEXT, TITLE, links_to_others, needs_library, read
from wardcrawler.items import Article

pytestmark = needs_library

WHOLE = "\n".join(PARAGRAPHS)
FIRST, SECOND, *REST = (f"<p>{words}</p>" for words in PARAGRAPHS)
COMMENT = "<div class='y-kien-mot'><b>Bạn đọc</b><p>Cầu đẹp quá!</p><a href='#tl'>Trả lời</a></div>"


def with_inside(block: str) -> Article:
    """Read an article with ``block`` between its paragraphs."""
    return read(f"<div><h1>{TITLE}</h1><div class='x'>{FIRST}{SECOND}{block}{''.join(REST)}</div></div>")


def with_behind(block: str) -> Article:
    """Read an article with ``block`` behind its last paragraph, in the element of the text."""
    return read(f"<div><h1>{TITLE}</h1><div class='x'>{TEXT}{block}</div></div>")


def with_above(block: str, tag: str = "div") -> Article:
    """Read an article with ``block`` between title and text."""
    return read(f"<div class='bai'><h1>{TITLE}</h1>{block}<{tag} class='x'>{TEXT}</{tag}></div>")


BOXES = {
    "a list of links": links_to_others(),
    "a box of links": f"<div class='hop'><h4>Cùng chủ đề</h4>{links_to_others()}</div>",
    "a table of links": "<table><tr><td><a href='/tin/61'>Lịch cắt điện các tuyến trong tuần</a></td></tr>"
    "<tr><td><a href='/tin/62'>Thiếu niên thôn Tây dự trại hè</a></td></tr></table>",
    "comments": f"<div class='y-kien'><h4>Ý kiến</h4>{COMMENT}{COMMENT}</div>",
    "tools": "<div class='cong-cu'><a href='#in'>In bài</a> <a href='#gui'>Gửi bạn</a></div>",
}


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
def test_boxes_go(box: str) -> None:
    assert with_inside(box).body == WHOLE
    assert with_behind(box).body == WHOLE


PARTS = {
    "a short paragraph": ("<p>Ai cũng vui.</p>", "Ai cũng vui."),
    "a signature": ("<p align='right'><b>Lê Na</b></p>", "Lê Na"),
    "a table": (
        "<table><tr><td>Cầu</td><td>24 m</td></tr><tr><td>Đường dẫn</td><td>310 m</td></tr></table>",
        "Cầu | 24 m\nĐường dẫn | 310 m",
    ),
    "a list": (
        "<ul><li>Thôn Đông: 12 hộ</li><li>Thôn Tây: 9 hộ</li></ul>",
        "Thôn Đông: 12 hộ\nThôn Tây: 9 hộ",
    ),
    "a subheading": ("<h3>Hiến đất làm đường</h3>", "Hiến đất làm đường"),
    "a quotation": ("<blockquote>Đi lại thế này thì yên tâm.</blockquote>", "Đi lại thế này thì yên tâm."),
}


@pytest.mark.parametrize(("block", "words"), PARTS.values(), ids=PARTS)
def test_parts_of_the_text_stay(block: str, words: str) -> None:
    assert with_inside(block).body == "\n".join((*PARAGRAPHS[:2], words, *PARAGRAPHS[2:]))


def test_a_signature_below_the_text_is_its_last_line_or_the_author() -> None:
    article = with_behind("<p align='right'><b>Lê Na</b></p>")
    assert article.author == "Lê Na" or article.body.endswith("\nLê Na")


@pytest.mark.parametrize("holder", ["p", "div class='tep'", "ul"])
def test_files_stay(holder: str) -> None:
    link = "<a href='/tep/du-toan.pdf'>Dự toán công trình cầu thôn Đông.pdf</a>"
    inside = f"<li>{link}</li>" if holder == "ul" else link
    article = with_behind(f"<{holder}>{inside}</{holder.split(maxsplit=1)[0]}>")
    assert [file.url for file in article.attachments] == [f"{HOST}/tep/du-toan.pdf"]
    assert article.body.startswith(WHOLE)


@pytest.mark.parametrize(
    "block",
    [
        "<p><img src='/cau.jpg'></p>",
        "<figure><img src='/cau.jpg'><figcaption>Cầu nhìn từ bờ Tây.</figcaption></figure>",
        "<div class='anh'><a href='/cau.jpg'><img src='/cau.jpg'></a><p>Cầu nhìn từ bờ Tây.</p></div>",
        "<table><tr><td><img src='/cau.jpg'></td></tr><tr><td>Cầu nhìn từ bờ Tây.</td></tr></table>",
    ],
    ids=["p", "figure", "div", "table"],
)
def test_pictures_with_captions_stay(block: str) -> None:
    article = with_inside(block)
    assert [image.url for image in article.images] == [f"{HOST}/cau.jpg"]
    assert [line for line in article.body.split("\n") if line in PARAGRAPHS] == list(PARAGRAPHS)


# --- between title and text ----------------------------------------------------------------------

LEAD = "Sau bốn tháng thi công, cây cầu nối hai bờ kênh Giữa đã cho xe qua lại từ sáng Chủ nhật."
LEADS = (
    *(
        f"{tag} class='{name}'"
        for tag, name in (
            ("p", "sapo"),
            ("div", "lead"),
            ("h2", "sapo"),
            ("div", "tom-tat"),
            ("div", "description"),
            ("p", "post-excerpt"),
            ("div", "mo-dau"),
            ("div", "chapeau"),
            ("p", "standfirst"),
            ("div", "intro-text"),
            ("p", "article__summary"),
            ("div", "a1b2c3"),
        )
    ),
    "p",
    "p style='font-weight:bold'",
)


@pytest.mark.parametrize("element", LEADS)
def test_a_lead_is_kept_whatever_it_is_called(element: str) -> None:
    article = with_above(f"<{element}>{LEAD}</{element.split(maxsplit=1)[0]}>")
    assert LEAD in f"{article.lead}\n{article.body}".split("\n")
    assert f"{article.lead}\n{article.body}".count(LEAD) == 1


@pytest.mark.parametrize(
    "line",
    [
        "<div class='byline'>Lê Na, phóng viên đài xã</div>",
        "<div class='tac'>Tác giả: Lê Na</div>",
        "<div class='tools'><a href='#to'>A+</a> <a href='#nho'>A-</a> <a href='#in'>In bài này</a></div>",
        "<div class='theo'>Theo dõi Đài xã trên <a href='https://g.example'>Google News</a></div>",
        "<div class='ngay'>Thứ Năm, ngày 12/11/2026 - 08:15</div>",
        "<div class='xem'>Lượt xem: 1203</div>",
    ],
    ids=["byline", "author", "tools", "follow", "date", "views"],
)
def test_what_else_stands_between_title_and_text_is_no_lead(line: str) -> None:
    article = with_above(line)
    assert article.lead is None
    assert article.body == WHOLE


def test_a_date_above_the_text_in_its_element_is_the_article_s_and_no_line_of_it() -> None:
    article = read(f"<h1>{TITLE}</h1><div class='x'><div class='ngay'>12/11/2026 08:15</div>{TEXT}</div>")
    assert [date.text for date in article.dates] == ["12/11/2026 08:15"]
    assert article.body == WHOLE


@pytest.mark.parametrize("printed", ["", "12/11/2026 08:15<br>"], ids=["text", "date"])
def test_lines_right_behind_the_title_in_no_element_of_their_own_are_kept(printed: str) -> None:
    article = read(f"<div class='x'><h1>{TITLE}</h1>{printed}{'<br>'.join(PARAGRAPHS)}</div>")
    assert (article.title, article.body) == (TITLE, WHOLE)


def test_a_picture_above_the_text_is_the_article_s() -> None:
    figure = "<figure><img src='/cau.jpg'><figcaption>Cầu nhìn từ bờ Tây.</figcaption></figure>"
    article = read(f"<h1>{TITLE}</h1><div class='x'>{figure}{TEXT}</div>")
    assert [(image.url, image.caption) for image in article.images] == [
        (f"{HOST}/cau.jpg", "Cầu nhìn từ bờ Tây.")
    ]
