"""One crawl of a variant, as a user would run it, and what it stored."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from tools.live.instance import Instance
from tools.live.judge import Stored, Verdict, judge
from tools.live.variants import Variant


class Crawled(NamedTuple):
    """A crawl of one variant: its exit code, what it said of it, how many requests it made, the verdict."""

    exit_code: int
    said: str
    requests: int
    verdict: Verdict

    @property
    def is_well(self) -> bool:
        """Return whether it found everything, nothing else, and said so."""
        return not self.faults

    @property
    def faults(self) -> dict[str, list[str]]:
        """Return what is wrong, by kind: the verdict's faults, and an exit code that is not 0."""
        failed = {f"exit code {self.exit_code}": self.said.splitlines()[-1:]} if self.exit_code else {}
        return failed | self.verdict.faults


def crawl(site: Instance, variant: Variant, folder: Path) -> Crawled:
    """Serve a variant, crawl it with nothing but its address, as a user would, and judge what was stored."""
    path = folder / f"{variant.name}.db"
    program = Path(sys.executable).with_name("wardcrawler")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("WARDCRAWLER_")}
    with site.serve(variant) as served:
        done = subprocess.run(
            [program, "crawl", "--url", served.home, "--db", path, "--delay", "0", "--json"],
            cwd=folder, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        requests = len(served.requests())
    return Crawled(done.returncode, done.stderr, requests, judge(served.posts, stored(path)))


def stored(path: Path) -> list[Stored]:
    """Return the records of a database, of none where the crawl made no database."""
    if not path.exists():
        return []
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT url, title, published_at, body FROM records ORDER BY url")
        return [Stored(*row) for row in rows]
