"""Which articles are found: held against a reading of every text, word by word."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from tests.support.records import DISTRICT, WARD, MakeArticle
from wardcrawler.attachments.readers.result import Reading
from wardcrawler.attachments.vault import StoredFile
from wardcrawler.items import Article, Attachment, NormalText
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.search.facets import Facets, condition
from wardcrawler.store.search.query import AllOf, AnyOf, Node, Term, parse
from wardcrawler.store.search.search import search
from wardcrawler.store.tables.attachments import save_text
from wardcrawler.store.tables.sites import save_site
from wardcrawler.store.writer import Writer
from wardcrawler.text.hashing import content_hash
from wardcrawler.text.normalise import fold

TEXTS = [
    ("dân vận", "khéo", "đàn kênh"),
    ("dan van", "", "khéo dân"),
    ("vận dân", "dàn vần", "kênh dân vận khéo"),
    ("kênh", "dân", "vận"),
    ("đàn", "vẫn khéo", "van dan kenh"),
    ("khéo kênh", "kheo", "dận"),
]


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    db = open_database(tmp_path_factory.mktemp("finding") / "ward.db")
    save_site(
        db, name="a", title=None, level=None, province=None, unit_code=None, unit_valid_from=None,
        base_url="https://a.vn", platform=None, status=None, successor=None,
    )  # fmt: skip
    writer = Writer(db, "a")
    for number, text in enumerate(TEXTS, 1):
        title, lead, body = text
        writer.put(
            Article(
                url=f"https://a.vn/{number}", key=str(number), platform="x", site="a", title=title, lead=lead,
                body=body, html="", date_source="none", normal=NormalText(*text),
                content_hash=content_hash(*text),
            )
        )  # fmt: skip
    writer.close()
    yield db
    db.close()


def holds(node: Node, text: tuple[str, str, str], *, exact: bool) -> bool:
    """Whether the text is what is asked for, by reading it."""
    match node:
        case AnyOf():
            return any(holds(each, text, exact=exact) for each in node.choices)
        case AllOf():
            return all(holds(each, text, exact=exact) for each in node.wanted) and not any(
                holds(each, text, exact=not is_bare(each)) for each in node.excluded
            )
        case Term():
            fields = dict(zip(("title", "lead", "body"), text, strict=True))
            parts = [fields[node.field]] if node.field else list(text)
            return any(stands_in(part.split(), node, exact=exact) for part in parts)


def stands_in(words: list[str], term: Term, *, exact: bool) -> bool:
    wanted = list(term.words) if exact else [fold(word) for word in term.words]
    have = words if exact else [fold(word) for word in words]
    return any(
        have[at : at + len(wanted) - 1] == wanted[:-1]
        and (have[at + len(wanted) - 1].startswith if term.is_prefix else have[at + len(wanted) - 1].__eq__)(
            wanted[-1]
        )
        for at in range(len(have) - len(wanted) + 1)
    )


def is_bare(node: Node) -> bool:
    assert isinstance(node, Term)
    return all(fold(word) == word for word in node.words)


WORDS = st.sampled_from(
    ["dân", "dan", "vận", "van", "đàn", "khéo", "kheo", "kênh", "v*", "dâ*", '"dân vận"', '"dan van"']
)
FIELDED = st.builds("{}:{}".format, st.sampled_from(["title", "lead", "body"]), WORDS)
TERMS = st.one_of(WORDS, FIELDED)
GROUPS = st.lists(WORDS, min_size=1, max_size=3).map(lambda words: f"({' OR '.join(words)})")
QUERIES = st.builds(
    lambda wanted, excluded: " ".join([*wanted, *(f"NOT {each}" for each in excluded)]),
    st.lists(st.one_of(TERMS, GROUPS), min_size=1, max_size=3),
    st.lists(TERMS, max_size=2),
)


@settings(max_examples=300, deadline=None)
@given(query=QUERIES)
def test_what_is_found_is_what_a_reader_would_find(texts: Database, query: str) -> None:
    understood = parse(query)
    assert understood is not None
    assert understood.problem is None
    exact = {n for n, text in enumerate(TEXTS, 1) if holds(understood.root, text, exact=True)}
    either = exact | {n for n, text in enumerate(TEXTS, 1) if holds(understood.root, text, exact=False)}
    hits = search(texts, query)
    assert {hit.id for hit in hits} == either
    assert {hit.id for hit in hits if hit.exact} == exact
    assert [hit.exact for hit in hits] == sorted((hit.exact for hit in hits), reverse=True)


@pytest.fixture
def with_files(db: Database, writer: Writer, article: MakeArticle) -> Database:
    """1 has a file on "danh sách", 2 one on "quyết định", 3 both, 4 none."""
    said = {"a": "Danh sách hộ nghèo", "b": "Quyết định phê duyệt"}
    for key, files in (("1", "a"), ("2", "b"), ("3", "ab"), ("4", "")):
        links = [Attachment(f"https://x.vn/{name}.pdf", f"{name}.pdf", name) for name in files]
        title = "Kế hoạch" if key in "13" else "Thông báo"
        writer.put(article(key, title=title, body=f"Bài {key}.", attachments=links))
    for name in said:
        writer.put_file(
            f"https://x.vn/{name}.pdf", StoredFile(name * 64, 1, f"{name}.pdf"), "application/pdf", 200
        )
    writer.flush()
    for name, text in said.items():
        save_text(db, name * 64, Reading("ok", text))
    return db


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('file:"danh sách"', {1: "a.pdf", 3: "a.pdf"}),
        ("file:(danh nghèo)", {1: "a.pdf", 3: "a.pdf"}),
        ("file:danh file:duyệt", {}),  # in one file
        ("file:(danh OR duyệt) NOT title:báo", {1: "a.pdf", 3: "b.pdf"}),
        ("file:danh NOT file:nghèo", {}),
        ("thông báo file:quyết", {2: None}),
        ("title:ke file:danh", {1: None, 3: None}),
        ("kế hoạch NOT file:duyệt", {1: None}),
        ("thông NOT file:(danh OR duyệt)", {4: None}),
        ("danh sách", {1: "a.pdf", 3: "a.pdf"}),
        ("kế danh", {}),  # an article and its file are two texts
        ("title:danh", {}),
    ],
)
def test_files_are_texts_of_their_own(with_files: Database, query: str, found: dict[int, str | None]) -> None:
    assert {hit.id: hit.attachment for hit in search(with_files, query)} == found


@pytest.mark.parametrize("few", [0, 100])
@pytest.mark.parametrize(
    ("facets", "found"),
    [
        (Facets(sites=(WARD,)), {1, 2}),
        (Facets(levels=("district",)), {3}),
        (Facets(categories=("thong bao",)), {2}),
        (Facets(sites=(DISTRICT,), categories=("thong bao",)), set()),
    ],
)
def test_filters_hold_however_many_articles_they_leave(
    db: Database, writer: Writer, district_writer: Writer, article: MakeArticle, few: int, facets: Facets,
    found: set[int], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("wardcrawler.store.search.retrieval._FEW", few)
    writer.put(article("1", body="Kênh một."))
    writer.put(article("2", body="Kênh hai.", category="Thông báo"))
    writer.flush()
    district_writer.put(article("3", site=DISTRICT, body="Kênh ba."))
    district_writer.flush()
    assert {hit.id for hit in search(db, "kênh", condition=condition(db, facets))} == found


def test_a_database_that_cannot_be_written_is_searched(
    with_files: Database, path: Path, open_again: Callable[..., Database]
) -> None:
    with_files.close()
    path.chmod(0o444)
    reader = open_again(read_only=True)
    facets = condition(reader, Facets(sites=(WARD,)))
    assert {hit.id for hit in search(reader, "thông báo file:quyết", condition=facets)} == {2}
