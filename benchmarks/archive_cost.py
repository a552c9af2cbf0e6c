"""What ``crawl --archive`` costs: ``python -m benchmarks.archive_cost [--pages N] [--repeat N]``.

The bench portal with and without, in turns, each in a process of its own; the best of each counts. Its pages
are served uncompressed, so all compressing is ours: portals that send gzip cost less.
"""

import argparse

from benchmarks.child import Measured, measure
from wardcrawler.replica import Replica
from wardcrawler.replica.portals import bench_portal


def bench_archive(pages: int, repeat: int) -> None:
    """CPU a page and peak memory, with and without."""
    best: dict[str, Measured] = {}
    with Replica(bench_pages=pages) as replica:
        start = replica.address("bench") + next(iter(bench_portal().sections.values()))
        for _ in range(repeat):
            for name in ("", "archive"):
                measured = measure("benchmarks.full_crawl", start, *filter(None, [name]))
                if name not in best or measured.cpu < best[name].cpu:
                    best[name] = measured
    print(f"\nCrawl of {pages:,} pages, best of {repeat} turns")
    print(f"{'':20}{'pages/s':>9}{'CPU ms/page':>13}{'peak MiB':>10}")
    for name, measured in best.items():
        label = "with --archive" if name else "without"
        print(f"{label:20}{measured.per_second:9.0f}{measured.cpu_ms:13.2f}{measured.peak_mib:10.0f}")
    print(f"CPU ratio {best['archive'].cpu_ms / best[''].cpu_ms:.2f} (goal ≤ 1.35)")


def main() -> None:
    """Parse the command line, run, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.archive_cost", description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--repeat", type=int, default=3)
    chosen = parser.parse_args()
    bench_archive(chosen.pages, chosen.repeat)


if __name__ == "__main__":
    main()
