"""CSV as spreadsheets read it: Vietnamese, whole cells, no formula."""

import csv
import io
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.export.rows import FILE, row
from wardcrawler.export.spreadsheet import LONGEST, Sheet
from wardcrawler.store.export import EXPORT_COLUMNS

HARMLESS = [
    "Phường 9",
    "Quý II = 23%",
    "a-b",
    "",
    " ",
    "“Dân vận khéo”",
    "'đã có dấu",
    "26983",
    "−5 (dấu trừ)",
]
NUMBERS = ["-5", "+84", "-3,5", "+1.234.567,89"]
FORMULAS = [
    '=HYPERLINK("http://evil.example";"x")', "+1+1", "-2+3+cmd|' /C calc'!D2", "@SUM(1)", "\t=1+1", "\r=1+1",
    "\n=1+1", "＝1+1", "＋1", "－1+1", "＠SUM(1)", " =1+1", "\u00a0=1+1", "\u200b=1+1", "\ufeff=1+1",
    "- gạch đầu dòng",
]  # fmt: skip


def written(rows: Iterable[dict[str, Any]]) -> tuple[bytes, int]:
    sheet, file = Sheet(EXPORT_COLUMNS), io.BytesIO()
    sheet.write(rows, file)
    return file.getvalue(), sheet.cut


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def cell(text: str) -> str:
    content, _ = written([row(title=text)])
    return read(content)[0]["title"]


def test_it_begins_with_a_byte_order_mark_and_the_head_and_its_lines_end_in_crlf() -> None:
    content, _ = written([row(title="Phường 9")])
    head, line, end = content.split(b"\r\n")
    assert head == b"\xef\xbb\xbf" + ",".join(EXPORT_COLUMNS).encode()
    assert '"Phường 9"'.encode() in line
    assert end == b""


def test_no_record_leaves_the_head() -> None:
    content, _ = written([])
    assert content.count(b"\r\n") == 1
    assert read(content) == []


@pytest.mark.parametrize("text", [*HARMLESS, *NUMBERS])
def test_text_and_numbers_stay_as_they_are(text: str) -> None:
    assert cell(text) == text


@pytest.mark.parametrize("text", FORMULAS)
def test_what_would_run_as_a_formula_gets_an_apostrophe(text: str) -> None:
    assert cell(text) == "'" + text.replace("\r", "\n")


def test_a_cell_that_other_separators_would_split_is_quoted() -> None:
    content, _ = written([row(title="a;=1+1\t=1+1")])
    assert b'"a;=1+1\t=1+1"' in content


def test_line_breaks_within_a_cell_are_lf() -> None:
    assert cell("một\r\nhai\rba\nbốn") == "một\nhai\nba\nbốn"


def test_numbers_are_numbers_and_null_is_empty_and_lists_are_json() -> None:
    (record,) = read(written([row(attachments=[FILE])])[0])
    assert (record["id"], record["author"], record["images"]) == ("1", "", "[]")
    assert record["attachments"].startswith('[{"url": "https://ubnd.example/tb.pdf", "filename": "Thông báo')


@pytest.mark.parametrize("text", ["x" * LONGEST, "😀" * (LONGEST // 2), "'" + "=" * (LONGEST - 1)])
def test_the_longest_cell_that_excel_holds_stays(text: str) -> None:
    content, cut = written([row(body=text)])
    assert (read(content)[0]["body"], cut) == (text, 0)


@pytest.mark.parametrize("text", ["x" * (LONGEST + 1), "=" * LONGEST, "😀" * LONGEST])
def test_a_longer_cell_is_cut_and_says_so(text: str) -> None:
    content, cut = written([row(body=text), row(title="ngắn")])
    body = read(content)[0]["body"]
    assert cut == 1
    assert len(body.encode("utf-16-le")) // 2 in (LONGEST, LONGEST - 1)
    assert " … [cut: 32,76" in body
    assert body.removeprefix("'").startswith(text[:1000])


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), max_size=4))
def test_any_text_comes_back_and_no_cell_is_a_formula(texts: list[str]) -> None:
    content, _ = written([row(title=text, body=text) for text in texts])
    records = read(content)
    assert [record["title"].removeprefix("'") for record in records] == [
        text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("'") for text in texts
    ]
    for record in records:
        text = record["title"].strip()
        assert not text.startswith(("=", "@", "＝", "＋", "－", "＠"))
