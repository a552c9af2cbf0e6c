"""Articles that stand on several pages: read whole, stored once, never called whole if they are not."""

import json
from contextlib import closing
from pathlib import Path
from sqlite3 import connect
from typing import Any

import pytest

from tests.support.command import run
from tests.support.databases import new_database, rows
from tests.support.paged_portals import ANOTHER, POST, TEXTS, TITLE, EndlessPosts, PagedPosts
from tests.support.written_site import WrittenSite


def crawl(site: WrittenSite, db: Path, *more: str, code: int = 0) -> dict[str, Any]:
    if not db.exists():
        new_database(db)
    done = run(
        "crawl", "--url", site.address, "--section", "/category/tin-tuc/", "--delay", "0", "--db", str(db),
        "--set", "WARDCRAWLER_BACKOFF=0", "--json", *more,
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    (result,) = json.loads(done.stdout)["portals"]
    assert isinstance(result, dict)
    return result


def make_due(db: Path) -> None:
    with closing(connect(db)) as connection, connection:
        connection.execute("UPDATE pages SET recheck_at = '2020-01-01T00:00:00+07:00' WHERE article_id > 0")


def body(db: Path) -> list[str]:
    """The lines of the text that the address of the post shows."""
    ((text,),) = rows(
        db, f"SELECT body FROM pages p JOIN articles a ON a.id = p.article_id WHERE p.url LIKE '%{POST}'"
    )
    assert isinstance(text, str)
    return text.split("\n")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "crawl.db"


def test_all_pages_of_an_article_are_one_record(db: Path) -> None:
    with WrittenSite(PagedPosts()) as site:
        result = crawl(site, db)
    assert (result["outcome"], result["new"], result["left_out"]) == ("ok", 2, {})
    assert body(db) == list(TEXTS.values())
    assert rows(db, "SELECT key FROM pages ORDER BY key") == [(ANOTHER.strip("/"),), (POST.strip("/"),)]
    ((html,),) = rows(db, f"SELECT html FROM articles WHERE title = '{TITLE}'")
    assert all(text in html for text in TEXTS.values())
    assert "Trang:" not in html
    assert [site.requests[address] for address in PagedPosts().addresses.values()] == [1, 1, 1]


# --- a later page that is linked ----------------------------------------------------------------------


@pytest.mark.parametrize("listed", [[f"{POST}2/"], [POST, f"{POST}3/"], [f"{POST}3/", POST, f"{POST}2/"]])
def test_a_later_page_that_is_listed_is_an_address_of_page_1(db: Path, listed: list[str]) -> None:
    with WrittenSite(PagedPosts(listed)) as site:
        result = crawl(site, db)
        assert (result["outcome"], result["new"], result["left_out"]) == ("ok", 1, {})
        assert body(db) == list(TEXTS.values())
        aliases = {path.strip("/") for path in listed} - {POST.strip("/")}
        assert {key for (key,) in rows(db, "SELECT key FROM pages WHERE alias_of IS NOT NULL")} == aliases
        assert rows(db, "SELECT key FROM pages WHERE article_id IS NOT NULL") == [(POST.strip("/"),)]
        again = crawl(site, db)
    assert (again["outcome"], again["new"], again["requests"]) == ("unchanged", 0, 2)


def test_a_later_page_whose_page_1_is_gone_is_refused_with_it(db: Path) -> None:
    portal = PagedPosts([f"{POST}2/"])
    portal.pages[POST] = None
    with WrittenSite(portal) as site:
        result = crawl(site, db)
    assert (result["new"], result["refused"], result["left_out"]) == (0, {"http-404": 2}, {})


def test_a_later_page_that_was_an_article_of_its_own_becomes_an_address_of_page_1(db: Path) -> None:
    portal = PagedPosts([f"{POST}2/"])
    whole = dict(portal.addresses)
    portal.addresses = {2: f"{POST}2/"}  # as if nothing told that it is a later page
    with WrittenSite(portal) as site:
        crawl(site, db)
        assert rows(db, "SELECT key FROM pages") == [(f"{POST}2".strip("/"),)]
        portal.addresses = whole
        make_due(db)
        crawl(site, db)
    assert rows(db, "SELECT key FROM pages WHERE article_id IS NOT NULL") == [(POST.strip("/"),)]
    assert body(db) == list(TEXTS.values())


def test_page_1_that_leads_to_a_later_page_ends_nowhere(db: Path) -> None:
    portal = PagedPosts([f"{POST}2/"])
    portal.pages[POST] = f"Location: {POST}2/"
    with WrittenSite(portal) as site:
        result = crawl(site, db)
    assert result["new"] == 0
    assert result["refused"] == {"incomplete": 2}
    assert site.requests[f"{POST}2/"] <= 3


# --- pages that cannot be had -------------------------------------------------------------------------


def test_an_article_without_one_of_its_pages_is_stored_and_said_to_be_incomplete(db: Path) -> None:
    portal = PagedPosts()
    portal.pages[f"{POST}2/"] = None
    with WrittenSite(portal) as site:
        result = crawl(site, db, code=3)
        assert (result["outcome"], result["new"], result["left_out"]) == ("partial", 2, {"incomplete": 1})
        assert "page 2 of the article" in result["reason"]
        assert "http-404" in result["reason"]
        assert body(db) == [TEXTS[1], TEXTS[3]]
        ((failure, status, gone, etag),) = rows(
            db, f"SELECT failure, http_status, gone_at, etag FROM pages WHERE url LIKE '%{POST}'"
        )
        assert failure == f"incomplete: without page 2: {site.address}{POST}2/"
        assert (status, gone, etag) == (200, None, None)

        del portal.pages[f"{POST}2/"]
        healed = crawl(site, db)
    assert (healed["outcome"], healed["changed"]) == ("ok", 1)
    assert body(db) == list(TEXTS.values())
    assert rows(db, "SELECT count(*) FROM pages WHERE failure IS NOT NULL") == [(0,)]


def test_an_incomplete_reading_never_takes_the_place_of_a_whole_one(db: Path) -> None:
    portal = PagedPosts()
    with WrittenSite(portal) as site:
        crawl(site, db)
        portal.pages[f"{POST}3/"] = None
        make_due(db)
        result = crawl(site, db, code=3)
    assert (result["outcome"], result["changed"], result["left_out"]) == ("partial", 0, {"incomplete": 1})
    assert body(db) == list(TEXTS.values())
    ((failure,),) = rows(db, f"SELECT failure FROM pages WHERE url LIKE '%{POST}'")
    assert failure.startswith("incomplete: without page 3")


def test_what_stays_incomplete_is_asked_for_less_and_less(db: Path) -> None:
    portal = PagedPosts([POST])
    portal.pages[f"{POST}2/"] = None
    with WrittenSite(portal) as site:
        outcomes = [
            crawl(site, db, "--set", "WARDCRAWLER_LOOK_DAYS=0", code=code)["outcome"]
            for code in (3, 3, 3, 3, 3, 3, 0)
        ]
    assert outcomes == ["partial"] * 6 + ["unchanged"]
    ((tries, far),) = rows(db, "SELECT tries, julianday(recheck_at) - julianday(checked_at) > 80 FROM pages")
    assert (tries, far) == (6, 1)


def test_a_page_that_robots_txt_forbids_is_not_asked_for_and_that_is_said(db: Path) -> None:
    with WrittenSite(PagedPosts(), robots=f"User-agent: *\nDisallow: {POST}2/\n") as site:
        result = crawl(site, db, code=3)
    assert result["left_out"] == {"incomplete": 1}
    assert "robots" in result["reason"]
    assert site.requests[f"{POST}2/"] == 0


def test_another_article_in_place_of_a_page_is_not_joined(db: Path) -> None:
    portal = PagedPosts()
    portal.titles[2] = "Giấy mời họp tổ dân phố"
    with WrittenSite(portal) as site:
        result = crawl(site, db, code=3)
    assert body(db) == [TEXTS[1], TEXTS[3]]
    assert "another title" in result["reason"]


def test_a_run_that_ends_amid_the_pages_of_an_article_stores_none_of_it(db: Path) -> None:
    with WrittenSite(PagedPosts([POST])) as site:
        # robots.txt, section, page 1, page 2
        result = crawl(site, db, "--set", "CLOSESPIDER_PAGECOUNT=3", "--set", "CONCURRENT_REQUESTS=1", code=3)
        assert result["new"] == 0
        assert rows(db, "SELECT count(*) FROM articles") == [(0,)]
        healed = crawl(site, db)
    assert (healed["outcome"], healed["new"]) == ("ok", 1)
    assert body(db) == list(TEXTS.values())


# --- pages that change --------------------------------------------------------------------------------


def test_an_edit_of_a_later_page_is_found(db: Path) -> None:
    portal = PagedPosts()
    with WrittenSite(portal) as site:
        crawl(site, db)
        portal.texts[2] = "Mỗi ấp cử ba mươi người, ai có xuồng thì mang theo xuồng."
        make_due(db)
        result = crawl(site, db)
    assert (result["changed"], result["unchanged"]) == (1, 1)
    assert body(db) == [TEXTS[1], portal.texts[2], TEXTS[3]]


def test_what_the_server_says_of_page_1_is_not_believed_of_the_others(db: Path) -> None:
    portal = PagedPosts()
    with WrittenSite(portal, with_tags=True) as site:
        crawl(site, db)
        assert rows(db, "SELECT count(etag) FROM pages") == [(1,)]  # that of the post on one page
        make_due(db)
        again = crawl(site, db)
        assert (again["outcome"], again["unchanged"], again["changed"]) == ("unchanged", 2, 0)
        portal.texts[3] = "Trạm y tế cử hai tổ trực cấp cứu."
        make_due(db)
        result = crawl(site, db)
    assert (result["changed"], result["unchanged"]) == (1, 1)
    assert body(db) == [TEXTS[1], TEXTS[2], portal.texts[3]]


@pytest.mark.parametrize("path", [POST, f"{POST}2/"])
def test_one_of_its_pages_given_as_the_address_of_a_portal_is_stored_whole(db: Path, path: str) -> None:
    new_database(db)
    with WrittenSite(PagedPosts()) as site:
        done = run("crawl", "--url", f"{site.address}{path}", "--delay", "0", "--db", str(db))
    assert done.returncode == 0, done.stderr
    assert body(db) == list(TEXTS.values())


# --- pagers without end -------------------------------------------------------------------------------


def test_a_pager_that_repeats_a_page_ends_there(db: Path) -> None:
    with WrittenSite(EndlessPosts(lambda number: TEXTS[min(number, 2)])) as site:
        result = crawl(site, db)
    assert (result["outcome"], body(db)) == ("ok", [TEXTS[1], TEXTS[2]])
    assert sum(count for path, count in site.requests.items() if path.startswith(POST)) == 3


def test_a_pager_that_never_ends_is_cut_and_that_is_said(db: Path) -> None:
    with WrittenSite(EndlessPosts(lambda number: f"Đoạn thứ {number} của kế hoạch nạo vét kênh.")) as site:
        result = crawl(site, db, code=3)
    assert (result["outcome"], result["left_out"]) == ("partial", {"incomplete": 1})
    assert "50 pages of it were read" in result["reason"]
    assert len(body(db)) == 50


def test_pages_on_another_host_are_none(db: Path) -> None:
    portal = PagedPosts([POST])
    portal.addresses = {1: POST, 2: f"http://localhost:1{POST}2/"}
    with WrittenSite(portal) as site:
        result = crawl(site, db)
    assert (result["outcome"], body(db)) == ("ok", [TEXTS[1]])


def test_a_page_behind_the_last_leads_back_and_brings_nothing(db: Path) -> None:
    portal = PagedPosts([POST])
    portal.addresses[4] = f"{POST}4/"
    portal.pages[f"{POST}4/"] = f"Location: {POST}"  # as WordPress does
    with WrittenSite(portal) as site:
        result = crawl(site, db)
    assert (result["outcome"], body(db)) == ("ok", list(TEXTS.values()))
