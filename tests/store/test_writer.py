"""What a crawl brings becomes articles, pages and revisions; what the tally says of it."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlite_utils import Database

from wardcrawler.items import Article, Attachment, Image
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.store.writer import Tally, Writer

WARD, DISTRICT = "hcm-phuong-9", "hcm-tan-binh"

MakeArticle = Callable[..., Article]
PrintedDate = tuple[str | None, str | None]


def rows(db: Database, table: str) -> list[dict[str, Any]]:
    return list(db.table(table).rows)


def test_a_new_text_becomes_an_article_and_a_page(db: Database, writer: Writer, article: MakeArticle) -> None:
    given = article(lead="Ra quân", author="Lan Anh", source="Đoàn phường", title_printed="PHƯỜNG 9 ra quân")
    writer.put(given, http_status=200, etag='"a1"', last_modified="Sat, 24 Jun 2023 01:37:00 GMT")
    writer.flush()

    now = "2023-07-01T08:00:00+07:00"
    (stored,) = rows(db, "articles")
    assert stored == {
        "id": 1,
        "title": given.title,
        "title_printed": "PHƯỜNG 9 ra quân",
        "lead": "Ra quân",
        "body": given.body,
        "html": given.html,
        "author": "Lan Anh",
        "source": "Đoàn phường",
        "published_at": "2023-06-24T08:37:00+07:00",
        "date_precision": "minute",
        "date_source": "node",
        "date_text": "24/06/2023 08:37",
        "date_reason": None,
        "content_hash": given.content_hash,
        "first_seen": now,
        "last_changed": now,
    }
    (page,) = rows(db, "pages")
    assert page == {
        "site": WARD,
        "key": "bai-1",
        "url": given.url,
        "article_id": 1,
        "category": "Tin tức",
        "published_at": "2023-06-24T08:37:00+07:00",
        "first_seen": now,
        "last_seen": now,
        "checked_at": now,
        "etag": '"a1"',
        "last_modified": "Sat, 24 Jun 2023 01:37:00 GMT",
        "http_status": 200,
        "gone_at": None,
        "failure": None,
        "tries": 0,
        "changed_at": None,
        "recheck_at": "2023-07-02T02:00:00+07:00",
        "missing": 0,
        "alias_of": None,
        "first_run": 0,
        "extraction": "platform",
    }
    assert writer.tally == Tally(new=1)


def test_attachments_and_images_keep_their_order_and_lose_repeats(
    db: Database, writer: Writer, article: MakeArticle
) -> None:
    report = Attachment("https://x.example.vn/bao-cao.pdf", "Báo cáo.pdf", "Tải về")
    plan = Attachment("https://x.example.vn/ke-hoach.docx", "Kế hoạch.docx", "Kế hoạch")
    picture = Image("https://x.example.vn/1.jpg", caption="Đoàn viên quét dọn")
    writer.put(article(attachments=[report, plan, report], images=[picture, Image(picture.url)]))
    writer.flush()
    assert [(row["position"], row["url"], row["sha256"]) for row in rows(db, "article_attachments")] == [
        (1, report.url, None),
        (2, plan.url, None),
    ]
    assert rows(db, "images") == [
        {"article_id": 1, "position": 1, "url": picture.url, "caption": "Đoàn viên quét dọn", "alt": None}
    ]


def test_the_same_text_at_another_address_is_one_article(
    db: Database, writer: Writer, article: MakeArticle
) -> None:
    writer.put(article("bai-1"))
    writer.put(article("bai-1-ban-sao"))
    writer.flush()
    assert db.table("articles").count == 1
    assert [page["article_id"] for page in rows(db, "pages")] == [1, 1]
    assert writer.tally == Tally(new=1, duplicates=1)


def test_the_same_text_on_two_portals_is_one_article(
    db: Database, writer: Writer, district_writer: Writer, article: MakeArticle
) -> None:
    writer.put(article())
    writer.flush()
    district_writer.put(article("tin-77", site=DISTRICT))
    district_writer.flush()
    assert db.table("articles").count == 1
    assert {(page["site"], page["article_id"]) for page in rows(db, "pages")} == {(WARD, 1), (DISTRICT, 1)}
    assert district_writer.tally == Tally(duplicates=1)


def test_two_reports_that_differ_in_a_figure_are_two_articles(
    db: Database, writer: Writer, article: MakeArticle
) -> None:
    writer.put(article("thang-5", body="Tiếp nhận 512 hồ sơ."))
    writer.put(article("thang-6", body="Tiếp nhận 513 hồ sơ."))
    writer.flush()
    assert db.table("articles").count == 2


def test_a_page_seen_again_with_the_same_text_is_unchanged(
    db: Database, writer: Writer, article: MakeArticle, clock: Any
) -> None:
    writer.put(article(), etag='"a1"')
    first = clock()
    later = clock.forward(days=1)
    writer.put(article(category="Đoàn thể", published_at=None), etag='"a2"')
    writer.flush()
    (page,) = rows(db, "pages")
    assert (page["first_seen"], page["last_seen"], page["checked_at"]) == (first, later, later)
    assert (page["category"], page["etag"]) == ("Đoàn thể", '"a2"')
    assert page["published_at"] == "2023-06-24T08:37:00+07:00"
    assert rows(db, "revisions") == []
    assert rows(db, "articles")[0]["last_changed"] == first
    assert writer.tally == Tally(new=1, unchanged=1)


def test_a_page_says_how_the_text_it_shows_was_read_last(
    db: Database, writer: Writer, article: MakeArticle
) -> None:
    def told() -> str | None:
        writer.flush()
        (page,) = rows(db, "pages")
        extraction: str | None = page["extraction"]
        return extraction

    writer.put_failure("bai-1", article().url, None, "timeout: no answer")
    assert told() is None
    writer.put(article(extraction="structure"))
    assert told() == "structure"
    writer.confirm("bai-1", 304)
    writer.put_failure("bai-1", article().url, None, "http-500: error", 500)
    assert told() == "structure"
    writer.put(article())
    assert told() == "platform"
    writer.put(article(body="Sáng 25/6, đoàn viên ra quân.", extraction="structure"))
    assert told() == "structure"


def test_pages_of_one_text_say_each_how_they_were_read(
    db: Database, writer: Writer, district_writer: Writer, article: MakeArticle
) -> None:
    writer.put(article("bai-1"))
    writer.flush()
    district_writer.put(article("tin-77", site=DISTRICT, extraction="structure"))
    district_writer.flush()
    assert db.execute("SELECT id, key, extraction FROM records ORDER BY key").fetchall() == [
        (1, "bai-1", "platform"), (1, "tin-77", "structure"),
    ]  # fmt: skip


def test_an_address_that_became_an_alias_was_read_in_no_way(
    db: Database, writer: Writer, article: MakeArticle
) -> None:
    writer.put(article("moi", extraction="structure"))
    writer.put(article("cu", extraction="structure"))
    writer.put_alias("cu", article("cu").url, "moi")
    writer.flush()
    assert {page["key"]: page["extraction"] for page in rows(db, "pages")} == {"moi": "structure", "cu": None}


def test_a_page_that_is_back_is_no_longer_gone(db: Database, writer: Writer, article: MakeArticle) -> None:
    writer.put(article())
    writer.flush()
    db.execute("UPDATE pages SET gone_at = '2023-07-02T08:00:00+07:00'")
    writer.put(article(category=None))
    writer.flush()
    (page,) = rows(db, "pages")
    assert (page["gone_at"], page["category"]) == (None, "Tin tức")


def test_an_edited_page_shows_the_new_text_and_remembers_the_old(
    db: Database, writer: Writer, article: MakeArticle, clock: Any
) -> None:
    writer.put(article())
    writer.flush()
    later = clock.forward(days=2)
    writer.put(article(body="Sáng 25/6, đoàn viên thanh niên ra quân."))
    writer.flush()
    assert rows(db, "revisions") == [
        {"id": 1, "site": WARD, "key": "bai-1", "article_id": 1, "replaced_by": 2, "seen_at": later}
    ]
    assert rows(db, "pages")[0]["article_id"] == 2
    assert db.table("articles").get(1)["body"].startswith("Sáng 24/6")
    assert writer.tally == Tally(new=1, changed=1)


def test_an_edit_that_is_taken_back_is_a_revision_too(
    db: Database, writer: Writer, article: MakeArticle, clock: Any
) -> None:
    writer.put(article())
    writer.put(article(body="Bản sửa."))
    later = clock.forward(hours=1)
    writer.put(article())
    writer.flush()
    assert [(row["article_id"], row["replaced_by"]) for row in rows(db, "revisions")] == [(1, 2), (2, 1)]
    assert db.table("articles").get(1)["last_changed"] == later
    assert writer.tally == Tally(new=1, changed=2)


def test_editing_one_copy_leaves_the_other_alone(db: Database, writer: Writer, article: MakeArticle) -> None:
    writer.put(article("bai-1"))
    writer.put(article("bai-2"))
    writer.put(article("bai-1", body="Bản sửa."))
    writer.flush()
    assert [(page["key"], page["article_id"]) for page in rows(db, "pages")] == [("bai-1", 2), ("bai-2", 1)]


@pytest.mark.parametrize(
    ("known", "copy", "kept"),
    [
        (("2023-06-24T08:37:00+07:00", "minute"), ("2023-06-23T10:00:00+07:00", "minute"), "copy"),
        (("2023-06-24T08:37:00+07:00", "minute"), ("2023-06-25T10:00:00+07:00", "minute"), "known"),
        ((None, None), ("2023-06-25T10:00:00+07:00", "minute"), "copy"),
        (("2023-06-24T08:37:00+07:00", "minute"), (None, None), "known"),
        (("2023-06-24T08:37:00+07:00", "minute"), ("2023-06-24T00:00:00+07:00", "day"), "known"),
        (("2023-06-24T00:00:00+07:00", "day"), ("2023-06-24T08:37:00+07:00", "minute"), "copy"),
        (("2023-06-24T08:37:00+07:00", "minute"), ("2023-06-23T00:00:00+07:00", "day"), "copy"),
    ],
    ids=[
        "earlier copy",
        "later copy",
        "undated before",
        "undated copy",
        "a bare day is not earlier on the same day",
        "a time says more than a bare day",
        "an earlier day is earlier",
    ],
)
def test_an_article_has_the_earliest_date_known(
    db: Database, article: MakeArticle, known: PrintedDate, copy: PrintedDate, kept: str
) -> None:
    writer = Writer(db, WARD)
    for key, (published_at, precision) in (("known", known), ("copy", copy)):
        writer.put(
            article(
                key,
                published_at=published_at,
                date_precision=precision,
                date_source="node" if published_at else "none",
                date_text=key,
                date_reason=None if published_at else "no date on the page",
            )
        )
    writer.flush()
    (stored,) = rows(db, "articles")
    assert (stored["published_at"], stored["date_precision"]) == (copy if kept == "copy" else known)
    assert stored["date_text"] == kept
    assert (stored["date_source"], stored["date_reason"]) == ("node", None)
    assert [page["published_at"] for page in rows(db, "pages")] == [known[0], copy[0]]


@pytest.mark.parametrize("first", ["node", "listing"])
def test_a_date_printed_on_a_page_stays_against_an_earlier_one_of_a_listing(
    db: Database, writer: Writer, article: MakeArticle, first: str
) -> None:
    dates = {"node": "2023-06-24T08:37:00+07:00", "listing": "2023-06-20T07:00:00+07:00"}
    for source in (first, *(dates.keys() - {first})):
        writer.put(article(source, date_source=source, date_text=source, published_at=dates[source]))
    writer.flush()
    (stored,) = rows(db, "articles")
    assert (stored["date_source"], stored["published_at"]) == ("node", dates["node"])


RELATIVE = {
    "published_at": "2023-06-22T00:00:00+07:00", "date_precision": "day", "date_source": "node",
    "date_text": "5 giờ trước",
}  # fmt: skip
UNDATED = {
    "published_at": None, "date_precision": None, "date_source": "none", "date_reason": "no date",
    "date_text": None,
}  # fmt: skip


@pytest.mark.parametrize("then", [RELATIVE, UNDATED], ids=["counted back", "undated"])
@pytest.mark.parametrize("body", [None, "Bản sửa."], ids=["unchanged", "edited"])
def test_a_later_look_that_tells_no_day_moves_no_date(
    db: Database, writer: Writer, article: MakeArticle, then: dict[str, Any], body: str | None
) -> None:
    first = article()
    writer.put(first)
    writer.put(article(**then, body=body or first.body))
    writer.flush()
    (page,) = rows(db, "pages")
    shown = db.table("articles").get(page["article_id"])
    assert page["published_at"] == shown["published_at"] == "2023-06-24T08:37:00+07:00"
    assert (shown["date_precision"], shown["date_text"]) == ("minute", "24/06/2023 08:37")
    assert shown["date_reason"] is None


def test_a_date_counted_back_stays_when_it_is_counted_again(
    db: Database, writer: Writer, article: MakeArticle
) -> None:
    writer.put(article(**RELATIVE))
    writer.put(article(**RELATIVE | {"published_at": "2023-06-21T00:00:00+07:00"}))
    writer.put(article("bai-2", **RELATIVE | {"published_at": "2023-06-20T00:00:00+07:00"}))
    writer.flush()
    (stored,) = rows(db, "articles")
    assert stored["published_at"] == "2023-06-22T00:00:00+07:00"


def test_a_date_that_the_page_prints_after_an_edit_is_that_of_its_new_text(
    db: Database, writer: Writer, article: MakeArticle
) -> None:
    writer.put(article())
    writer.put(
        article(published_at="2023-06-20T08:00:00+07:00", date_text="20/06/2023 08:00", body="Bản sửa.")
    )
    writer.flush()
    assert [row["published_at"][:10] for row in rows(db, "articles")] == ["2023-06-24", "2023-06-20"]
    assert rows(db, "pages")[0]["published_at"] == "2023-06-20T08:00:00+07:00"


def test_a_copy_adds_what_the_article_lacks(db: Database, writer: Writer, article: MakeArticle) -> None:
    first, second = (Attachment(f"https://x.example.vn/{n}.pdf", f"{n}.pdf", "Tải về") for n in (1, 2))
    picture, other_picture = Image("https://x.example.vn/1.jpg"), Image("https://x.example.vn/2.jpg")
    writer.put(article("a", author="Lan Anh", attachments=[first], images=[picture]))
    writer.put(
        article(
            "b",
            author="Minh Châu",
            source="Đoàn phường",
            attachments=[second, first],
            images=[picture, other_picture],
        )
    )
    writer.flush()
    (stored,) = rows(db, "articles")
    assert (stored["author"], stored["source"]) == ("Lan Anh", "Đoàn phường")
    files = [(row["position"], row["url"]) for row in rows(db, "article_attachments")]
    assert files == [(1, first.url), (2, second.url)]
    assert [(row["position"], row["url"]) for row in rows(db, "images")] == [
        (1, picture.url),
        (2, other_picture.url),
    ]


def test_nothing_is_stored_or_counted_before_the_batch_is_full(
    db: Database, clock: Any, article: MakeArticle
) -> None:
    writer = Writer(db, WARD, batch_size=3, clock=clock)
    for number in (1, 2):
        writer.put(article(f"bai-{number}", body=f"Tin số {number}"))
    assert (db.table("articles").count, writer.tally) == (0, Tally())
    writer.put(article("bai-3", body="Tin số 3"))
    assert (db.table("articles").count, writer.tally) == (3, Tally(new=3))


def test_closing_stores_what_is_queued(db: Database, writer: Writer, article: MakeArticle) -> None:
    writer.put(article())
    writer.close()
    assert db.table("articles").count == 1
    assert writer.tally.stored == 1


def test_times_are_those_of_the_fetch_not_of_the_commit(
    db: Database, writer: Writer, article: MakeArticle, clock: Any
) -> None:
    fetched = clock()
    writer.put(article())
    clock.forward(minutes=5)
    writer.flush()
    assert rows(db, "pages")[0]["first_seen"] == fetched


def test_a_batch_another_program_holds_up_is_kept_whole(
    db: Database, writer: Writer, article: MakeArticle, open_again: Callable[..., Database]
) -> None:
    writer.open_listing("https://x.example.vn/tin", section="Tin tức")
    writer.put(article())
    writer.put_failure("bai-2", "https://x.example.vn/-/bai-2", None, "challenge: D1N")
    other = open_again()
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseProblem) as caught:
        writer.flush()
    assert caught.value.exit_code == 75
    assert writer.tally == Tally()
    other.execute("ROLLBACK")
    assert db.table("pages").count == 0
    writer.flush()
    assert writer.tally == Tally(new=1, failures=1)
    assert db.table("listings").count == 1


def test_a_writer_needs_its_site(db: Database) -> None:
    with pytest.raises(ValueError, match="save_site"):
        Writer(db, "chua-co")


@pytest.mark.parametrize(
    "spoil",
    [
        {"site": DISTRICT},
        {"key": ""},
        {"content_hash": ""},
        {"normal": None},
        {"title": "Tin \ud800"},
        {"category": "\udcff"},
        {"extraction": None},
        {"attachments": [Attachment("https://x.example.vn/1.pdf", "\ud8001.pdf", "Tải về")]},
        {"images": [Image("https://x.example.vn/1.jpg", alt="\ud800")]},
        {"body": None},
    ],
    ids=lambda spoil: next(iter(spoil)),
)
def test_an_article_that_would_spoil_its_batch_is_refused_alone(
    db: Database, writer: Writer, article: MakeArticle, spoil: dict[str, Any]
) -> None:
    writer.put(article("tot"))
    bad = article("xau")
    for name, value in spoil.items():
        setattr(bad, name, value)
    with pytest.raises(ValueError, match=r"https://hcm-phuong-9\.example\.vn/-/xau"):
        writer.put(bad)
    writer.flush()
    assert [page["key"] for page in rows(db, "pages")] == ["tot"]


def test_a_failure_that_is_not_text_is_refused_alone(db: Database, writer: Writer) -> None:
    with pytest.raises(ValueError, match="cannot be stored"):
        writer.put_failure("bai-1", "https://x.example.vn/-/bai-1", None, "error: \udcff")
    writer.flush()
    assert db.table("pages").count == 0


def test_text_of_other_scripts_and_of_no_end_is_stored_as_it_is(
    db: Database, writer: Writer, article: MakeArticle
) -> None:
    body = "Chào mừng 🎉 \u200bLễ Quốc khánh “2/9” – 国庆\x00 " + "dài " * 250_000
    writer.put(article(body=body))
    writer.flush()
    assert rows(db, "articles")[0]["body"] == body
