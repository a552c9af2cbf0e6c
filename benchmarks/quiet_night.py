"""A quiet night: many tiny portals, crawled before, on which nothing is new.

What a run must do is ask each for robots.txt and the first page of its two listings. ``wardcrawler crawl
--all``, started like cron does, is compared with a bare Scrapy program that fetches the same addresses;
start-up, imports and all processes count on both sides. ``python -m benchmarks.quiet_night [--portals N]
[--repeat N] [--articles N]``.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.crawl_settings import SAME_FOR_ALL
from benchmarks.filling import fill
from benchmarks.processes import Taken, environment_with, run
from wardcrawler.replica import Replica
from wardcrawler.replica.portals import quiet_portal

FEW, MANY = 100, 1000
SMALL_DB = 1_000
_CLASS = """

class Quiet{number}(Portal):
    platform = HcmcLiferay
    name = "{name}"
    title = "{title}"
    level = "ward"
    base_url = "{address}"
    sections = {sections!r}
"""


class Night:
    """The first ``portals`` of a replica's quiet ones, in a database in ``folder``."""

    def __init__(self, replica: Replica, folder: Path, portals: int) -> None:
        self.replica = replica
        self.portals = [quiet_portal(number) for number in range(1, portals + 1)]
        self.folder = folder / f"{portals}-portals"
        self.folder.mkdir(exist_ok=True)
        self.db = self.folder / "quiet.db"
        source = [
            "from wardcrawler.crawling.spider.portal import Portal\n"
            "from wardcrawler.platforms.liferay.stock import HcmcLiferay\n"
        ]
        addresses = []
        for number, portal in enumerate(self.portals, 1):
            address = replica.address(portal.name)
            source.append(_CLASS.format(
                number=number, name=portal.name, title=portal.title, address=address, sections=portal.sections
            ))  # fmt: skip
            addresses.append([address + path for path in portal.sections.values()])
        (self.folder / "quiet_portals.py").write_text("".join(source), encoding="utf-8")
        self.addresses = self.folder / "addresses.json"
        self.addresses.write_text(json.dumps(addresses), encoding="utf-8")
        self.environment = environment_with(self.folder)

    def ours(self, db: Path | None = None) -> Taken:
        """One run of ours over all portals."""
        settings = {**SAME_FOR_ALL, "SPIDER_MODULES": "quiet_portals", "LOG_ENABLED": True}
        told = [word for name, value in settings.items() for word in ("--set", f"{name}={value}")]
        command = ["-m", "wardcrawler", "crawl", "--all", "--delay", "0", "--db", str(db or self.db), *told]
        return run([sys.executable, *command], self.environment)

    def bare(self) -> Taken:
        """One run of the bare program."""
        return run([sys.executable, "-m", "benchmarks.bare_quiet", str(self.addresses)], self.environment)

    def check_requests(self) -> None:
        """That a run asked for robots.txt and two listings of each portal, once, and nothing else."""
        for portal in self.portals:
            asked = self.replica.requests(portal.name)
            assert asked == dict.fromkeys(["/robots.txt", *portal.sections.values()], 1), (portal.name, asked)


def main() -> None:
    """Parse the command line, run, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quiet_night", description=__doc__)
    parser.add_argument("--portals", type=int, default=500, help="portals compared with bare Scrapy")
    parser.add_argument("--repeat", type=int, default=3, help="turns; the best of each counts")
    parser.add_argument(
        "--articles", type=int, default=200_000, help="of the large database; 0: leave it out"
    )
    parser.add_argument("--no-growth", action="store_true", help=f"leave {FEW} and {MANY} portals out")
    chosen = parser.parse_args()
    most = chosen.portals if chosen.no_growth else max(chosen.portals, MANY)
    with Replica(quiet_portals=most) as replica, TemporaryDirectory() as name:
        night = Night(replica, Path(name), chosen.portals)
        compare(night, chosen.repeat)
        if chosen.articles:
            grow_database(night, chosen.articles, chosen.repeat)
        if not chosen.no_growth:
            grow_portals(replica, Path(name), chosen.repeat)


def compare(night: Night, repeat: int) -> None:
    """Ours against the bare program, in turns."""
    night.ours()
    night.replica.reset()
    ours, bare = [], []
    for turn in range(repeat):
        ours.append(night.ours())
        if turn == 0:
            night.check_requests()
        bare.append(night.bare())
    print(f"\nA quiet night: {len(night.portals)} portals, nothing new, best of {repeat} turns")
    print(f"{'':46}{'wall s':>9}{'CPU s':>9}{'peak MiB':>10}")
    for name, takes in (("bare Scrapy, one process", bare), ("wardcrawler crawl --all", ours)):
        print(f"{name:46}{_wall(takes):9.2f}{_cpu(takes):9.2f}{_peak(takes):10.0f}")
    print(f"ours : bare  wall {_wall(ours) / _wall(bare):.2f} (goal ≤ 4), CPU {_cpu(ours) / _cpu(bare):.2f} "
          f"(goal ≤ 4); peak of all processes {_peak(ours):.0f} MiB PSS (goal ≤ 400)")  # fmt: skip


def grow_database(night: Night, articles: int, repeat: int) -> None:
    """The same night on a small and on a large database, filled with other sites' articles and with the same
    sites' older ones.
    """
    sites = [portal.name for portal in night.portals]
    print(f"\nThe same night with more articles in the database, best of {repeat} turns")
    print(f"{'':46}{'wall s':>9}{'CPU s':>9}")
    for whose, owners in (("other sites", ["other.example"]), ("the same sites", sites)):
        databases = {count: night.folder / f"{count}.db" for count in (SMALL_DB, articles)}
        for count, db in databases.items():
            shutil.copy(night.db, db)
            fill(db, owners, count)
        turns = [{count: night.ours(db) for count, db in databases.items()} for _ in range(repeat)]
        small, large = ([turn[count] for turn in turns] for count in databases)
        for count, takes in ((SMALL_DB, small), (articles, large)):
            print(f"{count:9,} of {whose:33}{_wall(takes):9.2f}{_cpu(takes):9.2f}")
        print(f"large : small  wall {_wall(large) / _wall(small):.2f}, "
              f"CPU {_cpu(large) / _cpu(small):.2f} (goal ≤ 1.2)")  # fmt: skip
        for db in databases.values():
            db.unlink()


def grow_portals(replica: Replica, folder: Path, repeat: int) -> None:
    """What a portal costs among few and among many."""
    print(f"\nCost of a portal, best of {repeat} turns")
    print(f"{'portals':>9}{'wall ms':>9}{'CPU ms':>9}{'peak MiB':>10}")
    nights = [Night(replica, folder, portals) for portals in (FEW, MANY)]
    for night in nights:
        night.ours()
    turns = [[night.ours() for night in nights] for _ in range(repeat)]
    costs = []
    for portals, takes in zip((FEW, MANY), zip(*turns, strict=True), strict=True):
        costs.append((_wall(takes) / portals, _cpu(takes) / portals))
        wall, cpu = (1000 * each for each in costs[-1])
        print(f"{portals:9,}{wall:9.1f}{cpu:9.1f}{_peak(takes):10.0f}")
    (few_wall, few_cpu), (many_wall, many_cpu) = costs
    print(
        f"at {MANY:,} : at {FEW}  wall {many_wall / few_wall:.2f}, CPU {many_cpu / few_cpu:.2f} (goal ≤ 1.2)"
    )


def _wall(takes: Sequence[Taken]) -> float:
    return min(taken.wall for taken in takes)


def _cpu(takes: Sequence[Taken]) -> float:
    return min(taken.cpu for taken in takes)


def _peak(takes: Sequence[Taken]) -> float:
    return max(taken.peak_mib for taken in takes)


if __name__ == "__main__":
    main()
