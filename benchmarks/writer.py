"""The writer alone: articles made beforehand, batch after batch into a new database."""

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.child import report
from wardcrawler.items import Article
from wardcrawler.pipelines.fingerprint import set_hash
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.tables.sites import save_site
from wardcrawler.store.writer import Writer

# Words as frequent as Vietnamese ones: a few thousand syllables, the common ones very common (Zipf).
_INITIALS = "b c ch d đ g gi h kh l m n ng nh ph qu r s t th tr v x".split()
_RHYMES = (
    "a á à ạ an án ang áng ao anh ê ế em iên iệc inh o ó ong ọc ông ơ ời u ủ ung ương ượng y ý ân".split()
)
_SYLLABLES = [initial + rhyme for initial in _INITIALS for rhyme in _RHYMES]
_WEIGHTS = [1 / (rank + 1) for rank in range(len(_SYLLABLES))]
_CHUNK = 1000


def articles(count: int, length: int = 800) -> Iterator[Article]:
    """Distinct articles with a body of ``length`` words; 800 are about 4 kB (UTF-8)."""
    chance = random.Random(9)
    chance.shuffle(_SYLLABLES)
    for number in range(count):
        words = chance.choices(_SYLLABLES, _WEIGHTS, k=length)
        body = "\n".join(" ".join(words[start : start + 80]) for start in range(0, length, 80))
        article = Article(
            url=f"https://ubnd.example/web/p9/-/bai-{number}",
            key=f"p9/-/bai-{number}",
            platform="liferay",
            title=f"Bài số {number}: {' '.join(words[:12])}",
            body=body,
            html="".join(f"<p>{line}</p>" for line in body.split("\n")),
            lead=" ".join(words[:40]),
            site="ubnd.example",
        )
        set_hash(article)
        yield article


def main(count: int) -> None:
    """Write ``count`` articles; making them is not counted, for it is done in between."""
    with TemporaryDirectory() as folder:
        db = open_database(Path(folder) / "bench.db")
        save_site(
            db, name="ubnd.example", title=None, level=None, province=None, unit_code=None,
            unit_valid_from=None, base_url="https://ubnd.example", platform=None, status=None, successor=None,
        )  # fmt: skip
        writer = Writer(db, "ubnd.example")
        made = articles(count)

        def rounds() -> Iterator[list[Article]]:
            for _ in range(0, count, _CHUNK):
                yield [article for _, article in zip(range(_CHUNK), made, strict=False)]

        def write(chunk: list[Article]) -> int:
            for article in chunk:
                writer.put(article)
            writer.flush()
            return len(chunk)

        report(write, rounds())
        db.close()


if __name__ == "__main__":
    main(int(sys.argv[1]))
