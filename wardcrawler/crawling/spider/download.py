"""One file on its way: the request for it, and the parts it came in.

Scrapy's handlers keep a body in memory, so a file's size is bounded. One that breaks off goes on where it
broke if the server can (RFC 9110, 14); half a file is never taken for a whole one.
"""

import re
from dataclasses import dataclass
from http import HTTPStatus

from scrapy import Request
from scrapy.http import Response

from wardcrawler.attachments.media import Media, NotAFile, looks_cut, media_of
from wardcrawler.store.tables.attachments import DueFile

FILE = "download"
"""Key in ``Request.cb_kwargs``: the :class:`Download` that a request is for."""

_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")
_EXTENSION = re.compile(r"\.([A-Za-z0-9]{2,5})$")
_SHORT = 2048
"""A text so short under the name of another kind of file is an error message."""


class CutShort(Exception):
    """The body broke off; the words say how."""


@dataclass
class Download:
    """A file that is being fetched. ``part`` is what earlier requests brought of it."""

    file: DueFile
    part: bytes = b""
    validator: str = ""
    """The strong ETag that ``part`` came with."""
    total: int | None = None
    resumes: int = 0

    def headers(self) -> dict[str, str]:
        """Return the headers to ask with. Nothing is compressed: a part of a compressed body is of no use."""
        headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
        if self.part:
            return headers | {"Range": f"bytes={len(self.part)}-", "If-Range": self.validator}
        if self.file.sha256 and self.file.etag:
            headers["If-None-Match"] = self.file.etag
        if self.file.sha256 and self.file.last_modified:
            headers["If-Modified-Since"] = self.file.last_modified
        return headers

    def take(self, response: Response) -> bytes | None:
        """Return the whole body, or None if it broke off and can go on (``part`` has it then).

        Raises :class:`CutShort` if it broke off and cannot.
        """
        body = self._joined(response)
        is_cut = "dataloss" in response.flags or (self.total is not None and len(body) < self.total)
        if not is_cut:
            if self.total is not None and len(body) > self.total:
                raise CutShort("more came than was announced")
            self.part = b""
            return body
        validator = _header(response, "ETag")
        can_resume = validator.startswith('"') and _header(response, "Accept-Ranges").lower() == "bytes"
        if response.status == HTTPStatus.PARTIAL_CONTENT:
            can_resume, validator = True, self.validator
        if not can_resume or not body:
            raise CutShort(f"broke off after {len(body)} bytes")
        self.part, self.validator = body, validator
        return None

    def _joined(self, response: Response) -> bytes:
        if response.status != HTTPStatus.PARTIAL_CONTENT:
            self.part, self.total = b"", None  # the file is another by now, or ranges are not understood
            return response.body
        match = _RANGE.fullmatch(_header(response, "Content-Range"))
        if not self.part or match is None or int(match[1]) != len(self.part):
            raise CutShort(f"an answer that does not fit: {_header(response, 'Content-Range') or 'no range'}")
        if _header(response, "ETag") not in ("", self.validator):
            raise CutShort("the file changed while it came")
        self.total = int(match[3])
        return self.part + response.body


def _header(response: Response, name: str) -> str:
    return (response.headers.get(name) or b"").decode("latin-1").strip()


def header_or_none(response: Response, name: str) -> str | None:
    """Return the value of a header, None if it is not there."""
    return _header(response, name) or None


def require_file(body: bytes, response: Response, filename: str) -> Media:
    """Tell the kind of file that the whole ``body`` is. Raises :class:`NotAFile` for a page or a message in
    its place, and for a file whose end is missing where its length was not announced.
    """
    media = media_of(body)
    extension = _EXTENSION.search(filename)
    if (
        media.extension == "txt"
        and len(body) <= _SHORT
        and extension
        and extension[1].lower() not in ("txt", "csv")
    ):
        message = " ".join(body.decode("utf-8", "replace").split())[:100]
        raise NotAFile("message", f"the server answers a message: {message}")
    if "partial" in response.flags and looks_cut(body, media):
        raise NotAFile("cut-short", f"broke off after {len(body)} bytes")
    return media


def file_request(download: Download, *, maxsize: int, timeout: float) -> Request:
    """Make the request for what is still to come of a file of at most ``maxsize`` bytes; ``timeout`` is in
    seconds.
    """
    is_conditional = download.file.sha256 and not download.part
    return Request(
        download.file.url,
        headers=download.headers(),
        cb_kwargs={FILE: download},
        dont_filter=True,
        meta={
            "download_maxsize": max(maxsize - len(download.part), 1),
            "download_warnsize": 0,
            "download_timeout": timeout,
            "download_fail_on_dataloss": False,
            "handle_httpstatus_list": [HTTPStatus.NOT_MODIFIED] if is_conditional else [],
        },
    )
