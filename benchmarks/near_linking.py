"""Linking near-duplicates in a database of a given size: ``python -m benchmarks.near_linking COUNT [WHAT]``.

``mixed`` (the default): of every thousand articles 100 are from one template, 100 are copies of others and
800 are of their own, so that what there is to find does not change with the size. ``template``: all are from
one.
Each of the last ``NIGHTS`` thousands is linked at once, as a night's crawl does, and measured; the cheapest
of them is printed, for machines are noisy.
"""

import json
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.child import Measured
from benchmarks.near_pairs import Text, copies, filled, plan
from benchmarks.writer import articles
from wardcrawler.replica.texts.composer import SUBJECTS
from wardcrawler.store import Database
from wardcrawler.store.database.connection import open_database, transaction
from wardcrawler.store.tables.similar import link_new_articles

NIGHT, NIGHTS = 1_000, 5
WORDS = 300
_NAMES = [name for names in SUBJECTS.values() for name in names]


def mixed(dice: Random) -> Iterator[Text]:
    """Thousand after thousand of one make-up."""
    own = (Text(article.title, tuple(article.body.split("\n"))) for article in articles(10**9, WORDS))
    while True:
        template = plan(dice.choice(_NAMES), dice)
        for _ in range(100):
            yield filled(template, dice, date(2024, 1, 3))
            for original in islice(own, 8):
                yield original
            yield dice.choice(copies(original, dice))


def one_template(dice: Random) -> Iterator[Text]:
    """Reports that differ in figures, names and dates."""
    template = plan("an-sinh", dice)
    while True:
        yield filled(template, dice, date(2024, 1, 3))


def store(db: Database, texts: Iterator[Text], count: int) -> int:
    """Store ``count`` articles, without the search index, which is not measured here."""
    with transaction(db) as connection:
        (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()
        connection.executemany(
            "INSERT INTO articles(title, body, html, date_source, content_hash, first_seen, last_changed) "
            "VALUES (?, ?, '', 'none', ?, '', '')",
            [(text.title, text.body, str(last + n)) for n, text in enumerate(islice(texts, count))],
        )
    return count


def main(count: int, what: str = "mixed") -> None:
    """Store and link ``count`` articles; print what the last nights took."""
    texts = {"mixed": mixed, "template": one_template}[what](Random(3))
    with TemporaryDirectory() as folder, closing(open_database(Path(folder) / "bench.db")) as db:
        nights = min(NIGHTS, count // NIGHT)
        for _ in range(count // NIGHT - nights):
            store(db, texts, NIGHT)
            link_new_articles(db)
        best = min((_one_night(db, texts) for _ in range(nights)), key=lambda night: night.cpu)
        print(json.dumps(asdict(best)))


def _one_night(db: Database, texts: Iterator[Text]) -> Measured:
    store(db, texts, NIGHT)
    began, began_cpu = time.perf_counter(), time.process_time()
    linked = link_new_articles(db)
    wall, cpu = time.perf_counter() - began, time.process_time() - began_cpu
    return Measured(linked, wall, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
