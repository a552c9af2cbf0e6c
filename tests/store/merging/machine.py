"""A machine that crawls now and then into a database of its own."""

from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.support.databases import new_database
from tests.support.records import Clock
from wardcrawler.items import Article
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.merging.merge import Merged, merge
from wardcrawler.store.tables.runs import finish_run, start_run
from wardcrawler.store.tables.sites import save_site
from wardcrawler.store.writer import Writer

SECTION = "https://portal.example.vn/tin-tuc"


class Machine:
    """``path`` is its database, made at the first run; ``clock`` is everybody's."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self.path = path
        self.clock = clock

    def run(
        self,
        site: str,
        found: Iterable[Article | str],
        *,
        is_whole: bool = True,
        title: str | None = None,
        **counts: int,
    ) -> int:
        """One run of a portal that finds these articles (a key alone: a page that fails) in its section, and
        reaches its end if ``is_whole``. Returns its number.
        """
        if not self.path.exists():
            new_database(self.path)
        with closing(open_database(self.path)) as db:
            save_site(
                db, name=site, title=title or f"UBND {site}", level="ward", province="hcm", unit_code=None,
                unit_valid_from=None, base_url=f"https://{site}.example.vn", platform="liferay",
                status="unverified", successor=None,
            )  # fmt: skip
            run = start_run(db, site, "crawl", "1.0", self.clock)
            writer = Writer(db, site, run=run, clock=self.clock)
            writer.open_listing(SECTION, section="Tin tức")
            for each in found:
                if isinstance(each, Article):
                    writer.put(each)
                else:
                    writer.put_failure(each, f"https://{site}.example.vn/-/{each}", None, "http-500: error")
            if is_whole:
                writer.finish_listing(SECTION, links=3)
            writer.close()
            finish_run(db, run, "ok" if is_whole else "interrupted", None, None, self.clock, False, **counts)
        return run

    def merge(self, *others: "Machine", progress: Callable[..., None] = lambda *_: None) -> list[Merged]:
        """Merge the others' databases into this one's, one after the other."""
        with closing(open_database(self.path)) as db:
            return [merge(db, self.path, other.path, progress, self.clock) for other in others]

    def ask(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        with closing(open_database(self.path, read_only=True)) as db:
            return list(db.execute(sql, parameters).fetchall())

    def records(self) -> list[dict[str, Any]]:
        """The view ``records`` without the numbers of articles, in order of address."""
        with closing(open_database(self.path, read_only=True)) as db:
            rows = list(db.query("SELECT * FROM records ORDER BY site, key"))
        return [{name: value for name, value in row.items() if name != "id"} for row in rows]

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """All rows of all tables but the index's own."""
        with closing(open_database(self.path, read_only=True)) as db:
            return {
                name: db.execute(f"SELECT * FROM {name}").fetchall()
                for name in db.table_names()
                if not name.startswith(("_", "sqlite_")) and "_fts" not in name
            }

    def finds(self, query: str) -> set[str]:
        """Titles of the articles that the index finds."""
        sql = (
            "SELECT a.title FROM articles_fts f JOIN articles a ON a.id = f.rowid WHERE articles_fts MATCH ?"
        )
        return {title for (title,) in self.ask(sql, query)}


MakeMachine = Callable[[str], Machine]
