"""Making the search indexes anew from the stored texts."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database

from wardcrawler.items import NormalText
from wardcrawler.store.database.connection import connect_read_only, open_database, transaction
from wardcrawler.store.database.lock import RunLock
from wardcrawler.store.search.index import index, index_file
from wardcrawler.text.normalise import normalise

Progress = Callable[[int, int], None]
"""Called with the number of texts indexed so far and of all of them."""

_INDEXES = ("articles_fts", "attachments_fts")

# As the migrations make them; a test holds one against the other.
_CREATE = (
    """CREATE VIRTUAL TABLE articles_fts USING fts5(
            title, lead, body, folded,
            content='', tokenize='unicode61 remove_diacritics 0'
        )""",
    "INSERT INTO articles_fts(articles_fts, rank) VALUES ('automerge', 32)",
    "INSERT INTO articles_fts(articles_fts, rank) VALUES ('crisismerge', 96)",
    """CREATE VIRTUAL TABLE attachments_fts USING fts5(
            text, folded,
            content='', tokenize='unicode61 remove_diacritics 0'
        )""",
)

# What FTS5 keeps an index in that holds nothing (https://sqlite.org/fts5.html, "FTS5 Data Structures"): no
# row but the averages (1) and the structure (10). A contentless one has no table "content".
_SHADOWS = ("data", "idx", "docsize", "config")
_EMPTY = """
CREATE TABLE {name}_data(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE {name}_idx(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE {name}_docsize(id INTEGER PRIMARY KEY, sz BLOB);
CREATE TABLE {name}_config(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO {name}_data VALUES (1, x''), (10, x'00000000000000');
INSERT INTO {name}_config VALUES ('version', 4)
"""


def reindex(db_path: Path, on_progress: Progress = lambda done, total: None) -> tuple[int, int]:
    """Make ``articles_fts`` and ``attachments_fts`` anew; return how many articles and files they hold.

    They may be damaged or missing. All is one transaction: whoever reads meanwhile reads the old indexes, and
    a process that is killed leaves them. The journal beside the database grows by the size of the new ones.

    Raises ``DatabaseProblem``: 2 where there is no database, 75 while a run holds its lock, 5 where it cannot
    be written.
    """
    connect_read_only(db_path).close()  # before a lock is made beside what is no database
    with RunLock(db_path):
        db = open_database(db_path, create=False)
        try:
            with transaction(db) as connection:
                counts = _rebuild(connection, on_progress)
            _empty_the_journal(db)
        finally:
            db.close()
    return counts


def _rebuild(connection: sqlite3.Connection, on_progress: Progress) -> tuple[int, int]:
    for name in _INDEXES:
        _remove(connection, name)
    for statement in _CREATE:
        connection.execute(statement)
    articles, files = (
        connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0]
        for what in ("articles", "attachments WHERE search_id IS NOT NULL")
    )
    done = 0
    on_progress(done, articles + files)
    for article_id, title, lead, body in connection.execute(
        "SELECT id, title, lead, body FROM articles ORDER BY id"
    ):
        text = NormalText(normalise(title), normalise(lead or ""), normalise(body))
        index(connection, article_id, text)
        done += 1
        on_progress(done, articles + files)
    for search_id, text in connection.execute(
        "SELECT search_id, text FROM attachments WHERE search_id IS NOT NULL ORDER BY search_id"
    ):
        index_file(connection, search_id, text)
        done += 1
        on_progress(done, articles + files)
    for name in _INDEXES:
        connection.execute(f"INSERT INTO {name}({name}) VALUES ('optimize')")
    return articles, files


def _remove(connection: sqlite3.Connection, name: str) -> None:
    """Drop an index of which anything may be missing or damaged.

    SQLite drops a virtual table only after it could open it: so what it consists of is put in order first.
    """
    for shadow in _SHADOWS:
        connection.execute(f"DROP TABLE IF EXISTS {name}_{shadow}")
    if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (name,)).fetchone():
        for statement in _EMPTY.format(name=name).split(";"):
            connection.execute(statement)
        connection.execute(f"DROP TABLE {name}")


def _empty_the_journal(db: Database) -> None:
    """Give the disk space of the journal back; readers of the old indexes may keep it a while."""
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
