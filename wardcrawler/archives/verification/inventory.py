"""The answers that an archive was found to hold, for questions that concern all of it."""

import sqlite3
from collections.abc import Iterator
from typing import Any

from wardcrawler.archives.warc.records import Record

_SCHEMA = """
CREATE TABLE answers(
    id TEXT, name TEXT NOT NULL, file TEXT NOT NULL, offset INT NOT NULL, length INT,
    url TEXT NOT NULL, status INT NOT NULL, digest TEXT, is_payload INT NOT NULL,
    is_indexed INT NOT NULL
);
CREATE INDEX by_offset ON answers(file, offset);
CREATE INDEX by_name ON answers(name);
CREATE INDEX by_url ON answers(url);
CREATE INDEX by_id ON answers(id);
CREATE TABLE keys(site TEXT, key TEXT, answer TEXT, PRIMARY KEY (site, key, answer)) WITHOUT ROWID;
CREATE TABLE revisits(file TEXT, offset INT, name TEXT, digest TEXT);
CREATE TABLE runs(site TEXT, started_at TEXT, PRIMARY KEY (site, started_at)) WITHOUT ROWID;
CREATE TABLE lines(file TEXT, offset INT, length INT, url TEXT);
"""


class Inventory:
    """The answers, revisits, article keys and index lines of one archive, in a temporary database that goes
    to the disk if it is large. ``file`` is the path of a WARC file in the WACZ, or its name.
    """

    def __init__(self) -> None:
        self._db = sqlite3.connect("")
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        """Free the space."""
        self._db.close()

    def add_answer(
        self, record: Record, file: str, status: int, *, digest: str | None, is_payload: bool,
        is_indexed: bool,
    ) -> None:  # fmt: skip
        """Add an answer that is whole. ``status`` is 0 where its record has none; ``is_payload`` says whether
        revisits may stand for it, ``is_indexed`` whether it belongs into the index.
        """
        self._db.execute(
            "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                record.get("warc-record-id"), f"{record.url} {record.date}", file, record.offset,
                record.length, record.url, status, digest, is_payload, is_indexed,
            ),
        )  # fmt: skip

    def add_revisit(self, record: Record, file: str) -> None:
        """Add a revisit, with the address, date and digest that it refers to."""
        name = f"{record.get('warc-refers-to-target-uri')} {record.get('warc-refers-to-date')}"
        self._db.execute(
            "INSERT INTO revisits VALUES (?, ?, ?, ?)",
            (file, record.offset, name, record.get("warc-payload-digest")),
        )

    def add_key(self, site: str, key: str, record_id: str | None) -> None:
        """Add an article's key, as our metadata record of the answer with this WARC-Record-ID names it."""
        self._db.execute("INSERT OR IGNORE INTO keys VALUES (?, ?, ?)", (site, key, record_id or ""))

    def add_run(self, site: str, started_at: str) -> None:
        """Add a run of ``crawl`` that wrote a part of the archive, as our warcinfo records name it."""
        self._db.execute("INSERT OR IGNORE INTO runs VALUES (?, ?)", (site, started_at))

    def add_index_line(self, file: str, offset: int, length: int, url: str) -> None:
        """Add what a line of a WACZ's index says."""
        self._db.execute("INSERT INTO lines VALUES (?, ?, ?, ?)", (file, offset, length, url))

    def unresolved_revisits(self) -> Iterator[tuple[str, int]]:
        """Yield file and offset of revisits whose payload is not in the archive."""
        yield from self._db.execute(
            "SELECT r.file, r.offset FROM revisits r WHERE NOT EXISTS (SELECT 1 FROM answers a "
            "WHERE a.is_payload AND a.name = r.name AND a.digest = r.digest)"
        )

    def unindexed_answers(self) -> list[tuple[str, int]]:
        """Return file and offset of answers that no line of the index names, though one should."""
        self._db.execute("CREATE INDEX IF NOT EXISTS lines_by_offset ON lines(file, offset)")
        return self._rows(
            "SELECT a.file, a.offset FROM answers AS a WHERE NOT EXISTS (SELECT 1 FROM lines AS l "
            f"WHERE {_IS_SAME_RECORD}) AND a.is_indexed"
        )

    def lines_without_answer(self) -> list[tuple[str, int, str]]:
        """Return file, offset and address of lines of the index that name no answer."""
        return self._rows(
            "SELECT l.file, l.offset, l.url FROM lines AS l WHERE NOT EXISTS (SELECT 1 FROM answers AS a "
            f"WHERE {_IS_SAME_RECORD})"
        )

    def statuses(self, site: str, key: str, url: str) -> set[int]:
        """Return the HTTP statuses of the answers to an article, by its key or its address; 0 stands for
        none.
        """
        rows = self._rows(
            "SELECT a.status FROM keys AS k JOIN answers AS a ON a.id = k.answer WHERE k.site = ? "
            "AND k.key = ? UNION SELECT status FROM answers WHERE url = ?",
            site,
            key,
            url,
        )
        return {status for (status,) in rows}

    def has_url(self, url: str) -> bool:
        """Return whether an answer from this address is there."""
        return bool(self._rows("SELECT 1 FROM answers WHERE url = ? LIMIT 1", url))

    def urls(self) -> list[str]:
        """Return the addresses of all answers."""
        return [url for (url,) in self._rows("SELECT DISTINCT url FROM answers")]

    def sites(self) -> set[str]:
        """Return the portals that our own records name."""
        return {site for (site,) in self._rows("SELECT site FROM keys UNION SELECT site FROM runs")}

    def runs(self) -> set[tuple[str, str]]:
        """Return portal and start (as in ``runs``) of the runs of ``crawl`` that wrote the archive; none for
        an archive that preserves.
        """
        return set(self._rows("SELECT site, started_at FROM runs"))

    def _rows(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        return self._db.execute(sql, parameters).fetchall()


_IS_SAME_RECORD = (
    "l.file = a.file AND l.offset = a.offset AND (l.length = a.length OR a.length IS NULL) AND l.url = a.url"
)
