"""Quiet replica portals beside guilty ones, registered in a package of their own and crawled by workers."""

import json
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support.command import CHECKOUT, environment, run, start
from tests.support.crawls import BY_NAME
from tests.support.misconduct import PACKAGE
from wardcrawler.replica import Replica
from wardcrawler.replica.portals import ReplicaPortal, quiet_portal

QUIET = 8

HEAD = """\
import asyncio
import os

from tests.support.misconduct import block, hang, let_pass
from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.platforms.registry import PLATFORMS
"""
PACKAGE_HEAD = "from tests.support.misconduct import age_hanging_workers\n\nage_hanging_workers()\n"

LISTING = "def parse_listing(self, response, walk, asked)"
ARTICLE = "class platform(platform):\n        @classmethod\n        def parse_article(cls, document, url)"
# What a guilty portal does, and where.
GUILTY = {
    "hangs": (LISTING, "hang()"),
    "hangs-later": (LISTING, "yield hang()"),
    "blocks": (LISTING, "block()"),
    "exits": (LISTING, "os._exit(3)"),
    "crashes": (ARTICLE, "os.kill(os.getpid(), 11)"),
    "devours": (LISTING, "self.hoard = [bytearray(10_000_000) for _ in range(1000)]"),
    "devours-articles": (ARTICLE, "cls.hoard = [bytearray(10_000_000) for _ in range(1000)]"),
    "waits": (
        "async def parse_listing(self, response, walk, asked)",
        "let_pass(5000); await asyncio.Event().wait()",
    ),
}


def declared(portal: ReplicaPortal, address: str, name: str, method: str = "") -> str:
    """The source of a portal class for a replica portal, as a person writes it."""
    return (
        f"\n\nclass {name.title().replace('-', '')}(Portal):\n    platform = PLATFORMS['{portal.variant}']\n"
        f"    name = 'test-{name}'\n"
        f"    title = {portal.title!r}\n"
        f"    level = 'ward'\n"
        f"    base_url = {address!r}\n"
        f"    sections = {portal.sections!r}\n{method}"
    )


@dataclass
class Fleet:
    """Runs ``wardcrawler crawl`` on the portals of a package written for a test."""

    replica: Replica
    folder: Path
    db: Path
    sources: dict[str, str] = field(default_factory=dict)

    def healthy(self, *portals: int | str) -> None:
        """Register quiet portals by number, as ``test-quiet-001`` …, and others by name."""
        for each in portals:
            portal = quiet_portal(each) if isinstance(each, int) else BY_NAME[each]
            self._write(portal.name, HEAD + declared(portal, self.replica.address(portal.name), portal.name))

    def guilty(self, number: int, name: str) -> None:
        """Register a quiet portal that misbehaves as ``test-<name>``."""
        portal = quiet_portal(number)
        where, what = GUILTY[name]
        indent = " " * (12 if where == ARTICLE else 8)
        method = f"\n    {where}:\n{indent}{what}\n"
        self._write(name, HEAD + declared(portal, self.replica.address(portal.name), name, method))

    def late(self, name: str, articles: int) -> None:
        """Register a portal whose time is up after so many articles, if it has an hour."""
        portal = BY_NAME[name]
        method = (
            f"\n    {ARTICLE}:\n"
            "            cls.parsed = getattr(cls, 'parsed', 0) + 1\n"
            f"            if cls.parsed == {articles}:\n"
            "                let_pass(3600)\n"
            "            return super().parse_article(document, url)\n"
        )
        self._write(name, HEAD + declared(portal, self.replica.address(name), name, method))

    def module(self, name: str, source: str) -> None:
        """Register whatever ``source`` says."""
        self._write(name, source)

    def _write(self, name: str, source: str) -> None:
        package = self.folder / PACKAGE
        package.mkdir(exist_ok=True)
        (package / "__init__.py").write_text(PACKAGE_HEAD, encoding="utf-8")
        (package / f"{name.replace('-', '_')}.py").write_text(source, encoding="utf-8")

    def arguments(self, *more: str) -> list[str]:
        """Return the arguments that crawl registered portals, without any pause."""
        return ["crawl", "--delay", "0", "--db", str(self.db),
                "--set", f"SPIDER_MODULES={PACKAGE}", *more]  # fmt: skip

    def environment(self) -> dict[str, str]:
        """Return an environment in which the package can be imported."""
        return environment(PYTHONPATH=f"{self.folder}:{CHECKOUT}")

    def command(self, *more: str) -> subprocess.CompletedProcess[str]:
        """Crawl to the end."""
        return run(*self.arguments(*more), env=self.environment())

    def start(self, *more: str) -> subprocess.Popen[str]:
        """Start a crawl."""
        return start(*self.arguments(*more), env=self.environment())

    def crawl(self, *more: str) -> dict[str, dict[str, Any]]:
        """Crawl all and return the results by portal, the exit code under ``exit_code``."""
        done = self.command("--all", "--json", *more)
        answer = json.loads(done.stdout)
        assert answer["exit_code"] == done.returncode
        return {"exit_code": done.returncode, **{each["site"]: each for each in answer["portals"]}}

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return what a query of the database gives."""
        with closing(sqlite3.connect(self.db)) as connection:
            return connection.execute(sql).fetchall()

    def elsewhere(self, name: str) -> "Fleet":
        """The same portals, another database."""
        return Fleet(self.replica, self.folder, self.db.with_name(name))


# Everything but ids and times. Of a text that two portals publish with different marks, the first one's
# spelling is kept, and which is first is chance: compared is what makes it one text.
COMPARED = (
    "SELECT content_hash, published_at, date_precision, date_source FROM articles ORDER BY content_hash",
    "SELECT title, lead, body, html FROM articles WHERE id IN "
    "(SELECT article_id FROM pages GROUP BY article_id HAVING count(*) = 1) ORDER BY content_hash",
    "SELECT p.site, p.key, p.url, p.category, p.published_at, p.http_status, p.failure, a.content_hash "
    "FROM pages p LEFT JOIN articles a ON a.id = p.article_id ORDER BY p.site, p.key",
    "SELECT site, url, section, backfilled_at IS NULL, open_since FROM listings ORDER BY site, url",
    "SELECT name, title, level, province, base_url, platform, status FROM sites ORDER BY name",
    "SELECT count(*) FROM articles_fts",
)


def assert_same(one: Fleet, other: Fleet) -> None:
    for sql in COMPARED:
        assert one.rows(sql) == other.rows(sql)
    assert one.rows("PRAGMA integrity_check") == [("ok",)]
    assert one.rows("PRAGMA foreign_key_check") == []


def one_by_one(fleet: Fleet, name: str = "one-by-one.db") -> Fleet:
    """The same portals, each crawled in the command's own process."""
    other = fleet.elsewhere(name)
    for (site,) in fleet.rows("SELECT name FROM sites ORDER BY name"):
        assert other.command(site).returncode == 0
    return other
