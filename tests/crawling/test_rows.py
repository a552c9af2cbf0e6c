"""A row of a CSV file is a portal's class; what is wrong in one is told with file and line."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcrawler.crawling.portals.rows import (
    COLUMNS,
    Problem,
    read_portals,
    read_sections,
    unit_of,
    write_row,
    write_sections,
)
from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.platforms.liferay.stock import HcmcLiferay
from wardcrawler.units.register import REFORM, by_code

HEADING = ",".join(COLUMNS)
ROW = "hcm-phuong-9,27001,https://phuong9.example.gov.vn,,,,,,"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "own.csv"


def read(file: Path, *lines: str) -> tuple[list[type[Portal]], list[str]]:
    file.write_text("\n".join(lines), encoding="utf-8")
    portals, problems = read_portals(file)
    return portals, [str(problem) for problem in problems]


def portal(file: Path, *lines: str) -> type[Portal]:
    (made,), problems = read(file, *lines)
    assert problems == []
    return made


def test_every_cell_is_a_constant(file: Path) -> None:
    made = portal(
        file,
        f"{HEADING},title,level,hosts",
        "hcm-tanbinh-phuong-9,27001,https://phuong9.example.gov.vn,liferay-hcmc,verified,hcm-tan-hoa,"
        '"Tin tức = /tin?c=1;Tin quận, huyện=https://cdn.example.gov.vn/tin",legacy,'
        '"Told by the office, 2026.","UBND Phường 9, Quận Tân Bình",,cdn.example.gov.vn www.example.gov.vn',
    )
    assert made.__name__ == "HcmTanbinhPhuong9"
    assert made.__module__ == read_portals.__module__
    assert made.__doc__ == "Told by the office, 2026."
    assert made.declared_at == "own.csv:2"
    assert made.is_registered
    assert made.site_row().__class__(
        name="hcm-tanbinh-phuong-9", title="UBND Phường 9, Quận Tân Bình", level="ward", province="hcm",
        unit_code="27001", unit_valid_from="", base_url="https://phuong9.example.gov.vn",
        platform="liferay-hcmc", status="verified", successor="hcm-tan-hoa",
    ) == made.site_row()  # fmt: skip
    assert made.platform is HcmcLiferay
    assert made.sections == {"Tin tức": "/tin?c=1", "Tin quận, huyện": "https://cdn.example.gov.vn/tin"}
    assert made.tls == "legacy"
    assert made.hosts == ("cdn.example.gov.vn", "www.example.gov.vn")


def test_an_empty_cell_is_the_usual_value(file: Path) -> None:
    made = portal(file, "base_url,name,unit_code", "https://phuong9.example.gov.vn,hcm-phuong-9,27001")
    assert (made.title, made.level, made.unit_valid_from) == ("UBND Phường 9", "ward", "")
    assert (made.platform, made.sections, made.hosts) == (None, {}, ())
    assert (made.status, made.tls, made.successor) == ("unverified", "verified", None)
    assert made.__doc__ == "UBND Phường 9"


def test_a_portal_without_a_unit_says_title_and_level(file: Path) -> None:
    made = portal(file, "name,base_url,title,level", "x,https://x.example,UBND Quận 2,district")
    assert (made.unit_code, made.unit_valid_from, made.level) == (None, None, "district")


def test_a_file_of_a_spreadsheet_is_read(file: Path) -> None:
    """With a mark of UTF-8 in front, other line ends, empty lines and cells at the end."""
    file.write_bytes(f"\ufeff{HEADING},\r\n\r\n{ROW},\r\n,,,,,,,,,\r\n".encode())
    portals, problems = read_portals(file)
    assert ([each.name for each in portals], problems) == (["hcm-phuong-9"], [])
    assert portals[0].declared_at == "own.csv:3"


def test_the_heading_may_come_again_with_other_columns(file: Path) -> None:
    portals, problems = read(
        file, HEADING, ROW, "", "name,base_url,title,level", "x,https://x.example,UBND Quận 2,district"
    )
    assert ([each.name for each in portals], problems) == (["hcm-phuong-9", "x"], [])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"platform": "liferay-hcm"}, "did you mean 'liferay-hcmc'?"),
        ({"status": "retried"}, "status = 'retried': expected one of verified, unverified, retired; did you"),
        ({"tls": "legasy"}, "tls = 'legasy': expected one of verified, unverified, legacy; did you mean"),
        ({"base_url": "https://x.example/web/x"}, "base_url = 'https://x.example/web/x': expected an http"),
        ({"base_url": ""}, "base_url = '': expected an http"),
        ({"successor": "Tân Hòa"}, "successor = 'Tân Hòa': expected a portal's name or None"),
        ({"name": "Phường 9"}, "name = 'Phường 9': expected lower-case words joined by '-'"),
        ({"unit_code": "99999"}, "unit_code = '99999': no unit has or had this code"),
        ({"unit_code": "Phường 9"}, "unit_code = 'Phường 9': no unit has or had this code"),
        ({"unit_code": ""}, "without a unit_code it needs a title: add the column 'title'"),
        ({"sections": "/tin-tuc"}, "sections: '/tin-tuc' is not Title=/path"),
        ({"sections": "Tin=/tin; =/x"}, "sections: '=/x' is not Title=/path"),
        ({"sections": "Tin=/tin, Thông báo=/tb"}, "sections: 'Tin=/tin, Thông báo=/tb' is not Title=/path"),
        ({"sections": "Tin=tin-tuc"}, "sections: 'Tin=tin-tuc' is not Title=/path"),
        ({"sections": "Tin=/a; Tin=/b"}, "sections: two have the title 'Tin'"),
    ],
)
def test_a_wrong_row_is_told_with_file_and_line_and_hides_no_other(
    file: Path, changes: dict[str, str], words: str
) -> None:
    row = {"name": "hcm-phuong-9", "unit_code": "27001", "base_url": "https://x.example", **changes}
    wrong = write_row(row).splitlines()[1]
    portals, (told,) = read(file, HEADING, ROW, wrong, ROW.replace("-9", "-9-phuong-9"))
    assert [each.name for each in portals] == ["hcm-phuong-9", "hcm-phuong-9-phuong-9"]
    assert told.startswith(f"own.csv:3: {row['name']}: ")
    assert words in told


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (f"{ROW},UBND Phường 9", "10 cells under 9 columns: a cell with a comma stands in quotation marks"),
        (f'{ROW}"Tin', "is no row of a CSV file: unexpected end of data"),
        (f'{ROW}"Tin" tức', "is no row of a CSV file: ',' expected after '\"'"),
    ],
)
def test_a_line_that_is_no_row_costs_only_itself(file: Path, line: str, words: str) -> None:
    portals, (told,) = read(file, HEADING, line, ROW)
    assert [each.name for each in portals] == ["hcm-phuong-9"]
    assert told.startswith(f"own.csv:2: {words}")


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("name,base_url,section", "no column has the name 'section'; did you mean 'sections'?"),
        ("name;base_url;unit_code", "no column has the name 'name;base_url;unit_code'"),
        ("name,unit_code", f"the heading has no column 'base_url'; it may be: {HEADING}"),
        ("name,base_url,name", "two columns have the name 'name'"),
        (ROW, "no column has the name 'hcm-phuong-9'"),
    ],
)
def test_a_wrong_heading_is_told_and_no_row_below_is_guessed_at(file: Path, heading: str, words: str) -> None:
    portals, told = read(file, heading, ROW)
    assert (portals, told) == ([], [f"own.csv:1: {words}"])


def test_a_file_that_cannot_be_read_is_told(file: Path) -> None:
    missing = "cannot be read: No such file or directory"
    assert read_portals(file) == ([], [Problem("own.csv", "own.csv", missing)])
    file.write_bytes("name,base_url\nphường".encode("utf-16"))
    assert read_portals(file)[1][0].words.startswith("is not in UTF-8: ")


# --- which unit ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "said", "unit", "is_of_today"),
    [
        ("766", "whatever", "Quận Tân Bình", False),  # of districts there is one
        ("25459", "tayninh phuong 3", "Phường 3", False),
        ("25459", "tayninh tan ninh", "Phường Tân Ninh", True),
        ("25459", "UBND PHƯỜNG TÂN NINH, tỉnh Tây Ninh", "Phường Tân Ninh", True),
        ("26743", "hcm phuong ben thanh", "Phường Bến Thành", True),  # both had this name
        ("26743", "whatever", "Phường Bến Thành", True),
        ("18118", "hatinh nam hong linh", "Phường Nam Hồng Lĩnh", True),  # holds the other's name too
        ("18118", "hatinh nam hong", "Phường Nam Hồng", False),
        ("18733", "hatinh cam hung", "Xã Cẩm Hưng", False),  # not given out again
    ],
)
def test_of_two_units_that_had_a_code_the_one_that_is_named(
    code: str, said: str, unit: str, is_of_today: bool
) -> None:
    found = unit_of(code, said)
    assert (found.name, found.valid_from is not None) == (unit, is_of_today)


def test_where_none_of_them_is_named_nothing_is_guessed() -> None:
    with pytest.raises(
        ValueError, match="that of Phường 3 until June 2025 and is that of Phường Tân Ninh now"
    ):
        unit_of("25459", "tayninh phuong 4")


def test_a_title_tells_them_apart_too(file: Path) -> None:
    rows = [
        f"x-{number},25459,https://{number}.example,UBND Phường {name}"
        for number, name in enumerate(("3", "Tân Ninh"))
    ]
    portals, problems = read(file, "name,unit_code,base_url,title", *rows)
    assert problems == []
    units = [by_code("25459", day) for day in (REFORM - timedelta(days=1), REFORM)]
    assert [f"UBND {unit.name}" for unit in units if unit] == [each.title for each in portals]


# --- sections --------------------------------------------------------------------------------------

TITLES = st.text(st.characters(exclude_characters=";=", exclude_categories=("C", "Z"))).filter(str.strip)
PATHS = st.text(st.characters(exclude_characters=";", exclude_categories=("C", "Z"))).map("/".__add__)


@given(st.dictionaries(TITLES, PATHS))
def test_sections_are_read_as_they_were_written(sections: dict[str, str]) -> None:
    assert read_sections(write_sections(sections)) == sections


def test_what_sections_cannot_hold_is_written_otherwise() -> None:
    assert write_sections({"Tin; A = B": "/x;y=1 2"}) == "Tin, A – B=/x%3By=1%202"


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=40))
def test_whatever_is_written_into_a_row_is_one_line(text: str) -> None:
    assert len(write_row({"name": "x", "note": text, "title": text}).split("\n")) == 3
