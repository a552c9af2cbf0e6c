"""Whole crawls of a portal that says it is busy: closed for it, they lose nothing.

What lets a host rest: ``test_retry.py``.
"""

import sqlite3
from contextlib import closing

import pytest

from tests.support.crawls import BY_NAME, Crawls
from tests.support.wait_page import HTML, wait_page
from wardcrawler.replica.expected import expected

LISTINGS = tuple(BY_NAME["phuong-9"].sections.values())
AN_HOUR = {"Retry-After": "3600"}


def everything_is_there(crawls: Crawls) -> bool:
    stored = "SELECT count(DISTINCT article_id), count(article_id) FROM pages"
    (counts,) = crawls.rows(stored)
    return counts == (expected("phuong-9").articles, expected("phuong-9").pages)


@pytest.mark.parametrize("status", [429, 503])
def test_a_portal_that_asks_for_an_hour_is_asked_for_nothing_more(crawls: Crawls, status: int) -> None:
    for path in LISTINGS:
        crawls.replica.answer("phuong-9", path, status=status, headers=AN_HOUR)
    result = crawls.crawl("phuong-9")
    assert (result["outcome"], result["exit_code"]) == ("blocked", 4)
    assert result["reason"].endswith(" asks for 3600 s of rest (Retry-After)")
    assert sum(crawls.replica.requests("phuong-9").values()) == 2  # robots.txt and one listing


def test_a_robots_txt_that_asks_for_an_hour_closes_the_portal_too(crawls: Crawls) -> None:
    crawls.replica.answer("phuong-9", "/robots.txt", status=429, headers=AN_HOUR)
    result = crawls.crawl("phuong-9")
    assert (result["outcome"], crawls.replica.requests("phuong-9")) == ("blocked", {"/robots.txt": 1})


def test_closed_in_the_middle_of_a_first_crawl_the_next_run_fetches_the_rest(crawls: Crawls) -> None:
    crawls.crawl("phuong-9", "--db", str(crawls.db.with_name("whole.db")))
    articles = [path for path in crawls.replica.requests("phuong-9") if "/-/" in path]
    crawls.replica.answer("phuong-9", articles[len(articles) // 2], status=429, headers=AN_HOUR)
    first = crawls.crawl("phuong-9")
    assert (first["outcome"], first["new"] > 0) == ("blocked", True)
    assert not everything_is_there(crawls)
    assert crawls.rows("SELECT count(*) FROM listings WHERE open_since IS NULL") == [(0,)]
    crawls.replica.restore()
    assert crawls.crawl("phuong-9")["outcome"] == "ok"
    assert everything_is_there(crawls)


def test_closed_before_it_came_to_known_addresses_they_are_no_worse_off(crawled_before: Crawls) -> None:
    crawls = crawled_before
    with closing(sqlite3.connect(crawls.db)) as connection, connection:
        connection.execute("UPDATE pages SET recheck_at = '2020-01-01T00:00:00+07:00' WHERE failure IS NULL")
    state = "SELECT key, failure, tries, recheck_at, missing FROM pages ORDER BY key"
    before = crawls.rows(state)
    assert {failure is None for _, failure, *_ in before} == {True, False}
    crawls.replica.answer("phuong-9", "/robots.txt", status=503, headers=AN_HOUR)
    assert crawls.crawl("phuong-9")["outcome"] == "blocked"
    assert crawls.rows(state) == before


WHOLE_MENU = ("--set", "WARDCRAWLER_DISCOVERY_PAGES=200")


def test_closed_while_sections_are_looked_for_no_half_of_them_is_remembered(crawls: Crawls) -> None:
    crawls.replica.answer("phuong-9", LISTINGS[-1], status=429, headers=AN_HOUR)
    discover = ["crawl", "--url", crawls.replica.address("phuong-9"), "--delay", "0", *WHOLE_MENU]
    discover += ["--db", str(crawls.db)]
    assert crawls.command(*discover).returncode == 4
    assert crawls.rows("SELECT count(*) FROM listings WHERE kind <> 'page'") == [(0,)]
    crawls.replica.restore()
    assert crawls.command(*discover).returncode == 0
    assert everything_is_there(crawls)


@pytest.mark.parametrize("path", ["/robots.txt", *LISTINGS[:1]])
def test_a_page_with_status_200_that_asks_for_an_hour_closes_the_portal_too(
    crawls: Crawls, path: str
) -> None:
    crawls.replica.answer("phuong-9", path, wait_page(3600), headers=HTML)
    result = crawls.crawl("phuong-9")
    assert (result["outcome"], result["exit_code"]) == ("blocked", 4)
    assert result["reason"].endswith(" asks for 3600 s of rest on a page with status 200")


def test_a_home_page_that_asks_for_rest_is_no_portal_without_sections(crawls: Crawls) -> None:
    crawls.replica.answer("phuong-9", "/", wait_page(3600), headers=HTML)
    discover = ["crawl", "--url", crawls.replica.address("phuong-9"), "--delay", "0", *WHOLE_MENU]
    discover += ["--db", str(crawls.db)]
    assert crawls.command(*discover).returncode == 4
    assert crawls.rows("SELECT count(*) FROM listings") == [(0,)]
    crawls.replica.restore()
    assert crawls.command(*discover).returncode == 0
    assert everything_is_there(crawls)


def test_one_page_that_always_asks_for_rest_costs_only_itself(crawls: Crawls) -> None:
    path = crawls.replica.publish("phuong-9", "Thông báo", "Bài bị chặn", "…")
    crawls.replica.answer("phuong-9", path, wait_page(0), headers=HTML)
    result = crawls.crawl("phuong-9")
    assert (result["outcome"], result["refused"]["http-429"]) == ("ok", 1)
    assert crawls.replica.requests("phuong-9")[path] == 3
    assert everything_is_there(crawls)


def test_a_portal_that_answers_429_to_everything_is_closed_before_every_address_was_tried(
    crawls: Crawls,
) -> None:
    crawls.crawl("phuong-9", "--db", str(crawls.db.with_name("whole.db")))
    for path in crawls.replica.requests("phuong-9"):
        if "/-/" in path:
            crawls.replica.answer("phuong-9", path, status=429)
    crawls.replica.reset()
    first = crawls.crawl("phuong-9")
    assert (first["outcome"], first["reason"].endswith(" answered 429 9 times in a row")) == ("blocked", True)
    asked = crawls.replica.requests("phuong-9")
    assert sum(count for path, count in asked.items() if "/-/" in path) == 9
    crawls.replica.restore()
    crawls.crawl("phuong-9")
    assert everything_is_there(crawls)


def test_one_page_that_always_answers_429_costs_only_itself(crawls: Crawls) -> None:
    path = crawls.replica.publish("phuong-9", "Thông báo", "Bài quá tải", "…")
    crawls.replica.answer("phuong-9", path, status=429)
    result = crawls.crawl("phuong-9")
    assert (result["outcome"], result["refused"]["http-429"]) == ("ok", 1)
    assert crawls.replica.requests("phuong-9")[path] == 3
    assert everything_is_there(crawls)
