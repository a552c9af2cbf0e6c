"""What each pipeline does to an article on its way to the store."""

from datetime import date, datetime
from typing import Any

import pytest
from scrapy.exceptions import DropItem

from wardcrawler.items import Article, Attachment, DateText
from wardcrawler.pipelines import refine
from wardcrawler.pipelines.clean import Clean
from wardcrawler.pipelines.date import set_date
from wardcrawler.pipelines.fingerprint import set_hash
from wardcrawler.pipelines.period import Period
from wardcrawler.text.dates import ICT

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=ICT)


def article(**fields: Any) -> Article:
    defaults: dict[str, Any] = {
        "url": "https://ubnd.example/-/tin",
        "key": "-/tin",
        "platform": "liferay",
        "title": "Phường 9 ra quân dọn vệ sinh",
        "body": "Sáng 12/6, phường ra quân.\nĐến dự có các đoàn thể.",
        "html": "<p>Sáng 12/6, phường ra quân.</p>",
        "site": "ubnd.example",
    }
    return Article(**defaults | fields)


# --- clean -----------------------------------------------------------------------------------------


def test_cleaning_takes_padding_and_invisible_characters_and_keeps_spelling() -> None:
    item = Clean().process_item(
        article(
            title="  Đảng uỷ\u200b phường \n 9 ",
            lead="Ngày\u00a023/6 ",
            body=" Quận ủy \n\n\u00ad\nChủ trương của Ðảng ",
            author="  BBT ",
            source=" ",
        )
    )
    assert item.title == "Đảng uỷ phường 9"
    assert item.title_printed == "  Đảng uỷ\u200b phường \n 9 "
    assert item.lead == "Ngày 23/6"
    assert item.body == "Quận ủy\nChủ trương của Ðảng"
    assert item.author == "BBT"
    assert item.source is None


def test_a_title_that_needs_no_cleaning_is_kept_once() -> None:
    assert Clean().process_item(article()).title_printed is None


def test_decomposed_letters_become_composed_ones() -> None:
    assert Clean().process_item(article(body="Uy\u0309 ban nha\u0302n da\u0302n")).body == "Uỷ ban nhân dân"


# --- date ------------------------------------------------------------------------------------------


def test_the_first_candidate_that_holds_a_date_wins() -> None:
    item = article(dates=[DateText("Ngày 23/6", "node"), DateText("2023-06-24T08:37:00+07:00", "meta")])
    set_date(item, NOW)
    assert item.published_at == "2023-06-24T08:37:00+07:00"
    assert (item.date_source, item.date_precision) == ("meta", "minute")
    assert item.date_text == "2023-06-24T08:37:00+07:00"
    assert item.date_reason is None


def test_a_listing_s_date_counts_where_the_page_has_none_that_can_be_read() -> None:
    for before in ([], [DateText("Ngày 23/6", "node")]):
        item = article(dates=[*before, DateText("24/06/2023 08:37", "listing")])
        set_date(item, NOW)
        assert (item.published_at, item.date_source) == ("2023-06-24T08:37:00+07:00", "listing")


@pytest.mark.parametrize("source", ["node", "meta", "url"])
def test_a_listing_s_date_never_overrides_one_of_the_page(source: Any) -> None:
    item = article(dates=[DateText("24/06/2023", source), DateText("20/06/2023 08:37", "listing")])
    set_date(item, NOW)
    assert (item.published_at, item.date_source) == ("2023-06-24T00:00:00+07:00", source)


@pytest.mark.parametrize(
    ("other", "exact"),
    [
        (DateText("2023-06-24T08:37:00+07:00", "meta"), True),
        (DateText("2023-06-24T01:37:00Z", "meta"), True),
        (DateText("2023-06-24+0708:37:00", "meta"), True),
        (DateText("2023-06-24T08:37:00+07:00", "node"), True),
        (DateText("2023-06-24T08:37:00", "meta"), False),  # of no zone
        (DateText("2023-06-24T00:00:00+07:00", "meta"), False),
        (DateText("2023-06-25T08:37:00+07:00", "meta"), False),
        (DateText("2023-06-24T08:37:00+07:00", "listing"), False),
    ],
)
def test_a_day_is_completed_by_an_instant_of_that_day(other: DateText, exact: bool) -> None:
    item = article(dates=[DateText("24/06/2023", "node"), other])
    set_date(item, NOW)
    assert item.published_at == f"2023-06-24T{'08:37' if exact else '00:00'}:00+07:00"
    assert item.date_precision == ("minute" if exact else "day")
    assert item.date_text == (other.text if exact else "24/06/2023")


@pytest.mark.parametrize(
    ("printed", "declared", "day"),
    [
        ("05/08/2019", ["2019-05-08T05:30:00Z"], "2019-05-08"),
        ("05/08/2019", ["2019-05-08T05:30:00Z", "2019-08-05T05:30:00Z"], "2019-08-05"),
        ("05/08/2019", ["2019-05-09T05:30:00Z"], "2019-08-05"),
        ("Thứ Hai, 05/08/2019", ["2019-05-08T05:30:00Z"], "2019-08-05"),  # the weekday tells
        ("2019-08-05", ["2019-05-08T05:30:00Z"], "2019-08-05"),
    ],
)
def test_a_declared_day_shows_that_the_month_is_printed_first(
    printed: str, declared: list[str], day: str
) -> None:
    item = article(dates=[DateText(printed, "node"), *(DateText(text, "meta") for text in declared)])
    set_date(item, NOW)
    assert (item.published_at or "")[:10] == day


def test_hours_ago_count_from_when_the_page_was_taken() -> None:
    taken = datetime(2024, 3, 12, 15, 0, tzinfo=ICT)
    item = refine(article(dates=[DateText("5 giờ trước", "node")], captured_at=taken))
    assert (item.published_at, item.date_precision) == ("2024-03-12T00:00:00+07:00", "day")
    saved = refine(article(dates=[DateText("5 giờ trước", "node")]))
    assert saved.published_at is None
    assert "counted from when the page was taken, which is not known" in (saved.date_reason or "")


def test_no_candidate_means_no_date_and_a_reason() -> None:
    item = article(body="Ngày 23/6/2023, phường họp.")
    set_date(item, NOW)
    assert item.published_at is None
    assert item.date_source == "none"
    assert item.date_reason == "the page prints no publish date"


def test_a_future_date_is_refused_with_the_reason() -> None:
    item = article(dates=[DateText("01/02/2027", "node")])
    set_date(item, NOW)
    assert item.published_at is None
    assert item.date_source == "none"
    assert "future" in str(item.date_reason)


@pytest.mark.parametrize(
    ("printed", "kept"),
    [("31/05/2023", False), ("01/06/2023", True), ("30/06/2023 23:59", True), ("01/07/2023", False)],
)
def test_a_period_asked_for_drops_articles_outside_it(printed: str, kept: bool) -> None:
    pipeline = Period(since=date(2023, 6, 1), until=date(2023, 6, 30))
    item = refine(article(dates=[DateText(printed, "node")]))
    if kept:
        assert pipeline.process_item(item) is item
    else:
        with pytest.raises(DropItem):
            pipeline.process_item(item)


def test_undated_articles_are_kept_whatever_the_period() -> None:
    item = refine(article())
    assert Period(since=date(2023, 6, 1)).process_item(item) is item


# --- fingerprint -----------------------------------------------------------------------------------


def hash_of(**fields: Any) -> str:
    item = article(**fields)
    set_hash(item)
    return item.content_hash


def test_spelling_habits_of_portals_do_not_make_another_article() -> None:
    assert hash_of(body="Đảng uỷ và Ðảng viên") == hash_of(body="Đảng  ủy và\nĐảng viên ")


def test_a_lead_of_its_own_and_a_lead_in_the_body_make_one_article() -> None:
    lead = "Sáng 12/6, phường ra quân."
    assert hash_of(lead=lead, body="Đến dự có các đoàn thể.") == hash_of(
        body=f"{lead}\nĐến dự có các đoàn thể."
    )


def test_other_figures_make_another_article() -> None:
    assert hash_of(body="Thu ngân sách đạt 48,13%") != hash_of(body="Thu ngân sách đạt 48,31%")


def test_articles_without_text_are_told_apart_by_their_files() -> None:
    def notice(file: str, key: str) -> str:
        attached = [Attachment(f"https://ubnd.example/documents/{file}", file, file)]
        return hash_of(title="Thông báo", body="", key=key, attachments=attached)

    assert notice("a.pdf", "1") != notice("b.pdf", "2")
    assert notice("a.pdf", "1") == notice("a.pdf", "3")


def test_articles_with_nothing_but_a_title_are_told_apart_by_their_address() -> None:
    assert hash_of(title="Thông báo", body="", key="1") != hash_of(title="Thông báo", body="", key="2")
