"""One request and its answer, as a WARC file keeps them, and where they were written."""

from dataclasses import dataclass, field
from typing import Literal

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
