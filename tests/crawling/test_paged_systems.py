"""Articles on several pages of other systems than WordPress with names for addresses."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.command import run
from tests.support.databases import new_database, rows
from tests.support.paged_portals import (
    JOOMLA,
    TEXTS,
    TITLE,
    PagedPosts,
    PagedUnknown,
    page_links,
    paged_joomla,
    post,
)
from tests.support.written_site import WrittenSite

SECTION = ("--section", "/category/tin-tuc/")


def crawl(site: WrittenSite, db: Path, *more: str) -> dict[str, Any]:
    new_database(db)
    done = run("crawl", "--url", site.address, "--delay", "0", "--db", str(db), "--json", *more)
    assert done.returncode == 0, done.stdout + done.stderr
    (result,) = json.loads(done.stdout)["portals"]
    assert isinstance(result, dict)
    return result


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "crawl.db"


def test_pages_of_plain_addresses_are_read(db: Path) -> None:
    portal = PagedPosts(["/?p=12", "/?p=15&page=2"])
    portal.addresses = {1: "/?p=12", 2: "/?p=12&page=2", 3: "/?p=12&page=3"}
    later = {1: "/?p=15", 2: "/?p=15&page=2"}
    for number, address in later.items():
        portal.pages[address] = post("Ngày hội đọc sách", f"Buổi thứ {number}.", page_links(number, later))
    with WrittenSite(portal) as site:
        result = crawl(site, db, *SECTION)
    assert (result["outcome"], result["new"]) == ("ok", 2)
    texts = dict(rows(db, "SELECT p.key, a.body FROM pages p JOIN articles a ON a.id = p.article_id"))
    assert texts == {"?p=12": "\n".join(TEXTS.values()), "?p=15": "Buổi thứ 1.\nBuổi thứ 2."}
    assert rows(db, "SELECT url FROM pages ORDER BY key") == [
        (f"{site.address}/?p=12",), (f"{site.address}/?p=15",)
    ]  # fmt: skip


def test_pages_of_joomla_are_read(db: Path) -> None:
    with WrittenSite(paged_joomla) as site:
        result = crawl(site, db, *SECTION)
    assert (result["outcome"], result["new"]) == ("ok", 1)
    assert rows(db, "SELECT title, body, key, url FROM articles a JOIN pages p ON p.article_id = a.id") == [
        (TITLE, "\n".join(TEXTS.values()), "article/38", site.address + JOOMLA)
    ]


@pytest.mark.parametrize("near", [False, True])
def test_pages_of_an_unknown_system_are_read_and_pages_of_a_list_are_none(db: Path, near: bool) -> None:
    with WrittenSite(PagedUnknown(near=near)) as site:
        result = crawl(site, db)
    assert (result["outcome"], result["new"], result["left_out"]) == ("ok", 4, {})
    texts = dict(rows(db, "SELECT p.key, a.body FROM pages p JOIN articles a ON a.id = p.article_id"))
    assert {key: len(text.split("\n")) for key, text in texts.items()} == {
        "tin/bai-100.html": 9, "tin/bai-200.html": 3, "tin/bai-300.html": 3, "tin/bai-400.html": 3,
    }  # fmt: skip
    assert not any("Trang:" in text for text in texts.values())
    asked = sum(count for path, count in site.requests.items() if "bai-200.html?trang" in path)
    assert asked == (1 if near else 0)
