"""Media types of files, by their own bytes: portals send PDF as ``text/html``, and pages named as a PDF.

A table of our own: portals link to some twenty kinds. Compared with libraries in docs/attachments.md.
"""

import io
import re
import struct
import zipfile
import zlib
from typing import NamedTuple

from wardcrawler.text.decoding import decode_html

_BEGINNING = 4096
_LARGEST_DIRECTORY = 2_000_000


class Media(NamedTuple):
    """A kind of file: its media type and the extension it is stored with, without a dot."""

    type: str
    extension: str


PDF = Media("application/pdf", "pdf")
DOCX = Media("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx")
XLSX = Media("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
PPTX = Media("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx")
ODT = Media("application/vnd.oasis.opendocument.text", "odt")
ODS = Media("application/vnd.oasis.opendocument.spreadsheet", "ods")
ODP = Media("application/vnd.oasis.opendocument.presentation", "odp")
DOC = Media("application/msword", "doc")
XLS = Media("application/vnd.ms-excel", "xls")
PPT = Media("application/vnd.ms-powerpoint", "ppt")
OLE = Media("application/x-ole-storage", "ole")
RTF = Media("application/rtf", "rtf")
ZIP = Media("application/zip", "zip")
OFFICE_HTML = Media("text/html", "html")
TEXT = Media("text/plain", "txt")
UNKNOWN = Media("application/octet-stream", "bin")

_SIGNATURES: tuple[tuple[bytes, Media], ...] = (
    (b"%PDF-", PDF),
    (b"{\\rtf", RTF),
    (b"Rar!\x1a\x07", Media("application/vnd.rar", "rar")),
    (b"7z\xbc\xaf\x27\x1c", Media("application/x-7z-compressed", "7z")),
    (b"\x1f\x8b", Media("application/gzip", "gz")),
    (b"\xff\xd8\xff", Media("image/jpeg", "jpg")),
    (b"\x89PNG\r\n\x1a\n", Media("image/png", "png")),
    (b"GIF87a", Media("image/gif", "gif")),
    (b"GIF89a", Media("image/gif", "gif")),
    (b"II*\x00", Media("image/tiff", "tif")),
    (b"MM\x00*", Media("image/tiff", "tif")),
    (b"MZ", Media("application/vnd.microsoft.portable-executable", "exe")),
)

_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
_OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# The part that makes an Office Open XML package what it is (ECMA-376-2).
_PARTS = (
    ("word/document.xml", DOCX),
    ("xl/workbook.xml", XLSX),
    ("xl/workbook.bin", XLSX),
    ("ppt/presentation.xml", PPTX),
)
_OPEN_DOCUMENTS = {media.type: media for media in (ODT, ODS, ODP)}

# Names of streams in a compound file (MS-CFB), as UTF-16: what its directory holds. Excel before 97: Book.
_STREAMS = (("WordDocument", DOC), ("Workbook", XLS), ("Book", XLS), ("PowerPoint Document", PPT))

_PROLOGUE = re.compile(rb"\s*(?:<!--.*?-->|<\?xml[^>]*>)?\s*", re.DOTALL)
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|script|style|meta|link|title|div|p"
    rb"|h[1-6]|br|b|center|table|font|form|span|iframe)[\s/>]",
    re.IGNORECASE,
)
_OFFICE = b"urn:schemas-microsoft-com:office"
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class NotAFile(ValueError):
    """The body is no file: it is empty, or a page in its place.

    ``reason`` is a short name to count under, ``words`` say it for people.
    """

    def __init__(self, reason: str, words: str) -> None:
        super().__init__(words)
        self.reason = reason
        self.words = words


def media_of(body: bytes) -> Media:
    """Tell the media type of ``body``. Raises :class:`NotAFile` for an empty one and for an HTML page.

    HTML that Word or Excel saved says so (a namespace of Office) and is a document.
    """
    if not body.strip():
        raise NotAFile("empty", "the file is empty")
    beginning = body[:_BEGINNING]
    if beginning.startswith(_ZIP_STARTS):
        return _zipped(body)
    if beginning.startswith(_OLE_START):
        return _compound(body)
    for start, media in _SIGNATURES:
        if beginning.startswith(start):
            return media
    if beginning[:4] == b"RIFF" and beginning[8:12] == b"WEBP":
        return Media("image/webp", "webp")
    return _text(beginning.removeprefix(b"\xef\xbb\xbf"))


def _zipped(body: bytes) -> Media:
    if not _has_small_directory(body):
        return ZIP
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            names = set(package.namelist())
            if "mimetype" in names and package.getinfo("mimetype").file_size < 200:
                declared = package.read("mimetype").decode("ascii", "replace").strip()
                return _OPEN_DOCUMENTS.get(declared, ZIP)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError):
        return ZIP
    return next((media for part, media in _PARTS if part in names), ZIP)


def _has_small_directory(body: bytes) -> bool:
    """Return whether the directory at the end of a ZIP file is of a size that a document may have: each entry
    of it costs some 600 bytes once it is read, and this is the crawler's own process (APPNOTE.TXT, 4.3.16).
    """
    end = body.rfind(b"PK\x05\x06", max(len(body) - 66_000, 0))
    if end < 0 or len(body) < end + 16:
        return False
    (size,) = struct.unpack_from("<I", body, end + 12)
    return bool(size <= _LARGEST_DIRECTORY)


def _compound(body: bytes) -> Media:
    return next((media for name, media in _STREAMS if name.encode("utf-16-le") in body), OLE)


def _text(beginning: bytes) -> Media:
    if b"%PDF-" in beginning[:1024] and b"<html" not in beginning[:1024].lower():
        return PDF  # readers accept it anywhere there (ISO 32000-1, annex H, 3.4.1)
    if _HTML.match(_without_prologue(beginning)):
        if _OFFICE in beginning:
            return OFFICE_HTML
        raise NotAFile("html-page", f"the server answers a page: {_title(beginning)}")
    is_utf16 = beginning.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not is_utf16 and _CONTROLS.search(beginning):
        return UNKNOWN
    return TEXT


def _without_prologue(beginning: bytes) -> bytes:
    """Return what follows the comments and the XML declaration that a page may begin with."""
    place = 0
    while (match := _PROLOGUE.match(beginning, place)) and match.end() > place:
        place = match.end()
    return beginning[place:]


def _title(page: bytes) -> str:
    title = re.search(rb"<title[^>]*>(.*?)</title", page, re.IGNORECASE | re.DOTALL)
    words = re.sub(r"<[^>]*>", " ", decode_html(title[1] if title else page, None))
    return " ".join(words.split())[:100] or "without words"


def looks_cut(body: bytes, media: Media) -> bool:
    """Return whether the end of a PDF or ZIP package is missing: for downloads of undeclared length."""
    if media == PDF:
        return b"%%EOF" not in body[-2048:]
    if body.startswith(_ZIP_STARTS):
        return b"PK\x05\x06" not in body[-66_000:]  # the comment behind it may have 65,535 bytes
    return False
