"""What one run leaves for the next: known pages, kept failures, how far sections were walked."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlite_utils import Database

from wardcrawler.items import Article
from wardcrawler.store.state import CrawlState, KnownList, ListingState, PageState
from wardcrawler.store.writer import Tally, Writer

WARD, DISTRICT = "hcm-phuong-9", "hcm-tan-binh"
NEWS = "https://hcm-phuong-9.example.vn/tin-tuc"

MakeArticle = Callable[..., Article]


@pytest.fixture
def state(db: Database, clock: Any) -> CrawlState:
    return CrawlState(db, WARD, clock=clock)


def fail(writer: Writer, key: str, reason: str = "http-500: the server answers 500") -> None:
    writer.put_failure(key, f"https://hcm-phuong-9.example.vn/-/{key}", "Tin tức", reason, http_status=500)
    writer.flush()


def test_known_pages_are_those_of_the_site_that_were_asked_for(
    state: CrawlState, writer: Writer, district_writer: Writer, article: MakeArticle, clock: Any
) -> None:
    writer.put(article("bai-1"))
    writer.put(article("bai-2"))
    writer.flush()
    district_writer.put(article("bai-3", site=DISTRICT))
    district_writer.flush()
    assert state.known(["bai-1", "bai-3", "bai-4"]) == {
        "bai-1": PageState(article_id=1, first_run=0, failure=None, tries=0)
    }


def test_any_number_of_keys_can_be_asked_for(state: CrawlState, writer: Writer, article: MakeArticle) -> None:
    writer.put(article("bài 'số' \"1\""))
    writer.flush()
    keys = [*(str(number) for number in range(300_000)), "bài 'số' \"1\""]
    assert list(state.known(iter(keys))) == ["bài 'số' \"1\""]
    assert state.known([]) == {}


def test_what_is_queued_is_not_known_yet(state: CrawlState, writer: Writer, article: MakeArticle) -> None:
    writer.put(article())
    assert state.known(["bai-1"]) == {}
    assert not state.has_articles()
    writer.flush()
    assert state.has_articles()


def test_a_page_that_failed_is_kept_for_the_next_run(
    db: Database, state: CrawlState, writer: Writer, clock: Any
) -> None:
    fail(writer, "bai-1")
    clock.forward(days=1)
    fail(writer, "bai-1", "timeout: no answer")
    assert state.failed() == [("bai-1", "https://hcm-phuong-9.example.vn/-/bai-1", "Tin tức")]
    assert state.known(["bai-1"]) == {
        "bai-1": PageState(article_id=None, first_run=0, failure="timeout: no answer", tries=2)
    }
    assert writer.tally == Tally(failures=2)
    assert db.table("articles").count == 0
    assert not state.has_articles()


def test_a_page_keeps_its_category_where_a_later_fetch_names_none(
    state: CrawlState, writer: Writer, article: MakeArticle
) -> None:
    fail(writer, "bai-1")
    writer.put_failure("bai-1", "https://hcm-phuong-9.example.vn/-/bai-1", None, "timeout: no answer")
    writer.flush()
    assert [category for _, _, category in state.failed()] == ["Tin tức"]


def test_a_page_that_recovers_is_new_and_its_failure_forgotten(
    state: CrawlState, writer: Writer, article: MakeArticle, clock: Any
) -> None:
    fail(writer, "bai-1")
    clock.forward(days=1)
    writer.put(article("bai-1"))
    writer.flush()
    assert state.failed() == []
    assert state.known(["bai-1"]) == {"bai-1": PageState(1, first_run=0, failure=None, tries=0)}
    assert writer.tally == Tally(new=1, failures=1)


def test_a_page_that_recovers_with_a_known_text_is_a_duplicate(writer: Writer, article: MakeArticle) -> None:
    writer.put(article("bai-1"))
    fail(writer, "bai-2")
    writer.put(article("bai-2"))
    writer.flush()
    assert writer.tally == Tally(new=1, duplicates=1, failures=1)


def test_a_known_page_that_fails_keeps_its_article(
    db: Database, state: CrawlState, writer: Writer, article: MakeArticle, clock: Any
) -> None:
    writer.put(article("bai-1"))
    seen = clock()
    failed_at = clock.forward(days=1)
    fail(writer, "bai-1")
    (page,) = db.table("pages").rows
    assert (page["article_id"], page["last_seen"], page["checked_at"]) == (1, seen, failed_at)
    assert page["http_status"] == 500
    assert state.failed() == []
    assert [page.key for page in state.due(9)] == ["bai-1"]
    assert db.table("revisions").count == 0


def test_failures_come_longest_untried_first_and_of_this_site_only(
    state: CrawlState, writer: Writer, district_writer: Writer, clock: Any
) -> None:
    for key in ("b", "a", "c"):
        fail(writer, key)
        clock.forward(hours=1)
    fail(writer, "b")
    fail(district_writer, "d")
    assert [key for key, _, _ in state.failed()] == ["a", "c", "b"]


def test_an_address_that_failed_too_often_rests_for_30_days(
    state: CrawlState, writer: Writer, clock: Any
) -> None:
    for _ in range(3):
        fail(writer, "bai-1")
    assert len(state.failed(max_tries=4)) == 1
    assert state.failed(max_tries=3) == []
    clock.forward(days=29)
    assert state.failed(max_tries=3) == []
    clock.forward(days=1)
    assert len(state.failed(max_tries=3)) == 1


def test_a_section_nobody_walked_has_no_state(state: CrawlState) -> None:
    assert state.listing(NEWS) == ListingState(backfilled_at=None, open_since=None)


def test_a_walk_that_did_not_finish_stays_open_since_its_start(
    db: Database, state: CrawlState, clock: Any
) -> None:
    began = clock()
    for run in (4, 9):
        writer = Writer(db, WARD, run=run, clock=clock)
        writer.open_listing(NEWS, section="Tin tức")
        writer.flush()
        clock.forward(hours=5)
    assert state.listing(NEWS) == ListingState(backfilled_at=None, open_since=began, open_run=4)


def test_a_whole_walk_backfills_the_section_once_and_closes_it(
    db: Database, state: CrawlState, writer: Writer, clock: Any
) -> None:
    for _ in range(2):
        writer.open_listing(NEWS, section="Tin tức")
        clock.forward(hours=1)
        writer.finish_listing(NEWS)
        writer.flush()
    assert state.listing(NEWS) == ListingState(backfilled_at="2023-07-01T09:00:00+07:00", open_since=None)
    assert list(db.table("listings").rows) == [
        {
            "site": WARD,
            "url": NEWS,
            "section": "Tin tức",
            "backfilled_at": "2023-07-01T09:00:00+07:00",
            "open_since": None,
            "last_walked_at": "2023-07-01T09:00:00+07:00",
            "open_run": None,
            "links": "[]",
            "kind": "section",
            "nightly": 1,
            "depth": 1,
        }
    ]


def test_the_articles_on_first_pages_are_counted_but_none_at_all_is_no_habit(
    state: CrawlState, writer: Writer
) -> None:
    for links in (20, 0, *range(21, 31)):
        writer.open_listing(NEWS, section="Tin tức")
        writer.finish_listing(NEWS, links=links)
    writer.flush()
    assert state.listing(NEWS).links == tuple(range(21, 31))


def test_a_section_walked_again_is_still_backfilled_while_open(
    state: CrawlState, writer: Writer, clock: Any
) -> None:
    writer.open_listing(NEWS, section="Tin tức")
    writer.finish_listing(NEWS)
    backfilled = clock()
    again = clock.forward(days=1)
    writer.open_listing(NEWS, section="Tin tức")
    writer.flush()
    assert state.listing(NEWS) == ListingState(backfilled_at=backfilled, open_since=again, open_run=0)


def test_a_section_has_the_name_it_was_last_walked_under(db: Database, writer: Writer) -> None:
    writer.open_listing(NEWS, section="Tin tức")
    writer.open_listing(NEWS, section="Tin tức – Sự kiện")
    writer.flush()
    assert [row["section"] for row in db.table("listings").rows] == ["Tin tức – Sự kiện"]


def test_sections_of_other_sites_and_addresses_are_apart(
    state: CrawlState, writer: Writer, district_writer: Writer
) -> None:
    district_writer.open_listing(NEWS, section="Tin tức")
    district_writer.flush()
    writer.open_listing(f"{NEWS}/khac", section="Khác")
    writer.flush()
    assert state.listing(NEWS) == ListingState()


def test_sections_are_remembered_in_the_order_of_their_first_walk(db: Database, writer: Writer) -> None:
    state = CrawlState(db, WARD)
    assert state.lists() == []
    for section, url in (("Tin tức", "https://x.example.vn/tin"), ("Thông báo", "https://x.example.vn/bao")):
        writer.open_listing(url, section=section)
    writer.open_listing("https://x.example.vn/tin", section="Tin tức mới")
    writer.flush()
    assert state.lists() == [
        KnownList("Tin tức mới", "https://x.example.vn/tin", "section", nightly=True),
        KnownList("Thông báo", "https://x.example.vn/bao", "section", nightly=True),
    ]
