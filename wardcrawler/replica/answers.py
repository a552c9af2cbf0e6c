"""What a portal sends back, and the small files and pages that are the same everywhere."""

import struct
import zlib
from dataclasses import dataclass

from wardcrawler.replica.templates import fill

HTML = "text/html;charset=UTF-8"


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
    """302 to ``location``."""
    return Answer(302, (b"",), headers=(("Location", location),))


def template(name: str, status: int = 200) -> Answer:
    """A page that is one template without any values."""
    return Answer(status, (fill(name).encode(),))


def png(words: str) -> bytes:
    """A picture of 240 x 135 pixels: two colours that depend on ``words``, shaded from top to bottom."""
    seed = zlib.crc32(words.encode())
    top, bottom = (seed & 255, seed >> 8 & 255, seed >> 16 & 255), (235, 225, 205)
    rows = bytearray()
    for y in range(135):
        colour = bytes((a * (134 - y) + b * y) // 134 for a, b in zip(top, bottom, strict=True))
        rows += b"\0" + colour * 240
    header = struct.pack(">IIBBBBB", 240, 135, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
