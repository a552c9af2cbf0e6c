"""Body text: one block a line."""

import pytest

from tests.support.pages import document
from wardcrawler.extraction.blocks import lines_of


def lines(html: str) -> list[str]:
    return [line.text for line in lines_of(document(html))]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Một</p><p>Hai</p>", ["Một", "Hai"]),
        ("<p>Dòng một<br>dòng hai<br/>dòng ba</p>", ["Dòng một", "dòng hai", "dòng ba"]),
        ("<p>p<b>h</b>ư<i><u>ờ</u></i>ng  \n\t họp</p>", ["phường họp"]),
        ("<p>45 m<sup>2</sup> và H<sub>2</sub>O</p>", ["45 m2 và H2O"]),
        ("<p>quý&nbsp;IV&#8203;</p>", ["quý IV"]),
        ("trước<p>giữa</p>sau <b>đó</b><div>cuối</div>", ["trước", "giữa", "sau đó", "cuối"]),
        ("<h2>Đầu mục</h2><p>Lời</p>", ["Đầu mục", "Lời"]),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", ["a", "b", "c"]),
        ("<ol><li><p>a</p></li><li>b<br>c</li></ol>", ["a", "b", "c"]),
        ("<dl><dt>a<dd>b</dl>", ["a", "b"]),
        ("<figure><img alt='không đọc'><figcaption>Chú thích</figcaption></figure>", ["Chú thích"]),
        ("<blockquote>a</blockquote>b<hr>c", ["a", "b", "c"]),
        ("<pre>a\n  b</pre>", ["a b"]),
        ("<p></p><p>&nbsp;</p><p>\u200b</p><div><br></div>", []),
        ("a<script>x</script>b<style>y</style><textarea>z</textarea><iframe>t</iframe>", ["ab"]),
        ("<svg><text>x</text></svg>a<noscript>b</noscript>", ["a"]),
    ],
)
def test_blocks(html: str, expected: list[str]) -> None:
    assert lines(html) == expected


def test_a_table_row_is_a_line() -> None:
    table = """<table><caption>Biểu 1</caption><thead><tr><th>STT<th>Họ  tên</thead>
        <tr><td>1<td><p>Lan</p><p>Mai</p><tr><td>2<td>Huy<br>Hà</table>"""
    assert lines(table) == ["Biểu 1", "STT | Họ tên", "1 | Lan Mai", "2 | Huy Hà"]


def test_empty_cells_keep_the_columns_apart() -> None:
    assert lines("<table><tr><td>1<td><td>3</table>") == ["1 | | 3"]
    assert lines("<table><tr><td><td></table>") == []


def test_a_cell_alone_in_its_row_is_read_as_blocks() -> None:
    assert lines("<table><tr><td><p>a</p><p>b</p></table>") == ["a", "b"]
    assert lines("<table><tr><td><img><td><p>a</p><p>b</p></table>") == ["a", "b"]


def test_a_table_in_a_cell_keeps_its_own_rows() -> None:
    inner = "<table><tr><td>1<td>2<tr><td>3<td>4</table>"
    assert lines(f"<table><tr><td>a<p>b</p>{inner}</td><td>c</td></tr></table>") == [
        "a",
        "b",
        "1 | 2",
        "3 | 4",
        "c",
    ]


def test_very_deep_trees() -> None:
    nested = "<table><tr><td>" * 400 + "đáy" + "</td></tr></table>" * 400
    assert lines(nested + "<p>sau</p>") == ["đáy", "sau"]
    assert lines("<div>" * 1500 + "đáy" + "</div>" * 1500) == ["đáy"]
