"""A database to ask: search, stream records, show an article, judge its portals."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from wardcrawler.api.errors import InputError
from wardcrawler.api.filters import Day, Names, condition_of
from wardcrawler.api.health import DEFAULT_MAX_AGE, PortalHealth, portals_health
from wardcrawler.api.records import (
    Edit,
    Place,
    Record,
    SimilarArticle,
    StoredArticle,
    StoredFile,
    StoredFileWithText,
)
from wardcrawler.items import Image
from wardcrawler.store import article as articles
from wardcrawler.store.database import connection
from wardcrawler.store.export import export_rows
from wardcrawler.store.search.query import Query
from wardcrawler.store.search.search import Hit, Marks, SearchProblem, checked_query, search_for

__all__ = ["Database", "Hit", "Marks", "Sort", "open_database", "query_problem"]

Sort = Literal["relevance", "newest"]


class Database:
    """A database of wardcrawler, open until :meth:`close` or the end of its ``with`` block.

    The filters of :meth:`search` and :meth:`records` are joined by "and": ``site`` (names of portals),
    ``level`` ("ward", "commune", "district", "province"), ``province`` ("hcm"), ``unit`` (names of then or
    now, or codes, of administrative units), ``category`` (sections of portals), each one name or several of
    which any will do, and ``since`` and ``until``, the first and the last day of publication; undated
    articles are left out by either.

    All methods raise ``DatabaseProblem`` if the database cannot be read, and :class:`InputError` for a
    filter that nothing in it meets.
    """

    def __init__(self, path: Path | str, *, write: bool = False) -> None:
        self.path = Path(path)
        self._db = connection.open_database(self.path, read_only=not write)

    @property
    def connection(self) -> sqlite3.Connection:
        """Return the connection, for SQL of your own; it writes only if the database was opened to write."""
        found: sqlite3.Connection = self._db.conn
        return found

    def close(self) -> None:
        """Close the connection."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def search(
        self,
        query: str,
        *,
        limit: int = 20,
        offset: int = 0,
        sort: Sort = "relevance",
        site: Names = (),
        level: Names = (),
        province: Names = (),
        unit: Names = (),
        category: Names = (),
        since: Day | None = None,
        until: Day | None = None,
    ) -> list[Hit]:
        """Return the articles that match ``query``, at most ``limit``, without the first ``offset``.

        The query's language is that of ``wardcrawler search`` (docs/searching.md): words, "phrases",
        prefix*, AND, OR, NOT, title:word. Those that match with the query's own diacritics come before
        those that match without any; within both the best come first, or with ``sort="newest"`` those
        published last, undated ones at the end.

        Raises :class:`InputError` also for a query without words or with more than 100.
        """
        if sort not in ("relevance", "newest"):
            raise InputError(f"sort is 'relevance' or 'newest', not {sort!r}")
        condition = condition_of(
            self._db, site=site, level=level, province=province, unit=unit, category=category,
            since=since, until=until,
        )  # fmt: skip
        return search_for(
            self._db, _checked_query(query), limit, condition, offset=offset, newest_first=sort == "newest"
        )

    def records(
        self,
        *,
        site: Names = (),
        level: Names = (),
        province: Names = (),
        unit: Names = (),
        category: Names = (),
        since: Day | None = None,
        until: Day | None = None,
    ) -> Iterator[Record]:
        """Stream the records, one for each address of each article, by article id, portal and key.

        All come from one moment, whatever is written meanwhile; memory does not grow with their number.
        """
        condition = condition_of(
            self._db, site=site, level=level, province=province, unit=unit, category=category,
            since=since, until=until,
        )  # fmt: skip
        return map(_record, export_rows(self._db, condition))

    def article(self, article_id: int) -> StoredArticle | None:
        """Return the article with all that belongs to it, or None if no article has the id."""
        row = articles.article_with_places(self._db, article_id)
        if row is None:
            return None
        lists = {
            "pages": [Place(**each) for each in row["pages"]],
            "attachments": [StoredFileWithText(**each) for each in row["attachments"]],
            "images": [Image(**each) for each in row["images"]],
            "revisions": [Edit(**each) for each in row["revisions"]],
            "similar": [SimilarArticle(**each) for each in row["similar"]],
        }
        return StoredArticle(**row | lists)

    def text_of(self, article_id: int) -> str:
        """Return title, lead and body of an article that is there, a line break between them."""
        return articles.text_of(self._db, article_id)

    def health(
        self, max_age: timedelta = DEFAULT_MAX_AGE, *, command_options: str = ""
    ) -> list[PortalHealth]:
        """Return the health of every portal, by name.

        A last success that is older than ``max_age`` counts as unhealthy. ``command_options`` are appended to
        the commands that ``advice`` names (``" --db x.db"``).
        """
        return portals_health(self._db, self.path, max_age, command_options=command_options)


def open_database(path: Path | str, *, write: bool = False) -> Database:
    """Open the database at ``path``, to read it only unless ``write``.

    To write, it is made if it is not there, and brought up to date if an older wardcrawler wrote it. Writing
    beside a crawl waits for its next commit; a run's lock is not taken.

    Raises ``DatabaseProblem``, with an ``exit_code`` of 2 where no database of ours is, or one that must be
    brought up to date first, 5 where it cannot be read or written, 75 where another program keeps it locked.
    """
    return Database(path, write=write)


def query_problem(query: str) -> str | None:
    """Return why ``query`` is taken as plain words, in one line; None if it is understood.

    Raises :class:`InputError` for a query without words or with too many.
    """
    return _checked_query(query).problem


def _checked_query(query: str) -> Query:
    try:
        return checked_query(query)
    except SearchProblem as problem:
        raise InputError(str(problem)) from None


def _record(row: dict[str, Any]) -> Record:
    files = [StoredFile(**file) for file in row["attachments"]]
    images = [Image(**image) for image in row["images"]]
    return Record(**row | {"attachments": files, "images": images})
