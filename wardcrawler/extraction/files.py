"""Attachments: the files that an article links to."""

import re
from collections.abc import Iterable, Iterator
from typing import cast
from urllib.parse import parse_qs, unquote, urlsplit

from lxml.etree import XPath
from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import text_of
from wardcrawler.extraction.urls import absolute, canonical
from wardcrawler.items import Attachment
from wardcrawler.text.filenames import safe_name

FILES_HEADING = re.compile(
    r"(?:các )?(?:tệp|tập tin|file|tài liệu|văn bản) (?:đính )?kèm(?: theo)?\s*:?", re.IGNORECASE
)
"""A whole line that portals print above an article's files."""

_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|7z|odt|ods|odp|rtf|txt|csv)$", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:jpe?g|png|tiff?)$", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
# pdf.js "?file=", Google "?url=", Microsoft "?src="
_VIEWER_PARAMETERS = ("file", "url", "src")
_VIEWER = re.compile(r"/(?:viewer|gview|pdfjs|embed\.aspx|view\.aspx)|viewer\.html", re.IGNORECASE)
_DOWNLOAD = re.compile(r"downloadFile\(\s*'(?P<label>(?:[^'\\]|\\.)*)'\s*,\s*'(?P<address>[^']+)'")  # VHV

# Liferay tells versions, freshness, thumbnails and download mode in the query; the file is the same.
_NEUTRAL = (r"t|version|imageThumbnail|download|previewFileIndex|documentThumbnail|status",)
_LIFERAY_STORE = re.compile(r"/documents/(?:\d+|d|portlet_file_entry)/|/c/document_library/get_file")
# URLs that answer with a file and do not name it: DNN, EasyDNNnews, Joomla's K2.
_SERVICE = re.compile(
    r"/LinkClick\.aspx\?(?:.*&)?fileticket=|/DocumentDownload\.ashx\?|/item/download/\d+_[0-9a-f]+$",
    re.IGNORECASE,
)

_file_candidates = XPath(
    ".//a[@href] | .//iframe[@src or @data-src] | .//embed[@src] | .//object[@data] | .//*[@onclick]"
)


def file_candidates(scope: HtmlElement) -> list[HtmlElement]:
    """Return the elements in ``scope`` that may lead to a file, in document order."""
    return cast("list[HtmlElement]", _file_candidates(scope))


def file_links(scope: HtmlElement, base: str) -> set[HtmlElement]:
    """Return the elements in ``scope`` that do lead to a file."""
    return {
        element
        for element in file_candidates(scope)
        if next(_attachments((element,), base), None) is not None
    }


def attachments(elements: Iterable[HtmlElement], base: str) -> Iterator[Attachment]:
    """Yield the files that ``elements`` lead to; ``base`` is the URL that relative ones count from.

    Counted are links to documents (by extension, Liferay's document store, or a download service), documents
    in viewers, and ``downloadFile`` calls (VHV). A picture counts only behind a link with words: behind a
    picture it is the picture, enlarged. Labels are as printed; without that the element's ``title``, unless
    another link to the same file prints one ("Tải tệp này" over an icon beside the name); or empty.
    """
    found = list(_attachments(elements, base))
    printed = {attachment.url for attachment, is_printed in found if is_printed}
    for attachment, is_printed in found:
        if not is_printed and attachment.url in printed:
            attachment.label = ""
        yield attachment


def _attachments(elements: Iterable[HtmlElement], base: str) -> Iterator[tuple[Attachment, bool]]:
    """Yield each attachment, and whether its label is printed."""
    for element in elements:
        label = ""
        if element.tag == "a":
            address = absolute(element.get("href"), base)
            if address is not None and not is_file(address, picture=element.find(".//img") is None):
                address = None
        else:
            source = element.get("data" if element.tag == "object" else "src") or element.get("data-src")
            address = (
                _viewed(absolute(source, base)) if element.tag in ("iframe", "embed", "object") else None
            )
        if address is None and (call := _DOWNLOAD.search(element.get("onclick") or "")):
            label = call["label"].replace("\\'", "'")
            address = absolute(call["address"], base)
        if address is not None:
            printed = label or text_of(element)
            label = printed or " ".join((element.get("title") or "").split())
            yield (
                Attachment(canonical(address, _NEUTRAL), filename(address, label), label),
                bool(printed),
            )


def is_file(address: str, *, picture: bool = False) -> bool:
    """Return whether an absolute URL is one of a document, or with ``picture`` of a picture."""
    if _SERVICE.search(address):
        return True
    path = urlsplit(address).path
    names = [segment for segment in path.split("/")[-2:] if segment]
    if any(_DOCUMENT.search(name) for name in names):
        return True
    if any(_PICTURE.search(name) for name in names):
        return picture
    return _LIFERAY_STORE.search(path) is not None


def _viewed(address: str | None) -> str | None:
    """Return the URL of the document that a frame shows: its own, or the one its viewer was given."""
    if address is None or is_file(address):
        return address
    parts = urlsplit(address)
    given = parse_qs(parts.query)
    for name in _VIEWER_PARAMETERS:
        for value in given.get(name, []):
            document = absolute(value, address)
            if document is not None and (is_file(document) or _VIEWER.search(parts.path)):
                return document
    return None


def filename(address: str, label: str) -> str:
    """Return the safe name of the file at ``address``, percent-decoded, without the UUID Liferay puts behind
    it.

    ``get_file`` URLs and the like hold no name: there it is a parameter or, where the label is one, the
    label.
    """
    parts = urlsplit(address)
    segments = [segment for segment in parts.path.split("/") if segment]
    while len(segments) > 1 and _UUID.fullmatch(segments[-1]):
        segments.pop()
    name = segments[-1] if segments else ""
    if _LIFERAY_STORE.search(parts.path):
        name = name.replace("+", " ")  # java.net.URLEncoder
    if name == "get_file" or _SERVICE.search(address):
        given = parse_qs(parts.query)
        names = [
            *given.get("fileName", []),
            *given.get("title", []),
            label if _DOCUMENT.search(label) else name,
        ]
        name = names[0]
    return safe_name(unquote(name, errors="replace"))


def unique(found: Iterable[Attachment]) -> list[Attachment]:
    """Return each file once, by URL, in order; the first label that is not empty stays."""
    by_address: dict[str, Attachment] = {}
    for attachment in found:
        known = by_address.setdefault(attachment.url, attachment)
        known.label = known.label or attachment.label
    return list(by_address.values())
