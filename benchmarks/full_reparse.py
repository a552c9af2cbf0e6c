"""Records out of an archive, into a new SQLite database with the search index."""

import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.child import report
from wardcrawler.archives.reparsing.index import CaptureIndex
from wardcrawler.archives.reparsing.open_warcs import OpenWarcs
from wardcrawler.archives.reparsing.reparse import PortalRouter, Reparse
from wardcrawler.store.database.pool import shared_connection


class _Unwatched:
    def reading(self, path: Path, done: int, size: int) -> None:
        """Nobody looks on."""

    def rebuilding(self, done: int, total: int) -> None:
        """Nobody looks on."""


def main(archive: str) -> None:
    """Reparse once and print the measurement."""
    path = Path(archive)
    with TemporaryDirectory() as folder:

        def work(_: str) -> int:
            db = Path(folder) / "bench.db"
            with (
                shared_connection(db) as database,
                closing(OpenWarcs()) as warcs,
                closing(CaptureIndex(warcs)) as index,
            ):
                owners = PortalRouter({}, lambda _: None, "liferay-hcmc")
                reparsing = Reparse(database, index, owners, command="wardcrawler reparse")
                reparsing.read_archive(path, path.stat().st_size, _Unwatched())
                (result,) = reparsing.store_records(_Unwatched())
                return result.new

        report(work, [archive])


if __name__ == "__main__":
    main(sys.argv[1])
