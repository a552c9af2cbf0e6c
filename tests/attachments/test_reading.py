"""What files say, read in a process of its own."""

import os
import signal
import stat
import sys
from pathlib import Path

import pytest

from tests.support import samples
from tests.support.samples import VIETNAMESE, docx, paragraph
from wardcrawler.attachments.media import media_of
from wardcrawler.attachments.readers import pdf, sheets
from wardcrawler.attachments.readers.read import read_file
from wardcrawler.attachments.readers.result import Reading
from wardcrawler.attachments.readers.sandbox import Limits, read_apart, run_reader

MOTTO = "Cộng hòa xã hội chủ nghĩa Việt Nam"
MOTTO_TCVN3 = "Céng hßa x· héi chñ nghÜa ViÖt Nam"
MOTTO_VNI = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam"


@pytest.fixture
def read(tmp_path: Path) -> object:
    def read(body: bytes, **options: bool) -> Reading:
        path = tmp_path / "file"
        path.write_bytes(body)
        return read_file(path, media_of(body).type, **options)

    return read


# --- PDF -------------------------------------------------------------------------------------------


def test_the_text_of_a_pdf_is_exact_page_after_page(read) -> None:
    reading = read(samples.pdf([[VIETNAMESE, "Điều 1. Đất ở"], ["Nơi nhận: như trên"]]))
    assert reading.status == "ok"
    assert reading.text == f"{VIETNAMESE}\nĐiều 1. Đất ở\n\nNơi nhận: như trên"
    assert reading.pages == 2
    assert reading.tool.startswith("pypdfium2 ")


@pytest.mark.parametrize(
    ("line", "font", "text", "charset"),
    [
        (MOTTO_TCVN3, ".VnTime", MOTTO, "tcvn3"),
        (MOTTO_TCVN3, "ABCDEF+.VnTimeH", MOTTO.upper(), "tcvn3"),
        (MOTTO_VNI, "VNI-Times", MOTTO, "vni"),
        ("Céng hßa", ".VnTime", "Cộng hòa", "tcvn3"),
        (MOTTO_TCVN3, "Arial", MOTTO, "tcvn3"),
    ],
)
def test_pdfs_in_old_fonts_are_converted(read, line: str, font: str, text: str, charset: str) -> None:
    reading = read(samples.legacy_pdf([line], font))
    assert (reading.text, reading.charsets) == (text, [charset])


def test_a_pdf_in_latin_letters_is_left_alone(read) -> None:
    assert read(samples.legacy_pdf(["Café, garçon"], "Helvetica")).text == "Café, garçon"


def test_a_scan_needs_ocr(read) -> None:
    reading = read(samples.scanned_pdf(2))
    assert (reading.status, reading.text, reading.pages) == ("needs_ocr", None, 2)


def test_a_pdf_with_a_page_that_is_a_picture_says_so(read) -> None:
    reading = read(samples.scanned_pdf(1, [VIETNAMESE]))
    assert (reading.status, reading.text) == ("ok", VIETNAMESE)
    assert reading.reason == "1 of 2 pages are pictures"


def test_a_pdf_without_anything_is_empty(read) -> None:
    assert read(samples.pdf([[]])).status == "empty"


def test_a_damaged_pdf_says_so(read) -> None:
    reading = read(b"%PDF-1.7 and nothing else")
    assert reading.status == "failed"
    assert reading.reason.startswith("damaged")


# --- Word ------------------------------------------------------------------------------------------


def test_a_word_file_is_read_without_any_package(read) -> None:
    cells = "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in ("1", "Trần Văn Lãm"))
    body = (
        paragraph("Ủy ban", " nhân dân")
        + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
        + "<w:p><w:del><w:r><w:delText>cũ</w:delText></w:r></w:del><w:ins><w:r><w:t>mới</w:t></w:r></w:ins>"
        + "</w:p>"
    )
    reading = read(docx(body, header1=paragraph("Mẫu số 1"), footnotes=paragraph("Chú thích")))
    assert reading.text == "Mẫu số 1\n\nỦy ban nhân dân\n1\tTrần Văn Lãm\nmới\n\nChú thích"


def test_old_fonts_of_a_word_file_count_wherever_they_are_named(read) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Goc"><w:rPr><w:rFonts w:ascii="VNI-Times"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Goc"/></w:style>'
    )
    body = (
        paragraph("Céng hß", "a", font=".VnTime")
        + paragraph("Coä", "ng hoøa", style="Con")
        + paragraph("Đất")
    )
    reading = read(docx(body, styles=styles))
    assert reading.text == "Cộng hòa\nCộng hòa\nĐất"
    assert reading.charsets == ["tcvn3", "vni"]


def test_a_zip_bomb_is_not_unpacked(read) -> None:
    reading = read(samples.bomb())
    assert reading.status == "failed"
    assert "bomb" in reading.reason


def test_entities_are_not_expanded(read) -> None:
    lol = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    xml = f'{lol}<w:document xmlns:w="{samples._W}"><w:p><w:r><w:t>x&b;&f;</w:t></w:r></w:p></w:document>'
    assert read(samples.package({"word/document.xml": xml})).text in (None, "x")


def test_a_package_without_its_document_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(samples.package({"word/x.xml": "<a/>"}))
    assert read_file(tmp_path / "a", media_of(docx("")).type).status == "failed"


def test_old_word_needs_a_program(read, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    reading = read(samples.DOC)
    assert (reading.status, reading.reason) == ("needs_reader", "none of antiword, catdoc is installed")


def test_old_word_is_read_by_the_program_that_is_there(
    read,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    program = tmp_path / "catdoc"
    program.write_text(f"#!/bin/sh\nprintf '{MOTTO_TCVN3}'\n", encoding="utf-8")
    program.chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    monkeypatch.setattr("wardcrawler.attachments.readers.programs.PROGRAMS", {"catdoc": ("-d", "utf-8")})
    reading = read(samples.DOC)
    assert (reading.text, reading.tool) == (MOTTO, "catdoc")


# --- others ----------------------------------------------------------------------------------------


def test_a_workbook_is_its_rows(read) -> None:
    reading = read(samples.xlsx([["STT", "Họ và tên"], ["1", "Trần Văn Lãm"], ["2.5", MOTTO]]))
    assert reading.text == f"Danh sách\nSTT\tHọ và tên\n1\tTrần Văn Lãm\n2.5\t{MOTTO}"


def test_an_old_workbook_too(read) -> None:
    assert read(samples.XLS).text == "Danh sách\nHộ nghèo\t12"


def test_rtf_in_old_fonts_and_in_unicode(read) -> None:
    raw = (
        rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil Arial;}{\f1\fnil\fcharset0{\*\panose 02}.VnTime;}}"
        rb"{\info{\title x}}{\*\generator y;}\f1 C\'e9ng h\'dfa\par\f0\u272?\u7845?t\tab\u7903?"
        rb"{\pict\bin4 }}{{} \'e9\par}"
    )
    assert read(raw).text == "Cộng hòa\nĐất\tở é"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_files(read, encoding: str) -> None:
    assert read(f"{VIETNAMESE}\r\n\r\n\r\nHết".encode(encoding)).text == f"{VIETNAMESE}\n\nHết"


def test_text_files_of_before_unicode(read) -> None:
    assert read(MOTTO_TCVN3.encode("cp1252")).text == MOTTO


def test_open_documents(read) -> None:
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    content = f'<d xmlns:t="{text}"><t:h>Thông báo</t:h><t:p>Ủy <t:span>ban</t:span><t:s/>phường</t:p></d>'
    kind = "application/vnd.oasis.opendocument.text"
    assert (
        read(samples.package({"mimetype": kind, "content.xml": content})).text == "Thông báo\nỦy ban phường"
    )


def test_slides_come_in_their_order(read) -> None:
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"

    def slide(text: str, font: str) -> str:
        run = f'<a:r><a:rPr><a:latin typeface="{font}"/></a:rPr><a:t>{text}</a:t></a:r>'
        return f'<s xmlns:a="{drawing}"><a:p>{run}</a:p></s>'

    parts = {"ppt/presentation.xml": "<p/>"}
    parts |= {
        "ppt/slides/slide10.xml": slide("Hết", "Arial"),
        "ppt/slides/slide2.xml": slide(MOTTO_VNI, "VNI-Times"),
    }
    assert read(samples.package(parts)).text == f"{MOTTO}\n\nHết"


def test_a_page_that_word_saved_is_a_document(read) -> None:
    page = (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><title>x</title></head>"
        "<body><p>Danh\nsách</p><table><tr><td>1</td><td>Lê Thị Hoa</td></tr></table></body></html>"
    )
    assert read(page.encode()).text == "Danh sách\n1\tLê Thị Hoa"


def test_archives_and_programs_are_kept_and_not_read(read) -> None:
    assert read(samples.package({"a": "b"})).status == "not_text"


def test_a_picture_needs_ocr(read) -> None:
    assert read(b"\xff\xd8\xff\xe0").status == "needs_ocr"


@pytest.mark.parametrize(
    ("module", "name", "body"),
    [(pdf, "pypdfium2", samples.pdf([["a"]])), (sheets, "python_calamine", samples.XLS)],
)
def test_a_package_that_is_not_installed_is_named(
    read,
    monkeypatch: pytest.MonkeyPatch,
    module: object,
    name: str,
    body: bytes,
) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    reading = read(body)
    assert reading.status == "needs_reader"
    assert "pip install wardcrawler[files]" in reading.reason


# --- OCR -------------------------------------------------------------------------------------------


def tesseract(folder: Path, languages: str) -> None:
    program = folder / "tesseract"
    program.write_text(
        "#!/bin/sh\n"
        f'case "$1" in --list-langs) echo "{languages}";; --version) echo "tesseract 5.3.0";;\n'
        'stdin) head -c 2; echo " Ủy ban";; esac\n',
        encoding="utf-8",
    )
    program.chmod(stat.S_IRWXU)


def recognised(tmp_path: Path, body: bytes, monkeypatch: pytest.MonkeyPatch) -> Reading:
    (tmp_path / "scan").write_bytes(body)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return read_apart(tmp_path / "scan", media_of(body).type, ocr=True)


def test_scans_are_recognised_where_tesseract_has_vietnamese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tesseract(tmp_path, "eng\nvie")
    reading = recognised(tmp_path, samples.scanned_pdf(2), monkeypatch)
    assert (reading.status, reading.text, reading.pages) == ("ok", "P5 Ủy ban\n\nP5 Ủy ban", 2)
    assert reading.tool == "tesseract 5.3.0 vie"


def test_a_tesseract_without_vietnamese_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tesseract(tmp_path, "eng")
    reading = recognised(tmp_path, samples.scanned_pdf(1), monkeypatch)
    assert reading.status == "needs_ocr"
    assert "tesseract-ocr-vie" in (reading.reason or "")


# --- apart -----------------------------------------------------------------------------------------


def child(code: str) -> list[str]:
    """A reader that sets the limits and then does ``code``."""
    limits = "limit(memory=200_000_000, cpu=1, wall=60)"
    return [
        sys.executable, "-c", f"from wardcrawler.attachments.readers.__main__ import limit; {limits}\n{code}"
    ]  # fmt: skip


def test_a_file_is_read_in_another_process(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(samples.pdf([[VIETNAMESE]]))
    assert read_apart(tmp_path / "a.pdf", "application/pdf").text == VIETNAMESE


def test_a_reader_that_computes_for_ever_is_ended() -> None:
    reading = run_reader(child("while True: pass"), Limits(cpu=1))
    assert (reading.status, reading.reason) == ("failed", "not read within 1 s of processor time")


def test_a_reader_that_hangs_is_ended_with_all_it_started() -> None:
    code = "import subprocess, signal; subprocess.Popen(['sleep', '1000']); signal.pause()"
    reading = run_reader(child(code), Limits(wall=1))
    assert (reading.status, reading.reason) == ("failed", "not read within 1 s")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("x = bytearray(10**9)", "the reader broke"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "the reader died (SIGSEGV)"),
        ("print('{]')", "the reader broke"),
        ('print(\'{"status": "ok", "nonsense": 1}\')', "the reader broke"),
        (
            "import tempfile; f = tempfile.TemporaryFile(); f.write(b'x' * 9999); f.flush()",
            "the reader broke",
        ),
    ],
)
def test_a_reader_that_breaks_costs_only_its_file(code: str, words: str) -> None:
    reading = run_reader(child(code), Limits())
    assert reading.status == "failed"
    assert words in (reading.reason or "")


def test_an_endless_text_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wardcrawler.attachments.readers.sandbox._MOST_OUTPUT", 100_000)
    code = "import sys\nwhile True: sys.stdout.write('x' * 1000)"
    assert run_reader(child(code), Limits()).reason == "the text is endless"


def test_what_was_started_knows_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARDCRAWLER_SECRET", "x")
    code = "import json, os; print(json.dumps({'status': 'ok', 'text': ' '.join(os.environ)}))"
    assert "SECRET" not in (run_reader(child(code), Limits()).text or "")


def test_the_limits_hold_for_signals_too() -> None:
    reading = run_reader(child("import os, signal; os.kill(os.getpid(), signal.SIGALRM)"), Limits(wall=7))
    assert reading.reason == "not read within 7 s"
    assert signal.SIGALRM
