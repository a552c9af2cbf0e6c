"""What a portal lists is found: sitemaps, feeds, REST, menus; again and again, and under one key."""

import json
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from sqlite3 import connect
from typing import Any

import pytest

from tests.support.command import run
from tests.support.databases import new_database, rows
from tests.support.written_site import WrittenSite

HEAD = '<meta name="generator" content="NukeViet v4.5"><script>var nv_base_siteurl = "/";</script>'
PER_PAGE = 4


def document(content: str, menu: Iterable[tuple[str, str]] = (), head: str = "") -> str:
    links = "".join(f'<li><a href="{path}">{words}</a></li>' for words, path in menu)
    return (
        f"<!doctype html><html><head><title>UBND xã Bến Gỗ</title>{HEAD}{head}</head>"
        f"<body><nav><ul>{links}</ul></nav><div id='container'>{content}</div></body></html>"
    )


class NukeVietSite:
    """A portal of NukeViet: sections by name, each with the numbers of its articles, the newest first."""

    def __init__(self, sections: dict[str, list[int]]) -> None:
        self.sections = sections
        self.menu = [(name.replace("-", " ").capitalize(), f"/vi/news/{name}/") for name in sections]
        self.head = ""
        self.pages: dict[str, str] = {}
        self.days: dict[int, int] = {}

    def address(self, number: int, section: str | None = None) -> str:
        own = next((name for name, numbers in self.sections.items() if number in numbers), "tin-tuc")
        return f"/vi/news/{section or own}/viec-chung-cua-xa-so-{number}.html"

    def day(self, number: int) -> str:
        return f"{self.days.get(number, number):02d}/03/2024"

    def list_of(self, numbers: list[int], section: str, number: int = 1) -> str:
        shown = numbers[(number - 1) * PER_PAGE : number * PER_PAGE]
        items = "".join(
            f'<div class="news_column"><h3><a href="{self.address(each, section)}">Việc chung của xã số '
            f'{each}</a></h3><div class="text-muted"><ul><li>{self.day(each)}</li></ul></div></div>'
            for each in shown
        )
        more = number * PER_PAGE < len(numbers)
        pager = f'<a href="/vi/news/{section}/page-{number + 1}/">Trang sau</a>' if more else ""
        return document(items + pager, self.menu)

    def article(self, number: int) -> str:
        text = (
            f"Bà con trong xã cùng nhau làm việc số {number} từ sáng sớm, mỗi hộ cử một người tham gia. " * 4
        )
        return document(
            f'<div class="news_column"><h1 class="title">Việc chung của xã số {number}</h1>'
            f'<span class="h5">{self.day(number)} 08:15</span>'
            f'<div id="news-bodyhtml" class="bodytext"><p>{text}</p></div></div>',
            self.menu,
        )

    def __call__(self, path: str) -> str | None:
        if path in self.pages:
            return self.pages[path]
        if path == "/":
            return document("<p>Chào bà con</p>", self.menu, self.head)
        steps = path.strip("/").split("/")
        if steps[:2] != ["vi", "news"] or len(steps) < 3:
            return None
        if path.endswith(".html"):
            return self.article(int(path.removesuffix(".html").rpartition("-")[2]))
        numbers = self.sections.get(steps[2])
        page = int(steps[3].removeprefix("page-")) if len(steps) == 4 else 1
        return None if numbers is None else self.list_of(numbers, steps[2], page)


def crawl(site: WrittenSite, db: Path, *more: str, url: str = "") -> dict[str, Any]:
    if not db.exists():
        new_database(db)
    done = run("crawl", "--url", url or site.address, "--delay", "0", "--db", str(db), "--json", *more)
    (result,) = json.loads(done.stdout)["portals"]
    assert isinstance(result, dict)
    return result


def change(db: Path, sql: str) -> None:
    with closing(connect(db)) as connection, connection:
        connection.execute(sql)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "crawl.db"


# --- lists that the portal itself names --------------------------------------------------------------


def sitemap(addresses: Iterable[str], kind: str = "url") -> str:
    of = {"url": "urlset", "sitemap": "sitemapindex"}[kind]
    entries = "".join(f"<{kind}><loc>{address}</loc></{kind}>" for address in addresses)
    return f'<?xml version="1.0"?><{of} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</{of}>'


def test_an_article_that_only_a_sitemap_names_is_found(db: Path) -> None:
    portal = NukeVietSite({"tin-tuc": [3, 2, 1]})
    # what many portals print: the host of before, without the port
    robots = "User-agent: *\nDisallow: /users/\nSitemap: http://127.0.0.1/so-do.xml\n"
    with WrittenSite(portal, robots) as site:
        portal.pages["/so-do.xml"] = sitemap([f"{site.address}/so-do-news.xml"], "sitemap")
        portal.pages["/so-do-news.xml"] = sitemap(site.address + portal.address(n) for n in (1, 2, 3, 17))
        result = crawl(site, db)
    assert (result["outcome"], result["new"], result["seen"]) == ("ok", 4, 4)
    assert rows(db, "SELECT kind FROM listings WHERE kind <> 'page' ORDER BY kind") == [
        ("section",),
        ("sitemap",),
    ]
    assert max(site.requests.values()) == 1


def test_a_page_in_the_place_of_a_sitemap_is_none(db: Path) -> None:
    portal = NukeVietSite({"tin-tuc": [3, 2, 1]})
    portal.pages["/sitemap.xml"] = portal.list_of([9, 8, 7], "tin-tuc")
    with WrittenSite(portal) as site:
        assert crawl(site, db)["new"] == 3


def test_an_article_that_only_the_feed_names_is_found_the_next_night_too(db: Path) -> None:
    portal = NukeVietSite({"tin-tuc": [3, 2, 1]})
    portal.head = '<link rel="alternate" type="application/rss+xml" href="/vi/news/rss/">'

    def feed(*numbers: int) -> str:
        links = (f"{site.address}{portal.address(number)}" for number in numbers)
        items = "".join(f"<item><title>Việc chung</title><link>{link}</link></item>" for link in links)
        return f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'

    with WrittenSite(portal) as site:
        portal.pages["/vi/news/rss/"] = feed(3, 2, 1, 11)
        assert crawl(site, db)["new"] == 4
        portal.pages["/vi/news/rss/"] = feed(12, 3, 2, 1, 11)
        site.requests.clear()
        assert crawl(site, db)["new"] == 1
    assert sorted(site.requests) == sorted(
        ["/robots.txt", "/vi/news/rss/", "/vi/news/tin-tuc/", portal.address(12)]
    )


# --- menus -------------------------------------------------------------------------------------------


def test_no_word_of_a_menu_decides_and_what_lists_nothing_is_remembered(db: Path) -> None:
    portal = NukeVietSite({"dat-dai": [2, 1], "ke-hoach-bao-cao": [4, 3], "phap-luat": [6, 5, 7]})
    portal.menu += [("Giới thiệu", "/vi/about/"), ("Không có", "/vi/khong-co/")]
    portal.pages["/vi/about/"] = document("<h1>Giới thiệu</h1><p>Xã ở ven sông.</p>", portal.menu)
    with WrittenSite(portal) as site:
        assert (crawl(site, db)["outcome"], len(rows(db, "SELECT 1 FROM articles"))) == ("ok", 7)
        assert rows(db, "SELECT section FROM listings WHERE kind = 'page' ORDER BY section") == [
            ("Giới thiệu",),
            ("Không có",),
        ]
        site.requests.clear()
        change(db, "UPDATE sites SET looked_at = '2020-01-01T00:00:00+07:00'")
        assert crawl(site, db)["outcome"] == "unchanged"
    assert "/vi/about/" not in site.requests


def test_a_section_that_a_menu_gets_later_is_found_within_a_week(db: Path) -> None:
    portal = NukeVietSite({"tin-tuc": [3, 2, 1]})
    with WrittenSite(portal) as site:
        crawl(site, db)
        portal.sections["chuyen-doi-so"] = [9, 8]
        portal.menu.append(("Chuyển đổi số", "/vi/news/chuyen-doi-so/"))
        assert crawl(site, db)["new"] == 0
        change(db, "UPDATE sites SET looked_at = datetime(looked_at, '-7 days') || '+07:00'")
        assert crawl(site, db)["new"] == 2


def test_lists_by_month_are_opened_only_where_they_list_something_of_their_own(db: Path) -> None:
    portal = NukeVietSite({"tin-tuc": list(range(12, 0, -1))})
    months = [f"/vi/news/thang-{month}/" for month in range(1, 7)]
    portal.menu += [(f"Tháng {path.strip('/')[-1]}", path) for path in months]
    for month, path in enumerate(months, 1):
        portal.pages[path] = portal.list_of([2 * month, 2 * month - 1], "tin-tuc")
    with WrittenSite(portal) as site:
        portal.pages["/sitemap.xml"] = sitemap(site.address + portal.address(n) for n in range(1, 13))
        assert crawl(site, db)["new"] == 12
        assert [path for path in months if path in site.requests] == months[:2]
    portal.pages["/sitemap.xml"] = ""
    with WrittenSite(portal) as site:
        crawl(site, db.with_name("other.db"))
        assert [path for path in months if path in site.requests] == months


# --- which page is that ------------------------------------------------------------------------------


def test_a_home_page_under_a_path_is_one(db: Path) -> None:
    portal = NukeVietSite({"tin-tuc": [3, 2, 1], "thong-bao": [5, 4]})
    portal.menu.insert(0, ("Trang chủ", "/"))
    portal.pages["/vi/"] = document("<p>Chào bà con</p>", portal.menu)
    with WrittenSite(portal) as site:
        assert crawl(site, db, url=f"{site.address}/vi/")["new"] == 5


def test_a_list_is_walked_alone_and_the_result_says_so(db: Path) -> None:
    portal = NukeVietSite({"tin-tuc": [6, 5, 3, 2, 1], "thong-bao": [4]})
    portal.menu.insert(0, ("Trang chủ", "/"))
    with WrittenSite(portal) as site:
        result = crawl(site, db, url=f"{site.address}/vi/news/tin-tuc/")
    assert (result["outcome"], result["new"]) == ("ok", 5)
    assert "is a list, walked alone; for the whole portal: --url" in result["reason"]


def test_an_article_is_stored_alone_and_the_result_says_so(db: Path) -> None:
    portal = NukeVietSite({"tin-tuc": [3, 2, 1]})
    portal.menu.insert(0, ("Trang chủ", "/"))
    with WrittenSite(portal) as site:
        result = crawl(site, db, url=site.address + portal.address(2))
    assert (result["outcome"], result["new"]) == ("ok", 1)
    assert "is a single article; for the whole portal: --url" in result["reason"]


def test_a_home_page_that_only_sends_on_is_followed(db: Path) -> None:
    portal = NukeVietSite({"tin-tuc": [3, 2, 1]})
    portal.pages["/vi/"] = document("<p>Chào bà con</p>", portal.menu)
    portal.pages["/"] = '<html><head><meta http-equiv="refresh" content="0;url=/vi/"></head></html>'
    with WrittenSite(portal) as site:
        assert crawl(site, db)["new"] == 3


def test_an_address_given_twice_is_refused(tmp_path: Path) -> None:
    done = run(
        "crawl", "--url", "http://127.0.0.1:1", "--url", "http://127.0.0.1:2", "--db", tmp_path / "x.db"
    )
    assert done.returncode == 2
    assert "--url was given 2 times" in done.stderr


# --- later crawls ------------------------------------------------------------------------------------


def test_a_new_article_behind_a_page_of_pinned_ones_is_found(db: Path) -> None:
    pinned = [1, 2, 3, 4]
    portal = NukeVietSite({"tin-tuc": [*pinned, 20, 19, 18, 17, 16, 15, 14, 13]})
    with WrittenSite(portal) as site:
        crawl(site, db)
        site.requests.clear()
        assert crawl(site, db)["outcome"] == "unchanged"
        assert sorted(site.requests) == ["/robots.txt", "/vi/news/tin-tuc/", "/vi/news/tin-tuc/page-2/"]
        portal.sections["tin-tuc"].insert(len(pinned), 21)
        assert crawl(site, db)["new"] == 1


def test_a_back_dated_article_is_found_when_the_portal_is_looked_over(db: Path) -> None:
    portal = NukeVietSite({"tin-tuc": list(range(25, 5, -1))})
    with WrittenSite(portal) as site:
        crawl(site, db)
        portal.days[30] = 12
        portal.sections["tin-tuc"].insert(14, 30)
        assert crawl(site, db)["new"] == 0
        change(db, "UPDATE sites SET looked_at = '2020-01-01T00:00:00+07:00'")
        assert crawl(site, db)["new"] == 1


def test_a_full_crawl_asks_for_what_no_list_names_any_more(db: Path) -> None:
    portal = NukeVietSite({"tin-tuc": [3, 2, 1]})
    with WrittenSite(portal) as site:
        crawl(site, db)
        gone = portal.address(2)
        portal.sections["tin-tuc"].remove(2)
        portal.pages[gone] = None  # type: ignore[assignment]
        for _ in range(2):
            crawl(site, db, "--full")
        assert site.requests[gone] == 3
    assert rows(db, "SELECT key FROM pages WHERE gone_at IS NOT NULL") == [("news/2",)]


# --- one article, several addresses --------------------------------------------------------------------


def test_an_address_that_leads_to_another_key_is_an_alias_and_not_asked_again(db: Path) -> None:
    portal = NukeVietSite({"tin-tuc": [3, 2, 7]})
    portal.pages[portal.address(7)] = f"Location: {portal.address(8)}"
    with WrittenSite(portal) as site:
        assert crawl(site, db)["new"] == 3
        site.requests.clear()
        assert crawl(site, db)["outcome"] == "unchanged"
    assert portal.address(7) not in site.requests
    assert rows(db, "SELECT key, alias_of, article_id IS NULL FROM pages ORDER BY key") == [
        ("news/2", None, 0),
        ("news/3", None, 0),
        ("news/7", "news/8", 1),
        ("news/8", None, 0),
    ]


def test_an_article_that_moved_keeps_its_history_and_is_not_gone(db: Path) -> None:
    portal = NukeVietSite({"tin-tuc": [3, 2, 1]})
    with WrittenSite(portal) as site:
        crawl(site, db)
        portal.pages[portal.address(2)] = f"Location: {portal.address(9)}"
        portal.sections["tin-tuc"] = [9, 3, 1]
        portal.pages[portal.address(9)] = portal.article(2)
        change(db, "UPDATE pages SET recheck_at = '2020-01-01T00:00:00+07:00' WHERE key = 'news/2'")
        result = crawl(site, db)
    assert (result["new"], result["changed"], result["gone"]) == (0, 0, 0)
    assert rows(db, "SELECT count(*) FROM articles") == [(3,)]
    assert rows(db, "SELECT alias_of FROM pages WHERE key = 'news/2'") == [("news/9",)]
