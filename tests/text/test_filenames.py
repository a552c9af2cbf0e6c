"""Names of files stay readable and become harmless."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardcrawler.text.filenames import LONGEST, disposition_name, safe_name


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("Quyết định số 12 về đất đai.pdf", "Quyết định số 12 về đất đai.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\win.ini", "win.ini"),
        ("/", ""),
        ("..", ""),
        (".htaccess", "htaccess"),
        ("CON.pdf", "_CON.pdf"),
        ("con", "_con"),
        ("Lpt1.docx", "_Lpt1.docx"),
        ("CONG VAN.doc", "CONG VAN.doc"),
        ("com10.txt", "com10.txt"),
        ('a<b>:c|d?e*f".pdf', "a_b__c_d_e_f_.pdf"),
        ("thư\x00 mời\r\n.pdf", "thư mời.pdf"),
        ("hoa\u202efdp.exe", "hoafdp.exe"),
        ("tài liệu.pdf. . ", "tài liệu.pdf"),
        (unicodedata.normalize("NFD", "Thông báo.pdf"), "Thông báo.pdf"),
    ],
)
def test_names_become_harmless(given_name: str, safe: str) -> None:
    assert safe_name(given_name) == safe


def test_a_name_of_300_letters_is_cut_between_letters_and_keeps_its_extension() -> None:
    name = safe_name("Ủ" * 300 + ".signed.pdf")
    assert name == "Ủ" * 65 + ".pdf"
    assert len(name.encode()) <= LONGEST


@given(st.text())
def test_every_name_is_one_component_that_any_file_system_takes(name: str) -> None:
    safe = safe_name(name)
    assert not set(safe) & set('/\\<>:"|?*\0')
    assert safe not in (".", "..")
    assert len(safe.encode()) <= LONGEST
    assert safe_name(safe) == safe


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (b"attachment; filename*=UTF-8''Th%C3%B4ng%20b%C3%A1o.pdf; filename=x.pdf", "Thông báo.pdf"),
        ('inline; filename="Kế hoạch.pdf"'.encode(), "Kế hoạch.pdf"),
        (b'attachment; filename="K%E1%BA%BF%20ho%E1%BA%A1ch.pdf"', "Kế hoạch.pdf"),
        (b"attachment;filename=a.pdf", "a.pdf"),
        (b'attachment; filename="a;b \\"c\\".pdf"', "a;b _c_.pdf"),
        (b"attachment; filename=../../etc/passwd", "passwd"),
        (b"attachment; filename*=nonsense", None),
        (b"attachment", None),
        (b'attachment; filename=""', None),
        (None, None),
    ],
)
def test_content_disposition_names_files(header: bytes | None, name: str | None) -> None:
    assert disposition_name(header) == name
