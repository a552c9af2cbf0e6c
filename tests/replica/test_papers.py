"""The files of the replica: other people's readers find in them what the papers say, letter by letter."""

from pathlib import Path

import pytest

from wardcrawler.attachments.readers.docx import read_docx
from wardcrawler.attachments.readers.pdf import read_pdf
from wardcrawler.replica.papers import file_answer, paper
from wardcrawler.replica.units import ward

FOLDER = "/documents/10180/40733/"


@pytest.mark.parametrize("name", ["Thong bao 57.signed.pdf", "Ke hoach 12.signed.pdf", "CV 300.docx"])
def test_a_file_says_what_its_paper_says(name: str, tmp_path: Path) -> None:
    (body,) = file_answer(FOLDER + name, ward(9)).body
    path = tmp_path / name
    path.write_bytes(body)
    text = (read_docx if name.endswith(".docx") else read_pdf)(path).text
    assert text is not None
    assert text.split() == " ".join(paper(FOLDER + name, ward(9))).split()
    assert len(body) < 20_000


def test_a_paper_has_the_number_of_its_file_and_the_theme_of_its_name() -> None:
    lines = paper(f"{FOLDER}TB 57 niem yet ho ngheo.signed.signed.pdf", ward(9))
    assert lines[0] == "ỦY BAN NHÂN DÂN PHƯỜNG 9"
    assert lines[3].startswith("Số: 57/TB-UBND, ngày ")
    assert "danh sách hộ nghèo" in lines[4]


def test_equal_addresses_say_the_same_and_others_do_not() -> None:
    assert paper(f"{FOLDER}a.pdf", ward(9)) == paper(f"{FOLDER}a.pdf", ward(9))
    assert paper(f"{FOLDER}a.pdf", ward(9)) != paper(f"{FOLDER}b.pdf", ward(9))
