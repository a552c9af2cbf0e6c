"""Our crawl of the same pages, into a new SQLite database with the search index; with ``archive`` into WARC
files besides.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.child import report
from benchmarks.crawl_settings import SAME_FOR_ALL
from wardcrawler.archives.recording.lifecycle import begin
from wardcrawler.crawling.portals.adhoc import portal_at
from wardcrawler.crawling.portals.registry import project_settings
from wardcrawler.crawling.process import crawl
from wardcrawler.store.database.connection import open_database


def main(start: str, archive: str = "") -> None:
    """Crawl once and print the measurement; a crawl that is not whole is an error, not a figure."""
    with TemporaryDirectory() as folder:
        settings = project_settings()
        settings.setdict(
            {**SAME_FOR_ALL, "WARDCRAWLER_DB": str(Path(folder) / "bench.db")}, priority="cmdline"
        )
        if archive:
            db = open_database(settings["WARDCRAWLER_DB"])
            begin(db, Path(folder) / "bench.wacz", "crawl", {"bench": ("bench", start)}, settings)
            db.close()

        def work(address: str) -> int:
            portal = portal_at(address, [], "liferay-hcmc")
            (result,) = crawl([portal], settings, {})
            if result.outcome != "ok":
                raise SystemExit(f"the crawl ended {result.outcome}: {result.reason}")
            return result.new

        report(work, [start])
        if archive:
            written = sum(part.stat().st_size for part in (Path(folder) / "bench.wacz.parts").iterdir())
            print(f"WARC bytes: {written}", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
