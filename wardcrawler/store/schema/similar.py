"""The tables of near-duplicates."""

from sqlite_utils import Database


def create_similar(db: Database) -> None:
    """Create ``similar``, which people read, and what it is kept up to date with: ``similar_bands``, where
    articles are found by parts of their MinHash signatures, and ``similar_state``, one row.

    Each table is a tree in the order in which it is asked (WITHOUT ROWID): what an article is like, and who
    has a part of a signature.
    """
    db.execute("""
        CREATE TABLE similar (
            article_id INTEGER NOT NULL REFERENCES articles(id),
            other_id INTEGER NOT NULL REFERENCES articles(id),
            similarity REAL NOT NULL CHECK (similarity BETWEEN 0 AND 1),
            figures REAL CHECK (figures BETWEEN 0 AND 1),
            PRIMARY KEY (article_id, other_id),
            CHECK (article_id <> other_id)
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("""
        CREATE TABLE similar_bands (
            band INTEGER NOT NULL,
            article_id INTEGER NOT NULL,
            PRIMARY KEY (band, article_id)
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("""
        CREATE TABLE similar_state (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            method TEXT NOT NULL,
            linked_to INTEGER NOT NULL
        ) STRICT
    """)
