"""Run the benchmarks of single parts: ``python -m benchmarks [--pages N] [--repeat N]``. Many portals at
once have their own, ``benchmarks.quiet_night``, and so has ``benchmarks.searching``; ``make bench`` runs all.

Machines are noisy, so what counts are ratios: everything that is compared runs in the same minutes, in
turns, and the best of each is taken.
"""

import argparse
import sys
from importlib.util import find_spec
from pathlib import Path

from benchmarks.archive_cost import bench_archive
from benchmarks.child import Measured, best_of, measure
from benchmarks.processes import environment_with, run
from wardcrawler.replica import Replica
from wardcrawler.replica.portals import bench_portal

WRITER_SIZES = (1_000, 10_000, 100_000)


def main() -> None:
    """Parse the command line, run, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--pages", type=int, default=1000, help="articles of the crawled portal")
    parser.add_argument("--repeat", type=int, default=3, help="turns; the best of each counts")
    chosen = parser.parse_args()
    bench_crawl(chosen.pages, chosen.repeat)
    bench_archive(chosen.pages, chosen.repeat)
    bench_writer()
    bench_recognition(chosen.repeat)
    bench_importing(chosen.repeat)


def bench_crawl(pages: int, repeat: int) -> None:
    """A bare Scrapy spider that downloads, one that also reads four fields, and our full crawl."""
    contestants = {
        "(a) bare Scrapy, download only": ("benchmarks.bare_scrapy", "download"),
        "(b) bare Scrapy, 4 CSS queries to JSON lines": ("benchmarks.bare_scrapy", "css"),
        "(c) wardcrawler into SQLite with index": ("benchmarks.full_crawl",),
    }
    turns: dict[str, list[Measured]] = {name: [] for name in contestants}
    with Replica(bench_pages=pages) as replica:
        start = replica.address("bench") + next(iter(bench_portal().sections.values()))
        for _ in range(repeat):
            for name, command in contestants.items():
                measured = measure(*command, start)
                if measured.units != pages:
                    raise SystemExit(f"{name}: {measured.units} of {pages} pages")
                turns[name].append(measured)
    best = {name: best_of(taken) for name, taken in turns.items()}
    print(f"\nCrawl of {pages} pages on loopback, best of {repeat} turns")
    print(f"{'':46}{'pages/s':>9}{'CPU ms/page':>13}{'peak MiB':>10}")
    for name, measured in best.items():
        print(f"{name:46}{measured.per_second:9.0f}{measured.cpu_ms:13.2f}{measured.peak_mib:10.0f}")
    _, peer, ours = best.values()
    print(f"(c) : (b)  pages/s {ours.per_second / peer.per_second:.2f} (goal ≥ 0.6), "
          f"CPU {ours.cpu_ms / peer.cpu_ms:.2f} (goal ≤ 1.5), "
          f"peak memory {ours.peak_mib / peer.peak_mib:.2f} (goal ≤ 1)")  # fmt: skip


def bench_writer() -> None:
    """The writer alone, at growing sizes: the cost of a record must not grow with what is stored."""
    print("\nWriter alone, articles of 4 kB with search index")
    print(f"{'articles':>9}{'records/s':>11}{'CPU ms/record':>15}{'peak MiB':>10}")
    measured = {size: measure("benchmarks.writer", str(size)) for size in WRITER_SIZES}
    for size, result in measured.items():
        print(f"{size:9,}{result.per_second:11.0f}{result.cpu_ms:15.3f}{result.peak_mib:10.0f}")
    smallest, largest = measured[WRITER_SIZES[0]], measured[WRITER_SIZES[-1]]
    print(f"cost per record at {WRITER_SIZES[-1]:,} : at {WRITER_SIZES[0]:,}  "
          f"wall {smallest.per_second / largest.per_second:.2f}, CPU {largest.cpu_ms / smallest.cpu_ms:.2f} "
          "(goal ≤ 1.3)")  # fmt: skip


def bench_recognition(repeat: int) -> None:
    """Recognising the platform of a page, against parsing it with the platform known."""
    modes = ("known", "recognised")
    turns = [{mode: measure("benchmarks.recognition", mode) for mode in modes} for _ in range(repeat)]
    known, recognised = (min(turn[mode].cpu_ms for turn in turns) for mode in modes)
    print("\nSaved article pages of all platforms, CPU ms/page")
    print(f"platform known {known:.2f}, recognised first {recognised:.2f}: "
          f"{recognised / known:.2f} (goal ≤ 1.5)")  # fmt: skip


def bench_importing(repeat: int) -> None:
    """What a program pays before it reads its first page, against the libraries it might use instead."""
    programs = {
        "Python alone": "pass",
        "wardcrawler.extract": "import wardcrawler; wardcrawler.extract",
        "import scrapy": "import scrapy",
    }
    if find_spec("trafilatura") is not None:
        programs["import trafilatura"] = "import trafilatura"
    environment = environment_with(Path.cwd())
    turns = [
        {name: run([sys.executable, "-c", code], environment) for name, code in programs.items()}
        for _ in range(repeat)
    ]
    cpu = {name: min(turn[name].cpu for turn in turns) for name in programs}
    print(f"\nImporting, whole processes, best of {repeat} turns")
    for name, seconds in cpu.items():
        print(f"{name:46}{seconds:9.2f} CPU s")
    alone, ours, *peers = cpu.values()
    print(f"beyond Python alone: {ours - alone:.2f} s (goal ≤ 0.25)", end="")
    for name, peer in zip(list(cpu)[2:], peers, strict=True):
        print(f", {(ours - alone) / (peer - alone):.2f} of {name}", end="")
    print()


if __name__ == "__main__":
    main()
