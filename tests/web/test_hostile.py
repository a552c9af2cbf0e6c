"""Crawled text that wants to run in the reader's browser, in a real one."""

import asyncio
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle
from pathlib import Path

import pytest

from tests.support.served import Served, served
from tests.web import vectors
from tests.web.chromium import PROGRAM, chromium
from wardcrawler.store.database.connection import open_database

needs_browser = pytest.mark.skipif(PROGRAM is None, reason="no Chromium on this machine")

_UNTOUCHED = {"name", "key", "site", "sha256", "content_hash", "outcome", "level", "status", "unit_code"}
"""Columns that join, or that only we write. What a portal says may stand in every other text column."""

_READ = ("sites", "articles", "pages", "listings", "runs", "attachments", "article_attachments", "images")


class Canary:
    """A server on loopback that remembers who asked it for anything, and serves one page without defence."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.page = ""
        canary = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                canary.heard.append(self.path)
                body = canary.page.encode() if self.path == "/undefended" else b""
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    canary = Canary()
    with canary.server:
        thread = threading.Thread(target=canary.server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield canary
        canary.server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def hostile(canary: Canary, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which every text that a portal could have written is one of the vectors."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    markup, addresses = list(vectors.markup(canary.address)), list(vectors.addresses(canary.address))
    everything = "\n".join(markup)
    with closing(open_database(path)) as db:
        db.execute("INSERT INTO sites (name, base_url, level) VALUES (?, 'x', 'ward')", ('"><b>x',))
        for number, one in enumerate(markup, 1):
            db.execute(
                "INSERT INTO articles (id, title, body, html, published_at, date_source, content_hash, "
                "first_seen, last_changed) VALUES (?, ?, ?, ?, '2024-01-02', 'node', ?, "
                "'2024-01-02T00:00:00+07:00', 'x')",
                (number, one, one, one, str(number)),
            )
            db.execute(
                "INSERT INTO articles_fts (rowid, title, body, folded) VALUES (?, ?, 'xss', 'xss')",
                (number, one),
            )
            db.execute(
                "INSERT INTO pages (site, key, url, article_id, first_seen, checked_at) "
                "VALUES ('\"><b>x', ?, 'x', ?, 'x', 'x')",
                (f"{number}/{one[:20]}", number),
            )
        db.execute("UPDATE articles SET html = ?, body = ? WHERE id = 1", (everything, everything))
        db.execute("INSERT INTO attachments VALUES ('ab', 'x', 1, 'x', 'x', 'ok', 'x', 1, 'x', 'x', 'x', 1)")
        db.execute(
            "INSERT INTO listings (site, url, section, last_walked_at) VALUES ('\"><b>x', 'x', 'x', 'x')"
        )
        db.execute(
            "INSERT INTO runs (site, started_at, outcome, command, version) "
            "VALUES ('\"><b>x', 'x', 'ok', 'x', 'x')"
        )
        for number in range(1, len(addresses) + 1):
            db.execute("INSERT INTO images VALUES (1, ?, ?, 'x', 'x')", (number, str(number)))
            db.execute(
                "INSERT INTO article_attachments (article_id, position, url, filename, label, sha256) "
                "VALUES (1, ?, ?, 'x', 'x', 'ab')",
                (number, str(number)),
            )
        _poison(db.conn, markup, addresses)
        db.conn.commit()
    return path


def _poison(db: sqlite3.Connection, markup: list[str], addresses: list[str]) -> None:
    texts = cycle(markup)
    for table in _READ:
        for _, column, type_, *_ in db.execute(f"PRAGMA table_info({table})").fetchall():
            if type_ != "TEXT" or column in _UNTOUCHED or column in ("published_at", "html"):
                continue
            for (rowid,) in db.execute(f"SELECT rowid FROM {table}").fetchall():
                if column in ("url", "base_url"):
                    value = addresses[rowid % len(addresses)] + f"#{rowid}"
                elif (table, column, rowid) == ("articles", "body", 1):
                    continue
                else:
                    value = next(texts)
                db.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (value, rowid))


@pytest.fixture(scope="module")
def server(hostile: Path) -> Iterator[Served]:
    with served(hostile) as running:
        yield running


def paths(server: Served) -> list[str]:
    tables = [f"/wardcrawler/{name}" for name in (*_READ, "records", "site_health", "monthly_counts")]
    rows = [f"/wardcrawler/{name}/1" for name in ("articles", "runs")]
    portal = "/portal/%22%3E%3Cb%3Ex"
    searched = ["/search", "/search?q=xss", "/search?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E"]
    ours = ["/", *searched, "/portals", portal]
    queries = [f"/wardcrawler/{asked}" for asked in ("newest", "search?words=xss", "undated", "months")]
    wrong = ["/wardcrawler?sql=select+'%3Cscript%3Edocument.title=1%3C/script%3E'+from+no", "/%3Cscript%3E"]
    articles = [f"/article/{number}" for number in range(1, len(list(vectors.markup(""))) + 1)]
    return [*ours, *articles, *tables, *rows, *queries, *wrong]


@needs_browser
def test_nothing_that_was_crawled_runs_or_loads_on_any_page(server: Served, canary: Canary) -> None:
    async def look() -> list[str]:
        wrong = []
        async with chromium() as tab:
            for path in paths(server):
                await tab.open(server.address + path)
                title = await tab.value("document.title")
                here = await tab.value("location.href")
                await tab.value(
                    "for (const a of document.querySelectorAll('a[href^=\"javascript\" i]')) a.click()"
                )
                scripts = await tab.value(
                    "[...document.scripts].filter(s => !s.src.startsWith(location.origin + '/')).length"
                )
                handlers = await tab.value(
                    "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes]).map(a => a.name)"
                    ".filter(name => /^on|^srcdoc$/.test(name))"
                )
                loading = await tab.value(
                    "document.querySelectorAll('main img, iframe, object, embed, main form[action^=http], "
                    "base, main style, main link, main svg image, video, audio, main meta').length"
                )
                dangerous = await tab.value(
                    "[...document.links].filter(a => !/^(https?|mailto):$/.test(a.protocol)).length"
                )
                if title == "PWNED" or not here.startswith(server.address):
                    wrong.append(f"{path}: ran: {title} {here}")
                if scripts or handlers or loading or dangerous or any("dialog" in said for said in tab.said):
                    wrong.append(f"{path}: {scripts} {handlers} {loading} {dangerous} {tab.said}")
        return wrong

    canary.heard.clear()
    assert asyncio.run(look()) == []
    assert canary.heard == []


@needs_browser
def test_the_same_vectors_do_run_where_nothing_is_done_against_them(canary: Canary) -> None:
    async def look() -> set[str]:
        ran = set()
        async with chromium() as tab:
            for one in vectors.markup(canary.address):
                canary.page = f"<!DOCTYPE html><title>untouched</title><body>{one}"
                await tab.open(f"{canary.address}/undefended")
                if await tab.value("document.title") != "untouched":
                    ran.add(one)
        return ran

    canary.heard.clear()
    ran = asyncio.run(look())
    assert len(ran) > 10
    assert {"/ran", "/picture", "/frame", "/style", "/inline"} <= set(canary.heard)


@needs_browser
def test_datasettes_own_page_works_under_our_policy(server: Served) -> None:
    async def look() -> tuple[list[str], int, str]:
        async with chromium() as tab:
            await tab.open(f"{server.address}/wardcrawler/articles")
            await tab.value(
                "document.querySelector('th[data-column=title] svg')"
                ".dispatchEvent(new Event('click', {bubbles: true}))"
            )
            shown = await tab.value("document.querySelector('.dropdown-menu').innerText")
            icons = await tab.value("document.querySelectorAll('svg.dropdown-menu-icon').length")
            return list(tab.said), icons, shown

    said, icons, shown = asyncio.run(look())
    assert said == []
    assert icons > 5
    assert "Facet by this" in shown


@needs_browser
def test_no_page_of_ours_is_wider_than_a_phone(server: Served) -> None:
    async def look() -> dict[str, int]:
        wide = {}
        async with chromium() as tab:
            await tab.size(360, 740, phone=True)
            for path in ("/", "/search?q=xss", "/portals", "/article/1", "/wardcrawler"):
                await tab.open(server.address + path)
                more = await tab.value("document.documentElement.scrollWidth - innerWidth")
                if more > 0:
                    wide[path] = more
        return wide

    assert asyncio.run(look()) == {}


def test_csv_and_json_are_never_taken_for_pages(server: Served) -> None:
    for path in ("/wardcrawler/articles.csv", "/wardcrawler/articles.json", "/wardcrawler/newest.csv"):
        headers = server.get(path).headers
        assert not headers["Content-Type"].startswith("text/html")
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_outside_the_vault_is_not_given_out(server: Served, hostile: Path) -> None:
    secret = hostile.parent / "secret.txt"
    secret.write_text("secret")
    outside = {"1": "../secret.txt", "2": os.fspath(secret), "3": "files/../secret.txt", "4": "secret.txt"}
    with closing(sqlite3.connect(hostile)) as db, db:
        for digit, place in outside.items():
            db.execute(
                "INSERT INTO attachments (sha256, media_type, size, path) VALUES (?, 'x', 1, ?)",
                (digit * 64, place),
            )
    for digit in outside:
        answer = server.get(f"/file/{digit * 64}")
        assert answer.status == 404
        assert b"secret" not in answer.body
