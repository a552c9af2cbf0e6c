"""The replica portals, and the command line as a person or cron runs it: a process of its own."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from wardcrawler.replica import Replica
from wardcrawler.replica.portals import PORTALS, ReplicaPortal

CHECKOUT = Path(__file__).parents[2]
BY_NAME: dict[str, ReplicaPortal] = {portal.name: portal for portal in PORTALS}


@pytest.fixture(scope="session")
def running_replica() -> Iterator[Replica]:
    with Replica() as replica:
        yield replica


@pytest.fixture
def replica(running_replica: Replica) -> Replica:
    running_replica.restore()
    return running_replica


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WARDCRAWLER_")}
    return kept | {"PYTHONPATH": str(CHECKOUT)}


@dataclass
class Crawls:
    """Runs ``wardcrawler`` on one database."""

    replica: Replica
    db: Path

    def arguments(self, portal: str, *more: str) -> list[str]:
        sections = [word for path in BY_NAME[portal].sections.values() for word in ("--section", path)]
        return [
            "crawl",
            "--url",
            self.replica.address(portal),
            *sections,
            "--delay",
            "0",
            "--set",
            "WARDCRAWLER_BACKOFF=0",
            "--db",
            str(self.db),
            *more,
        ]

    def command(self, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "wardcrawler", *arguments],
            capture_output=True, text=True, timeout=120, env=environment(), check=False, **options,
        )  # fmt: skip

    def start(self, portal: str, *more: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "wardcrawler", *self.arguments(portal, *more)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(),
        )  # fmt: skip

    def crawl(self, portal: str, *more: str) -> dict[str, Any]:
        """Crawl a replica portal and return its part of the JSON answer, with the exit code."""
        done = self.command(*self.arguments(portal, "--json", *more))
        answer = json.loads(done.stdout)
        assert answer["exit_code"] == done.returncode
        (result,) = answer["portals"]
        return {**result, "exit_code": done.returncode}

    def rows(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(self.db)
        try:
            return connection.execute(sql, parameters).fetchall()
        finally:
            connection.close()


@pytest.fixture
def crawls(replica: Replica, tmp_path: Path) -> Crawls:
    return Crawls(replica, tmp_path / "crawl.db")


@dataclass
class Crawled:
    """All three portals crawled once into one database: results and requests by portal."""

    crawls: Crawls
    results: dict[str, dict[str, Any]]
    asked: dict[str, dict[str, int]]


@pytest.fixture(scope="session")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    with Replica() as replica:  # one of its own, which nobody changes
        crawls = Crawls(replica, tmp_path_factory.mktemp("crawled") / "all.db")
        results = {name: crawls.crawl(name) for name in BY_NAME}
        yield Crawled(crawls, results, {name: replica.requests(name) for name in BY_NAME})
