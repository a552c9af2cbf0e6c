"""``wardcrawler merge``: what an article costs in a small and a large merge, and in one that brings nothing.

``python -m benchmarks.merging [--articles N]``. The peer is the crawl's own writer, which stored the same
articles in the same run: what both do with an article is to store and to index it.
"""

import argparse
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.child import Measured, measure, report
from benchmarks.filling import fill
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.merging.merge import merge

SITES = ("a.example", "b.example")
LARGER = 10


def main() -> None:
    """Parse the command line, run, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.merging", description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000, help="in the larger database")
    parser.add_argument("--child", nargs=2, type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.child:
        report(lambda paths: merge_once(*paths), [tuple(chosen.child)])
        return
    with TemporaryDirectory() as name:
        print("\nMerging into an empty database, and again, against the writer that filled the other one")
        print(
            f"{'articles':>9}{'':10}{'wall s':>9}{'CPU ms/article':>16}{'peak MiB':>10}{'wall : writer':>15}"
        )
        for count in (chosen.articles // LARGER, chosen.articles):
            _compare(Path(name) / str(count), count)


def _compare(folder: Path, count: int) -> None:
    folder.mkdir()
    other, ours = folder / "other.db", folder / "ours.db"
    began = time.perf_counter()
    fill(other, SITES, count)
    writer = time.perf_counter() - began
    for turn in ("first", "again"):
        merged: Measured = measure("benchmarks.merging", "--child", str(ours), str(other))
        print(f"{count:9,} {turn:9}{merged.wall:9.1f}{merged.cpu_ms:16.3f}{merged.peak_mib:10.0f}"
              f"{merged.wall / writer:15.2f}")  # fmt: skip


def merge_once(ours: Path, other: Path) -> int:
    """Merge ``other`` into ``ours``; returns how many articles it holds."""
    with closing(open_database(ours)) as db:
        merged = merge(db, ours, other)
    return merged.articles + merged.known_articles


if __name__ == "__main__":
    main()
