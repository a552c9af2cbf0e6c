"""The date of an article of unknown make: where it may stand, and what says that a date is another one."""

import pytest

from tests.support.pages import document
from tests.support.unknown_pages import needs_library
from wardcrawler.items import Article
from wardcrawler.pipelines import refine
from wardcrawler.platforms.generic import Generic

pytestmark = needs_library

ADDRESS = "https://xa.example.gov.vn/tin/hop-dan-12"
TEXT = "".join(
    f"<p>{words}</p>"
    for words in (
        "Bà con thôn Đông họp bàn việc làm đường, ai cũng nhất trí góp công và góp một phần vật liệu.",
        "Ban điều hành thôn cảm ơn các hộ đã hiến đất, dỡ tường rào, dời cây để mở rộng mặt đường.",
        "Đường sẽ thông xe vào cuối quý, kịp đón học sinh vào năm học mới và bà con đi chợ thuận tiện.",
    )
)
JSON_LD = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-03-12T01:15:00Z",'
    ' "dateModified": "2024-03-15T01:15:00Z"}</script>'
)
META = '<meta property="article:published_time" content="2024-03-12T08:15:00+07:00">'


def article(info: str, head: str = "", *, above: str = "", below: str = "") -> Article:
    page = document(
        f"<main><article>{above}<h1>Họp dân bàn việc làm đường thôn</h1>{info}<div>{TEXT}</div>{below}"
        "</article></main>",
        f'<meta property="og:type" content="article">{head}',
    )
    return refine(Generic.parse_article(page, ADDRESS))


def published(info: str, head: str = "", **around: str) -> str | None:
    found = article(info, head, **around)
    return found.published_at and found.published_at[:16]


@pytest.mark.parametrize(
    ("info", "label"),
    [
        ("<div>Hạn nộp đơn: 20/04/2024</div>", "Hạn nộp đơn"),
        ("<div><span>Hạn nộp:</span><span>20/04/2024</span></div>", "Hạn nộp"),
        ("<div><span>Hạn nộp hồ sơ</span> <b>20/04/2024</b></div>", "Hạn nộp hồ sơ"),
        ("<div><strong>Hết hạn:</strong> 20/04/2024</div>", "Hết hạn"),
        ("<dl><dt>Ngày hiệu lực</dt><dd>20/04/2024</dd></dl>", "Ngày hiệu lực"),
        ("<dl><div><dt>Thời gian</dt></div><div><dd>20/04/2024</dd></div></dl>", "Thời gian"),
        ("<table><tr><th>Hạn chót</th><td>20/04/2024</td></tr></table>", "Hạn chót"),
        ("<p>Diễn ra ngày <time datetime='2024-04-20T08:00:00+07:00'>20/04/2024</time></p>", "Diễn ra"),
        ("<p><span>Cập nhật lần cuối</span> <time>20/04/2024</time></p>", "Cập nhật lần cuối"),
        ("<p>Cập nhật: 20/04/2024 10:00</p>", "Cập nhật"),
        ("<p>Lịch họp: 20/04/2024</p>", "Lịch họp"),
        ("<p>Khai mạc: 8h00, ngày 20/04/2024</p>", "Khai mạc"),
        ("<p>Last updated: April 20, 2024</p>", "Last updated"),
        ("<p><time class='modified'>20/04/2024</time></p>", "modified"),
        ("<p><span class='event-date'>20/04/2024</span></p>", "event-date"),
        ("<p class='lastUpdated'><span>20/04/2024</span></p>", "updated"),
        ("<p id='han_nop'>20/04/2024</p>", "han-nop"),
        ("<p><span itemprop='dateModified'>20/04/2024</span></p>", "dateModified"),
        ("<p><span title='Ngày cập nhật'>20/04/2024</span></p>", "Ngày cập nhật"),
    ],
)
def test_a_date_of_something_else_is_seen_and_does_not_count(info: str, label: str) -> None:
    found = article(info)
    assert (found.published_at, found.date_source) == (None, "none")
    assert (found.date_reason or "").startswith(f"dated as '{label}', not as published: ")


@pytest.mark.parametrize(
    ("info", "reason"),
    [
        ("<p>Từ ngày 20/04/2024 đến ngày 25/04/2024</p>", "not a single date: "),
        ("<p>20/04/2024 - 25/04/2024</p>", "not a single date: "),
        ("<p><span>12/03/2024</span> <span>15/03/2024</span></p>", "not a single date: "),
        ("<p>Thứ Hai, 12/03/2024</p>", "the weekday is not that of the date: "),
        ("<p class='date'>3 tuần trước</p>", "a span of time, which names no day: "),
        ("<p class='date'>5 giờ trước</p>", "counted from when the page was taken, which is not known: "),
    ],
)
def test_what_is_no_day_is_refused_with_the_reason(info: str, reason: str) -> None:
    found = article(info)
    assert found.published_at is None
    assert (found.date_reason or "").startswith(reason)


@pytest.mark.parametrize(
    ("info", "time"),
    [
        ("<p>12/03/2024</p>", "00:00"),
        ("<p>Thứ ba, 12/03/2024 | 08:15</p>", "08:15"),
        ("<p>Thứ ba, 03/12/2024 | 08:15</p>", None),
        ("<p>12/03/2024 - 08:15 | Ban Biên tập</p>", "08:15"),
        ("<p><span>Ngày đăng:</span> <span>12/03/2024</span></p>", "00:00"),
        ("<p><a href='/su-kien'>Tin tức - Sự kiện</a> <span>12/03/2024</span></p>", "00:00"),
        ("<p><span>Tin tức - Sự kiện</span> <span>12/03/2024</span></p>", "00:00"),
        ("<p><span>Lượt xem:</span> <span id='dem'></span> <span>12/03/2024 08:15</span></p>", "08:15"),
        ("<p><span>Văn Quang</span> <span>12/03/2024 08:15</span> <span>Cỡ chữ: A- A+</span></p>", "08:15"),
        ("<p><i class='fa'></i> 12/03/2024 <i class='fa'></i> 120 lượt xem</p>", "00:00"),
        ("<p>Đăng ngày Tháng Ba 12, 2024 bởi admin</p>", "00:00"),
        ("<p>Cập nhật lúc 15/03/2024 09:00 - Đăng lúc 12/03/2024 08:15</p>", "08:15"),
        ("<dl><dt>Cập nhật</dt><dd>15/03/2024</dd><dt>Ngày đăng</dt><dd>12/03/2024</dd></dl>", "00:00"),
        (
            "<table><tr><th>Hạn nộp</th><td>20/04/2024</td></tr>"
            "<tr><th>Ngày đăng</th><td>12/03/2024</td></tr></table>",
            "00:00",
        ),
        (
            "<time class='updated' datetime='2024-03-15T08:15:00+07:00'>15/03/2024</time>"
            "<time class='published' datetime='2024-03-12T08:15:00+07:00'>12/03/2024</time>",
            "08:15",
        ),
        ("<time datetime='2024-03-12T00:00:00'></time>", "00:00"),
    ],
)
def test_the_day_of_publication_counts(info: str, time: str | None) -> None:
    day = "2024-03-12" if time else "2024-12-03"  # a Tuesday too
    assert published(info) == f"{day}T{time or '08:15'}"
    assert article(info).date_precision == ("day" if time == "00:00" else "minute")


def test_above_the_title_and_below_the_text() -> None:
    assert published("", above="<p>12/03/2024</p>") == "2024-03-12T00:00"
    assert published("", above="<p><b>Hạn nộp</b> <i>20/04/2024</i></p>") is None
    assert published("", below="<p>Ngày đăng: 12/03/2024</p>") == "2024-03-12T00:00"
    assert published("", below="<p>12/03/2024</p>") is None
    assert published("", below="<p>Cập nhật: 12/03/2024</p>") is None
    heads = "<tr><th>Hạn nộp</th><th>Nơi nộp</th></tr>"
    assert published(f"<table>{heads}<tr><td>20/04/2024</td><td>Nhà văn hóa</td></tr></table>") is None


@pytest.mark.parametrize("head", [META, JSON_LD])
@pytest.mark.parametrize(
    ("info", "source"),
    [
        ("", "meta"),
        ("<p>12/03/2024</p>", "meta"),  # of the same day the one with a time
        ("<p>12/03/2024 09:00</p>", "node"),
        ("<p>Cập nhật: 15/03/2024 10:00</p>", "meta"),
        ("<p><span>12/03/2024</span> <span>15/03/2024</span></p>", "meta"),
    ],
)
def test_what_the_page_declares(head: str, info: str, source: str) -> None:
    found = article(info, head)
    assert found.published_at == f"2024-03-12T{'08:15' if source == 'meta' else '09:00'}:00+07:00"
    assert (found.date_precision, found.date_source) == ("minute", source)


def test_a_day_that_is_declared_does_not_move_the_printed_one() -> None:
    found = article("<p>10/03/2024</p>", META)
    assert (found.published_at, found.date_precision) == ("2024-03-10T00:00:00+07:00", "day")


def test_a_change_that_is_declared_is_no_publication() -> None:
    assert (
        published("", '<meta property="article:modified_time" content="2024-03-12T08:15:00+07:00">') is None
    )


def test_of_the_dates_at_the_head_of_the_text_that_of_publication_counts() -> None:
    page = document(
        f"<article><div><h1>Mời đăng ký gian hàng chợ quê</h1><p>Hạn nộp: 20/04/2024</p>"
        f"<p>Đăng ngày 12/03/2024</p>{TEXT}</div></article>",
        "<title>Mời đăng ký gian hàng chợ quê</title>",
    )
    found = refine(Generic.parse_article(page, ADDRESS))
    assert found.published_at == "2024-03-12T00:00:00+07:00"
    assert "12/03/2024" not in found.body


def test_a_list_gives_each_entry_the_date_that_it_is_published_on() -> None:
    titles = ("Khởi công tuyến đường liên xã", "Đoàn giám sát làm việc với xã", "Hội thi nấu ăn của thôn")
    dates = (
        "<time datetime='2024-03-12T08:15:00+07:00'>12 tháng 3</time>",
        "<span>Hạn nộp:</span> <span>20/04/2024</span>",
        "<time class='updated' datetime='2024-03-15'>15/03/2024</time><b>Thứ Ba, 12/03/2024</b>",
    )
    entries = "".join(
        f"<li><h3><a href='/tin/bai-viet-{number}'>{title}</a></h3>{date}</li>"
        for number, (title, date) in enumerate(zip(titles, dates, strict=True))
    )
    links = Generic.article_links(
        document(f"<main><ul>{entries}</ul></main>"), "https://xa.example.gov.vn/tin"
    )
    assert [link.date_text for link in links] == ["2024-03-12T08:15:00+07:00", None, "Thứ Ba, 12/03/2024"]


def test_entries_of_two_columns_have_a_date_each() -> None:
    def item(number: int) -> str:
        time = f"<time datetime='201{number}-01-02T08:15:00+07:00'>02/01/201{number}</time>"
        return (
            f"<div class='item'><h2><a href='/cchc/{number}-bai-viet'>Hướng dẫn thủ tục số {number}</a></h2>"
            f"<dl><dd>{time}</dd></dl><p>Khu phố tổ chức dọn vệ sinh, trồng cây dọc bờ kè.</p></div>"
        )

    rows = "".join(f"<div class='items-row'>{item(n)}{item(n + 1)}</div>" for n in (1, 3))
    links = Generic.article_links(document(f"<main>{rows}</main>"), "https://xa.example.gov.vn/cchc")
    assert [(link.date_text or "")[:4] for link in links] == ["2011", "2012", "2013", "2014"]
