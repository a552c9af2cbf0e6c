"""Tables, as the migrations create them: never edited once released, as they are.

What each row and column means stands in ``words/``.
"""

from sqlite_utils import Database


def create_sites(db: Database) -> None:
    """Create ``sites``: the portals."""
    db.table("sites").create(
        {
            "name": str,
            "title": str,
            "level": str,
            "province": str,
            "unit_code": str,
            "base_url": str,
            "platform": str,
            "status": str,
            "successor": str,
        },
        pk="name",
        not_null={"base_url"},
        strict=True,
    )


def create_articles(db: Database) -> None:
    """Create ``articles``: each text once."""
    # Long columns last: SQLite walks a row's overflow pages to reach what stands behind them.
    articles = db.table("articles").create(
        {
            "id": int,
            "title": str,
            "title_printed": str,
            "author": str,
            "source": str,
            "published_at": str,
            "date_precision": str,
            "date_source": str,
            "date_text": str,
            "date_reason": str,
            "content_hash": str,
            "first_seen": str,
            "last_changed": str,
            "lead": str,
            "body": str,
            "html": str,
        },
        pk="id",
        not_null={"title", "body", "html", "date_source", "content_hash", "first_seen", "last_changed"},
        strict=True,
    )
    articles.create_index(["content_hash"], unique=True)
    articles.create_index(["published_at"])


def create_article_files(db: Database) -> None:
    """Create ``attachments``, ``article_attachments`` and ``images``: files, who links to them, pictures."""
    db.table("attachments").create(
        {"sha256": str, "media_type": str, "size": int, "path": str, "text": str},
        pk="sha256",
        not_null={"media_type", "size", "path"},
        strict=True,
    )
    links = db.table("article_attachments").create(
        {"article_id": int, "position": int, "url": str, "filename": str, "label": str, "sha256": str},
        pk=("article_id", "position"),
        foreign_keys=[("article_id", "articles", "id"), ("sha256", "attachments", "sha256")],
        not_null={"url", "filename", "label"},
        strict=True,
    )
    links.create_index(["article_id", "url"], unique=True)
    links.create_index(["sha256"])
    images = db.table("images").create(
        {"article_id": int, "position": int, "url": str, "caption": str, "alt": str},
        pk=("article_id", "position"),
        foreign_keys=[("article_id", "articles", "id")],
        not_null={"url"},
        strict=True,
    )
    images.create_index(["article_id", "url"], unique=True)


def create_pages(db: Database) -> None:
    """Create ``pages`` and ``revisions``: addresses with what they show, and what they showed before."""
    pages = db.table("pages").create(
        {
            "site": str,
            "key": str,
            "url": str,
            "article_id": int,
            "category": str,
            "published_at": str,
            "first_seen": str,
            "last_seen": str,
            "checked_at": str,
            "etag": str,
            "last_modified": str,
            "http_status": int,
            "gone_at": str,
            "failure": str,
            "tries": int,
        },
        pk=("site", "key"),
        foreign_keys=[("site", "sites", "name"), ("article_id", "articles", "id")],
        not_null={"url", "first_seen", "checked_at", "tries"},
        defaults={"tries": 0},
        strict=True,
    )
    pages.create_index(["article_id", "site", "key"])  # the order of exports, so that none of them sorts
    pages.create_index(["site", "failure"])
    revisions = db.table("revisions").create(
        {"id": int, "site": str, "key": str, "article_id": int, "replaced_by": int, "seen_at": str},
        pk="id",
        foreign_keys=[
            (("site", "key"), "pages", ("site", "key")),
            ("article_id", "articles", "id"),
            ("replaced_by", "articles", "id"),
        ],
        not_null={"site", "key", "article_id", "replaced_by", "seen_at"},
        strict=True,
    )
    revisions.create_index(["site", "key"])
    revisions.create_index(["article_id"])
    revisions.create_index(["replaced_by"])


def create_listings_and_runs(db: Database) -> None:
    """Create ``listings``, the state of walks of sections, and ``runs``."""
    db.table("listings").create(
        {
            "site": str,
            "url": str,
            "section": str,
            "backfilled_at": str,
            "open_since": str,
            "last_walked_at": str,
        },
        pk=("site", "url"),
        foreign_keys=[("site", "sites", "name")],
        not_null={"section", "last_walked_at"},
        strict=True,
    )
    counts = ("requests", "pages", "new", "changed", "unchanged", "duplicates", "gone", "errors", "bytes")
    runs = db.table("runs").create(
        {
            "id": int,
            "site": str,
            "started_at": str,
            "finished_at": str,
            "outcome": str,
            "reason": str,
            **dict.fromkeys(counts, int),
            "refused": str,
            "command": str,
            "version": str,
        },
        pk="id",
        foreign_keys=[("site", "sites", "name")],
        not_null={"site", "started_at", "outcome", "command", "version", *counts},
        defaults=dict.fromkeys(counts, 0),
        strict=True,
    )
    runs.create_index(["site", "outcome"])


def create_search_index(db: Database) -> None:
    """Create ``articles_fts``, the search index of articles."""
    # sqlite-utils builds FTS5 tables only over a table's own columns. This one is contentless: its text is
    # the normalised one, which no table holds. Articles are never deleted nor edited, so it only grows.
    db.execute("""
        CREATE VIRTUAL TABLE articles_fts USING fts5(
            title, lead, body, folded,
            content='', tokenize='unicode61 remove_diacritics 0'
        )
    """)
    # Merging in wide steps: with the defaults (4 and 16) each article's postings are rewritten about five
    # times on the way to 100,000 articles, so with one or two. A search reads a few segments more.
    db.execute("INSERT INTO articles_fts(articles_fts, rank) VALUES ('automerge', 32)")
    db.execute("INSERT INTO articles_fts(articles_fts, rank) VALUES ('crisismerge', 96)")


def create_archives(db: Database) -> None:
    """Create ``archives``, ``archive_sites``, ``captures`` and ``left_out``: what is in which archive."""
    db.table("archives").create(
        {"id": int, "path": str, "purpose": str, "started_at": str, "finished_at": str},
        pk="id",
        not_null={"path", "purpose", "started_at"},
        strict=True,
    )
    db.table("archive_sites").create(
        {"archive_id": int, "site": str, "finished_at": str},
        pk=("archive_id", "site"),
        foreign_keys=[("archive_id", "archives", "id")],
        strict=True,
    )
    captures = db.table("captures").create(
        {
            "id": int,
            "archive_id": int,
            "site": str,
            "run_id": int,
            "url": str,
            "method": str,
            "ts": str,
            "warc_file": str,
            "offset": int,
            "length": int,
            "digest": str,
            "status": int,
            "mime": str,
            "kind": str,
            "key": str,
            "revisit": int,
            "truncated": str,
        },
        pk="id",
        foreign_keys=[("archive_id", "archives", "id"), ("site", "sites", "name"), ("run_id", "runs", "id")],
        not_null={
            "archive_id", "site", "url", "method", "ts", "warc_file", "offset", "length", "digest", "status",
            "kind", "revisit",
        },
        strict=True,
    )  # fmt: skip
    captures.create_index(["archive_id", "url"])
    captures.create_index(["site", "key"])
    db.table("left_out").create(
        {"archive_id": int, "site": str, "url": str, "via": str, "reason": str, "seen_at": str},
        pk=("archive_id", "url"),
        foreign_keys=[("archive_id", "archives", "id"), ("site", "sites", "name")],
        not_null={"site", "reason", "seen_at"},
        strict=True,
    )


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
