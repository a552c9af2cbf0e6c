"""Rebuilding records from an archive: ``python -m benchmarks.reparsing [--pages N] [--repeat N]``.

The crawl of the bench portal is the peer: the same pages through the same parsers into the same tables,
fetched from loopback. Crawl and reading take turns, each in a process of its own; the best of each counts.
"""

import argparse
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.child import Measured, measure
from wardcrawler.replica import Replica
from wardcrawler.replica.portals import bench_portal


def bench_reparse(pages: int, repeat: int) -> None:
    """Pages a second, CPU a page and peak memory, of both."""
    best: dict[str, Measured] = {}
    with TemporaryDirectory() as folder, Replica(bench_pages=pages) as replica:
        start = replica.address("bench") + next(iter(bench_portal().sections.values()))
        archive = Path(folder) / "bench.wacz"
        command = [
            "crawl",
            "--url",
            start,
            "--platform",
            "liferay-hcmc",
            "--delay",
            "0",
            "--archive",
            str(archive),
        ]
        subprocess.run(
            [sys.executable, "-m", "wardcrawler", *command, "--db", str(Path(folder) / "bench.db")],
            check=True,
        )
        for _ in range(repeat):
            for name, arguments in {
                "crawl": ("benchmarks.full_crawl", start),
                "reparse": ("benchmarks.full_reparse", str(archive)),
            }.items():
                measured = measure(*arguments)
                if name not in best or measured.cpu < best[name].cpu:
                    best[name] = measured
    print(f"\n{best['reparse'].units:,} records, best of {repeat} turns")
    print(f"{'':12}{'pages/s':>9}{'CPU ms/page':>13}{'peak MiB':>10}")
    for name, measured in best.items():
        print(f"{name:12}{measured.per_second:9.0f}{measured.cpu_ms:13.2f}{measured.peak_mib:10.0f}")
    print(f"CPU ratio {best['reparse'].cpu_ms / best['crawl'].cpu_ms:.2f}")


def main() -> None:
    """Parse the command line, run, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reparsing", description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--repeat", type=int, default=3)
    chosen = parser.parse_args()
    bench_reparse(chosen.pages, chosen.repeat)


if __name__ == "__main__":
    main()
