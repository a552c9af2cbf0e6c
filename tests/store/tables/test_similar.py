"""Articles that are nearly the same are linked, each once, and never made one."""

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from sqlite_utils import Database

from tests.support.records import DISTRICT, WARD, MakeArticle
from wardcrawler.store.article import article_with_places
from wardcrawler.store.tables import similar
from wardcrawler.store.tables.similar import MOST_LINKS, link_new_articles
from wardcrawler.store.writer import Writer

PIECE = (
    "Sáng ngày 23/6, quận khai trương phiên chợ nghĩa tình với 45 gian hàng, phục vụ bà con lao động nghèo "
    "trên địa bàn. Mỗi phần quà trị giá 350.000 đồng gồm gạo, dầu ăn và sữa cho trẻ nhỏ. Chương trình kéo "
    "dài đến hết tháng, mở cửa từ thứ hai đến thứ bảy, do Hội Chữ thập đỏ và các tiểu thương cùng thực hiện."
)
ADDED = "Phường 9 trân trọng giới thiệu cùng bà con."


def report(number: int) -> str:
    return (
        f"Trong tháng {number}, bộ phận một cửa tiếp nhận {7 * number} hồ sơ, đã giải quyết {5 * number} hồ "
        "sơ, không có hồ sơ trễ hẹn; công tác vệ sinh môi trường được duy trì, các tuyến hẻm "
        "thông thoáng, an ninh trật tự giữ vững, không xảy ra cháy nổ, "
        "phong trào thi đua được cán bộ và Nhân dân hưởng ứng "
        f"nhiệt tình, đã vận động được {number} triệu đồng cho quỹ vì người nghèo."
    )


@pytest.fixture
def put(writer: Writer, district_writer: Writer, article: MakeArticle) -> Callable[..., None]:
    """Stores an article, of the ward unless told otherwise."""

    def put_(key: str, body: str, *, site: str = WARD, title: str = "Phiên chợ nghĩa tình") -> None:
        chosen = writer if site == WARD else district_writer
        chosen.put(article(key, site=site, title=title, body=body))
        chosen.flush()

    return put_


def links(db: Database) -> list[tuple[int, int]]:
    return db.execute("SELECT article_id, other_id FROM similar ORDER BY 1, 2").fetchall()


def everything(db: Database) -> list[list[tuple[Any, ...]]]:
    return [db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in
            ("similar", "similar_bands", "similar_state")]  # fmt: skip


def test_a_district_piece_that_a_ward_posted_with_a_line_added_is_linked_in_both_directions(
    db: Database, put: Callable[..., None]
) -> None:
    put("goc", PIECE, site=DISTRICT)
    put("dang-lai", f"{ADDED}\n{PIECE}")
    put("khac", report(3))
    assert link_new_articles(db) == 3
    assert links(db) == [(1, 2), (2, 1)]
    ((similarity, figures),) = set(db.execute("SELECT similarity, figures FROM similar"))
    assert 0.8 < similarity < 0.95
    assert figures == 1


def test_reports_from_one_template_stay_different_articles_and_their_link_tells_so(
    db: Database, put: Callable[..., None]
) -> None:
    put("thang-3", report(3))
    put("thang-4", report(4))
    link_new_articles(db)
    assert db.execute("SELECT count(*), count(DISTINCT content_hash) FROM articles").fetchone() == (2, 2)
    assert db.execute("SELECT count(*) FROM pages WHERE article_id IN (1, 2)").fetchone() == (2,)
    assert links(db) == [(1, 2), (2, 1)]
    assert all(figures < 0.5 for (figures,) in db.execute("SELECT figures FROM similar"))


def test_short_texts_and_empty_ones_are_linked_to_nothing(db: Database, put: Callable[..., None]) -> None:
    for number in range(3):
        put(f"bai-{number}", "Xem chi tiết văn bản tại đây.", title=f"Thông báo số {number}")
    assert link_new_articles(db) == 3
    assert links(db) == []


def test_a_later_run_adds_only_what_is_new(db: Database, put: Callable[..., None]) -> None:
    put("goc", PIECE, site=DISTRICT)
    assert link_new_articles(db) == 1
    put("dang-lai", f"{PIECE}\n{ADDED}")
    assert link_new_articles(db) == 1
    assert links(db) == [(1, 2), (2, 1)]
    before = everything(db)
    assert link_new_articles(db) == 0
    assert everything(db) == before


@pytest.mark.parametrize("batch", [1, 2, 5])
def test_however_many_are_linked_at_once_the_links_are_the_same(
    db: Database, put: Callable[..., None], monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    for number in range(1, 5):
        put(f"thang-{number}", report(number))
    put("goc", PIECE, site=DISTRICT)
    put("dang-lai", f"{PIECE}\n{ADDED}")
    link_new_articles(db)
    at_once = everything(db)
    db.execute("DELETE FROM similar_state")
    monkeypatch.setattr(similar, "BATCH", batch)
    assert link_new_articles(db) == 6
    assert everything(db) == at_once


def test_an_interruption_leaves_whole_batches_and_the_rest_for_the_next_run(
    db: Database, put: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 5):
        put(f"thang-{number}", report(number))
    link_new_articles(db)
    undisturbed = everything(db)
    db.execute("DELETE FROM similar_state")
    monkeypatch.setattr(similar, "BATCH", 1)

    def interrupt(done: int, total: int) -> None:
        assert total == 4
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        link_new_articles(db, interrupt)
    assert db.execute("SELECT linked_to FROM similar_state").fetchone() == (2,)
    assert link_new_articles(db) == 2
    assert everything(db) == undisturbed


def test_where_the_method_is_another_one_all_links_are_made_anew(
    db: Database, put: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    put("goc", PIECE, site=DISTRICT)
    put("dang-lai", f"{PIECE}\n{ADDED}")
    link_new_articles(db)
    as_it_was = everything(db)
    monkeypatch.setattr(similar, "method", lambda: "another library")
    monkeypatch.setattr(similar, "bands", lambda shingles: [len(shingles)])
    assert link_new_articles(db) == 2
    assert links(db) == []
    monkeypatch.undo()
    assert link_new_articles(db) == 2
    assert everything(db) == as_it_was


def test_an_article_keeps_only_its_nearest_and_none_is_left_without(
    db: Database, put: Callable[..., None]
) -> None:
    for number in range(1, 31):
        put(f"thang-{number}", report(number))
    put("goc", PIECE)
    link_new_articles(db)
    counts = dict(db.execute("SELECT article_id, count(*) FROM similar GROUP BY 1").fetchall())
    assert set(counts) == set(range(1, 31))
    assert max(counts.values()) == MOST_LINKS


def test_a_nearer_one_that_comes_later_takes_the_place_of_the_least_near(
    db: Database, put: Callable[..., None]
) -> None:
    for number in range(1, 15):
        put(f"thang-{number}", report(number))
    link_new_articles(db)
    put("dinh-chinh", report(7).replace("nhiệt tình", "tích cực"))
    link_new_articles(db)
    nearest = db.execute(
        "SELECT other_id FROM similar WHERE article_id = 7 ORDER BY similarity DESC LIMIT 1"
    ).fetchone()
    assert nearest == (15,)
    assert db.execute("SELECT count(*) FROM similar WHERE article_id = 7").fetchone() == (MOST_LINKS,)


def test_versions_of_one_page_are_revisions_not_relatives(db: Database, put: Callable[..., None]) -> None:
    put("goc", PIECE)
    link_new_articles(db)
    put("goc", PIECE.replace("45", "46"))
    put("goc", PIECE.replace("45", "47"))
    put("dang-lai", f"{PIECE}\n{ADDED}", site=DISTRICT)
    link_new_articles(db)
    assert links(db) == [(1, 4), (2, 4), (3, 4), (4, 1), (4, 2), (4, 3)]


def test_relatives_that_became_versions_of_one_page_are_not_shown_as_relatives(
    db: Database, put: Callable[..., None]
) -> None:
    put("goc", PIECE)
    put("dang-lai", f"{PIECE}\n{ADDED}", site=DISTRICT)
    link_new_articles(db)
    put("goc", f"{PIECE}\n{ADDED}")
    shown = article_with_places(db, 1)
    assert shown is not None
    assert len(shown["revisions"]) == 1
    assert shown["similar"] == []


def test_a_text_that_no_page_ever_showed_is_not_shown_as_a_relative(
    db: Database, put: Callable[..., None]
) -> None:
    put("goc", PIECE)
    put("dang-lai", f"{PIECE}\n{ADDED}", site=DISTRICT)
    link_new_articles(db)
    db.execute("DELETE FROM pages WHERE article_id = 2")
    shown = article_with_places(db, 1)
    assert shown is not None
    assert shown["similar"] == []


def test_a_relative_comes_with_a_place_where_it_stands(db: Database, put: Callable[..., None]) -> None:
    put("goc", PIECE, site=DISTRICT)
    put("dang-lai", f"{PIECE}\n{ADDED}")
    link_new_articles(db)
    shown = article_with_places(db, 2)
    assert shown is not None
    (relative,) = shown["similar"]
    assert (relative["id"], relative["title"], relative["site"], relative["url"]) == (
        1, "Phiên chợ nghĩa tình", DISTRICT, f"https://{DISTRICT}.example.vn/-/goc"
    )  # fmt: skip
    put("goc", "Bài đã được viết lại hoàn toàn, không còn gì như trước.", site=DISTRICT)
    shown = article_with_places(db, 2)
    assert shown is not None
    (relative,) = shown["similar"]
    assert (relative["id"], relative["site"], relative["url"]) == (1, None, None)


def test_the_database_holds_no_link_of_an_article_to_itself_or_to_none(db: Database) -> None:
    for ids in ((1, 1), (1, 2)):
        with pytest.raises(sqlite3.IntegrityError):
            db.execute("INSERT INTO similar VALUES (?, ?, 1, NULL)", ids)
