"""``wardcrawler export`` against ``sqlite-utils rows`` on the same view: speed, and memory as rows grow.

``python -m benchmarks.exporting [--rows N] [--repeat N]`` fills a database with N small records, and one with
a tenth of them; memory must be the same for both. sqlite-utils writes the columns of the view ``records``;
ours adds the lists of files and pictures, makes CSV safe for spreadsheets, and types Parquet.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.processes import Taken, environment_with, run
from wardcrawler.export import parquet
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.tables.sites import save_site

SITE = "ubnd.example"
_AT = "2023-07-01T08:00:00+07:00"
_OURS, _PEER = ("-m", "wardcrawler", "export", "--db"), ("-m", "sqlite_utils", "rows")
CONTESTANTS = {
    "sqlite-utils rows --nl": (*_PEER, "{db}", "records", "--nl"),
    "export --format jsonl": (*_OURS, "{db}", "--format", "jsonl"),
    "sqlite-utils rows --csv": (*_PEER, "{db}", "records", "--csv"),
    "export --format csv": (*_OURS, "{db}", "--format", "csv"),
}
if parquet.has_library():
    CONTESTANTS["export --format parquet"] = (*_OURS, "{db}", "--format", "parquet")


def main() -> None:
    """Parse the command line, run, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exporting", description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000, help="records in the larger database")
    parser.add_argument("--repeat", type=int, default=3, help="turns; the best of each counts")
    chosen = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        databases = {count: folder / f"{count}.db" for count in (chosen.rows // 10, chosen.rows)}
        for count, path in databases.items():
            fill(path, count)
        compare(databases, chosen.repeat)


def compare(databases: dict[int, Path], repeat: int) -> None:
    """Every contestant on every database, in turns."""
    best: dict[tuple[str, int], Taken] = {}
    environment = environment_with(Path.cwd())
    for _ in range(repeat):
        for name, command in CONTESTANTS.items():
            for count, path in databases.items():
                taken = run([sys.executable, *(word.format(db=path) for word in command)], environment)
                known = best.get((name, count), taken)
                best[name, count] = Taken(
                    min(taken.wall, known.wall),
                    min(taken.cpu, known.cpu),
                    max(taken.peak_mib, known.peak_mib),
                )
    few, many = databases
    print(f"\nExport of {many:,} small records, best of {repeat} turns")
    print(f"{'':28}{'records/s':>10}{'CPU s':>9}{'peak MiB':>10}{f'at {few:,}':>14}")
    for name in CONTESTANTS:
        taken, small = best[name, many], best[name, few]
        print(
            f"{name:28}{many / taken.wall:10,.0f}{taken.cpu:9.2f}{taken.peak_mib:10.0f}{small.peak_mib:14.0f}"
        )
    for ours, peer in (("jsonl", "--nl"), ("csv", "--csv")):
        taken, other = best[f"export --format {ours}", many], best[f"sqlite-utils rows {peer}", many]
        print(f"{ours} : sqlite-utils {peer}  wall {taken.wall / other.wall:.2f}, "
              f"CPU {taken.cpu / other.cpu:.2f}, peak {taken.peak_mib / other.peak_mib:.2f}")  # fmt: skip


def fill(path: Path, count: int) -> None:
    """Write ``count`` articles of a hundred words, each at one address, straight into the tables: a crawl
    would take an hour, and the search index is not read here.
    """
    with closing(open_database(path)) as db:
        save_site(
            db, name=SITE, title="UBND", level="ward", province="hcm", unit_code=None, unit_valid_from=None,
            base_url=f"https://{SITE}", platform="liferay", status=None, successor=None,
        )  # fmt: skip
        db.execute("BEGIN")
        db.conn.executemany(
            "INSERT INTO articles(id, title, published_at, date_precision, date_source, content_hash, "
            "first_seen, last_changed, lead, body, html) "
            "VALUES (?, ?, ?, 'minute', 'node', ?, ?, ?, ?, ?, ?)",
            _articles(count),
        )
        db.conn.executemany(
            "INSERT INTO pages(site, key, url, article_id, category, published_at, first_seen, last_seen, "
            "checked_at, http_status) VALUES (?, ?, ?, ?, 'Tin tức', ?, ?, ?, ?, 200)",
            (
                (SITE, f"{number:08}", f"https://{SITE}/-/{number}", number, _AT, _AT, _AT, _AT)
                for number in range(1, count + 1)
            ),
        )
        db.execute("COMMIT")


def _articles(count: int) -> Iterator[tuple[int | str, ...]]:
    line = "Ngày 23/6, Phường 9 tổ chức Hội nghị giao ban chuyên đề Quý II về công tác dân vận. "
    for number in range(1, count + 1):
        title = f"Bài số {number}"
        yield number, title, _AT, f"{number:064}", _AT, _AT, line, line * 5, f"<p>{line * 5}</p>"


if __name__ == "__main__":
    main()
