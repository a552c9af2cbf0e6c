"""What the pages show, and that every link of theirs leads somewhere."""

import csv
import io
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import pytest
from lxml import html

from tests.support.served import Answer, Served
from tests.web.edited_demo import PDF, Chosen
from wardcrawler.store.schema.descriptions import descriptions, is_internal
from wardcrawler.web.language import labels
from wardcrawler.web.queries import queries

ENGLISH = {"Accept-Language": "en"}

PAGES = (
    "/", "/search", "/search?q=dan+van", "/search?q=hội+nghị&level=ward&since=2024-01-01", "/portals",
    "/portal/replica-phuong-9", "/article/3", "/article/100001", "/wardcrawler",
    "/wardcrawler/records", "/wardcrawler/articles/3", "/wardcrawler/months", "/wardcrawler/word?words=dan",
)  # fmt: skip


def page(server: Served, path: str, language: str = "vi") -> html.HtmlElement:
    answer = server.get(quote(path, safe="/?&=+%"), Accept_Language=language)
    assert answer.status == 200, answer.text
    return html.document_fromstring(answer.text)


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture(scope="session")
def tables(rich: Path) -> list[str]:
    with closing(sqlite3.connect(rich)) as db:
        found = db.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")
        return [name for (name,) in found]


def links(answer: Answer, base: str) -> Iterator[str]:
    for element in html.document_fromstring(answer.text).iter("a", "link", "form", "script", "use"):
        for name in ("href", "src", "action"):
            if element.get(name):
                address = urljoin(base, element.get(name))
                if urlsplit(address).netloc == urlsplit(base).netloc:
                    yield address.partition("#")[0]


def kind_of(address: str) -> str:
    """The same for links to the articles, to the rows of one table, or to one table with other filters."""
    parts = urlsplit(address)
    folder, _, rest = parts.path.removeprefix("/wardcrawler/").partition("/")
    format_ = re.sub(r"^[^.]*", "", rest)[-5:]
    return f"{folder} {bool(rest)} {format_} {bool(parts.query)}"


def test_every_link_of_ours_leads_somewhere(server: Served) -> None:
    """From the first page on; of pages of one kind a few, for there is one for each article and filter."""
    left = [server.address + quote(path, safe="/?&=+%") for path in PAGES]
    known, of_kind = set(left), dict[str, int]()
    broken = []
    while left:
        address = left.pop()
        path = address.removeprefix(server.address) or "/"
        answer = server.get(path)
        if answer.status >= 400:
            broken.append((answer.status, path))
        if not (answer.headers["Content-Type"] or "").startswith("text/html"):
            continue
        for found in links(answer, address):
            kind = kind_of(found)
            if found not in known and of_kind.get(kind, 0) < 2:
                of_kind[kind] = of_kind.get(kind, 0) + 1
                known.add(found)
                left.append(found)
    assert broken == []
    assert len(known) > 150


def test_the_first_page_tells_what_is_there(server: Served, rich: Path) -> None:
    with closing(sqlite3.connect(rich)) as db:
        (articles,) = db.execute("SELECT count(*) FROM articles").fetchone()
        (portals,) = db.execute("SELECT count(*) FROM sites").fetchone()
        (newest,) = db.execute("SELECT title FROM articles ORDER BY published_at DESC LIMIT 1").fetchone()
    first = page(server, "/", "en")
    said = text(first)
    assert f"{articles} articles from {portals} portals" in said
    assert "Published from January 2023 to June 2024" in said
    assert newest in said
    assert first.cssselect("form[action='/search'] input[name=q]")
    assert len(first.cssselect("svg.chart rect")) == 18
    assert "TP. Hồ Chí Minh" in said
    assert "All portals are well." in said
    assert {query.name for query in queries().values()} <= {
        link.get("href").rpartition("/")[2] for link in first.cssselect("a[href^='/wardcrawler/']")
    }


def test_a_search_marks_what_it_found_in_its_own_spelling(server: Served) -> None:
    found = page(server, "/search?q=dân+vận")
    first, *_ = found.cssselect("ol.hits > li")
    assert [mark.text for mark in first.cssselect("a.title mark")] == ["dân", "vận"] or [
        mark.text for mark in first.cssselect("mark")
    ]
    assert "cách viết khác" not in text(first)
    assert page(server, "/search?q=dan+van").cssselect("ol.hits mark")


def test_a_search_can_be_narrowed_and_paged(server: Served, rich: Path) -> None:
    first = page(server, "/search?q=phường")
    assert len(first.cssselect("ol.hits > li")) == 20
    following = page(server, "/search?q=phường&page=2")
    titles = [[link.get("href") for link in each.cssselect("a.title")] for each in (first, following)]
    assert not set(titles[0]) & set(titles[1])
    narrow = page(server, "/search?q=phường&level=district", "en")
    ids = {int(link.get("href").rpartition("/")[2]) for link in narrow.cssselect("ol.hits a.title")}
    assert ids
    with closing(sqlite3.connect(rich)) as db:
        of_district = db.execute("SELECT article_id FROM pages WHERE site = 'replica-quan'").fetchall()
    assert ids <= {number for (number,) in of_district}
    assert narrow.cssselect("details.filters[open]")


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "***",
        "AND OR",
        "NEAR(",
        "x" * 1000,
        "%00",
        "q=a&since=yesterday",
        "q=a&until=9999-12-31",
        "q=a&portal=nobody",
    ],
)
def test_a_search_that_cannot_be_is_one_line(server: Served, query: str) -> None:
    answer = server.get("/search?" + (query if "=" in query else f"q={quote(query, safe='%')}"))
    assert answer.status in (200, 400)
    assert (answer.status == 400) == bool(html.document_fromstring(answer.text).cssselect("p.problem"))


def test_an_article_reads_like_one(server: Served, chosen: Chosen) -> None:
    article = page(server, f"/article/{chosen.read}")
    assert article.cssselect("article h1")
    said = text(article)
    assert "UBND Phường 9, Quận Tân Hòa" in said
    then, now = article.cssselect("article dl.pairs dd")
    assert text(then) == "Phường 9, Quận Tân Bình, Thành phố Hồ Chí Minh"
    assert text(now).startswith("Phường Tân Hòa, ")
    assert "Quyết định" in said
    assert "Điều 1. Nội dung của tệp." in said
    assert "giống 91%, cùng số liệu · " in said
    citation = text(article.cssselect("p.citation")[0])
    for part in ("UBND Phường 9", "đăng", "http://127.0.0.1:", "ghi nhận", "SHA-256"):
        assert part in citation
    assert not article.cssselect("img")
    outward = [a for a in article.cssselect("main a") if a.get("href").startswith("http")]
    assert outward
    assert all("noopener" in a.get("rel") and "noreferrer" in a.get("rel") for a in outward)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Read by the structure of the page"), ("vi", "Đọc theo cấu trúc trang")]
)
def test_an_article_says_where_it_was_read_by_the_structure_of_its_page(
    server: Served, chosen: Chosen, language: str, words: str
) -> None:
    assert words in text(page(server, f"/article/{chosen.read}", language).cssselect("article header")[0])
    assert words not in text(page(server, f"/article/{chosen.gone}", language))


def test_an_edit_shows_what_differs(server: Served, chosen: Chosen) -> None:
    now = page(server, f"/article/{chosen.now}", "en")
    assert [text(added) for added in now.cssselect("#edits ins")] == ["Thêm một câu."]
    assert not now.cssselect("#edits del")
    assert now.cssselect(f"#edits a[href='/article/{chosen.edited}']")
    earlier = page(server, f"/article/{chosen.edited}", "en")
    assert "This is an earlier text" in text(earlier)
    assert earlier.cssselect(f"#edits a[href='/article/{chosen.now}']")


def test_a_gone_article_says_so(server: Served, chosen: Chosen) -> None:
    gone = page(server, f"/article/{chosen.gone}", "en")
    assert "no longer shows this article; noticed 1 April 2024" in text(gone)


def test_an_article_without_a_date_says_why(server: Served, rich: Path) -> None:
    with closing(sqlite3.connect(rich)) as db:
        number, why = db.execute(
            "SELECT id, date_reason FROM articles WHERE published_at IS NULL AND date_reason IS NOT NULL"
        ).fetchone()
    assert f"no date ({why})" in text(page(server, f"/article/{number}", "en"))


def test_a_portal_shows_its_health_chart_and_sections(server: Served) -> None:
    portal = page(server, "/portal/replica-phuong-9", "en")
    said = text(portal)
    assert "Tin tức – Sự kiện" in said
    assert portal.cssselect("svg.chart rect")
    assert portal.cssselect(".state")
    assert portal.cssselect("ol.articles a.title")
    assert "Phường 9, Quận Tân Bình, Thành phố Hồ Chí Minh" in said


def test_a_portal_shows_what_is_stored_of_all_it_showed_and_what_is_missing(server: Served) -> None:
    said = text(page(server, "/portal/replica-phuong-9", "en"))
    assert "93 % of the articles it showed are stored: 57 of 61" in said
    assert "Missing: challenge 1, http-404 1, redirect-loop 1, robots 1." in said
    assert "93 %" in text(page(server, "/portals", "en"))


@pytest.mark.parametrize(
    "path", ["/article/424242", "/portal/nobody", "/nothing", f"/file/{'0' * 64}", "/wardcrawler/no"]
)
def test_what_is_not_there_is_said_in_one_line(server: Served, path: str) -> None:
    answer = server.get(path)
    assert answer.status == 404
    assert html.document_fromstring(answer.text).cssselect("p.problem")


def test_a_kept_file_is_a_download_and_nothing_else(server: Served, rich: Path) -> None:
    with closing(sqlite3.connect(rich)) as db:
        (sha256,) = db.execute("SELECT sha256 FROM attachments").fetchone()
    answer = server.get(f"/file/{sha256}")
    assert answer.body == PDF
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == f"attachment; filename*=UTF-8''{quote('Quyết định')}.pdf"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")


@pytest.mark.parametrize("name", queries())
def test_every_ready_made_query_runs_and_can_be_exported(server: Served, name: str) -> None:
    values = {"words": "phuong", "unit": "tan binh"}
    asked = "&".join(f"{key}={quote(values.get(key, ''))}" for key in queries()[name].parameters)
    shown = page(server, f"/wardcrawler/{name}?{asked}")
    assert not shown.cssselect("p.problem")
    rows = server.get(f"/wardcrawler/{name}.json?_shape=array&{asked}").json
    assert len(rows) > 0
    assert len(shown.cssselect("table.rows tbody tr")) == min(len(rows), 100)
    exported = list(csv.DictReader(io.StringIO(server.get(f"/wardcrawler/{name}.csv?{asked}").text)))
    assert len(exported) == len(rows)
    assert bool(shown.cssselect("svg.chart")) == (queries()[name].chart is not None)


def test_a_long_answer_shows_its_first_rows_and_leads_to_all(server: Served) -> None:
    (to_all,) = page(server, "/wardcrawler/newest?portal=", "en").cssselect("p.count a")
    assert text(to_all) == "Show all"
    every = page(server, "/wardcrawler/newest" + to_all.get("href"), "en")
    assert len(every.cssselect("table.rows tbody tr")) == 500
    assert not every.cssselect("p.count a")


def test_moments_are_short_and_numbers_stand_right(server: Served) -> None:
    row, *_ = page(server, "/wardcrawler/near_duplicates").cssselect("table.rows tbody tr")
    (time, *_) = row.cssselect("time")
    assert time.get("datetime")[:16].replace("T", " ").removesuffix(" 00:00") == text(time)
    assert [text(cell) for cell in row.cssselect("td.number.col-similarity")] == ["0.91"]
    assert all(re.fullmatch(r"/article/\d+", a.get("href")) for a in row.cssselect(".col-other_title a"))
    assert row.cssselect(".col-other_title a")


def test_a_unit_is_found_by_its_name_of_today(server: Served) -> None:
    (now,) = {row["unit_now"] for row in server.get("/wardcrawler/unit.json?_shape=array&unit=tan+binh").json}
    today = now.split(",")[0]
    found = server.get(f"/wardcrawler/unit.json?_shape=array&unit={quote(today)}").json
    assert {row["site"] for row in found} == {"replica-phuong-9"}


def test_every_table_shows_its_description_in_both_languages(server: Served, tables: list[str]) -> None:
    for name in tables:
        if is_internal(name) or name not in descriptions():
            continue
        described = descriptions()[name]
        for language, said in (("vi", described.text.vi), ("en", described.text.en)):
            shown = text(page(server, f"/wardcrawler/{name}?_size=1", language))
            assert said in shown
            assert all(getattr(column.text, language) in shown for column in described.columns.values())


def test_internal_tables_are_not_offered(server: Served) -> None:
    offered = {link.get("href") for link in page(server, "/wardcrawler").cssselect("#tables a")}
    assert {"/wardcrawler/articles", "/wardcrawler/sites"} <= offered
    internal = ("similar_bands", "_sqlite_migrations", "articles_fts_data")
    assert not {f"/wardcrawler/{name}" for name in internal} & offered


@pytest.mark.parametrize("path", PAGES)
def test_every_page_speaks_both_languages(server: Served, path: str) -> None:
    for language in ("vi", "en"):
        shown = page(server, path, language)
        assert shown.get("lang") == language
        menu = text(shown.cssselect("header nav")[0])
        assert labels()[language]["search"] in menu
        other = "en" if language == "vi" else "vi"
        (switch,) = shown.cssselect("a.language")
        answer = server.get(urljoin(path.partition("?")[0], path.partition("?")[0] + switch.get("href")))
        assert answer.status == 302
        assert answer.headers["Set-Cookie"].startswith(f"lang={other};")
        assert answer.headers["Location"].startswith(path.partition("?")[0])
        assert "lang=" not in answer.headers["Location"]


def test_the_language_that_was_chosen_is_remembered(server: Served) -> None:
    assert 'lang="en"' in server.get("/", Accept_Language="vi", Cookie="lang=en").text
    assert 'lang="vi"' in server.get("/", Accept_Language="fr").text
    assert 'lang="en"' in server.get("/", Cookie='a,b="\\; [x]=1; lang=en; xlang=vi').text
    assert server.get("//evil.example/?lang=vi").headers["Location"].startswith("/evil.example")


def test_a_phone_gets_labels_beside_its_cells(server: Served) -> None:
    cells = page(server, "/wardcrawler/records?_size=1").cssselect("table.rows-and-columns td")
    assert {"title", "site"} <= {cell.get("data-label") for cell in cells}
