"""What of crawled text may stand in a page, charts, and the words of the pages."""

import re
import sqlite3
from pathlib import Path

import pytest
from lxml import html
from markupsafe import escape

import wardcrawler.web
from tests.web import vectors
from wardcrawler.crawling.runs.outcome import Outcome
from wardcrawler.monitoring.report import _ADVICE
from wardcrawler.web.chart import Bar, bar_chart, by_month, months_between
from wardcrawler.web.context import time_element
from wardcrawler.web.language import Words, labels
from wardcrawler.web.markup import marked, safe_html, web_address
from wardcrawler.web.pages.file import saved_name
from wardcrawler.web.queries import fts_words, queries

_RUNS_OR_LOADS = "script img svg math iframe object embed style link base meta video audio".split()
_HERE = Path(wardcrawler.web.__file__).parent


def test_structure_and_vietnamese_stay() -> None:
    stored = (
        "<h2>Quyết định</h2><p>Ủy ban <b>nhân dân</b></p><ul><li>một</li></ul>"
        "<table><tr><td colspan=2>9</td></tr></table>"
    )
    assert safe_html(stored, "Ảnh") == (
        "<div><h2>Quyết định</h2><p>Ủy ban <b>nhân dân</b></p><ul><li>một</li></ul>"
        '<table><tbody><tr><td colspan="2">9</td></tr></tbody></table></div>'
    )


def test_pictures_become_links() -> None:
    shown = safe_html('<p><img src="https://ubnd.example.vn/a.jpg" alt="Lễ ra quân"></p>', "Ảnh")
    assert shown == (
        '<div><p><a class="picture" href="https://ubnd.example.vn/a.jpg" '
        'rel="noopener noreferrer nofollow">Ảnh: Lễ ra quân</a></p></div>'
    )


def test_a_picture_in_a_link_leaves_the_link() -> None:
    shown = safe_html('<a href="https://ubnd.example.vn/"><img src="https://x.example.vn/b.png"></a>', "Ảnh")
    assert '<span class="picture">Ảnh</span></a>' in shown
    assert "b.png" not in shown


def test_empty_paragraphs_go_and_others_stay() -> None:
    shown = safe_html("<p>một</p><p>&nbsp;</p><div> </div><p>hai</p>", "Ảnh")
    assert shown == "<div><p>một</p><p>hai</p></div>"


@pytest.mark.parametrize("stored", ["", "  ", "<!-- x -->", "<", "\x00\x01", "<p>\x0b</p>"])
def test_what_is_nothing_shows_nothing_and_is_no_error(stored: str) -> None:
    shown = html.fragment_fromstring(safe_html(stored, "Ảnh") or "<i></i>", create_parent=True)
    assert shown.text_content().strip() in ("", "<")


@pytest.mark.parametrize("vector", list(vectors.markup("http://127.0.0.1:9")))
def test_no_vector_survives(vector: str) -> None:
    shown = html.fragment_fromstring(safe_html(vector, "Ảnh") or "<i></i>", create_parent=True)
    for element in shown.iter():
        assert element.tag not in _RUNS_OR_LOADS
        assert set(element.attrib) <= {"href", "rel", "class", "colspan", "rowspan"}
        assert not element.get("href") or re.match(r"(https?|mailto):", element.get("href"))


@pytest.mark.parametrize("address", list(vectors.addresses("http://127.0.0.1:9")))
def test_an_address_that_is_none_is_no_link(address: str) -> None:
    found = web_address(address)
    assert found is None or found.startswith("http://example.vn/")


@pytest.mark.parametrize("address", ["https://a.vn/ưu", "http://a.vn:81/x?y=1", "mailto:ubnd@a.vn"])
def test_an_address_that_is_one_is_a_link(address: str) -> None:
    assert web_address(address) == address


def test_marks_stand_where_they_should_and_the_rest_is_text() -> None:
    assert marked("a <b> dân vận & x", [(6, 9), (10, 13)]) == (
        f"a {escape('<b>')} <mark>dân</mark> <mark>vận</mark> &amp; x"
    )


def test_a_chart_has_a_bar_for_each_month_those_without_anything_too() -> None:
    bars = by_month({"2023-11": 3, "2024-02": 1}, lambda month: f"/x?month={month}&a=b")
    assert [bar.label for bar in bars] == ["2023-11", "2023-12", "2024-01", "2024-02"]
    drawn = html.fragment_fromstring(bar_chart(bars, title="<b>", number=str, name=str))
    told = [rect.findtext("title") for rect in drawn.iter("rect")]
    assert told == ["2023-11: 3", "2023-12: 0", "2024-01: 0", "2024-02: 1"]
    heights = [float(rect.get("height")) for rect in drawn.iter("rect")]
    assert heights[0] == pytest.approx(3 * heights[3], rel=0.01)
    assert not drawn.findall(".//b")


def test_many_years_become_bars_of_years() -> None:
    bars = by_month({"1970-01": 1, "2024-05": 2, "2024-06": 3})
    assert (bars[0], bars[-1], len(bars)) == (Bar("1970", 1), Bar("2024", 5), 55)


def test_no_month_is_no_chart_and_nonsense_does_not_hang() -> None:
    assert bar_chart(by_month({}), title="", number=str, name=str) == ""
    assert len(months_between("0001-01", "9999-12")) == 1200


@pytest.mark.parametrize(
    ("filename", "suffix", "name"),
    [("Quyết định.pdf", ".pdf", "Quyết định.pdf"), ("../../etc/passwd", ".txt", "passwd.txt"),
     ("a.html", ".html", "a.txt"), ("setup.exe", ".exe", "setup.bin"), ("", ".pdf", "file.pdf"),
     ("x\r\nSet-Cookie: a", ".doc", "xSet-Cookie_ a.doc")],
)  # fmt: skip
def test_a_saved_file_has_the_extension_its_content_deserves(filename: str, suffix: str, name: str) -> None:
    assert saved_name(filename, suffix) == name


@pytest.mark.parametrize("query", ["", '"', "dan van", "AND", 'a" OR b', "title:x", "NOT x", "(", "x" * 5000])
def test_no_query_is_a_mistake_in_sql(query: str) -> None:
    with sqlite3.connect(":memory:") as db:
        db.execute("CREATE VIRTUAL TABLE f USING fts5(title, lead, body, folded)")
        db.execute("SELECT * FROM f WHERE f MATCH ?", (fts_words(query),)).fetchall()
    db.close()


def used_labels() -> set[str]:
    sources = [*_HERE.rglob("*.html"), *_HERE.rglob("*.py")]
    return {key for file in sources for key in re.findall(r'\bt\(\s*"([a-z_-]+)"', file.read_text())}


def test_every_label_that_is_used_is_there_in_both_languages_and_no_other() -> None:
    coded = {key for key in labels()["en"] if key.startswith(("level_", "date_", "state_"))}
    of_facets = {"level", "province", "portal", "year"}
    assert used_labels() | of_facets == set(labels()["en"]) - coded
    for key, said in labels()["en"].items():
        in_vietnamese = labels()["vi"][key]
        assert said.strip()
        assert in_vietnamese.strip()
        assert re.findall(r"{\w*}", said) == re.findall(r"{\w*}", in_vietnamese) or sorted(
            re.findall(r"{\w*}", said)
        ) == sorted(re.findall(r"{\w*}", in_vietnamese))


def test_every_state_of_a_portal_has_words() -> None:
    states = {*Outcome.__args__, *_ADVICE, "running", "frozen", "retired"}
    labelled = {key for key in labels()["en"] if key.startswith("state_")}
    assert {f"state_{state}" for state in states} == labelled


def test_every_query_is_described_in_both_languages() -> None:
    for query in queries().values():
        texts = [query.title, query.description, *query.parameters.values()]
        assert all(text.en.strip() and text.vi.strip() for text in texts)
        assert set(re.findall(r":([a-z_]+)", query.sql)) == set(query.parameters)


@pytest.mark.parametrize(
    ("time_element", "vi", "en"),
    [("2023-06-24T08:37:00+07:00", "24/06/2023 08:37", "24 June 2023, 08:37"),
     ("2023-06-24", "24/06/2023", "24 June 2023"), ("2023-06", "06/2023", "June 2023"),
     ("2023", "2023", "2023"), ("hôm qua", "hôm qua", "hôm qua"), (None, "", "")],
)  # fmt: skip
def test_times_are_written_as_people_write_them(time_element: str | None, vi: str, en: str) -> None:
    assert (Words("vi").time(time_element), Words("en").time(time_element)) == (vi, en)


def test_a_clock_that_only_fills_up_is_left_out() -> None:
    assert Words("vi").time("2023-06-24T00:00:00+07:00", "day") == "24/06/2023"


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("2023-06-24T08:37:12+07:00", "2023-06-24 08:37"),
        ("2023-06-24T00:00:00+07:00", "2023-06-24"),
    ],
)
def test_a_moment_in_a_table_is_short_and_keeps_what_it_was(stored: str, shown: str) -> None:
    assert time_element(stored) == f'<time datetime="{stored}" title="{stored}">{shown}</time>'


@pytest.mark.parametrize("value", [None, 2023, "2023-06-24", "2023-06-24T08:37:12Z", "<b>T08:37:12+07:00"])
def test_what_is_no_moment_is_shown_as_it_is(value: object) -> None:
    assert time_element(value) is None
