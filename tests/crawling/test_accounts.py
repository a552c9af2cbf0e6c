"""What became of every address that a run saw: nothing is left out in silence."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.support.command import run
from tests.support.crawls import BY_NAME, Crawled, Crawls, row_of
from wardcrawler.replica.expected import expected, expected_pages
from wardcrawler.replica.portals import NEWS

SECTION = BY_NAME["phuong-9"].sections[NEWS]
NEW_HOST = "www.phuong9.example.gov.vn"


@pytest.mark.parametrize("name", BY_NAME)
def test_all_that_is_seen_is_stored_refused_or_left_out(crawled: Crawled, name: str) -> None:
    result = crawled.results[name]
    assert result["seen"] == expected(name).pages + sum(expected(name).refused.values())
    assert result["covered"] == expected(name).pages
    assert result["left_out"] == {}


def test_the_row_of_the_run_says_the_same(crawled: Crawled) -> None:
    site = urlsplit(crawled.crawls.replica.address("quan")).netloc
    result = crawled.results["quan"]
    assert crawled.crawls.rows("SELECT seen, covered, left_out FROM runs WHERE site = ?", site) == [
        (result["seen"], result["covered"], None)
    ]


def test_kept_addresses_are_seen_again_though_no_listing_names_them(crawled_before: Crawls) -> None:
    crawls = crawled_before
    (key,) = crawls.rows("SELECT key FROM pages WHERE failure LIKE 'http-404%'")[0]
    result = crawls.crawl("phuong-9")
    assert result["seen"] - result["covered"] == sum(expected("phuong-9").refused.values())
    assert crawls.rows("SELECT tries FROM pages WHERE key = ?", key) == [(2,)]


def test_what_a_limit_leaves_out_is_counted_and_the_run_is_well(crawls: Crawls) -> None:
    result = crawls.crawl("phuong-9", "--limit", "5")
    assert (result["outcome"], result["reason"]) == ("ok", None)
    assert result["left_out"] == {"limit": result["seen"] - 5}
    assert crawls.rows("SELECT left_out FROM runs") == [(json.dumps(result["left_out"]),)]


def test_what_is_outside_of_the_period_is_counted_asked_for_or_not(crawls: Crawls) -> None:
    result = crawls.crawl("phuong-9", "--since", "2024-05-01")
    assert result["outcome"] == "ok"
    refused = sum(result["refused"].values())
    assert result["left_out"] == {"period": result["seen"] - result["covered"] - refused}
    assert result["left_out"]["period"] > 0


def test_what_a_run_did_not_come_to_is_counted_and_the_next_run_gets_it(crawls: Crawls) -> None:
    result = crawls.crawl("phuong-9", "--set", "CLOSESPIDER_PAGECOUNT=12")
    assert (result["outcome"], result["exit_code"]) == ("partial", 3)
    assert result["reason"] == "closed early: it asked for as many pages as a run may; the next run goes on"
    left = result["seen"] - result["covered"] - sum(result["refused"].values())
    assert (result["left_out"], left > 0) == ({"budget": left}, True)
    again = crawls.crawl("phuong-9")
    assert (again["outcome"], again["left_out"]) == ("ok", {})
    assert result["new"] + again["new"] == expected("phuong-9").articles


def test_an_interrupted_run_counts_what_it_did_not_come_to(crawls: Crawls) -> None:
    result = crawls.crawl("phuong-9", "--set", "WARDCRAWLER_MOST_429=1", "--set", "RETRY_TIMES=0")
    assert result["outcome"] == "ok"
    crawls.replica.publish("phuong-9", NEWS, "Tin một", "Nội dung một.")
    path = crawls.replica.publish("phuong-9", NEWS, "Tin hai", "Nội dung hai.")
    crawls.replica.answer("phuong-9", path, status=429)
    result = crawls.crawl("phuong-9", "--set", "WARDCRAWLER_MOST_429=1", "--set", "RETRY_TIMES=0")
    assert result["outcome"] == "blocked"
    (refused,) = crawls.rows("SELECT count(*) FROM pages WHERE article_id IS NULL")[0]
    assert result["seen"] == result["covered"] + refused + sum(result["left_out"].values())


def test_what_the_crawl_says_it_left_out_is_counted_once_and_makes_it_partial(crawls: Crawls) -> None:
    middlewares = json.dumps({"tests.crawling.leaving_out.LeavingOut": 500})
    result = crawls.crawl("phuong-9", "--set", f"SPIDER_MIDDLEWARES={middlewares}")
    assert result["left_out"] == {"bound": 2, "offsite": 1}
    assert (result["outcome"], result["reason"]) == (
        "partial",
        "2 addresses left out: a calendar; --set WARDCRAWLER_FAMILY=500",
    )


def test_addresses_that_failed_too_often_are_still_told(crawls: Crawls) -> None:
    once = ("--set", "WARDCRAWLER_MAX_TRIES=1")
    crawls.crawl("phuong-9", *once)
    result = crawls.crawl("phuong-9", *once)
    assert (result["outcome"], result["refused"]) == ("unchanged", {})
    assert result["seen"] - result["covered"] == 2
    assert result["reason"] == "failed too often to be asked for again this month: challenge 1, robots 1"


# --- other hosts -----------------------------------------------------------------------------------


OWN = [page.path for page in expected_pages("phuong-9")][:12]
"""Addresses of articles that the portal serves."""


def listing(links: Iterable[str], *, base: str = "") -> bytes:
    """A listing as the portal's platform makes it."""
    items = "".join(f'<div class="asset_title"><a href="{link}">Tin {link}</a></div>' for link in links)
    words = "<p>" + "Cổng thông tin của phường. " * 10 + "</p>"
    head = f'<base href="{base}">' if base else ""
    return f"<html><head>{head}</head><body>{words}{items}</body></html>".encode()


def on(host: str, paths: Iterable[str]) -> list[str]:
    return [f"http://{host}{path}" for path in paths]


@dataclass
class Section:
    """Crawls phuong-9 with one section, whose listing is what a test says."""

    crawls: Crawls
    address: str

    def crawl(self, page: bytes, *more: str) -> dict[str, Any]:
        self.crawls.replica.answer("phuong-9", SECTION, page)
        return self.ask("--url", self.address, "--section", SECTION, "--platform", "liferay-hcmc", *more)

    def ask(self, *arguments: str) -> dict[str, Any]:
        done = run("crawl", *arguments, "--delay", "0", "--db", str(self.crawls.db), "--json")
        (result,) = json.loads(done.stdout)["portals"]
        return {**result, "exit_code": done.returncode}


@pytest.fixture
def section(crawls: Crawls) -> Section:
    return Section(crawls, crawls.replica.address("phuong-9"))


REMEDY = (
    f"if the portal moved there, crawl --url http://{NEW_HOST}; if both hosts are the portal, give it a row "
    f"in a file of --portals with '{NEW_HOST}' in the column hosts"
)


@pytest.mark.parametrize(
    "page",
    [listing(on(NEW_HOST, OWN)), listing(OWN, base=f"http://{NEW_HOST}/")],
    ids=["absolute links", "base href"],
)
def test_a_portal_whose_articles_are_all_elsewhere_is_dead_and_says_where_they_are(
    section: Section, page: bytes
) -> None:
    result = section.crawl(page)
    assert (result["outcome"], result["exit_code"]) == ("dead", 4)
    assert result["reason"] == (
        f"of 12 articles seen, 12 are on hosts that the portal does not declare: {NEW_HOST} 12; {REMEDY}"
    )
    assert (result["seen"], result["covered"], result["refused"]) == (12, 0, {"offsite": 12})
    assert section.crawl(page)["outcome"] == "dead"  # and so it stays while nobody does anything
    assert set(section.crawls.replica.requests("phuong-9")) == {"/robots.txt", SECTION}


@pytest.mark.parametrize(
    ("own", "elsewhere", "outcome"), [(6, 6, "partial"), (3, 3, "partial"), (2, 2, "ok"), (8, 4, "ok")]
)
def test_half_of_them_and_three_are_most(section: Section, own: int, elsewhere: int, outcome: str) -> None:
    far = [f"/web/phuong9/-/tin-{number}" for number in range(elsewhere)]
    result = section.crawl(listing([*OWN[:own], *on("baotinh.example.vn", far)]))
    assert (result["outcome"], result["new"]) == (outcome, own)
    words = "that the portal does not declare" if outcome == "partial" else "on other hosts"
    assert f"{words}: baotinh.example.vn {elsewhere}" in result["reason"]


def test_addresses_kept_from_another_night_do_not_count_as_listed(section: Section) -> None:
    far = on("baotinh.example.vn", (f"/web/phuong9/-/tin-{number}" for number in range(6)))
    section.crawl(listing([*OWN[:6], *far]))
    result = section.crawl(listing(OWN[:6]))
    assert (result["outcome"], result["seen"], result["refused"]) == ("unchanged", 12, {"offsite": 6})
    assert result["reason"] == "not stored: offsite 6; on other hosts: baotinh.example.vn 6"


def test_a_portal_that_moves_is_partial_at_once_though_every_article_is_known(section: Section) -> None:
    assert section.crawl(listing(OWN))["outcome"] == "ok"
    result = section.crawl(listing(on(NEW_HOST, OWN)))
    assert (result["outcome"], result["refused"], result["covered"]) == ("partial", {}, 12)
    assert REMEDY in result["reason"]


def test_one_article_of_its_own_under_www_is_missing_and_told_with_the_port_it_has(section: Section) -> None:
    port = urlsplit(section.address).port
    section.address = f"http://localhost:{port}"
    page = listing([*OWN[:8], *on(f"www.localhost:{port}", OWN[8:9])])
    result = section.crawl(page)
    assert (result["outcome"], result["new"]) == ("partial", 8)
    assert f"if the portal moved there, crawl --url http://www.localhost:{port};" in result["reason"]
    assert "with 'www.localhost' in the column hosts" in result["reason"]


def test_a_menu_that_leads_to_the_portal_under_www_is_missing_too(section: Section) -> None:
    section.address = f"http://localhost:{urlsplit(section.address).port}"
    middlewares = json.dumps({"tests.crawling.leaving_out.LeavingOutOwnNews": 500})
    result = section.crawl(listing(OWN), "--set", f"SPIDER_MIDDLEWARES={middlewares}")
    assert (result["outcome"], result["new"], result["left_out"]) == ("partial", 12, {"offsite": 1})
    assert "www.localhost 1; if the portal moved there, crawl --url http://www.localhost;" in result["reason"]


def test_an_article_that_is_stored_from_here_is_not_missing_for_being_under_www_too(section: Section) -> None:
    port = urlsplit(section.address).port
    section.address = f"http://localhost:{port}"
    page = listing([*OWN[:8], *on(f"www.localhost:{port}", OWN[:1])])
    assert section.crawl(page)["outcome"] == "ok"


def test_articles_that_are_all_redirected_to_another_host_are_elsewhere(section: Section) -> None:
    for path in OWN:
        headers = {"Location": f"http://{NEW_HOST}{path}"}
        section.crawls.replica.answer("phuong-9", path, status=301, headers=headers)
    result = section.crawl(listing(OWN))
    assert (result["outcome"], result["exit_code"]) == ("dead", 4)
    assert result["reason"].endswith(f"{NEW_HOST} 12; {REMEDY}")


def test_another_port_of_the_portals_host_is_told_as_the_address_to_use(section: Section) -> None:
    result = section.crawl(listing(on("127.0.0.1:8080", OWN)))
    assert result["outcome"] == "dead"
    assert result["reason"].endswith(
        "127.0.0.1:8080 12; if the portal moved there, crawl --url http://127.0.0.1:8080"
    )


def test_a_listing_that_is_redirected_to_another_host_says_what_to_do(section: Section) -> None:
    headers = {"Location": f"http://{NEW_HOST}{SECTION}"}
    section.crawls.replica.answer("phuong-9", SECTION, status=301, headers=headers)
    result = section.ask("--url", section.address + SECTION)
    assert (result["outcome"], result["exit_code"]) == ("dead", 4)
    assert result["reason"].endswith(f"leads to {NEW_HOST}, not a host of this portal; {REMEDY}")


def test_a_listing_without_an_article_says_where_its_links_lead(section: Section) -> None:
    links = on(NEW_HOST, (f"/tin-tuc-{number}" for number in range(5)))
    result = section.crawl(listing(["/gioi-thieu", *links]))
    assert result["outcome"] == "empty"
    assert result["reason"].endswith(f"; most of their links lead to {NEW_HOST} 5; {REMEDY}")


def test_a_registered_portal_is_told_which_row_to_change(section: Section, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    row = row_of(section.crawls.replica, "phuong-9", sections=f"Tin={SECTION}")
    own.write_text(row, encoding="utf-8")
    section.crawls.replica.answer("phuong-9", SECTION, listing([*OWN[:3], *on(NEW_HOST, OWN[3:])]))
    result = section.ask("test-phuong-9", "--portals", str(own))
    assert result["outcome"] == "partial"
    assert result["reason"].endswith(
        f"if the portal moved there, write base_url http://{NEW_HOST} in its row ({own}:2); "
        f"if both hosts are the portal, add '{NEW_HOST}' to its hosts"
    )
