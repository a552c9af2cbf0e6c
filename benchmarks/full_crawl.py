"""Our crawl of the same pages, into a new SQLite database with the search index."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.child import report
from benchmarks.crawl_settings import SAME_FOR_ALL
from wardcrawler.crawling.process import crawl
from wardcrawler.crawling.registered import project_settings
from wardcrawler.crawling.unregistered import portal_at


def main(start: str) -> None:
    """Crawl once and print the measurement; a crawl that is not whole is an error, not a figure."""
    with TemporaryDirectory() as folder:
        settings = project_settings()
        settings.setdict(
            {**SAME_FOR_ALL, "WARDCRAWLER_DB": str(Path(folder) / "bench.db")}, priority="cmdline"
        )

        def work(address: str) -> int:
            portal = portal_at(address, [], "liferay-hcmc")
            (result,) = crawl([portal], settings, {})
            if result.outcome != "ok":
                raise SystemExit(f"the crawl ended {result.outcome}: {result.reason}")
            return result.new

        report(work, [start])


if __name__ == "__main__":
    main(*sys.argv[1:])
