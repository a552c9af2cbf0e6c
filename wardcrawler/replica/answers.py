"""Answers of an imitation portal, and what all of them need to make one."""

from dataclasses import dataclass
from typing import Literal

from wardcrawler.replica.texts.documents import docx, official_document, pdf_of, png
from wardcrawler.replica.texts.units import Unit

HTML = "text/html;charset=UTF-8"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DownMode = Literal["refused", "500"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One response. ``body`` is sent piece after piece; ``etag`` and ``last_modified`` (an HTTP date) are
    None for what cannot be asked for conditionally. ``content_type`` None sends no such header.
    """

    status: int
    body: tuple[bytes, ...]
    content_type: str | None = HTML
    headers: tuple[tuple[str, str], ...] = ()
    etag: str | None = None
    last_modified: str | None = None


def redirect(location: str) -> Answer:
    """Return 302 to ``location``."""
    return Answer(302, (b"",), headers=(("Location", location),))


def file_answer(path: str, unit: Unit) -> Answer:
    """Return the answer to the address of a file: a picture, a Word file, or a PDF."""
    if ".png" in path:
        return Answer(200, (png(path),), "image/png")
    lines = official_document(path, unit)
    if ".docx" in path:
        return Answer(200, (docx(lines),), _DOCX)
    return Answer(200, (pdf_of(lines),), "application/pdf")


def number_in(text: str | None, otherwise: int) -> int:
    """Return the number that ``text`` is, or ``otherwise`` where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() else otherwise
