"""The blocks of records: the head and the coded body of an HTTP message, or named fields."""

import importlib
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from scrapy.utils.gz import gunzip

_LONGEST_HEAD = 1024 * 1024
_CODINGS = ("gzip", "x-gzip", "deflate", "br", "zstd")


class Readable(Protocol):
    """Something that a head and a body can be read from, such as a record's block."""

    def read(self, size: int = ..., /) -> bytes:
        """Read up to ``size`` bytes; none at the end."""

    def readline(self) -> bytes:
        """Read one line with its line end; nothing at the end."""


class NoHttpHead(ValueError):
    """The block does not begin with the head of an HTTP message."""


class UnreadableBody(ValueError):
    """The body does not decode as its headers say, or is larger than allowed; ``reason`` is ``unreadable`` or
    ``too-large``, as a crawl says it.
    """

    def __init__(self, reason: str, words: str) -> None:
        super().__init__(words)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class HttpHead:
    """The head of an HTTP message: status (0 for a request), first line, headers with one character a byte
    (latin-1), and its length in bytes.
    """

    status: int
    line: str
    headers: list[tuple[str, str]]
    length: int

    def get(self, name: str) -> str | None:
        """Return the first value of the header ``name`` (lower case), or None."""
        return next((value for each, value in self.headers if each.lower() == name), None)


def read_head(block: Readable) -> HttpHead:
    """Read the head and leave ``block`` at the body. Raises :class:`NoHttpHead`.

    HTTP/1.0, lines that end in LF alone, and header lines without a colon pass: servers send them.
    """
    first = block.readline()
    length = len(first)
    line = first.rstrip(b"\r\n").decode("latin-1")
    headers: list[tuple[str, str]] = []
    while (raw := block.readline()).strip(b"\r\n"):
        length += len(raw)
        if length > _LONGEST_HEAD:
            raise NoHttpHead("an HTTP head that does not end")
        text = raw.rstrip(b"\r\n").decode("latin-1")
        if text[0] in " \t" and headers:
            headers[-1] = (headers[-1][0], f"{headers[-1][1]} {text.strip()}")
        else:
            name, _, value = text.partition(":")
            headers.append((name.strip(), value.strip()))
    length += len(raw)
    if not line.startswith("HTTP/"):
        if " HTTP/" in line:
            return HttpHead(0, line, headers, length)
        raise NoHttpHead(f"no HTTP head but {line[:40]!r}")
    words = line.split(None, 2)
    status = int(words[1]) if len(words) > 1 and words[1].isdigit() else 0
    return HttpHead(status, line, headers, length)


def read_body(block: Readable, head: HttpHead, limit: int) -> bytes:
    """Read the body that follows ``head`` and return it, transfer and content coding undone, at most
    ``limit`` bytes.

    Raises :class:`UnreadableBody`. A gzip body that is cut short gives what can be had of it, as in a crawl.
    """
    pieces = bytearray()
    for piece in dechunked(block) if is_chunked(head) else _rest_of(block):
        pieces += piece
        if len(pieces) > limit:
            raise UnreadableBody("too-large", f"more than {limit:,} bytes")
    body = bytes(pieces)
    for coding in reversed(_content_codings(head)):
        try:
            body = _decode(body, coding, limit)
        except UnreadableBody:
            raise
        except ValueError as error:  # Scrapy's word for a body that grows beyond the limit
            raise UnreadableBody("too-large", str(error)) from None
        except (OSError, EOFError, zlib.error, RuntimeError) as error:
            raise UnreadableBody("unreadable", f"not {coding}: {error}") from None
    return body


def dechunked(block: Readable) -> Iterator[bytes]:
    """Yield the body without its transfer coding (RFC 9112, section 7.1); as it is if it is not chunked after
    all: some writers undo the coding and keep the header.
    """
    first = block.readline()
    while True:
        size = first.partition(b";")[0].strip()
        try:
            left = int(size, 16)
        except ValueError:
            yield first
            yield from _rest_of(block)
            return
        if left == 0:
            return
        while left and (piece := block.read(min(left, 65536))):
            left -= len(piece)
            yield piece
        block.readline()
        first = block.readline()
        if not first:  # cut short
            return


def is_chunked(head: HttpHead) -> bool:
    """Return whether the headers say that the body is chunked."""
    return "chunked" in (head.get("transfer-encoding") or "").lower()


def warc_fields(block: Readable) -> Iterator[tuple[str, str]]:
    """Yield name and value of each line of a block of ``application/warc-fields``."""
    while line := block.readline():
        name, colon, value = line.decode("utf-8", "replace").strip().partition(":")
        if colon:
            yield name.strip(), value.strip()


def _rest_of(block: Readable) -> Iterator[bytes]:
    while piece := block.read(65536):
        yield piece


def _content_codings(head: HttpHead) -> list[str]:
    named = ",".join(value for name, value in head.headers if name.lower() == "content-encoding")
    codings = [coding.strip().lower() for coding in named.split(",")]
    return [coding for coding in codings if coding in _CODINGS]


def _decode(body: bytes, coding: str, limit: int) -> bytes:
    if not body:
        return body
    if coding in ("gzip", "x-gzip"):
        return gunzip(body, max_size=limit)
    if coding == "deflate":
        return _inflate(body, limit)
    if coding == "br":
        return _decode_up_to(limit, _import_any("brotli").Decompressor().process, body)
    zstd = _import_any("backports.zstd", "compression.zstd")
    return _decode_up_to(limit, zstd.ZstdDecompressor().decompress, body)


def _inflate(body: bytes, limit: int) -> bytes:
    try:
        return _decode_up_to(limit, zlib.decompressobj().decompress, body)
    except zlib.error:  # raw, as some servers send it
        return _decode_up_to(limit, zlib.decompressobj(-zlib.MAX_WBITS).decompress, body)


def _decode_up_to(limit: int, decode: Callable[..., bytes], body: bytes) -> bytes:
    decoded = bytearray()
    for start in range(0, len(body), 8192):
        decoded += decode(body[start : start + 8192])
        if len(decoded) > limit:
            raise UnreadableBody("too-large", f"more than {limit:,} bytes")
    return bytes(decoded)


def _import_any(*names: str) -> Any:
    for name in names:
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    raise UnreadableBody("unreadable", f"this Python has no {names[0]}")
