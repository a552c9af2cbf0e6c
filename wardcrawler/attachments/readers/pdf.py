"""Reader of PDF files, by PDFium."""

import ctypes
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from wardcrawler.attachments.readers.result import CannotRead, Reading, Status, reading
from wardcrawler.text.legacy.convert import Run, legacy_font

_FEWEST_LETTERS = 20
"""A page with fewer letters and digits and a picture on it is a scan: some have a page number as text."""

# A hyphen at the end of a line comes as one of these (fpdf_text.h); it is one letter of the text like others.
_HYPHENS = {0x02: 0x2D, 0xFFFE: 0x2D}


def read_pdf(path: Path) -> Reading:
    """Read the PDF at ``path``, page after page. Raises :class:`CannotRead`.

    ``needs_ocr`` if more than half of the pages are pictures without text; what text there is comes along. If
    fewer are, ``reason`` says so.
    """
    pdfium = _pdfium()
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise CannotRead("failed", _why(str(error))) from None
    runs: list[Run] = []
    scanned = 0
    for page in document:
        text = page.get_textpage()
        found = list(_runs(pdfium, page, text))
        letters = sum(letter.isalnum() for run in found for letter in run.text)
        if letters < _FEWEST_LETTERS and _has_picture(pdfium, page):
            scanned += 1
        runs += [*found, Run("\n\n")]
        text.close()
        page.close()
    pages = len(document)
    result = reading(runs, tool=_tool(pdfium), pages=pages)
    if not scanned:
        return result
    status: Status = "needs_ocr" if scanned * 2 > pages else result.status
    words = f"{scanned} of {pages} pages are pictures"
    return Reading(status, result.text, pages, result.tool, result.charsets, words)


def render_pages(path: Path, most_pages: int) -> Iterator[bytes]:
    """Yield the pages of the PDF at ``path`` as pictures (PGM, 200 dots an inch), for OCR.

    Raises :class:`CannotRead` for more than ``most_pages``.
    """
    pdfium = _pdfium()
    document = pdfium.PdfDocument(path)
    if len(document) > most_pages:
        raise CannotRead("failed", f"a scan of {len(document)} pages; at most {most_pages} are recognised")
    for page in document:
        bitmap = page.render(scale=200 / 72, grayscale=True)
        rows = bytes(bitmap.buffer)
        packed = b"".join(
            rows[start : start + bitmap.width]
            for start in range(0, bitmap.stride * bitmap.height, bitmap.stride)
        )
        yield b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + packed
        bitmap.close()
        page.close()


def _pdfium() -> Any:
    try:
        import pypdfium2  # noqa: PLC0415  # optional
    except ImportError:
        words = "pypdfium2 is not installed: pip install wardcrawler[files]"
        raise CannotRead("needs_reader", words) from None
    return pypdfium2


def _tool(pdfium: Any) -> str:
    return f"pypdfium2 {pdfium.PYPDFIUM_INFO.version}"


def _why(error: str) -> str:
    return "locked by a password" if "password" in error.lower() else f"damaged: {error}"


def _runs(pdfium: Any, page: Any, text: Any) -> Iterator[Run]:
    """Yield the page's text, in pieces of one font where a font of before Unicode is on the page."""
    if any(legacy_font(name) for name in _fonts(pdfium, page)):
        yield from _runs_by_font(pdfium.raw, text)
    else:
        yield Run(text.get_text_range().translate(_HYPHENS))


def _fonts(pdfium: Any, page: Any) -> set[str]:
    objects = page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_TEXT], max_depth=5)
    return {_font_name(pdfium.raw, found.raw) for found in objects}


def _font_name(raw: Any, found: Any) -> str:
    font = raw.FPDFTextObj_GetFont(found)
    length = raw.FPDFFont_GetBaseFontName(font, None, 0) if font else 0
    if not length:
        return ""
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFFont_GetBaseFontName(font, buffer, length)
    return buffer.value.decode("utf-8", "replace")


def _runs_by_font(raw: Any, text: Any) -> Iterator[Run]:
    names: dict[int, str] = {}  # of text objects: a letter that PDFium put in (a blank) belongs to none

    def letters() -> Iterator[tuple[str, str | None]]:
        name: str | None = None
        for place in range(text.count_chars()):
            found = raw.FPDFText_GetTextObject(text, place)
            if found:
                key = ctypes.cast(found, ctypes.c_void_p).value or 0
                if key not in names:
                    names[key] = _font_name(raw, found)
                name = names[key]
            code = raw.FPDFText_GetUnicode(text, place)
            yield chr(_HYPHENS.get(code, code)), name

    for name, group in groupby(letters(), key=lambda pair: pair[1]):
        yield Run("".join(letter for letter, _ in group), name)


def _has_picture(pdfium: Any, page: Any) -> bool:
    return any(page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=5))
