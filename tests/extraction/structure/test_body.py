"""The body of an article of unknown make: one element, several blocks, a list, or files and pictures only."""

from itertools import pairwise

import pytest

from tests.support.unknown_pages import (
    HOST,
    OTHERS,
    PARAGRAPHS,
    TEXT,
    TITLE,
    links_to_others,
    needs_library,
    read,
    refusal_of,
)
from wardcrawler.items import Image

pytestmark = needs_library

WHOLE = "\n".join(PARAGRAPHS)
ADVERTISEMENT = "<div class='qc'><a href='https://ads.example/9'><img src='/qc.gif'></a></div>"


@pytest.mark.parametrize("cuts", [(2,), (1, 3)], ids=["two", "three"])
def test_blocks_between_advertisements_are_one_text(cuts: tuple[int, ...]) -> None:
    edges = (0, *cuts, len(PARAGRAPHS))
    parts = ("".join(f"<p>{words}</p>" for words in PARAGRAPHS[start:end]) for start, end in pairwise(edges))
    blocks = ADVERTISEMENT.join(f"<div class='part'>{part}</div>" for part in parts)
    article = read(f"<div class='x'><h1>{TITLE}</h1>{blocks}</div>{links_to_others()}")
    assert article.body == WHOLE


def test_paragraphs_that_each_link_to_another_article_are_a_text() -> None:
    linked = "".join(
        f"<p>{words} Xem thêm bài <a href='/tin/{n}'>{OTHERS[n % 4]}</a> đã đăng tuần trước.</p>"
        for n, words in enumerate(PARAGRAPHS, 70)
    )
    article = read(f"<h1>{TITLE}</h1><div class='x'>{linked}</div>")
    assert [line.partition(" Xem thêm")[0] for line in article.body.split("\n")] == list(PARAGRAPHS)


@pytest.mark.parametrize("address", ["/tin-tuc", "/tin/1234", "/hoat-dong-cua-xa-trong-tuan-qua"])
def test_links_with_teasers_are_a_listing_whatever_the_address(address: str) -> None:
    teaser = "<p>Bà con trong thôn đã họp bàn và thống nhất cách làm ngay trong tuần này.</p>"
    body = f"<h1>Tin hoạt động của xã</h1>{links_to_others(teaser=teaser)}"
    assert refusal_of(body, url=HOST + address) == "listing"


def test_tables_may_hold_the_whole_page() -> None:
    side = f"<td width='200'>{links_to_others()}</td>"
    inner = f"<table><tr><td><h2>{TITLE}</h2></td></tr><tr><td>{TEXT}</td></tr></table>"
    article = read(
        f"<table><tr>{side}<td>{inner}</td></tr><tr><td colspan='2'>Xã Tân Thuận</td></tr></table>"
    )
    assert (article.title, article.body) == (TITLE, WHOLE)


def test_what_the_page_calls_the_body_is_the_body() -> None:
    before = "<p>Bà con có thể gửi ý kiến về hộp thư của xã, mỗi tuần mở một lần vào sáng thứ Hai.</p>"
    article = read(f"<h1>{TITLE}</h1><div>{before}<div itemprop='articleBody'>{TEXT}</div></div>")
    assert article.body == WHOLE


def test_a_declared_body_that_holds_next_to_nothing_of_the_text_is_none() -> None:
    declared = "<div itemprop='articleBody'>Đang tải…</div>"
    assert read(f"<h1>{TITLE}</h1>{declared}<div class='x'>{TEXT}</div>").body == WHOLE


def test_a_lost_page_of_a_few_words_is_no_article() -> None:
    assert refusal_of(f"<h1>{TITLE}</h1>") == "no-body"


# --- next to no text -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "files",
    [
        "<div><a href='/tep/lich-hop.pdf'>Lịch họp thôn.pdf</a></div>",
        "<div><p>Tệp đính kèm:</p><ul><li><a href='/tep/lich-hop.pdf'>lich-hop.pdf</a> 9 kB</li></ul></div>",
    ],
    ids=["a link", "a list with its label"],
)
def test_an_article_of_files_only_has_no_text_but_their_labels(files: str) -> None:
    article = read(f"<div class='x'><h1>{TITLE}</h1><span>12/11/2026</span>{files}</div>")
    assert article.title == TITLE
    assert set(article.body.split("\n")) <= {"", "Tệp đính kèm:", "Lịch họp thôn.pdf", "lich-hop.pdf 9 kB"}
    assert [file.url for file in article.attachments] == [f"{HOST}/tep/lich-hop.pdf"]


def test_a_shortcode_that_nobody_replaced_is_the_text_as_printed() -> None:
    shown = "<div class='noi-dung'><p>[trinh-xem-pdf tep=&quot;nghi-quyet.pdf&quot;]</p></div>"
    article = read(f"<div><h1>{TITLE}</h1>{shown}</div>")
    assert article.body == '[trinh-xem-pdf tep="nghi-quyet.pdf"]'


def test_a_gallery_has_its_captions_for_a_text() -> None:
    captions = ("Bà con đi qua cầu.", "Trẻ em thả diều bên bờ kênh.", "Tổ thi công tháo ván khuôn.")
    figures = "".join(
        f"<figure><img src='/{n}.jpg'><figcaption>{caption}</figcaption></figure>"
        for n, caption in enumerate(captions)
    )
    article = read(f"<div><h1>{TITLE}</h1><p>12/11/2026</p><div class='noi-dung'>{figures}</div></div>")
    assert [image.url for image in article.images] == [f"{HOST}/{n}.jpg" for n in range(3)]
    assert set(article.body.split("\n")) <= set(captions)


def test_a_notice_of_one_short_sentence_is_an_article() -> None:
    notice = "Xã nghỉ làm việc chiều thứ Sáu tuần này."
    sidebar = f"<div class='sidebar'>{links_to_others()}<p>Đường dây nóng: 0123 456 789</p></div>"
    article = read(f"<div><h1>{TITLE}</h1><span>12/11/2026</span><div><p>{notice}</p></div></div>{sidebar}")
    assert (article.title, article.body) == (TITLE, notice)


@pytest.mark.parametrize("view", ["print", "savefile", "sendmail"])
def test_views_to_print_save_or_send_are_refused(view: str) -> None:
    assert refusal_of(f"<h1>{TITLE}</h1>{TEXT}", url=f"{HOST}/tin/{view}/thong-xe-cau-1234.html") == "view"


def test_a_page_without_a_title_is_refused() -> None:
    assert refusal_of(f"<div class='x'>{TEXT}</div>") == "no-title"


# --- pictures ------------------------------------------------------------------------------------


def test_a_picture_in_the_text_stays_there_with_its_caption() -> None:
    figure = "<figure><img src='/cau.jpg' alt='Cầu'><figcaption>Cầu nhìn từ bờ Tây.</figcaption></figure>"
    first, *rest = (f"<p>{words}</p>" for words in PARAGRAPHS)
    article = read(f"<h1>{TITLE}</h1><div class='x'>{first}{figure}{''.join(rest)}</div>")
    assert article.images == [Image(f"{HOST}/cau.jpg", "Cầu nhìn từ bờ Tây.", "Cầu")]
    assert "/cau.jpg" in article.html
    assert [line for line in article.body.split("\n") if line in PARAGRAPHS] == list(PARAGRAPHS)


def test_a_picture_made_by_the_template_is_the_article_s_and_its_caption_no_line_of_the_text() -> None:
    boxes = (
        "<div class='media'><div class='media-in'><div class='ratio'><picture><img src='/cau.jpg'></picture>"
        "</div></div><div class='media-foot'><div class='cap'><span class='t'>Cầu nhìn từ bờ Tây.</span>"
        "</div></div></div>"
    )
    article = read(f"<h1>{TITLE}</h1><div class='x'>{boxes}{TEXT}</div>")
    assert [image.url for image in article.images] == [f"{HOST}/cau.jpg"]
    assert article.body == WHOLE


# --- hostile pages -------------------------------------------------------------------------------


def test_elements_within_elements_are_read() -> None:
    deep = f"{'<div>' * 200}<h1>{TITLE}</h1>{TEXT}{'</div>' * 200}"
    assert read(deep).body == WHOLE


def test_twenty_thousand_paragraphs_are_read() -> None:
    text = "".join(
        f"<p>Hộ thứ {n} trong thôn nhận ba ký giống lúa mới và ký tên vào sổ.</p>" for n in range(20_000)
    )
    assert len(read(f"<h1>{TITLE}</h1><div class='x'>{text}</div>").body.split("\n")) == 20_000
