"""Captures of a page, put into its history at the time they were made."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from sqlite_utils import Database

from tests.support.records import Clock
from wardcrawler.items import Article, Attachment, Extraction, Image
from wardcrawler.store import captures
from wardcrawler.store.database.connection import transaction
from wardcrawler.store.state import CrawlState
from wardcrawler.store.tables.pages import Answer, Failure, next_check
from wardcrawler.store.tables.runs import (
    REPARSED,
    crawl_times,
    finish_run,
    start_reparse,
    start_run,
)
from wardcrawler.store.writer import Writer

WARD = "hcm-phuong-9"

MakeArticle = Callable[..., Article]
Put = Callable[..., str | None]


def day(number: int, clock: str = "08:00:00") -> str:
    """A time in July 2023."""
    return f"2023-07-{number:02}T{clock}+07:00"


@pytest.fixture
def run(db: Database) -> int:
    return start_reparse(db, WARD, "wardcrawler reparse a.wacz", "0")


@pytest.fixture
def put(db: Database, run: int) -> Put:
    """Stores a capture made at ``at`` by a crawl that ended at ``until``."""
    captures.begin(db.conn)

    def put_(article: Article, at: str, until: str = "", **answer: Any) -> str | None:
        given = Answer(at, **{"http_status": 200, "etag": None, "last_modified": None, "run": run, **answer})
        with transaction(db) as connection:
            assert article.normal is not None
            return captures.store(connection, article, article.normal, captures.Capture(given, until or at))

    return put_


@pytest.fixture
def texts(article: MakeArticle) -> dict[str, Article]:
    return {name: article(body=f"Nội dung {name}") for name in "abcx"}


def history(db: Database, key: str = "bai-1") -> list[tuple[str, str]]:
    """What the page showed, each text by the last letter of its body, and since when."""
    (first_seen,) = db.execute("SELECT first_seen FROM pages WHERE key = ?", (key,)).fetchone()
    edits = db.execute(
        "SELECT a.body, b.body, r.seen_at FROM revisions r JOIN articles a ON a.id = r.article_id "
        "JOIN articles b ON b.id = r.replaced_by WHERE r.key = ? ORDER BY r.seen_at",
        (key,),
    ).fetchall()
    (shown,) = db.execute(
        "SELECT body FROM articles WHERE id = (SELECT article_id FROM pages WHERE key = ?)", (key,)
    ).fetchone()
    for (_, replaced_by, _), (following, _, _) in pairwise(edits):
        assert replaced_by == following
    assert not edits or edits[-1][1] == shown
    names = [*(before[-1] for before, _, _ in edits), shown[-1]]
    return list(zip(names, [first_seen, *(at for _, _, at in edits)], strict=True))


def page(db: Database, key: str = "bai-1") -> dict[str, Any]:
    (row,) = db.query("SELECT * FROM pages WHERE key = ?", [key])
    return row


# --- as crawls would have -----------------------------------------------------------------------------------


def test_a_page_was_seen_when_it_was_captured(db: Database, put: Put, texts: dict[str, Article]) -> None:
    assert put(texts["a"], day(3), etag='"a"') == "new"
    row = page(db)
    assert (row["first_seen"], row["last_seen"], row["checked_at"]) == (day(3), day(3), day(3))
    assert (row["etag"], row["recheck_at"]) == (
        '"a"', next_check(day(3), changed_at=None, first_seen=day(3), published_at=row["published_at"]),
    )  # fmt: skip
    assert db.execute("SELECT first_seen, last_changed FROM articles").fetchone() == (day(3), day(3))


ORDERS = ("abc", "acb", "bac", "bca", "cab", "cba")


@pytest.mark.parametrize("order", ORDERS)
def test_the_history_is_the_same_in_whatever_order_captures_come(
    db: Database, put: Put, texts: dict[str, Article], order: str
) -> None:
    days = {"a": day(1), "b": day(2), "c": day(3)}
    for name in order:
        put(texts[name], days[name])
    assert history(db) == [("a", day(1)), ("b", day(2)), ("c", day(3))]
    assert (page(db)["last_seen"], page(db)["checked_at"]) == (day(3), day(3))
    for name in order:  # and again
        assert put(texts[name], days[name]) == "unchanged"
    assert history(db) == [("a", day(1)), ("b", day(2)), ("c", day(3))]


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (3, 2, 1), (2, 3, 1)])
def test_an_edit_is_as_old_as_the_first_capture_that_shows_it(
    db: Database, put: Put, texts: dict[str, Article], order: tuple[int, ...]
) -> None:
    shown = {1: "a", 2: "b", 3: "b"}
    for number in order:
        put(texts[shown[number]], day(number))
    assert history(db) == [("a", day(1)), ("b", day(2))]
    assert page(db)["last_seen"] == day(3)


def test_a_text_that_came_back_stays_twice_in_the_history(
    db: Database, put: Put, texts: dict[str, Article]
) -> None:
    for _ in range(2):
        for number, name in enumerate("aba", 1):
            put(texts[name], day(number))
        assert history(db) == [("a", day(1)), ("b", day(2)), ("a", day(3))]


def test_what_a_later_crawl_said_of_a_page_stays(
    db: Database, put: Put, writer: Writer, clock: Clock, texts: dict[str, Article]
) -> None:
    writer.put(texts["a"], etag='"a"')  # on 1 July
    clock.forward(days=9)
    writer.put_failure("bai-1", texts["a"].url, None, "http-404: …", 404)
    writer.miss("bai-1")
    writer.miss("bai-1")
    writer.flush()
    before = page(db)
    assert before["gone_at"] == day(10)
    assert put(texts["b"], day(5), etag='"b"') == "changed"
    after = page(db)
    kept = ("checked_at", "http_status", "gone_at", "recheck_at", "missing", "failure", "tries", "first_run")
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    assert (after["last_seen"], after["etag"]) == (day(5), '"b"')
    assert history(db) == [("a", day(1)), ("b", day(5))]


def test_a_page_that_crawls_could_not_read_gets_its_article_and_is_due_again(
    db: Database, put: Put, writer: Writer, clock: Clock, texts: dict[str, Article]
) -> None:
    writer.put_failure("bai-1", texts["a"].url, "Tin tức", "no-body: …", 200)
    writer.flush()
    assert put(texts["a"], "2023-06-28T08:00:00+07:00") == "new"
    row = page(db)
    assert (row["first_seen"], row["last_seen"]) == ("2023-06-28T08:00:00+07:00",) * 2
    assert (row["checked_at"], row["recheck_at"], row["failure"]) == (day(1), day(1), "no-body: …")
    assert [due.key for due in CrawlState(db, WARD, clock).due(9)] == ["bai-1"]


def test_the_same_text_on_another_page_is_known(db: Database, put: Put, article: MakeArticle) -> None:
    put(article("bai-1"), day(2))
    assert put(article("bai-2"), day(1)) == "duplicates"
    assert db.execute("SELECT count(*), min(first_seen) FROM articles").fetchone() == (1, day(1))


# --- the same capture again ---------------------------------------------------------------------------------


def test_another_reading_of_the_same_capture_is_no_edit(
    db: Database, put: Put, texts: dict[str, Article]
) -> None:
    put(texts["a"], day(1))
    assert put(texts["x"], day(1)) == "corrected"
    assert history(db) == [("x", day(1))]
    assert db.execute("SELECT count(*) FROM articles").fetchone() == (2,)


def test_so_is_another_reading_of_what_a_crawl_of_this_database_stored(
    db: Database, put: Put, texts: dict[str, Article], clock: Clock
) -> None:
    for name in ("a", "b"):
        crawl = start_run(db, WARD, "wardcrawler crawl", "0", clock)
        writer = Writer(db, WARD, run=crawl, clock=clock)
        clock.forward(seconds=5)  # the portal takes its time
        writer.put(texts[name])
        writer.flush()
        clock.forward(minutes=1)
        finish_run(db, crawl, "ok", None, None, clock)
        clock.forward(days=1)
    first, second = crawl_times(db, WARD, clock)
    assert put(texts["x"], first[0], first[1]) == "corrected"
    assert [name for name, _ in history(db)] == ["x", "b"]
    assert put(texts["c"], second[0], second[1]) == "corrected"
    assert history(db) == [("x", day(1, "08:00:05")), ("c", "2023-07-02T08:01:10+07:00")]


def test_an_edit_that_only_the_parser_saw_is_none_any_more(
    db: Database, put: Put, texts: dict[str, Article]
) -> None:
    put(texts["a"], day(1))
    put(texts["b"], day(2))
    put(texts["c"], day(3))
    assert put(texts["a"], day(2)) == "corrected"
    assert history(db) == [("a", day(1)), ("c", day(3))]


def test_the_capture_that_brought_a_text_decides_what_else_is_said_of_it(
    db: Database, put: Put, article: MakeArticle
) -> None:
    files = [
        Attachment("https://x.vn/1.pdf", "1.pdf", "Một"),
        Attachment("https://x.vn/menu.pdf", "m", "Menu"),
    ]
    put(article(author="Menu", attachments=files, images=[Image("https://x.vn/logo.png")]), day(1))
    db.execute("INSERT INTO attachments(sha256, media_type, size, path) VALUES ('ab', 'x', 1, 'files/ab')")
    db.execute("UPDATE article_attachments SET sha256 = 'ab' WHERE position = 1")
    captures.begin(db.conn)
    again = article(
        author=None, published_at=None, date_source="none", date_precision=None, html="<p>…</p>",
        attachments=[Attachment("https://x.vn/2.pdf", "2.pdf", "Hai"), files[0]],
    )  # fmt: skip
    assert put(again, day(1)) == "unchanged"
    (row,) = db.query("SELECT author, published_at, date_source, html FROM articles")
    assert row == {"author": None, "published_at": None, "date_source": "none", "html": "<p>…</p>"}
    assert page(db)["published_at"] is None
    links = db.execute("SELECT position, label, sha256 FROM article_attachments ORDER BY position").fetchall()
    assert links == [(1, "Hai", None), (2, "Một", "ab")]
    assert db.execute("SELECT count(*) FROM images").fetchone() == (0,)


def test_later_captures_of_a_text_only_add(db: Database, put: Put, article: MakeArticle) -> None:
    for _ in range(2):
        put(article(author=None, published_at=None, date_source="none"), day(1))
        put(article(author="Lan Anh"), day(2))
        put(article(author=None), day(3))
        (row,) = db.query("SELECT author, published_at, first_seen FROM articles")
        assert row == {"author": "Lan Anh", "published_at": "2023-06-24T08:37:00+07:00", "first_seen": day(1)}
        captures.begin(db.conn)


def test_what_other_pages_said_of_a_text_stays(db: Database, put: Put, article: MakeArticle) -> None:
    put(article("bai-1", author=None), day(1))
    put(article("bai-2", author="Lan Anh", published_at="2023-06-20T08:00:00+07:00"), day(2))
    captures.begin(db.conn)
    put(article("bai-1", author=None), day(1))
    (row,) = db.query("SELECT author, published_at FROM articles")
    assert row == {"author": "Lan Anh", "published_at": "2023-06-20T08:00:00+07:00"}


def test_the_last_reading_says_how_the_text_that_is_shown_was_read(
    db: Database, put: Put, texts: dict[str, Article]
) -> None:
    def read(name: str, at: str, extraction: Extraction) -> str | None:
        captures.begin(db.conn)
        put(replace(texts[name], extraction=extraction), at)
        told: str | None = page(db)["extraction"]
        return told

    assert read("b", day(5), "platform") == "platform"
    assert read("b", day(5), "structure") == "structure"
    assert read("x", day(5), "platform") == "platform"  # another reading of it
    assert read("a", day(1), "structure") == "platform"  # of a text before
    assert read("b", day(3), "structure") == "platform"  # and of one between
    assert read("c", day(7), "structure") == "structure"


def test_a_page_of_before_is_told_by_any_capture_of_the_text_it_shows(
    db: Database, put: Put, texts: dict[str, Article]
) -> None:
    put(texts["a"], day(1))
    put(texts["b"], day(3))
    db.execute("UPDATE pages SET extraction = NULL")
    put(texts["a"], day(2))
    assert page(db)["extraction"] is None
    put(texts["b"], day(3))
    assert page(db)["extraction"] == "platform"


# --- what is no article -------------------------------------------------------------------------------------


def test_an_answer_that_nothing_changed_confirms_only_what_nobody_asked_later(
    db: Database, put: Put, texts: dict[str, Article]
) -> None:
    put(texts["a"], day(3))
    for at, seen in ((day(2), day(3)), (day(4), day(4)), (day(4), day(4))):
        with transaction(db) as connection:
            captures.confirm(connection, site=WARD, key="bai-1", at=at)
        assert (page(db)["last_seen"], page(db)["checked_at"]) == (seen, seen)


def test_a_failure_is_kept_once_and_costs_no_article(
    db: Database, put: Put, texts: dict[str, Article]
) -> None:
    failure = Failure(WARD, "bai-1", texts["a"].url, None, "http-500: …", 500, day(2))
    for _ in range(2):
        with transaction(db) as connection:
            captures.store_failure(connection, failure)
        assert (page(db)["tries"], page(db)["checked_at"]) == (1, day(2))
    put(texts["a"], day(3))
    with transaction(db) as connection:
        captures.store_failure(connection, failure)
    assert (page(db)["failure"], page(db)["last_seen"]) == (None, day(3))


# --- what the next crawl makes of it ------------------------------------------------------------------------


def test_the_next_walk_does_not_stop_at_what_only_an_archive_showed(
    db: Database, put: Put, run: int, texts: dict[str, Article], article: MakeArticle
) -> None:
    with transaction(db) as connection:
        connection.execute(
            "INSERT INTO listings(site, url, section, backfilled_at, last_walked_at) "
            "VALUES (?, 'u', 's', ?, ?)",
            (WARD, day(1), day(1)),
        )
    put(texts["a"], day(3))
    state = CrawlState(db, WARD)
    listing = state.listing("u")
    assert (listing.backfilled_at, listing.open_run) == (day(1), run)
    assert not state.known(["bai-1"])["bai-1"].first_run < run


def test_runs_that_read_archives_are_no_crawls(db: Database, run: int, clock: Clock) -> None:
    finish_run(db, run, REPARSED, None, None, clock)
    assert crawl_times(db, WARD, clock) == []
    killed = start_run(db, WARD, "wardcrawler crawl", "0", clock)
    began = clock()
    following = start_run(db, WARD, "wardcrawler crawl", "0", lambda: day(9))
    assert killed < following
    assert crawl_times(db, WARD, lambda: day(10)) == [(began, day(9)), (day(9), day(10))]
