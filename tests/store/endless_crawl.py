"""A program that stores batch after batch until it is killed, and what must hold of what it stored."""

from sqlite_utils import Database

CRAWL = """
import sys
from hashlib import sha256
from itertools import count
from wardcrawler.items import Article, Image, NormalText
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.writer import Writer

db = open_database(sys.argv[1])
writer = Writer(db, "hcm-phuong-9", batch_size=10**9)
for batch in count(int(sys.argv[2])):
    for number in range(batch * 20, batch * 20 + 20):
        body = f"Tin số {number}. " + "Nội dung của một bản tin dài vừa phải. " * 80
        writer.put(Article(
            url=f"https://x.example.vn/-/{number}", key=str(number), platform="liferay",
            title=f"Tin {number}", body=body, html=f"<p>{body}</p>", images=[Image(f"https://x.example.vn/{number}.jpg")],
            site="hcm-phuong-9", normal=NormalText(f"Tin {number}", "", body),
            content_hash=sha256(body.encode()).hexdigest(),
        ))
    writer.flush()
    print(batch, flush=True)
"""


def unmatched(db: Database) -> list[tuple[int, ...]]:
    """Counts of what must never be: articles without page, pages without article, texts not in the index
    or without picture.
    """
    return db.execute("""
        SELECT
            (SELECT count(*) FROM articles WHERE id NOT IN (SELECT article_id FROM pages)),
            (SELECT count(*) FROM pages WHERE article_id IS NULL),
            (SELECT count(*) FROM articles)
                - (SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'tin'),
            (SELECT count(*) FROM articles WHERE id NOT IN (SELECT article_id FROM images))
    """).fetchall()
