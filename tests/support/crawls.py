"""Crawls of replica portals, by the command line, into one database."""

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.command import run, start
from tests.support.databases import new_database
from wardcrawler.crawling.portals.rows import write_row, write_sections
from wardcrawler.replica import Replica
from wardcrawler.replica.portals import PORTALS, ReplicaPortal

BY_NAME: dict[str, ReplicaPortal] = {portal.name: portal for portal in PORTALS}


def row_of(replica: Replica, name: str, **cells: str) -> str:
    """Return a file of portals with one row, that of a replica portal."""
    portal = BY_NAME[name]
    return write_row(
        {
            "name": f"test-{name}",
            "base_url": replica.address(name),
            "platform": portal.variant,
            "sections": write_sections(portal.sections),
            "title": portal.title,
            "level": "ward",
            **cells,
        }
    )


def sections_of(portal: str) -> list[str]:
    """Return the options that name the sections of a replica portal."""
    return [word for path in BY_NAME[portal].sections.values() for word in ("--section", path)]


@dataclass
class Crawls:
    """Runs ``wardcrawler`` on one database."""

    replica: Replica
    db: Path

    def arguments(self, portal: str, *more: str) -> list[str]:
        """Return the arguments that crawl a replica portal, without any pause."""
        return [
            "crawl", "--url", self.replica.address(portal), *sections_of(portal),
            "--delay", "0", "--set", "WARDCRAWLER_BACKOFF=0", "--db", str(self.db), *more,
        ]  # fmt: skip

    def command(self, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run ``wardcrawler`` to its end."""
        return run(*arguments, **options)

    def start(self, portal: str, *more: str) -> subprocess.Popen[str]:
        """Start a crawl of a replica portal."""
        return start(*self.arguments(portal, *more))

    def crawl(self, portal: str, *more: str) -> dict[str, Any]:
        """Crawl a replica portal and return its part of the JSON answer, with the exit code."""
        if not self.db.exists():
            new_database(self.db)
        done = self.command(*self.arguments(portal, "--json", *more))
        answer = json.loads(done.stdout)
        assert answer["exit_code"] == done.returncode
        (result,) = answer["portals"]
        return {**result, "exit_code": done.returncode}

    def rows(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Return what a query of the database gives."""
        with closing(sqlite3.connect(self.db)) as connection:
            return connection.execute(sql, parameters).fetchall()

    def change(self, sql: str) -> None:
        """Change the database by hand, as time or another program would."""
        with closing(sqlite3.connect(self.db)) as connection, connection:
            connection.execute(sql)


class Copies:
    """What a session's tests begin with, made by the first of them and copied for the others."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def make(self, name: str, folder: Path, make: Callable[[], object]) -> None:
        """Fill ``folder`` with what ``make`` puts there, or with a copy of what it put there before."""
        kept = self._folder / name
        if not kept.exists():
            make()
            shutil.copytree(folder, kept)
        else:
            shutil.copytree(kept, folder, dirs_exist_ok=True)


@dataclass
class Crawled:
    """All three portals crawled once into one database: results and requests by portal."""

    crawls: Crawls
    results: dict[str, dict[str, Any]]
    asked: dict[str, dict[str, int]]
