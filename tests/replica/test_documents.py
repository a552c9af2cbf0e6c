"""The files of the replica: other people's readers find in them what the documents say, letter by letter."""

from pathlib import Path

import pytest

from wardcrawler.attachments.readers.docx import read_docx
from wardcrawler.attachments.readers.pdf import read_pdf
from wardcrawler.replica.answers import file_answer
from wardcrawler.replica.texts.documents import official_document
from wardcrawler.replica.texts.units import ward

FOLDER = "/documents/10180/40733/"


@pytest.mark.parametrize("name", ["Thong bao 57.signed.pdf", "Ke hoach 12.signed.pdf", "CV 300.docx"])
def test_a_file_says_what_its_document_says(name: str, tmp_path: Path) -> None:
    (body,) = file_answer(FOLDER + name, ward(9)).body
    path = tmp_path / name
    path.write_bytes(body)
    text = (read_docx if name.endswith(".docx") else read_pdf)(path).text
    assert text is not None
    assert text.split() == " ".join(official_document(FOLDER + name, ward(9))).split()
    assert len(body) < 20_000


def test_a_document_has_the_number_of_its_file_and_the_theme_of_its_name() -> None:
    lines = official_document(f"{FOLDER}TB 57 niem yet ho ngheo.signed.signed.pdf", ward(9))
    assert lines[0] == "ỦY BAN NHÂN DÂN PHƯỜNG 9"
    assert lines[3].startswith("Số: 57/TB-UBND, ngày ")
    assert "danh sách hộ nghèo" in lines[4]


def test_equal_addresses_say_the_same_and_others_do_not() -> None:
    assert official_document(f"{FOLDER}a.pdf", ward(9)) == official_document(f"{FOLDER}a.pdf", ward(9))
    assert official_document(f"{FOLDER}a.pdf", ward(9)) != official_document(f"{FOLDER}b.pdf", ward(9))
