"""A crawl links what it brought to what is nearly the same, wherever that was published."""

from contextlib import closing
from functools import partial

from tests.support.crawls import Crawled, Crawls
from wardcrawler.replica.portals import NEWS
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.tables.similar import link_new_articles

TITLE = "Phiên chợ nghĩa tình mở cửa"
PIECE = (
    "Sáng ngày 23/6, quận khai trương phiên chợ nghĩa tình với 45 gian hàng, phục vụ bà con lao động nghèo.",
    "Mỗi phần quà trị giá 350.000 đồng gồm gạo, dầu ăn và sữa; phiên chợ mở cửa đến hết tháng sau.",
)
LINKS = """
SELECT a.title, o.title, s.similarity, s.figures FROM similar AS s
JOIN articles AS a ON a.id = s.article_id JOIN articles AS o ON o.id = s.other_id
WHERE a.title = ? ORDER BY s.similarity DESC
"""


def test_a_district_piece_that_a_ward_posts_later_is_linked_by_the_ward_s_crawl(crawls: Crawls) -> None:
    crawls.replica.publish("quan", NEWS, TITLE, *PIECE)
    crawls.crawl("quan", "--limit", "5")
    assert crawls.rows(LINKS, TITLE) == []
    crawls.replica.publish("phuong-9", NEWS, f"Phường 9: {TITLE}", *PIECE, "Mời bà con đến dự.")
    crawls.crawl("phuong-9", "--limit", "5")
    ((_, other, similarity, figures),) = crawls.rows(LINKS, TITLE)
    assert other == f"Phường 9: {TITLE}"
    assert 0.7 < similarity < 1
    assert figures == 1
    assert crawls.rows(LINKS, other) == [(other, TITLE, similarity, figures)]


def test_crawls_one_after_the_other_link_what_linking_all_at_once_does(crawled: Crawled) -> None:
    rows = partial(crawled.crawls.rows, "SELECT * FROM similar ORDER BY article_id, other_id")
    linked = rows()
    assert linked
    with closing(open_database(crawled.crawls.db)) as db:
        db.execute("DELETE FROM similar_state")
        link_new_articles(db)
    assert rows() == linked
