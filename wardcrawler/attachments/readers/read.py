"""Reading of a file by its media type. Only to be called where mistakes and bombs cost nothing."""

from pathlib import Path

from wardcrawler.attachments import media
from wardcrawler.attachments.readers.docx import read_docx
from wardcrawler.attachments.readers.pdf import read_pdf
from wardcrawler.attachments.readers.plain import read_office_html, read_text
from wardcrawler.attachments.readers.programs import read_doc, recognise
from wardcrawler.attachments.readers.result import CannotRead, Reading
from wardcrawler.attachments.readers.rtf import read_rtf
from wardcrawler.attachments.readers.sheets import read_sheets
from wardcrawler.attachments.readers.slides import read_open_document, read_slides

LONGEST_TEXT = 20_000_000
"""Characters. A longer text is no document, and is not cut: it is not kept."""

_READERS = {
    media.PDF.type: read_pdf,
    media.DOCX.type: read_docx,
    media.XLSX.type: lambda path: read_sheets(path, is_package=True),
    media.ODS.type: lambda path: read_sheets(path, is_package=True),
    media.XLS.type: lambda path: read_sheets(path, is_package=False),
    media.PPTX.type: read_slides,
    media.ODT.type: read_open_document,
    media.ODP.type: read_open_document,
    media.DOC.type: read_doc,
    media.RTF.type: read_rtf,
    media.TEXT.type: read_text,
    media.OFFICE_HTML.type: read_office_html,
}


def read_file(path: Path, media_type: str, *, ocr: bool = False) -> Reading:
    """Read the file at ``path``: its text, or why there is none. ``ocr`` recognises pictures too."""
    try:
        result = _read(path, media_type, ocr=ocr)
    except CannotRead as refusal:
        return Reading(refusal.status, reason=str(refusal))
    except MemoryError:
        return Reading("failed", reason="needs more memory than it may have")
    except RecursionError:
        return Reading("failed", reason="damaged: nested too deeply")
    if result.text and len(result.text) > LONGEST_TEXT:
        return Reading("failed", pages=result.pages, tool=result.tool, reason="the text is endless")
    return result


def _read(path: Path, media_type: str, *, ocr: bool) -> Reading:
    is_picture = media_type.startswith("image/")
    reader = _READERS.get(media_type)
    if is_picture:
        result = Reading("needs_ocr", reason="a picture")
    elif reader is None:
        return Reading("not_text", reason=f"{media_type} is not read")
    else:
        result = reader(path)
    if ocr and result.status == "needs_ocr":
        return recognise(path, is_pdf=not is_picture)
    return result
