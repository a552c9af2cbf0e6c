"""What preserving a portal whole takes: ``python -m benchmarks.preserving [PAGES …]``.

The bench portal with so many articles, pictures and files, by ``archive``: from the first request to the WACZ
that was read again. Each size in a process of its own. Memory must not grow with the pages.
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.child import measure, report
from benchmarks.crawl_settings import SAME_FOR_ALL
from wardcrawler.api.crawl.run import PRESERVATION
from wardcrawler.archives.recording.lifecycle import begin, finish
from wardcrawler.crawling.portals.adhoc import portal_at
from wardcrawler.crawling.portals.registry import project_settings
from wardcrawler.crawling.process import crawl
from wardcrawler.replica import Replica
from wardcrawler.replica.portals import bench_portal
from wardcrawler.store.database.connection import open_database

SIZES = (1000, 5000)


def preserve(start: str) -> None:
    """In the child: preserve once and print the measurement, a unit being an answer in the archive."""
    with TemporaryDirectory() as folder:
        settings = project_settings()
        database = str(Path(folder) / "bench.db")
        settings.setdict({**SAME_FOR_ALL, **PRESERVATION, "WARDCRAWLER_DB": database}, priority="cmdline")
        settings.set("WARDCRAWLER_ATTACHMENTS", True, priority="cmdline")
        portal = portal_at(start, [], "liferay-hcmc")

        def work(wacz: Path) -> int:
            db = open_database(Path(database))
            archive = begin(db, wacz, "archive", {portal.name: ("bench", start)}, settings)
            (result,) = crawl([portal], settings, {"full": True})
            if result.outcome != "ok":
                raise SystemExit(f"the crawl ended {result.outcome}: {result.reason}")
            finish(db, archive)
            captures: int = db.execute("SELECT count(*) FROM captures").fetchone()[0]
            db.close()
            return captures

        report(work, [Path(folder) / "bench.wacz"])


def main() -> None:
    """Parse the command line, run, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.preserving", description=__doc__)
    parser.add_argument("pages", type=int, nargs="*", default=SIZES, metavar="PAGES")
    print(f"{'articles':>10}{'answers':>10}{'a second':>10}{'CPU ms each':>13}{'peak MiB':>10}")
    peaks = []
    for pages in parser.parse_args().pages:
        with Replica(bench_pages=pages) as replica:
            start = replica.address("bench") + next(iter(bench_portal().sections.values()))
            measured = measure("benchmarks.preserving", "--child", start)
        peaks.append(measured.peak_mib)
        print(
            f"{pages:10,}{measured.units:10,}{measured.per_second:10.0f}{measured.cpu_ms:13.2f}"
            f"{measured.peak_mib:10.0f}"
        )
    print(f"peak of the largest against the smallest: {peaks[-1] / peaks[0]:.2f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        preserve(sys.argv[2])
    else:
        main()
