"""Quiet replica portals beside guilty ones, registered in a package of their own and crawled by workers."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.crawling.conftest import BY_NAME, environment
from wardcrawler.replica import Replica
from wardcrawler.replica.portals import ReplicaPortal, quiet_portal

QUIET = 8

HEAD = (
    "import asyncio\nimport os\n\nfrom wardcrawler.crawling.spider.portal import Portal\n"
    "from wardcrawler.platforms.registry import PLATFORMS\n"
)

LISTING = "def parse_listing(self, response, walk, asked)"
ARTICLE = "class platform(platform):\n        @classmethod\n        def parse_article(cls, document, url)"
# What a guilty portal does, and where.
GUILTY = {
    "hangs": (LISTING, "while True: pass"),
    "hangs-later": (LISTING, "while True: yield from ()"),
    "exits": (LISTING, "os._exit(3)"),
    "crashes": (ARTICLE, "os.kill(os.getpid(), 11)"),
    "devours": (LISTING, "self.hoard = [bytearray(10_000_000) for _ in range(1000)]"),
    "devours-articles": (ARTICLE, "cls.hoard = [bytearray(10_000_000) for _ in range(1000)]"),
    "waits": ("async def parse_listing(self, response, walk, asked)", "await asyncio.Event().wait()"),
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

    def module(self, name: str, source: str) -> None:
        """Register whatever ``source`` says."""
        self._write(name, source)

    def _write(self, name: str, source: str) -> None:
        package = self.folder / "portals_of_test"
        package.mkdir(exist_ok=True)
        (package / "__init__.py").touch()
        (package / f"{name.replace('-', '_')}.py").write_text(source, encoding="utf-8")

    def arguments(self, *more: str) -> list[str]:
        return [sys.executable, "-m", "wardcrawler", "crawl", "--delay", "0", "--db", str(self.db),
                "--set", "SPIDER_MODULES=portals_of_test", *more]  # fmt: skip

    def environment(self) -> dict[str, str]:
        kept = environment()
        return kept | {"PYTHONPATH": f"{self.folder}:{kept['PYTHONPATH']}"}

    def command(self, *more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.arguments(*more), capture_output=True, text=True, timeout=120, env=self.environment(),
            check=False,
        )  # fmt: skip

    def start(self, *more: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.arguments(*more), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=self.environment(),
        )  # fmt: skip

    def crawl(self, *more: str) -> dict[str, dict[str, Any]]:
        """Crawl all and return the results by portal, the exit code under ``exit_code``."""
        done = self.command("--all", "--json", *more)
        answer = json.loads(done.stdout)
        assert answer["exit_code"] == done.returncode
        return {"exit_code": done.returncode, **{each["site"]: each for each in answer["portals"]}}

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.db)) as connection:
            return connection.execute(sql).fetchall()

    def elsewhere(self, name: str) -> "Fleet":
        """The same portals, another database."""
        return Fleet(self.replica, self.folder, self.db.with_name(name))


@pytest.fixture(scope="session")
def quiet_replica() -> Iterator[Replica]:
    with Replica(quiet_portals=QUIET) as replica:
        yield replica


@pytest.fixture
def fleet(quiet_replica: Replica, tmp_path: Path) -> Fleet:
    quiet_replica.restore()
    return Fleet(quiet_replica, tmp_path, tmp_path / "fleet.db")
