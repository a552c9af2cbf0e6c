"""When known pages are asked for again, and when a page counts as gone."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from wardcrawler.items import Article
from wardcrawler.store.state import CrawlState, DuePage
from wardcrawler.store.tables.pages import SOON, next_check, wide_end
from wardcrawler.store.writer import Tally, Writer
from wardcrawler.text.dates import ICT

WARD = "hcm-phuong-9"
START = datetime(2023, 7, 1, 8, 0, tzinfo=ICT)
MakeArticle = Callable[..., Article]


@pytest.fixture
def state(db: Database, clock: Any) -> CrawlState:
    return CrawlState(db, WARD, clock=clock)


def checks(count: int, published: datetime | None, changes: Collection[int] = ()) -> Iterator[float]:
    """Days after the first fetch on which a page is checked; check number N of ``changes`` finds an edit."""
    at, changed = START, None
    for number in range(count):
        due = next_check(
            at.isoformat(),
            changed_at=changed,
            first_seen=START.isoformat(),
            published_at=published.isoformat() if published else None,
        )
        at = datetime.fromisoformat(due) + SOON
        if number in changes:
            changed = at.isoformat()
        yield (at - START) / timedelta(days=1)


def test_the_pauses_widen() -> None:
    assert list(checks(7, START)) == [1, 3, 7, 30, 120, 210, 300]


def test_an_undated_article_counts_from_when_it_was_first_seen() -> None:
    assert list(checks(4, None)) == [1, 3, 7, 30]


def test_an_old_article_starts_at_the_wide_end() -> None:
    assert list(checks(3, START - timedelta(days=31))) == [90, 180, 270]


def test_an_edit_begins_the_pauses_anew_for_an_old_article_too() -> None:
    assert list(checks(6, START, {1})) == [1, 3, 4, 6, 10, 33]
    assert list(checks(4, START - timedelta(days=900), {0})) == [90, 91, 93, 97]


@given(
    late=st.timedeltas(timedelta(0), timedelta(days=4000)),
    age=st.none() | st.timedeltas(timedelta(0), timedelta(days=9000)),
)
def test_the_next_check_is_never_past_and_at_most_the_wide_end_away(
    late: timedelta, age: timedelta | None
) -> None:
    at = START + late
    due = next_check(
        at.isoformat(),
        changed_at=None,
        first_seen=START.isoformat(),
        published_at=(START - age).isoformat() if age is not None else None,
    )
    assert at < datetime.fromisoformat(due) <= datetime.fromisoformat(wide_end(at.isoformat()))


def test_due_pages_come_with_what_their_server_said_of_them(
    state: CrawlState, writer: Writer, article: MakeArticle, clock: Any
) -> None:
    given = article()
    writer.put(given, etag='"a1"', last_modified="Sat, 24 Jun 2023 01:37:00 GMT")
    writer.flush()
    assert state.due(9) == []
    clock.forward(hours=18)
    modified = "Sat, 24 Jun 2023 01:37:00 GMT"
    assert state.due(9) == [DuePage("bai-1", given.url, "Tin tức", '"a1"', modified)]


@pytest.mark.parametrize(
    ("precision", "source", "listed"),
    [
        ("minute", "listing", "2023-06-24T08:37:00+07:00"),
        ("day", "listing", "2023-06-24"),
        ("minute", "node", None),
    ],
)
def test_due_pages_come_with_the_date_that_only_their_listing_prints(
    state: CrawlState,
    writer: Writer,
    article: MakeArticle,
    clock: Any,
    precision: str,
    source: str,
    listed: str | None,
) -> None:
    writer.put(article(date_precision=precision, date_source=source))
    writer.flush()
    clock.forward(hours=18)
    assert [page.listed for page in state.due(9)] == [listed]


def test_yesterdays_articles_do_not_wait_behind_a_backlog_of_old_ones(
    state: CrawlState, writer: Writer, article: MakeArticle, clock: Any
) -> None:
    for number in range(30):
        writer.put(
            article(f"cu-{number}", body=f"Bài cũ {number}.", published_at="2019-01-01T00:00:00+07:00")
        )
    clock.forward(days=100)
    writer.put(article("moi", body="Bài mới.", published_at=clock()))
    writer.flush()
    clock.forward(days=1)
    assert len(state.due(99)) == 31
    assert [page.key for page in state.due(1)] == ["moi"]


def test_a_page_that_the_server_calls_unchanged_is_seen_and_due_later(
    db: Database, state: CrawlState, writer: Writer, article: MakeArticle, clock: Any
) -> None:
    writer.put(article(published_at=clock()), etag='"a1"')
    later = clock.forward(days=1)
    writer.confirm("bai-1", 304)
    writer.flush()
    (page,) = db.table("pages").rows
    assert (page["last_seen"], page["checked_at"], page["http_status"]) == (later, later, 304)
    assert (page["etag"], page["recheck_at"]) == ('"a1"', "2023-07-04T02:00:00+07:00")
    assert writer.tally == Tally(new=1, unchanged=1)


def test_an_edit_is_told_from_the_first_text(
    db: Database, writer: Writer, article: MakeArticle, clock: Any
) -> None:
    writer.put(article())
    edited = clock.forward(days=1)
    writer.put(article(body="Bản đã sửa."))
    clock.forward(days=1)
    writer.put(article(body="Bản đã sửa."))
    writer.flush()
    assert [page["changed_at"] for page in db.table("pages").rows] == [edited]


def gone_after(writer: Writer, db: Database, *, misses: int) -> str | None:
    for _ in range(misses):
        writer.put_failure("bai-1", "https://x.example.vn/-/bai-1", None, "http-404: gone", http_status=404)
        writer.miss("bai-1")
    writer.flush()
    (page,) = db.table("pages").rows
    gone_at: str | None = page["gone_at"]
    return gone_at


def test_one_miss_is_no_loss_two_in_a_row_are(
    db: Database, state: CrawlState, writer: Writer, article: MakeArticle, clock: Any
) -> None:
    writer.put(article())
    assert gone_after(writer, db, misses=1) is None
    assert [page.key for page in state.due(9)] == ["bai-1"]  # at once in the next run
    assert gone_after(writer, db, misses=1) == clock()
    assert state.due(9) == []
    (page,) = db.table("pages").rows
    assert (page["article_id"], page["failure"], page["http_status"]) == (1, None, 404)
    assert writer.tally.gone == 1


def test_misses_that_do_not_follow_each_other_do_not_count(
    db: Database, writer: Writer, article: MakeArticle
) -> None:
    for _ in range(3):
        writer.put(article())
        assert gone_after(writer, db, misses=1) is None


def test_a_gone_page_is_looked_for_rarely_and_is_no_failure(
    db: Database, state: CrawlState, writer: Writer, article: MakeArticle, clock: Any
) -> None:
    writer.put(article())
    first = gone_after(writer, db, misses=2)
    clock.forward(days=90)
    assert [page.key for page in state.due(9)] == ["bai-1"]
    assert gone_after(writer, db, misses=1) == first
    assert state.due(9) == []
    assert [page["failure"] for page in db.table("pages").rows] == [None]
    assert writer.tally.gone == 1


def test_a_page_without_an_article_is_never_gone(db: Database, writer: Writer) -> None:
    assert gone_after(writer, db, misses=5) is None


def test_a_known_page_that_keeps_failing_is_asked_for_rarely(
    state: CrawlState, writer: Writer, article: MakeArticle
) -> None:
    writer.put(article())
    for _ in range(5):
        writer.put_failure("bai-1", "https://x.example.vn/-/bai-1", None, "http-500: broken", http_status=500)
        writer.flush()
        assert [page.key for page in state.due(9)] == ["bai-1"]
    writer.put_failure("bai-1", "https://x.example.vn/-/bai-1", None, "http-500: broken", http_status=500)
    writer.flush()
    assert state.due(9) == []
