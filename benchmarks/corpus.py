"""Many articles that read like those of portals: for measuring how they are found.

Sentences are the replica's, so that words are as frequent and stand together as in official notices
("phường" in nearly every article). Between them stand syllables with every tone, as frequent as words of a
language are (Zipf), so that there are rare words and words that differ only by diacritics. One article in
ten is spelled otherwise: tone marks in the new placement (uỷ), letters decomposed, a title in capitals.
"""

import unicodedata
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random

from wardcrawler.items import Article
from wardcrawler.pipelines.fingerprint import set_hash
from wardcrawler.replica.texts.composer import SUBJECTS, UNITS, Composer
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.tables.sites import save_site
from wardcrawler.store.writer import Writer
from wardcrawler.text.dates import ICT

SITES = tuple((f"bench-{level}-{number}", level) for level in ("ward", "district") for number in range(1, 6))

_INITIALS = "b c ch d đ g h kh l m n ng nh ph r s t th tr v x".split()
_RHYMES = "a an ang anh ao am âm ân âu ăn e en eo i iên inh o on ong ô ôi ơi ơn u ung uôn ư ưng ươi".split()
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_STORIES = 1500
_FILLERS = 60
_NEWEST = date(2026, 6, 30)


def fill(path: Path, count: int) -> None:
    """Write ``count`` articles of about 300 words into the database at ``path``, published on ten years' days
    at ten portals, five wards' and five districts'.
    """
    made = _articles(count)
    with closing(open_database(path)) as db:
        for site, level in SITES:
            save_site(
                db, name=site, title=None, level=level, province="hcm", unit_code=None, unit_valid_from=None,
                base_url=f"https://{site}.example", platform=None, status=None, successor=None,
            )  # fmt: skip
        # In turns, as a nightly crawl of many portals brings them: each adds its newest.
        while batch := list(islice(made, 1000)):
            site = SITES[int(batch[0].key) // 1000 % len(SITES)][0]
            writer = Writer(db, site)
            for article in batch:
                article.site = site
                article.url = f"https://{site}.example/{article.key}"
                set_hash(article)
                writer.put(article)
            writer.close()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _articles(count: int) -> Iterator[Article]:
    chance = Random(17)
    titles, sentences = _said(chance)
    syllables = _syllables()
    chance.shuffle(syllables)
    weights = [1 / (rank + 3) for rank in range(len(syllables))]
    for number in range(count):
        said = chance.sample(sentences, chance.randint(4, 16))
        fillers = chance.choices(syllables, weights, k=_FILLERS)
        said[chance.randrange(len(said))] += f" {' '.join(fillers[:40]).capitalize()}."
        title = f"{chance.choice(titles)} {' '.join(fillers[40:44])}"
        lead, body = said[0], "\n".join(said)
        if number % 10 == 0:
            title, lead, body = (_spelled_otherwise(text, number // 10 % 3) for text in (title, lead, body))
        day = _NEWEST - timedelta(days=chance.randrange(3650))
        yield Article(
            url="", key=str(number), platform="liferay", title=title, lead=lead, body=body,
            html="".join(f"<p>{paragraph}</p>" for paragraph in said), category=chance.choice(list(SUBJECTS)),
            published_at=f"{day.isoformat()}T08:00:00+07:00", date_precision="minute", date_source="node",
            date_text=day.isoformat(),
        )  # fmt: skip


def _said(chance: Random) -> tuple[list[str], list[str]]:
    """Titles and sentences of the replica's stories."""
    composer = Composer()
    units = list(UNITS.values())
    titles, sentences = set(), set()
    for number in range(_STORIES):
        at = datetime(2024, 1 + number % 12, 1 + number % 28, 8, tzinfo=ICT)
        story = composer.write(str(number), chance.choice(list(SUBJECTS)), chance.choice(units), at)
        titles.add(story.title)
        sentences.update(story.sentences())
    return sorted(titles), sorted(sentences)


def _syllables() -> list[str]:
    """Every initial with every rhyme in every tone, the mark on the first vowel that can bear it."""
    made = []
    for initial in _INITIALS:
        for rhyme in _RHYMES:
            at = max((rhyme.find(vowel) for vowel in "âăêôơư" if vowel in rhyme), default=0)
            at = rhyme.find("ơ") if "ươ" in rhyme else at
            made += [
                unicodedata.normalize("NFC", f"{initial}{rhyme[: at + 1]}{tone}{rhyme[at + 1 :]}")
                for tone in _TONES
            ]
    return made


def _spelled_otherwise(text: str, way: int) -> str:
    if way == 0:
        return unicodedata.normalize("NFD", text)
    if way == 1:
        return text.upper()
    return text.replace("ủy", "uỷ").replace("hóa", "hoá").replace("thủy", "thuỷ").replace("Ủy", "Uỷ")
