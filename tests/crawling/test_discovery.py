"""A portal without sections finds them in the menu of its home page, and remembers them."""

import json
from typing import Any

import pytest

from tests.support.cmsview_portal import serve_cmsview
from tests.support.crawls import BY_NAME, Crawls
from wardcrawler.crawling.spider.candidates import home_links
from wardcrawler.extraction.document import read_document
from wardcrawler.platforms.liferay.stock import HcmcLiferay
from wardcrawler.replica.expected import expected

HOST = "phuong9.example.gov.vn"


def crawl_unaided(crawls: Crawls, portal: str, *more: str) -> dict[str, Any]:
    address = crawls.replica.address(portal)
    whole_menu = () if "--set" in more else ("--set", "WARDCRAWLER_DISCOVERY_PAGES=200")
    done = crawls.command(
        "crawl", "--url", address, "--delay", "0", "--db", str(crawls.db), "--json", *whole_menu, *more
    )
    (result,) = json.loads(done.stdout)["portals"]
    return {**result, "exit_code": done.returncode}


def sections(crawls: Crawls, portal: str) -> dict[str, str]:
    address = crawls.replica.address(portal)
    rows = crawls.rows("SELECT section, url FROM listings WHERE kind = 'section'")
    return {title: url.removeprefix(address) for title, url in rows}


def candidates(html: str) -> list[tuple[str, str]]:
    document = read_document(f"<html><body>{html}</body></html>".encode())
    found = home_links(document, f"https://{HOST}/web/phuong9", HcmcLiferay, [HOST]).candidates
    return [(candidate.title, candidate.url.removeprefix(f"https://{HOST}")) for candidate in found]


def test_lists_of_an_author_or_a_tag_name_no_section() -> None:
    links = """<a href="/tac-gia/lena/" rel="author">Lê Na</a><a href="/author/vanhoa/">Tổ Văn hóa</a>
        <a href="/tag/bau-cu/" rel="tag">bầu cử</a><a href="/giao-duc/" rel="category tag">Giáo dục</a>"""
    assert candidates(links) == [
        ("", "/tac-gia/lena/"),
        ("", "/author/vanhoa/"),
        ("", "/tag/bau-cu/"),
        ("Giáo dục", "/giao-duc/"),
    ]


@pytest.mark.parametrize("name", ["phuong-9", "phuong-10", "quan"])
def test_the_sections_found_are_those_that_the_portal_has(crawls: Crawls, name: str) -> None:
    result = crawl_unaided(crawls, name)
    assert (result["outcome"], result["pages"]) == ("ok", expected(name).pages)
    assert result["refused"] == dict(expected(name).refused)
    assert sections(crawls, name) == BY_NAME[name].sections


def test_a_menu_larger_than_the_budget_is_looked_at_in_several_crawls(crawls: Crawls) -> None:
    budget = ("--set", "WARDCRAWLER_DISCOVERY_PAGES=60")
    first = crawl_unaided(crawls, "phuong-9", *budget)
    assert (first["outcome"], first["exit_code"]) == ("partial", 3)
    assert f"{first['left_out']['budget']} addresses left out" in first["reason"]
    asked = {path for path in crawls.replica.requests("phuong-9") if "/-/" not in path}
    assert 60 <= len(asked) <= 60 + 20  # robots.txt, the home page behind its redirect, pages of lists
    second = crawl_unaided(crawls, "phuong-9", *budget)
    assert second["left_out"]["budget"] == first["left_out"]["budget"] - 60
    third = crawl_unaided(crawls, "phuong-9", *budget)
    assert (third["outcome"], third["left_out"]) == ("unchanged", {})


def test_the_next_night_asks_for_few_lists_and_in_a_week_for_all_of_them(crawls: Crawls) -> None:
    crawl_unaided(crawls, "phuong-9")
    lists = {url for _, url in crawls.rows("SELECT section, url FROM listings WHERE kind <> 'page'")}
    crawls.replica.reset()
    assert crawl_unaided(crawls, "phuong-9")["outcome"] == "unchanged"
    asked = [path for path in crawls.replica.requests("phuong-9") if "/-/" not in path]
    assert len(asked) <= 1 + len(lists)
    assert len(asked) <= 1 + 1 + len(BY_NAME["phuong-9"].sections)
    crawls.change("UPDATE sites SET looked_at = '2020-01-01T00:00:00+07:00'")
    crawls.replica.reset()
    assert crawl_unaided(crawls, "phuong-9")["outcome"] == "unchanged"
    again = {path for path in crawls.replica.requests("phuong-9") if "/-/" not in path}
    assert {"/robots.txt", "/", *BY_NAME["phuong-9"].sections.values()} <= again


def test_without_a_menu_the_home_page_is_walked_and_the_menu_looked_for_again(crawls: Crawls) -> None:
    article = crawls.replica.publish("phuong-9", "Thông báo", "Lịch tiêm chủng", "Tiêm chủng ngày 10.")
    home = f"""<html><body><div class="banner-hinhanhlink"><div class="col-md-12 article-title">
        <a href="{article}">Lịch tiêm chủng</a></div></div></body></html>"""
    crawls.replica.answer("phuong-9", "/web/phuong9", home.encode())
    result = crawl_unaided(crawls, "phuong-9", "--platform", "liferay-hcmc")
    assert (result["outcome"], result["new"]) == ("ok", 1)
    assert sections(crawls, "phuong-9") == {}
    assert crawls.rows("SELECT kind, section FROM listings") == [("home", "")]
    crawls.replica.restore()
    crawl_unaided(crawls, "phuong-9", "--full")
    assert sections(crawls, "phuong-9") == BY_NAME["phuong-9"].sections


def test_a_section_whose_list_is_loaded_by_script_is_found(crawls: Crawls) -> None:
    serve_cmsview(crawls.replica)
    result = crawl_unaided(crawls, "phuong-9")
    assert (result["outcome"], result["new"]) == ("ok", 1)
    assert sections(crawls, "phuong-9") == {"Tin tức": "/tin-hoat-dong"}
    ((url, title),) = crawls.rows("SELECT url, title FROM records")
    assert (url.removeprefix(crawls.replica.address("phuong-9")), title) == (
        "/tin-tuc/canh-bao-7",
        "Cảnh báo lừa đảo",
    )


def test_candidates_that_cannot_be_had_do_no_harm(crawls: Crawls) -> None:
    for path in ("/web/phuong9/tin-tuc", "/web/phuong9/tin-tuc/tin-kinh-te"):
        crawls.replica.answer("phuong-9", path, status=404)
    assert crawl_unaided(crawls, "phuong-9")["outcome"] == "ok"
    assert sections(crawls, "phuong-9") == BY_NAME["phuong-9"].sections


def test_a_home_page_that_does_not_come_is_the_outcome(crawls: Crawls) -> None:
    crawls.replica.answer("phuong-9", "/", status=404)
    assert crawl_unaided(crawls, "phuong-9")["outcome"] == "dead"


def test_links_that_promise_news_are_looked_at_first_and_those_that_promise_something_else_last() -> None:
    menu = """<ul><li><a href="/web/phuong9/van-ban">Văn bản - Thông báo</a></li>
        <li><a href="/web/phuong9/kinh-te">Kinh tế - Xã hội</a></li>
        <li><a href="/web/phuong9/cchc">CẢI CÁCH HÀNH CHÍNH</a></li>
        <li><a href="/web/phuong9/tin">Tin tức</a></li></ul>"""
    assert candidates(menu) == [
        ("CẢI CÁCH HÀNH CHÍNH", "/web/phuong9/cchc"),
        ("Tin tức", "/web/phuong9/tin"),
        ("Kinh tế - Xã hội", "/web/phuong9/kinh-te"),
        ("Văn bản - Thông báo", "/web/phuong9/van-ban"),
    ]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/web/phuong9/-/tin-tuc-moi">Tin tức mới về phường</a>',
        '<a href="https://quan.example.gov.vn/tin-tuc">Tin tức</a>',
        '<a href="/c/portal/login">Tin tức</a>',
        '<a href="#">Tin tức</a>',
        '<a href="javascript:void(0)">Tin tức</a>',
        '<a href="/web/phuong9">Trang chủ</a>',
        '<a href="/web/phuong9?page=2">Trang sau</a>',
        '<a href="/documents/10184/tin-tuc.pdf">Tin tức tháng 5</a>',
    ],
)
def test_other_links_are_none(link: str) -> None:
    assert candidates(link) == []


def test_one_address_is_one_candidate() -> None:
    assert candidates('<a href="/tin">Tin tức</a><a href="/tin#muc">Tin nóng</a>') == [("Tin tức", "/tin")]


def test_an_address_of_an_article_is_no_candidate_but_seen() -> None:
    html = '<div id="nav"><a href="/web/phuong9/-/tin-tuc-moi">Tin tức mới về phường</a></div>'
    document = read_document(f"<html><body>{html}</body></html>".encode())
    found = home_links(document, f"https://{HOST}/web/phuong9", HcmcLiferay, [HOST])
    assert ([link.title for link in found.articles], found.candidates) == (["Tin tức mới về phường"], [])
