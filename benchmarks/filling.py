"""Filling a database with articles that a crawl does not meet."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from benchmarks.writer import articles
from wardcrawler.pipelines.fingerprint import set_hash
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.tables.sites import save_site
from wardcrawler.store.writer import Writer

WORDS = 120  # shorter than real ones, so that it takes a minute and not five; the rows are as many


def fill(path: Path, sites: Sequence[str], count: int) -> None:
    """Write ``count`` articles in turn to ``sites``, as old pages that no listing names any more."""
    with closing(open_database(path)) as db:
        known = {row[0] for row in db.execute("SELECT name FROM sites")}
        for site in set(sites) - known:
            save_site(
                db, name=site, title=None, level=None, province=None, unit_code=None, unit_valid_from=None,
                base_url=f"https://{site}", platform=None, status=None, successor=None,
            )  # fmt: skip
        made = articles(count, WORDS)
        for number, site in enumerate(sites):
            share = count // len(sites) + (number < count % len(sites))
            writer = Writer(db, site)
            for article, _ in zip(made, range(share), strict=False):
                article.site = site
                set_hash(article)
                writer.put(article)
            writer.close()
