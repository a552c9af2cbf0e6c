"""Run the benchmark of searching: ``python -m benchmarks.searching [--articles N] [--repeat N]``.

Against a ``LIKE`` scan and against an index as one would make it without knowing Vietnamese
(``remove_diacritics 2``, texts as printed), on the same articles in the same run: how long the first page of
twenty takes, and what is found of queries that differ only by diacritics.
"""

import argparse
import os
import re
import sqlite3
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.corpus import fill
from wardcrawler.store import Database
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.search.facets import EVERYTHING, Facets, condition
from wardcrawler.store.search.retrieval import find
from wardcrawler.store.search.search import checked_query, search
from wardcrawler.text.normalise import fold, normalise

PAGE = 20

QUERIES = {
    "one common word": ["phường", "quận", "dân", "thông", "tháng"],
    "two or three words": ["ủy ban", "thông báo", "dân vận", "tiêm chủng", "sốt xuất huyết", "khu phố"],
    "without diacritics": ["phuong", "uy ban", "thong bao", "dan van", "tiem chung", "sot xuat huyet"],
    "a long one": ["ủy ban nhân dân phường", "giấy chứng nhận quyền sử dụng đất", "quy hoach do thi"],
    "rare words": ["đãnh", "khuỷu", "thẵn tửng", "mạ", "ma"],
    "phrases": ['"ủy ban"', '"sử dụng đất"', '"thong bao"'],
    "operators, fields": ["tiêm OR chủng", "phường NOT quận", "title:thông báo", "title:thong", "phườ*"],
}
"""Each with all of its words anywhere, as people type them."""

PAIRS = ["ma", "má", "mà", "mả", "mã", "mạ", "ban", "bạn", "bán", "bàn", "bản", "dan van", "dân vận", "dang",
         "đảng", "đang", "dáng", "uy ban", "ủy ban", "thuy", "thủy", "thúy", "hoa", "hóa", "họa"]  # fmt: skip


class Contestant(NamedTuple):
    """``page`` finds the twenty best of a query of words; ``everything`` all that hold a phrase."""

    page: Callable[[str], list[int]]
    everything: Callable[[str], set[int]]


def main() -> None:
    """Parse the command line, fill, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.searching", description=__doc__)
    parser.add_argument("--articles", type=int, default=200_000)
    parser.add_argument("--repeat", type=int, default=5, help="turns of each query")
    parser.add_argument(
        "--folder", type=Path, help="keep the databases here, and use those of an earlier run"
    )
    chosen = parser.parse_args()
    with TemporaryDirectory() as temporary:
        folder = chosen.folder or Path(temporary)
        ours, peer = folder / f"{chosen.articles}.db", folder / f"{chosen.articles}-peer.db"
        if not peer.exists():
            began = time.perf_counter()
            fill(ours, chosen.articles)
            filled = time.perf_counter()
            _index_as_printed(ours, peer)
            print(
                f"filled in {filled - began:.0f} s, the other index in {time.perf_counter() - filled:.0f} s"
            )
        with closing(open_database(ours, read_only=True)) as db:
            print(f"\n{chosen.articles:,} articles, first page of {PAGE}, ms")
            bench_cold(db, ours)
            bench_speed(db, peer, chosen.repeat)
            bench_filters(db, chosen.repeat)
            bench_findings(db, peer)


def _index_as_printed(ours: Path, peer: Path) -> None:
    with closing(sqlite3.connect(peer)) as db:
        db.execute("ATTACH ? AS ours", (str(ours),))
        db.execute(
            "CREATE VIRTUAL TABLE plain USING fts5(title, lead, body, content='', "
            "tokenize='unicode61 remove_diacritics 2')"
        )
        db.execute(
            "INSERT INTO plain(rowid, title, lead, body) SELECT id, title, lead, body FROM ours.articles"
        )
        db.commit()


def _contestants(db: Database, peer: sqlite3.Connection) -> dict[str, Contestant]:
    def ours(query: str) -> list[int]:
        return [hit.id for hit in search(db, query, PAGE)]

    def ours_all(query: str) -> set[int]:
        found = find(db, checked_query(f'"{query}"').root, EVERYTHING, 10**9)
        is_bare = fold(query) == query
        return {each.article_id for each in found if each.exact or is_bare}

    def plain(query: str) -> list[int]:
        words = " ".join(f'"{word}"' for word in re.findall(r"\w+", query))
        return [row[0] for row in peer.execute(
            "SELECT a.id, a.title, a.lead, a.body FROM plain JOIN ours.articles AS a ON a.id = plain.rowid "
            f"WHERE plain MATCH ? ORDER BY plain.rank LIMIT {PAGE}", (words,)
        )]  # fmt: skip

    def plain_all(query: str) -> set[int]:
        return {
            row[0] for row in peer.execute("SELECT rowid FROM plain WHERE plain MATCH ?", (f'"{query}"',))
        }

    def like(query: str) -> list[int]:
        return [row[0] for row in peer.execute(
            "SELECT id, title, lead, body FROM ours.articles WHERE title LIKE ?1 OR lead LIKE ?1 "
            f"OR body LIKE ?1 ORDER BY published_at DESC LIMIT {PAGE}", (f"%{query.strip(chr(34))}%",)
        )]  # fmt: skip

    def like_all(query: str) -> set[int]:
        sql = "SELECT id FROM ours.articles WHERE title LIKE ?1 OR lead LIKE ?1 OR body LIKE ?1"
        return {row[0] for row in peer.execute(sql, (f"%{query}%",))}

    return {
        "wardcrawler": Contestant(ours, ours_all),
        "remove_diacritics 2": Contestant(plain, plain_all),
        "LIKE": Contestant(like, like_all),
    }


def _open_peer(db: Database, peer: Path) -> sqlite3.Connection:
    (path,) = [row[2] for row in db.execute("PRAGMA database_list") if row[1] == "main"]
    connection = sqlite3.connect(f"{peer.absolute().as_uri()}?mode=ro", uri=True)
    connection.execute("ATTACH ? AS ours", (f"file:{path}?mode=ro",))
    return connection


def bench_cold(db: Database, path: Path) -> None:
    """The very first search, with nothing of the database in memory."""
    for query in ("thông báo", "thong bao"):
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        with closing(open_database(path, read_only=True)) as fresh:
            wall, _ = _time(lambda: search(fresh, query, PAGE))  # noqa: B023
        print(f"from the disk, nothing cached: {query!r} {wall:.0f}")


def bench_speed(db: Database, peer: Path, repeat: int) -> None:
    """Each query in turns with each contestant; the scan, which takes seconds, once with some of them."""
    with closing(_open_peer(db, peer)) as other:
        contestants = _contestants(db, other)
        print(f"\n{'':<22}{'wardcrawler p50':>16}{'p95':>7}{'CPU p95':>9}{'rm_diacritics p50':>19}{'p95':>7}"
              f"{'LIKE p50':>10}{'ratios p50':>16}")  # fmt: skip
        for kind, queries in QUERIES.items():
            ours: list[tuple[float, float]] = []
            plain: list[tuple[float, float]] = []
            like: list[tuple[float, float]] = []
            peers_can = "fields" not in kind  # the others do not know our operators
            for query in queries:
                for turn in range(repeat):
                    ours.append(_time(lambda: contestants["wardcrawler"].page(query)))  # noqa: B023
                    if peers_can:
                        page = contestants["remove_diacritics 2"].page
                        plain.append(_time(lambda: page(query)))  # noqa: B023
                    if peers_can and turn == 0:
                        like.append(_time(lambda: contestants["LIKE"].page(query)))  # noqa: B023
            row = f"{kind:<22}{_p(ours, 50):>16.1f}{_p(ours, 95):>7.1f}{_p(ours, 95, cpu=True):>9.1f}"
            if peers_can:
                ratios = f"1 : {_p(plain, 50) / _p(ours, 50):.1f} : {_p(like, 50) / _p(ours, 50):.1f}"
                row += f"{_p(plain, 50):>19.1f}{_p(plain, 95):>7.1f}{_p(like, 50):>10.1f}{ratios:>16}"
            print(row)


def bench_filters(db: Database, repeat: int) -> None:
    """The same search with filters."""
    print()
    for what, facets in {
        "--site": Facets(sites=("bench-ward-1",)),
        "--level": Facets(levels=("ward",)),
        "--since, the last month": Facets(since=date(2026, 6, 1)),
        "--category": Facets(categories=("Thông báo",)),
    }.items():
        times = [
            _time(lambda: search(db, query, PAGE, condition(db, facets)))  # noqa: B023
            for query in ("phường", "thông báo", "thong bao", "tiêm chủng")
            for _ in range(repeat)
        ]
        print(
            f"{what:<26}p50 {_p(times, 50):6.1f}  p95 {_p(times, 95):6.1f}  "
            f"CPU p95 {_p(times, 95, cpu=True):6.1f}"
        )


def bench_findings(db: Database, peer: Path) -> None:
    """Recall and precision of phrases that differ by diacritics only. Right is what holds the very words, in
    whichever way their tone marks are placed and their letters composed; without diacritics: in any spelling.
    """
    right = _right_answers(db)
    with closing(_open_peer(db, peer)) as other:
        print("\nwhat is found of pairs that differ by diacritics only (macro average)")
        heads = f"{'with diacritics: recall':>24}{'precision':>11}{'without: recall':>17}{'precision':>11}"
        print(f"{'':<22}{heads}")
        for name, contestant in _contestants(db, other).items():
            row = f"{name:<22}"
            for is_bare, width in ((False, 24), (True, 17)):
                recalls, precisions = [], []
                for query in PAIRS:
                    if (fold(query) == query) != is_bare or not right[query]:
                        continue
                    found = contestant.everything(query)
                    good = len(found & right[query])
                    recalls.append(good / len(right[query]))
                    precisions.append(good / len(found) if found else 1.0)
                row += f"{statistics.mean(recalls):>{width}.3f}{statistics.mean(precisions):>11.3f}"
            print(row)


def _right_answers(db: Database) -> dict[str, set[int]]:
    """Found without any index: by regular expressions in every text."""
    right: dict[str, set[int]] = {query: set() for query in PAIRS}
    patterns = {query: re.compile(rf"(?<!\w){query}(?!\w)") for query in PAIRS}
    for article_id, *texts in db.execute("SELECT id, title, lead, body FROM articles"):
        text = "\n".join(" ".join(re.findall(r"\w+", normalise(each or "").lower())) for each in texts)
        bare = fold(text, is_normal=True)
        for query, pattern in patterns.items():
            where = bare if fold(query) == query else text
            if query in where and pattern.search(where):
                right[query].add(article_id)
    return right


def _time(work: Callable[[], object]) -> tuple[float, float]:
    """Wall and CPU milliseconds."""
    began, began_cpu = time.perf_counter(), time.process_time()
    work()
    return 1000 * (time.perf_counter() - began), 1000 * (time.process_time() - began_cpu)


def _p(times: list[tuple[float, float]], percent: int, *, cpu: bool = False) -> float:
    ordered = sorted(each[cpu] for each in times)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


if __name__ == "__main__":
    main()
