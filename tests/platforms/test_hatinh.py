"""The platform of Hà Tĩnh: what stands glued under its texts, titles escaped twice, leads and dates."""

from datetime import UTC, datetime

import pytest

from tests.support.pages import document
from wardcrawler.items import Article, NotAnArticle
from wardcrawler.platforms.hatinh import HaTinh
from wardcrawler.platforms.registry import recognise
from wardcrawler.text.dates import read_date

H = "https://namhonglinh.example"
SECTION = f"{H}/vi/chuyen-muc/tin-tuc---su-kien"


def article(
    text: str, *, title: str = "Tiêu đề", before: str = "", url: str = f"{H}/vi/bai-viet/a"
) -> Article:
    page = f'<div><h1 class="detail-title">{title}</h1>{before}<div class="detail-content">{text}</div></div>'
    return HaTinh.parse_article(document(page), url)


ITEM = '<div class="post-item"><h4><a href="/vi/bai-viet/a">Bài a</a></h4></div>'


@pytest.mark.parametrize(
    "tail",
    [
        "<p>Lượt xem: 1.305</p><p>Tác giả: Lê Thị Na</p>",
        "<p>Lượt xem: 1.305 Tác giả: Lê Thị Na</p>",
        "<p><b>Lượt xem:</b> 1.305 <b>Tác giả:</b> Lê Thị Na</p>",
        "<p><span>Lượt xem: 1.305</span><span>Tác giả: Lê Thị Na</span></p>",
        "<p>Tệp đính kèm: <a href='/a.pdf'>Kế hoạch</a> Lượt xem: 1.305 <i>Tác giả: Lê Thị Na</i></p>",
    ],
)
def test_view_counters_never_reach_the_text(tail: str) -> None:
    found = article(f"<p>Ngày hội có 1.305 người dự.</p>{tail}")
    assert found.author == "Lê Thị Na"
    assert "Lượt xem" not in found.body + found.html
    assert found.body.startswith("Ngày hội có 1.305 người dự.\n")
    assert found.body.endswith("\nTác giả: Lê Thị Na")


def test_views_that_are_part_of_a_sentence_stay() -> None:
    text = "Video đạt 1.305 lượt xem, tác giả là một học sinh."
    assert article(f"<p>{text}</p>").body == text


def test_an_empty_author_label_hides_no_sign_off() -> None:
    found = article("<p>Mời bà con đến dự./.</p><p>Trần Văn Mộc</p><p>Lượt xem: 12 Tác giả: </p>")
    assert found.author == "Trần Văn Mộc"
    assert found.body == "Mời bà con đến dự./.\nTrần Văn Mộc"


def test_titles_escaped_twice() -> None:
    assert article("<p>x</p>", title="H&amp;#x1ED9;i ngh&amp;#7883; R&amp;D").title == "Hội nghị R&D"


def test_a_lead_beside_the_text_or_inside_it() -> None:
    lead = '<div class="detail-content-lead">Lời dẫn.</div>'
    assert article("<p>Lời.</p>", before=lead).lead == "Lời dẫn."
    inside = article(lead + "<p>Lời.</p>")
    assert (inside.lead, inside.body) == ("Lời dẫn.", "Lời dẫn.\nLời.")


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("Đăng tải: 09/12/2025", "2025-12-09T00:00:00+07:00"),
        ("Đăng tải: 7/3/2026 07:05", "2026-03-07T07:05:00+07:00"),
        ("Đăng tải: 15:42 - 18/05/2026", "2026-05-18T15:42:00+07:00"),
    ],
)
def test_dates(printed: str, iso: str) -> None:
    found = article("<p>x</p>", before=f'<span class="time">{printed}</span>').dates[0]
    assert (found.text, found.source) == (printed, "node")
    assert read_date(found.text, now=datetime(2026, 11, 23, tzinfo=UTC)).iso == iso


def test_a_section_is_no_article() -> None:
    with pytest.raises(NotAnArticle) as refusal:
        HaTinh.parse_article(document(f"<h1>Thông báo của phường, trang 1 trên 9</h1>{ITEM}"), SECTION)
    assert refusal.value.reason == "listing"


def test_a_legal_document_is_no_article() -> None:
    table = """<table><tr><td>Số ký hiệu</td><td>12/QĐ-UBND</td></tr><tr><td>Ngày ban hành</td>
        <td>05/01/2026</td></tr><tr><td>Trích yếu</td><td>Về việc giao chỉ tiêu</td></tr></table>"""
    with pytest.raises(NotAnArticle) as refusal:
        article(table)
    assert refusal.value.reason == "document"


def test_recognised_by_its_elements_not_by_links_to_it() -> None:
    links = '<a href="https://x.example/vi/chuyen-muc/tin">Tỉnh</a><a href="//x.example/vi/bai-viet/a">a</a>'
    assert recognise(document(links), f"{H}/")[0] is None
    assert recognise(document(links + ITEM), f"{H}/vi")[0] is HaTinh
