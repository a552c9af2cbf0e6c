"""What becomes of known articles: asked again when due, edited, gone, back, moved."""

import sqlite3
from contextlib import closing

import pytest

from tests.support.crawls import BY_NAME, Copies, Crawls
from wardcrawler.replica.expected import expected
from wardcrawler.replica.portals import NEWS, NOTICES

TITLE = "Hội thi thả diều trên bãi bồi"


def change(crawls: Crawls, sql: str) -> None:
    with closing(sqlite3.connect(crawls.db)) as connection, connection:
        connection.execute(sql)


def make_due(crawls: Crawls, which: str = "article_id IS NOT NULL") -> None:
    """As if the pages' pauses were over."""
    change(crawls, f"UPDATE pages SET recheck_at = '2020-01-01T00:00:00+07:00' WHERE {which}")


def page(crawls: Crawls, columns: str) -> tuple[object, ...]:
    (row,) = crawls.rows(f"SELECT {columns} FROM pages WHERE url LIKE '%tha-dieu%'")
    return row


@pytest.fixture
def known(crawls: Crawls, copies: Copies) -> str:
    """A crawled portal and the path of one of its articles."""
    path = crawls.replica.publish("phuong-9", NOTICES, TITLE, "Tiếp dân ngày 10.")
    copies.make("known", crawls.db.parent, lambda: crawls.crawl("phuong-9"))
    return path


def test_pages_that_are_not_due_are_left_alone(crawls: Crawls, known: str) -> None:
    result = crawls.crawl("phuong-9")
    assert (result["outcome"], result["rechecked"], result["unchanged"]) == ("unchanged", 0, 0)
    assert known not in crawls.replica.requests("phuong-9") or crawls.replica.requests("phuong-9")[known] == 1


def test_an_unchanged_page_is_confirmed_without_its_body(crawls: Crawls, known: str) -> None:
    make_due(crawls)
    before = crawls.rows("SELECT bytes FROM runs ORDER BY id DESC LIMIT 1")[0][0]
    result = crawls.crawl("phuong-9", "--set", "WARDCRAWLER_RECHECK_LEAST=1000")
    assert (result["outcome"], result["new"], result["changed"]) == ("unchanged", 0, 0)
    assert result["rechecked"] == result["unchanged"] == expected("phuong-9").pages + 1
    assert page(crawls, "http_status, recheck_at > checked_at, failure") == (304, 1, None)
    assert result["bytes"] < before / 4
    assert crawls.rows("SELECT count(*) FROM revisions") == [(0,)]


def test_a_full_crawl_asks_for_the_pages_themselves(crawls: Crawls, known: str) -> None:
    crawls.crawl("phuong-9", "--full")
    assert page(crawls, "http_status") == (200,)


def test_an_edit_is_found_its_earlier_text_kept_and_the_search_knows_the_new_one(
    crawls: Crawls, known: str
) -> None:
    crawls.replica.edit("phuong-9", known, "Buổi tiếp dân dời sang thứ Năm tuần sau.")
    make_due(crawls, "url LIKE '%tha-dieu%'")
    result = crawls.crawl("phuong-9")
    assert (result["outcome"], result["new"], result["changed"]) == ("ok", 0, 1)
    assert crawls.rows(
        "SELECT old.body, new.body FROM revisions r JOIN articles old ON old.id = r.article_id "
        "JOIN articles new ON new.id = r.replaced_by"
    ) == [("Tiếp dân ngày 10.", "Buổi tiếp dân dời sang thứ Năm tuần sau.")]
    found = crawls.command("search", "dời sang thứ năm", "--json", "--db", str(crawls.db))
    assert TITLE in found.stdout
    assert page(crawls, "changed_at = checked_at, http_status") == (1, 200)


def test_an_edited_text_keeps_the_date_that_only_its_listing_prints(crawls: Crawls, known: str) -> None:
    undated = f'<span class="header-title">{TITLE}</span><div class="journal-content-article">%s</div>'
    path = crawls.replica.publish("phuong-9", NEWS, f"{TITLE} lần 2", "Tin chung.")
    crawls.replica.answer("phuong-9", path, (undated % "<p>Ngày 10 thi.</p>").encode())
    crawls.crawl("phuong-9")
    dated = "SELECT published_at, date_precision, date_source FROM articles WHERE body = ?"
    before = crawls.rows(dated, "Ngày 10 thi.")
    assert [(precision, source) for _, precision, source in before] == [("day", "listing")]
    crawls.replica.answer("phuong-9", path, (undated % "<p>Ngày 12 thi.</p>").encode())
    make_due(crawls)
    assert crawls.crawl("phuong-9")["changed"] == 1
    assert crawls.rows(dated, "Ngày 12 thi.") == before


def test_no_more_than_a_share_of_a_runs_requests_are_checks(crawls: Crawls, known: str) -> None:
    make_due(crawls)
    result = crawls.crawl(
        "phuong-9", "--set", "WARDCRAWLER_RECHECK_LEAST=0", "--set", "WARDCRAWLER_RECHECK_SHARE=0.5"
    )
    assert 0 < result["rechecked"] <= result["requests"] / 2
    few = crawls.crawl("phuong-9", "--set", "WARDCRAWLER_RECHECK_LEAST=3")
    assert few["rechecked"] >= 3


@pytest.mark.parametrize("limited", [("--limit", "1"), ("--since", "2024-01-01"), ("--until", "2024-01-01")])
def test_a_run_that_a_person_limited_checks_nothing(
    crawls: Crawls, known: str, limited: tuple[str, str]
) -> None:
    make_due(crawls)
    assert crawls.crawl("phuong-9", *limited)["rechecked"] == 0


def test_a_portal_whose_listings_do_not_answer_is_not_asked_for_known_pages(
    crawls: Crawls, known: str
) -> None:
    make_due(crawls)
    for path in BY_NAME["phuong-9"].sections.values():
        crawls.replica.answer("phuong-9", path, status=500)
    result = crawls.crawl("phuong-9", "--set", "RETRY_TIMES=0")
    assert (result["outcome"], result["rechecked"]) == ("dead", 0)


def test_a_page_is_gone_when_two_healthy_runs_found_it_so_and_comes_back(crawls: Crawls, known: str) -> None:
    crawls.replica.delete("phuong-9", known)
    make_due(crawls, "url LIKE '%tha-dieu%'")
    first = crawls.crawl("phuong-9")
    assert (first["outcome"], first["gone"], page(crawls, "gone_at, missing")) == ("unchanged", 0, (None, 1))
    second = crawls.crawl("phuong-9")
    assert (second["outcome"], second["gone"]) == ("unchanged", 1)
    assert page(crawls, "gone_at IS NOT NULL, failure, article_id IS NOT NULL") == (1, None, 1)
    assert crawls.rows("SELECT gone_at IS NOT NULL FROM records WHERE title = ?", TITLE) == [(1,)]
    crawls.replica.reset()
    crawls.crawl("phuong-9")
    assert known not in crawls.replica.requests("phuong-9")

    crawls.replica.publish("phuong-9", NOTICES, TITLE, "Tiếp dân ngày 10.")
    back = crawls.crawl("phuong-9")
    assert (back["new"], back["unchanged"]) == (0, 1)
    assert page(crawls, "gone_at, missing") == (None, 0)


def test_a_portal_in_trouble_makes_nothing_gone(crawls: Crawls, known: str) -> None:
    crawls.replica.delete("phuong-9", known)
    section = BY_NAME["phuong-9"].sections["Cải cách hành chính"]
    crawls.replica.answer("phuong-9", section, status=500)
    for _ in range(3):
        make_due(crawls, "url LIKE '%tha-dieu%'")
        assert crawls.crawl("phuong-9", "--set", "RETRY_TIMES=0")["outcome"] == "partial"
    assert page(crawls, "gone_at, missing") == (None, 0)


def test_an_article_that_moved_is_known_by_its_text(crawls: Crawls, known: str) -> None:
    moved = crawls.replica.publish("phuong-9", NEWS, TITLE, "Tiếp dân ngày 10.")
    crawls.replica.delete("phuong-9", known)
    result = crawls.crawl("phuong-9")
    assert (result["new"], result["duplicates"]) == (0, 1)
    assert crawls.rows("SELECT count(DISTINCT id), count(*) FROM records WHERE title = ?", TITLE) == [(1, 2)]
    assert moved != known


def test_a_new_layout_shows_on_known_pages_even_if_nothing_new_is_listed(crawls: Crawls, known: str) -> None:
    shown = crawls.rows("SELECT url FROM pages WHERE article_id IS NOT NULL LIMIT 4")
    for (url,) in shown:
        path = "/" + url.split("/", 3)[3]
        crawls.replica.answer(
            "phuong-9", path, b"<html><body><div class='x'>Trang m\xe1\xbb\x9bi</div></body>"
        )
        make_due(crawls, f"url = '{url}'")
    result = crawls.crawl("phuong-9", "--platform", "liferay-hcmc")
    assert (result["outcome"], result["exit_code"]) == ("redesigned", 4)
    assert crawls.rows("SELECT count(*) FROM revisions") == [(0,)]


def test_a_section_that_suddenly_lists_little_is_said(crawls: Crawls, known: str) -> None:
    section = BY_NAME["phuong-9"].sections[NEWS]
    page_with_one = (
        '<html><body><section class="portlet" id="portlet_101_INSTANCE_x"><div class="banner-hinhanhlink">'
        f'<div class="col-md-12 article-title"><a href="{known}">Tin</a></div></div></section></body></html>'
    )
    crawls.replica.answer("phuong-9", section, page_with_one.encode())
    result = crawls.crawl("phuong-9", "--platform", "liferay-hcmc")
    assert (result["outcome"], result["exit_code"]) == ("partial", 3)
    assert "Tin tức" in result["reason"] or section in result["reason"]
    assert "1 article links, usually" in result["reason"]


def test_a_clock_that_was_set_back_is_said_and_nothing_is_asked(crawls: Crawls, known: str) -> None:
    change(crawls, "UPDATE runs SET started_at = '2099-01-01T02:00:00+07:00'")
    crawls.replica.reset()
    done = crawls.command(*crawls.arguments("phuong-9"))
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "the last run began 2099-01-01T02:00" in line
    assert crawls.replica.requests("phuong-9") == {}
    assert crawls.crawl("phuong-9", "--set", "WARDCRAWLER_TRUST_CLOCK=1")["outcome"] == "unchanged"


def test_what_is_known_does_not_depend_on_the_clock(crawls: Crawls, known: str) -> None:
    change(crawls, "UPDATE pages SET first_seen = '2099-01-01T02:00:00+07:00'")
    crawls.replica.reset()
    crawls.crawl("phuong-9")
    asked = crawls.replica.requests("phuong-9")
    assert len([path for path in asked if "/-/" not in path and path != "/robots.txt"]) == len(
        BY_NAME["phuong-9"].sections
    )
