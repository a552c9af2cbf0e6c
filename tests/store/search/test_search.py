"""Finding articles by words."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from wardcrawler.exit_codes import STORAGE
from wardcrawler.items import Article
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.store.schema.migrations import MIGRATIONS
from wardcrawler.store.search.search import SearchProblem, search
from wardcrawler.store.writer import Writer

WARD, DISTRICT = "hcm-phuong-9", "hcm-tan-binh"

TEXTS = {
    "dan-van": ("Hội nghị công tác dân vận", "Đảng uỷ phường tổ chức hội nghị về công tác dân vận khéo."),
    "dan-van-mat-dau": ("Ke hoach cong tac", "Trien khai cong tac dan van nam 2023."),
    "dan-bai": ("Tập huấn đàn và vẫn", "Lớp học đàn vận dụng nhạc cụ quê nhà."),
    "thuy-loi": ("Nạo vét kênh thủy lợi", "Tổ thuỷ lợi nạo vét 23/6 tuyến kênh, đạt 48,13% kế hoạch."),
    "van-dong": ("Vận động người dân", "Vận động hiến đất làm đường; dân đồng tình."),
}


@pytest.fixture
def library(db: Database, writer: Writer, article: Callable[..., Article]) -> Database:
    for key, (title, body) in TEXTS.items():
        writer.put(article(key, title=title, body=body))
    writer.flush()
    return db


def keys(db: Database, query: str, **options: int) -> list[str]:
    return [hit.url.rsplit("/", 1)[1] for hit in search(db, query, **options)]


def test_exact_diacritics_come_before_folded_ones(library: Database) -> None:
    found = [(hit.url.rsplit("/", 1)[1], hit.exact) for hit in search(library, "dân vận")]
    assert found[:2] == [("dan-van", True), ("van-dong", True)]
    assert set(found[2:]) == {("dan-van-mat-dau", False), ("dan-bai", False)}


def test_a_query_without_diacritics_finds_every_spelling(library: Database) -> None:
    found = keys(library, "dan van")
    assert found[0] == "dan-van-mat-dau"
    assert set(found) == {"dan-van", "dan-van-mat-dau", "dan-bai", "van-dong"}


def test_texts_where_the_words_follow_each_other_come_first(library: Database) -> None:
    assert keys(library, "dân vận")[:2] == ["dan-van", "van-dong"]


def test_words_of_the_title_weigh_more(db: Database, writer: Writer, article: Callable[..., Article]) -> None:
    filling = "Nội dung khác của bản tin. " * 5
    writer.put(article("trong-bai", title="Bản tin", body=f"Nạo vét kênh, kênh lớn. {filling}"))
    writer.put(article("trong-tua", title="Nạo vét kênh", body=f"Bản tin. {filling}"))
    writer.flush()
    assert keys(db, "kênh") == ["trong-tua", "trong-bai"]


def test_quoted_words_must_follow_each_other(library: Database) -> None:
    assert keys(library, '"dân vận"')[0] == "dan-van"
    assert "van-dong" not in keys(library, '"dân vận"')  # whose title ends with "dân", its text begins "Vận"
    assert keys(library, "“công tác” “dân vận”")[0] == "dan-van"


@pytest.mark.parametrize(
    "query", ["thuỷ lợi", "thủy lợi", "THUỶ LỢI", "thu\u0309y lo\u031b\u0323i", "thủy\u00adlợi"[:4]]
)
def test_one_spelling_finds_the_others(library: Database, query: str) -> None:
    assert keys(library, query) == ["thuy-loi"]


def test_eth_and_the_vietnamese_letter_are_one(library: Database) -> None:
    assert keys(library, "Ðảng ủy") == keys(library, "đảng uỷ") == keys(library, "dang uy") == ["dan-van"]


@pytest.mark.parametrize("query", ["23/6", '"23/6 tuyến"', "48,13%", "kênh, 48,13"])
def test_figures_and_dates_are_found_as_they_are_written(library: Database, query: str) -> None:
    assert keys(library, query) == ["thuy-loi"]


def test_all_words_must_be_there(library: Database) -> None:
    assert keys(library, "kênh dân vận") == []


def test_a_hit_says_what_a_reader_needs(library: Database) -> None:
    (hit,) = search(library, "thủy lợi")
    assert (hit.rank, hit.exact, hit.id) == (1, True, 4)
    assert (hit.title, hit.site) == ("Nạo vét kênh thủy lợi", WARD)
    assert hit.url == "https://hcm-phuong-9.example.vn/-/thuy-loi"
    assert hit.published_at == "2023-06-24T08:37:00+07:00"
    assert hit.snippet == "Tổ thuỷ lợi nạo vét 23/6 tuyến kênh, đạt 48,13% kế hoạch."


def test_hits_are_numbered_and_limited(library: Database) -> None:
    assert [hit.rank for hit in search(library, "dan van")] == [1, 2, 3, 4]
    assert keys(library, "dan van", limit=2) == keys(library, "dan van")[:2]
    assert keys(library, "dan van", limit=1) == keys(library, "dan van")[:1]


def test_an_article_on_many_pages_is_one_hit_at_its_first_page(
    library: Database, district_writer: Writer, article: Callable[..., Article]
) -> None:
    title, body = TEXTS["thuy-loi"]
    district_writer.put(
        article("goc", site=DISTRICT, title=title, body=body, published_at="2023-06-20T08:00:00+07:00")
    )
    district_writer.put(article("khong-ngay", site=DISTRICT, title=title, body=body, published_at=None))
    district_writer.flush()
    (hit,) = search(library, "thủy lợi")
    assert (hit.site, hit.url) == (DISTRICT, "https://hcm-tan-binh.example.vn/-/goc")
    assert hit.published_at == "2023-06-20T08:00:00+07:00"


def test_a_text_that_was_replaced_everywhere_is_not_found(
    library: Database, writer: Writer, article: Callable[..., Article]
) -> None:
    writer.put(article("thuy-loi", title="Tin đã sửa", body="Nội dung khác."))
    writer.flush()
    assert keys(library, "thủy lợi") == []
    assert keys(library, "nội dung khác") == ["thuy-loi"]


def test_a_text_that_is_replaced_during_the_search_is_found_as_it_was(
    library: Database, writer: Writer, article: Callable[..., Article], open_again: Callable[..., Database]
) -> None:
    def edit_after_the_match(sql: str, parameters: object) -> None:
        if sql.strip().startswith("SELECT a.title") and not writer.tally.changed:
            writer.put(article("thuy-loi", title="Tin đã sửa", body="Nội dung khác."))
            writer.flush()

    reader = open_again(read_only=True)
    with reader.tracer(edit_after_the_match):
        (hit,) = search(reader, "thủy lợi")
    assert hit.title == "Nạo vét kênh thủy lợi"
    assert writer.tally.changed == 1


def test_words_of_the_lead_are_found(
    library: Database, writer: Writer, article: Callable[..., Article]
) -> None:
    writer.put(article("co-sapo", lead="Chiều qua mưa đá.", body="Nhiều mái tôn bị thủng."))
    writer.flush()
    (hit,) = search(library, "mưa đá")
    assert hit.snippet == "Chiều qua mưa đá. Nhiều mái tôn bị thủng."


def test_an_article_without_text_is_found_by_its_title(
    library: Database, writer: Writer, article: Callable[..., Article]
) -> None:
    writer.put(article("thong-bao", title="Thông báo nghỉ lễ", body=""))
    writer.flush()
    (hit,) = search(library, "nghỉ lễ")
    assert hit.snippet == "Thông báo nghỉ lễ"


@pytest.mark.parametrize("query", ["", "   ", '"', '""', "-", "* ^ ( ) : + - {}", "\0", "🎉", "\ud800", "_"])
def test_a_query_without_words_is_refused_in_words(library: Database, query: str) -> None:
    with pytest.raises(SearchProblem, match="no word"):
        search(library, query)


def test_a_query_of_too_many_words_is_refused_in_words(library: Database) -> None:
    assert len(search(library, "dân " * 100)) == 4
    with pytest.raises(SearchProblem, match="too long"):
        search(library, "dân " * 101)


def test_a_word_of_any_length_is_searched_for(library: Database) -> None:
    assert search(library, "â" * 10_000) == []


@pytest.mark.parametrize(
    "query",
    [
        '"dân vận',
        'dân vận"',
        "dân\0vận",
        "dân ^vận",
        "(dân vận",
        "{dân vận}",
        "dân + vận",
        "'dân' vận;",
    ],
)
def test_stray_signs_do_not_matter(library: Database, query: str) -> None:
    assert keys(library, query)[0] == "dan-van"


def test_operators_join_and_exclude(library: Database) -> None:
    assert set(keys(library, "dân AND vận")) == set(keys(library, "dân vận"))
    assert set(keys(library, "kênh OR đàn")) >= {"thuy-loi", "dan-bai"}
    assert keys(library, "dân NOT khéo")[0] == "van-dong"
    assert "dan-van" not in keys(library, "dân NOT khéo")
    assert keys(library, '(kênh OR khéo) NOT "thủy lợi"') == ["dan-van"]


def test_what_is_excluded_is_meant_as_it_is_typed(library: Database) -> None:
    assert set(keys(library, "dan NOT vận")) == {"dan-van-mat-dau"}
    assert set(keys(library, "cong tac NOT dân")) == {"dan-van-mat-dau"}
    assert keys(library, "dan NOT van") == []


def test_a_word_may_be_given_by_its_beginning(library: Database) -> None:
    assert keys(library, "thủ*") == ["thuy-loi"]
    assert set(keys(library, "thu* NOT nhac")) == {"thuy-loi"}
    assert "thuy-loi" in keys(library, '"nạo v"*')
    assert "thuy-loi" not in keys(library, '"nao d"*')


def test_a_field_says_where_words_stand(library: Database) -> None:
    assert set(keys(library, "title:vận")) == {"dan-van", "van-dong", "dan-bai"}
    assert keys(library, 'title:"dân vận"') == ["dan-van"]
    assert keys(library, "body:đàn")[0] == "dan-bai"
    assert keys(library, "title:(kênh OR dân) khéo") == ["dan-van"]
    assert "dan-van" not in keys(library, "van NOT title:(cong tac)")


def test_a_field_finds_every_spelling_too(library: Database) -> None:
    assert keys(library, "title:thuy") == ["thuy-loi"]
    assert set(keys(library, 'title:"dan van"')) == {"dan-van"}
    assert set(keys(library, "title:(dan van)")) == {"dan-van", "van-dong", "dan-bai"}


def test_words_that_follow_each_other_only_across_a_field_are_no_phrase_in_it(
    db: Database, writer: Writer, article: Callable[..., Article]
) -> None:
    writer.put(article("xa", title="Vận động dân", body="Kênh dân vận."))
    writer.flush()
    assert keys(db, 'title:"dan van"') == []
    assert keys(db, 'title:"van dong"') == ["xa"]


@pytest.mark.parametrize("query", ["dân AND", "AND dân", "NOT dân", "dân (vận", "dân OR OR vận", "title:"])
def test_a_query_that_is_none_is_taken_as_its_words(library: Database, query: str) -> None:
    words = query.lower().replace("(", "").replace(":", "")
    assert keys(library, query) == keys(library, words)


def test_small_operators_are_words(library: Database) -> None:
    assert keys(library, "dân or vận") == []
    assert keys(library, "dân not vận") == []


def test_pages_follow_each_other(library: Database) -> None:
    whole = search(library, "dan van")
    assert search(library, "dan van", limit=2) + search(library, "dan van", limit=2, offset=2) == whole
    assert search(library, "dan van", offset=4) == []


def test_what_was_found_is_marked_in_the_spelling_of_the_article(library: Database) -> None:
    def marked(text: str, marks: tuple[tuple[int, int], ...]) -> list[str]:
        return [text[begin:end] for begin, end in marks]

    hit = search(library, "dan van")[1]
    assert not hit.exact
    assert marked(hit.title, hit.title_marks) == ["dân", "vận"]
    assert marked(hit.snippet, hit.snippet_marks) == ["dân", "vận"]
    (hit,) = search(library, 'thủy OR "48,13"')
    assert marked(hit.title, hit.title_marks) == ["thủy"]
    assert marked(hit.snippet, hit.snippet_marks) == ["thuỷ", "48,13"]
    (hit,) = search(library, "title:thủy l*")
    assert marked(hit.snippet, hit.snippet_marks) == ["lợi"]


def test_where_very_many_match_titles_come_first_then_the_newest(
    db: Database, writer: Writer, article: Callable[..., Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wardcrawler.store.search.search.MOST_WEIGHED", 3)
    writer.put(article("tua", title="Nạo vét kênh", body="Bản tin dài hơn một chút."))
    for number in range(6):
        writer.put(article(f"bai-{number}", title=f"Tin {number}", body="Kênh. " * (6 - number)))
    writer.flush()
    assert keys(db, "kênh", limit=3) == ["tua", "bai-5", "bai-4"]
    assert keys(db, "kenh", limit=3) == ["bai-5", "bai-4", "bai-3"]  # the title is not among the newest
    assert len(keys(db, "kênh", limit=7)) == 7
    assert keys(db, "kênh", limit=7)[:2] == ["tua", "bai-0"]  # all are weighed then


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE articles_fts",
        "DROP TABLE articles_fts_data",
        "DROP TABLE articles_fts_docsize",
        "DELETE FROM articles_fts_config",
        "UPDATE articles_fts_data SET block = randomblob(length(block)) WHERE id > 10",
    ],
)
def test_a_missing_or_damaged_index_is_named_with_its_remedy(
    library: Database, open_again: Callable[..., Database], statement: str
) -> None:
    library.execute(statement)
    with pytest.raises(DatabaseProblem, match="'wardcrawler reindex' makes it anew") as problem:
        search(open_again(read_only=True), "dân")
    assert problem.value.exit_code == STORAGE


def test_an_index_that_lost_its_rows_is_not_taken_for_an_empty_answer(library: Database) -> None:
    library.execute("INSERT INTO articles_fts(articles_fts) VALUES ('delete-all')")
    with pytest.raises(DatabaseProblem, match="does not hold all articles"):
        search(library, "dân")


def test_the_index_answers_the_bare_sqlite_shell(library: Database) -> None:
    def titles(match: str) -> set[str]:
        return {
            title
            for (title,) in library.execute(
                "SELECT a.title FROM articles_fts AS f JOIN articles AS a ON a.id = f.rowid "
                "WHERE articles_fts MATCH ?",
                (match,),
            )
        }

    assert titles('"dân vận"') == {"Hội nghị công tác dân vận"}
    assert "Hội nghị công tác dân vận" in titles("dan van")
    assert titles("đảng ủy") == {"Hội nghị công tác dân vận"}


@pytest.fixture(scope="module")
def empty() -> Iterator[Database]:
    db = Database(memory=True)
    MIGRATIONS.apply(db)
    yield db
    db.close()


SIGNS = st.sampled_from(
    [
        "AND",
        "OR",
        "NOT",
        "NEAR",
        "(",
        ")",
        '"',
        "“",
        "*",
        "title:",
        "file:",
        "body:",
        "dân",
        "van",
        "^",
        "{",
        ":",
    ]
)


@given(
    query=st.one_of(
        st.text(st.one_of(st.characters(), st.sampled_from('"*^:(){}+-“” \0\ud800AND')), max_size=60),
        st.lists(st.one_of(SIGNS, st.text(max_size=3)), max_size=20).map(" ".join),
        st.lists(SIGNS, max_size=20).map("".join),
    )
)
def test_no_query_makes_sqlite_complain(empty: Database, query: str) -> None:
    try:
        found = search(empty, query)
    except SearchProblem:
        found = []
    assert found == []
