"""One request and its answer, as a WARC file keeps them."""

from dataclasses import dataclass, field
from typing import Literal

Truncation = Literal["disconnect", "length", "time"]
"""Why a body is not whole (WARC 1.1, section 5.13)."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and what came back. Header values are the bytes received, one character a byte (latin-1);
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
    """What we know of it, for a metadata record: the site, the article's key, the category, whose
    requisite it is."""

    def header(self, name: str) -> str | None:
        """The first value of the answer's header ``name`` (lower case), or None."""
        return next((value for each, value in self.headers if each.lower() == name), None)

    @property
    def mime(self) -> str | None:
        """The media type the answer declares, lower case and without parameters."""
        declared = self.header("content-type")
        return declared.partition(";")[0].strip().lower() or None if declared else None


@dataclass(frozen=True, slots=True)
class Captured:
    """Where an exchange was written: the answer's record in its file.

    ``at`` is WARC-Date (UTC, ends in Z). ``digest`` is that of the payload. ``revisit_of`` is the address and
    date of the record that holds the payload, where this one does not.
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
