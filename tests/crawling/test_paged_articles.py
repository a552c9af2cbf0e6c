"""Articles that stand on several pages: read whole, stored once, never called whole if they are not."""

import json
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from sqlite3 import connect
from typing import Any

import pytest

from tests.support.command import run
from tests.support.databases import new_database
from tests.support.written_site import WrittenSite

TITLE = "Kế hoạch nạo vét kênh Bà Bông"
TEXTS = {
    1: "Ủy ban nhân dân xã lập kế hoạch nạo vét tuyến kênh Bà Bông dài hai cây số trước mùa mưa.",
    2: "Mỗi ấp cử hai mươi người, mang theo cuốc xẻng, tập trung ở đầu cầu lúc sáu giờ sáng.",
    3: "Công an xã giữ trật tự trên bờ kênh; trạm y tế cử một tổ trực cấp cứu suốt buổi.",
}
POST, ANOTHER = "/ke-hoach-nao-vet-kenh-ba-bong/", "/hop-dan-ap-ba-ve-duong-lang/"


def wordpress(content: str, kind: str, menu: str = "") -> str:
    return (
        '<!doctype html><html lang="vi"><head><title>UBND xã Bến Đò</title>'
        '<meta name="generator" content="WordPress 6.1.9"></head>'
        f'<body class="{kind}"><nav>{menu}</nav><main>{content}</main></body></html>'
    )


def post(title: str, text: str, pager: str = "") -> str:
    return wordpress(
        f'<article class="post"><h1 class="entry-title">{title}</h1>'
        '<time class="entry-date published" datetime="2024-03-05T08:15:00+07:00">05/03/2024</time>'
        f'<div class="entry-content"><p>{text}</p>{pager}</div></article>',
        "single single-post",
    )


def page_links(number: int, addresses: dict[int, str]) -> str:
    """What ``wp_link_pages`` prints on page ``number``."""
    links = " ".join(
        f'<span class="post-page-numbers current" aria-current="page">{each}</span>'
        if each == number
        else f'<a href="{address}" class="post-page-numbers">{each}</a>'
        for each, address in addresses.items()
    )
    return f'<p class="post-nav-links">Trang: {links}</p>'


class Portal:
    """A portal of WordPress with one section: a post on three pages, and one on one page. ``listed`` are the
    addresses that the section links to, ``pages`` answer in place of the portal.
    """

    def __init__(self, listed: Iterable[str] = (POST, ANOTHER)) -> None:
        self.listed = list(listed)
        self.texts = dict(TEXTS)
        self.addresses = {number: POST if number == 1 else f"{POST}{number}/" for number in TEXTS}
        self.pages: dict[str, str | None] = {}
        self.titles: dict[int, str] = {}

    def __call__(self, path: str) -> str | None:
        if path in self.pages:
            return self.pages[path]
        if path == "/category/tin-tuc/":
            titles = "".join(
                f'<article><h2 class="entry-title"><a href="{each}">{TITLE}</a></h2></article>'
                for each in self.listed
            )
            return wordpress(titles, "archive category")
        if path == ANOTHER:
            return post("Họp dân ấp Ba về đường làng", "Ấp Ba họp dân bàn việc góp đất làm đường làng.")
        number = next((each for each, address in self.addresses.items() if address == path), None)
        if number is None:
            return None
        return post(self.titles.get(number, TITLE), self.texts[number], page_links(number, self.addresses))


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


def rows(db: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(connect(db)) as connection:
        return connection.execute(sql).fetchall()


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
    with WrittenSite(Portal()) as site:
        result = crawl(site, db)
    assert (result["outcome"], result["new"], result["left_out"]) == ("ok", 2, {})
    assert body(db) == list(TEXTS.values())
    assert rows(db, "SELECT key FROM pages ORDER BY key") == [(ANOTHER.strip("/"),), (POST.strip("/"),)]
    ((html,),) = rows(db, f"SELECT html FROM articles WHERE title = '{TITLE}'")
    assert all(text in html for text in TEXTS.values())
    assert "Trang:" not in html
    assert [site.requests[address] for address in Portal().addresses.values()] == [1, 1, 1]
