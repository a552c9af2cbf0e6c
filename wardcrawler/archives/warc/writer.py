"""Writes exchanges into WARC 1.1 files, through warcio."""

import hashlib
from base64 import b32encode
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from wardcrawler.archives.warc.unfinished import UnfinishedWarc, gzip_member

Truncation = Literal["disconnect", "length", "time"]
"""The reason why a body is not whole (WARC 1.1, section 5.13)."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer. Header values are the bytes received, one character a byte (latin-1);
    ``body`` is as received: still coded as ``Content-Encoding`` says, transfer coding undone.
    """

    url: str
    status: int
    headers: list[tuple[str, str]]
    body: bytes
    method: str = "GET"
    protocol: str = "HTTP/1.1"
    request_headers: list[tuple[str, str]] = field(default_factory=list)
    request_body: bytes = b""
    ip: str | None = None
    truncated: Truncation | None = None
    notes: dict[str, str] = field(default_factory=dict)
    """Fields of its metadata record: the site, the article's key, the category, or the page whose requisite
    it is. Without any there is no such record."""

    def header(self, name: str) -> str | None:
        """Return the first value of the answer's header ``name`` (lower case), or None."""
        return next((value for each, value in self.headers if each.lower() == name), None)

    @property
    def mime(self) -> str | None:
        """Return the media type that the answer declares, lower case and without parameters, or None."""
        declared = self.header("content-type")
        return declared.partition(";")[0].strip().lower() or None if declared else None


@dataclass(frozen=True, slots=True)
class WrittenRecord:
    """The response or revisit record of an exchange, as it was written.

    ``offset`` and ``length`` are its bytes in ``warc_file`` (a name without folder). ``at`` is WARC-Date
    (UTC, ends in Z). ``digest`` is that of the payload. ``revisit_of`` are the address and WARC-Date of the
    record that holds the payload, where this one does not.
    """

    url: str
    method: str
    at: str
    warc_file: str
    offset: int
    length: int
    digest: str
    status: int
    mime: str | None
    truncated: Truncation | None = None
    revisit_of: tuple[str, str] | None = None
    notes: dict[str, str] = field(default_factory=dict)


LARGEST_FILE = 2**30
"""Bytes; a file that has more is closed and followed by another (WARC 1.1, annex C.1 recommends 1 GB)."""

MOST_PAYLOADS = 50_000
"""So many payloads of a run are known again; older ones are written again when they return."""

SMALLEST_REVISIT = 512
"""Bytes; a shorter payload costs less than the record that would stand for it."""

NOT_MODIFIED_PROFILE = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


class _HttpHead:
    """The head of an HTTP message as warcio's ``http_headers``, in the bytes received: warcio's own class
    would write a value that is not ASCII as percent-encoded UTF-8. Values have one character a byte.
    """

    def __init__(self, first_line: str, headers: Iterable[tuple[str, str]]) -> None:
        lines = [first_line, *(f"{name}: {value}" for name, value in headers)]
        self.headers_buff = "".join(f"{line}\r\n" for line in [*lines, ""]).encode("latin-1")

    def compute_headers_buffer(self, header_filter: object) -> None:
        """Do nothing: warcio calls this before it takes ``headers_buff``, which is there already."""


class WarcWriter:
    """Writes the files ``<prefix>-00001.warc.gz`` and so on into ``folder``.

    ``info`` are the fields of each file's warcinfo record. Every method raises ``OSError``; what was written
    before stays whole then, but nothing more can be written.
    """

    def __init__(
        self, folder: Path, prefix: str, info: Mapping[str, str], *, largest_file: int = LARGEST_FILE
    ) -> None:
        from warcio.warcwriter import WARCWriter  # noqa: PLC0415  # the extra 'archive': most crawls do without

        self._folder = folder
        self._prefix = prefix
        self._info = dict(info)
        self._largest_file = largest_file
        self._serial = 0
        self._file: UnfinishedWarc | None = None
        self._records: Any = WARCWriter(BytesIO(), gzip=False, warc_version="WARC/1.1")
        self._payloads: OrderedDict[str, tuple[str, str]] = OrderedDict()
        self._warcinfo_id = ""

    def write(self, exchange: Exchange) -> WrittenRecord:
        """Write the records of ``exchange``: response or revisit, request, and metadata if
        there are notes.
        """
        file = self._file
        if file is None or file.size >= self._largest_file:
            file = self._next_file()
        at = self._records.curr_warc_date()
        digest = _payload_digest(exchange.body)
        earlier = self._earlier(exchange, digest)
        response = self._response(exchange, at, digest, earlier)
        response_id = response.rec_headers.get_header("WARC-Record-ID")
        # The request next to its response: indexers join them only so.
        behind = [self._request(exchange, at, response_id)]
        if exchange.notes:
            behind.append(self._metadata(exchange, at, response_id))
        members = [gzip_member(self._bytes(record)) for record in (response, *behind)]
        offset = file.append(b"".join(members))
        if earlier is None and _may_be_repeated(exchange):
            self._remember(digest, exchange.url, at)
        return WrittenRecord(
            url=exchange.url,
            method=exchange.method,
            at=at,
            warc_file=file.path.name,
            offset=offset,
            length=len(members[0]),
            digest=digest,
            status=exchange.status,
            mime=exchange.mime,
            truncated=exchange.truncated,
            revisit_of=earlier,
            notes=exchange.notes,
        )

    def close(self) -> None:
        """Sync the current file and give it its name."""
        file, self._file = self._file, None
        if file is not None:
            file.finish()

    def _next_file(self) -> UnfinishedWarc:
        """Close the current file and begin the next one with its warcinfo record."""
        self.close()
        self._serial += 1
        path = self._folder / f"{self._prefix}-{self._serial:05}.warc.gz"
        file = self._file = UnfinishedWarc(path)
        record = self._records.create_warcinfo_record(path.name, self._info)
        self._warcinfo_id = record.rec_headers.get_header("WARC-Record-ID")
        file.append(gzip_member(self._bytes(record)))
        return file

    def _bytes(self, record: Any) -> bytes:
        buffer = BytesIO()
        self._records.out = buffer
        self._records.write_record(record)
        return buffer.getvalue()

    def _earlier(self, exchange: Exchange, digest: str) -> tuple[str, str] | None:
        """Return address and WARC-Date of the record of this run that holds the same payload, or None."""
        if exchange.truncated or digest not in self._payloads:
            return None
        self._payloads.move_to_end(digest)
        return self._payloads[digest]

    def _remember(self, digest: str, url: str, at: str) -> None:
        self._payloads[digest] = (url, at)
        if len(self._payloads) > MOST_PAYLOADS:
            self._payloads.popitem(last=False)

    def _response(self, exchange: Exchange, at: str, digest: str, earlier: tuple[str, str] | None) -> Any:
        reason = HTTPStatus(exchange.status).phrase if exchange.status in _PHRASES else ""
        # Twisted has undone the transfer coding: a reader must not try it again.
        headers = [(name, value) for name, value in exchange.headers if name.lower() != "transfer-encoding"]
        http = _HttpHead(f"{exchange.protocol} {exchange.status} {reason}", headers)
        fields = self._fields(exchange, at)
        if exchange.truncated:
            fields["WARC-Truncated"] = exchange.truncated
        if earlier is not None:
            return self._records.create_revisit_record(
                exchange.url, digest, *earlier, http_headers=http, warc_headers_dict=fields
            )
        if exchange.status == HTTPStatus.NOT_MODIFIED:
            fields["WARC-Profile"] = NOT_MODIFIED_PROFILE
            fields["WARC-Refers-To-Target-URI"] = exchange.url
            return self._records.create_warc_record(
                exchange.url, "revisit", http_headers=http, warc_headers_dict=fields
            )
        fields["WARC-Payload-Digest"] = digest
        return self._records.create_warc_record(
            exchange.url,
            "response",
            payload=BytesIO(exchange.body),
            length=len(exchange.body),
            http_headers=http,
            warc_headers_dict=fields,
        )

    def _request(self, exchange: Exchange, at: str, response_id: str) -> Any:
        parts = urlsplit(exchange.url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = [("Host", parts.netloc.rpartition("@")[2]), *exchange.request_headers]
        return self._records.create_warc_record(
            exchange.url,
            "request",
            payload=BytesIO(exchange.request_body),
            length=len(exchange.request_body),
            http_headers=_HttpHead(f"{exchange.method} {target} HTTP/1.1", headers),
            warc_headers_dict={**self._fields(exchange, at), "WARC-Concurrent-To": response_id},
        )

    def _metadata(self, exchange: Exchange, at: str, response_id: str) -> Any:
        lines = "".join(f"{name}: {_one_line(value)}\r\n" for name, value in exchange.notes.items()).encode()
        return self._records.create_warc_record(
            exchange.url,
            "metadata",
            payload=BytesIO(lines),
            length=len(lines),
            warc_content_type="application/warc-fields",
            warc_headers_dict={"WARC-Date": at, "WARC-Concurrent-To": response_id,
                               "WARC-Warcinfo-ID": self._warcinfo_id},
        )  # fmt: skip

    def _fields(self, exchange: Exchange, at: str) -> dict[str, str]:
        fields = {"WARC-Date": at, "WARC-Warcinfo-ID": self._warcinfo_id}
        if exchange.ip:
            fields["WARC-IP-Address"] = exchange.ip
        return fields


_PHRASES = frozenset(int(status) for status in HTTPStatus)


def _payload_digest(body: bytes) -> str:
    """Return ``sha1:`` and the digest in base 32, as other tools write it (WARC 1.1, section 5.9)."""
    return "sha1:" + b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()


def _may_be_repeated(exchange: Exchange) -> bool:
    return len(exchange.body) >= SMALLEST_REVISIT and not exchange.truncated


def _one_line(value: str) -> str:
    return " ".join(value.split())
