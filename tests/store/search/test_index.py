"""What the search index holds of a text."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlite_utils import Database

from wardcrawler.items import Article, NormalText
from wardcrawler.store.schema.migrations import MIGRATIONS
from wardcrawler.store.search.index import index
from wardcrawler.store.search.search import search
from wardcrawler.store.writer import Writer
from wardcrawler.text.normalise import fold, normalise


@pytest.fixture(scope="module")
def scratch() -> Iterator[Database]:
    """The index, and beside it a plain FTS5 table of the same tokenizer."""
    db = Database(memory=True)
    MIGRATIONS.apply(db)
    db.execute("CREATE VIRTUAL TABLE plain USING fts5(folded, tokenize='unicode61 remove_diacritics 0')")
    for table in ("articles_fts", "plain"):
        db.execute(f"CREATE VIRTUAL TABLE {table}_words USING fts5vocab({table}, instance)")
    yield db
    db.close()


def words(db: Database, table: str) -> list[str]:
    rows = db.execute(f"SELECT term FROM {table}_words WHERE col = 'folded' ORDER BY doc DESC, offset")
    return [term for (term,) in rows if term != "\ue000"]


@given(
    text=st.text(
        alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("ĐđÐưỷạ ΑΣς\n\u00a0\u0301"))
    )
)
@example("Đảng uỷ phường\nthuỷ lợi, THỦY LỢI: 48,13% (23/6)")
@example("ΟΔΟΣ ΟΔΟΣ")
def test_the_folded_column_holds_the_folded_text(scratch: Database, text: str) -> None:
    normal = NormalText("Tin", "", normalise(text))
    scratch.begin()
    index(scratch.conn, 1, normal)
    scratch.execute("INSERT INTO plain(folded) VALUES (?)", (fold(f"Tin\n\n{normal.body}"),))
    indexed, expected = words(scratch, "articles_fts"), words(scratch, "plain")
    scratch.rollback()
    assert indexed == expected


def test_a_text_of_more_words_than_are_remembered_is_indexed_whole(
    db: Database, writer: Writer, article: Callable[..., Article]
) -> None:
    writer.put(article("danh-sach", body=" ".join(f"mã{number}đ" for number in range(50_000))))
    writer.flush()
    for word in ("ma0d", "mã25000đ", "ma49999d"):
        assert [hit.id for hit in search(db, word)] == [1]


def test_no_phrase_reaches_from_the_title_into_the_text(
    db: Database, writer: Writer, article: Callable[..., Article]
) -> None:
    writer.put(article(title="Vận động người dân", lead="Vận động hiến đất", body="Làm đường mới"))
    writer.flush()
    for phrase in ('"dân vận"', '"dan van"', '"dat lam"'):
        assert search(db, phrase) == []
    assert len(search(db, '"hien dat"')) == 1
