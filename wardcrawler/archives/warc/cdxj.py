"""The index of WARC files, as replay tools look addresses up: CDXJ, sorted by SURT, in compressed blocks."""

import base64
import gzip
import hashlib
import json
import re
import sqlite3
import string
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from itertools import islice
from typing import IO, NamedTuple
from urllib.parse import unquote_plus, unquote_to_bytes, urlsplit

from wardcrawler.archives.warc.captures import read_date
from wardcrawler.archives.warc.inputs import WarcFile
from wardcrawler.archives.warc.payload import NoHttpHead, read_head
from wardcrawler.archives.warc.records import Record, records

BLOCK_LINES = 300

NOT_REPLAYED = (HTTPStatus.PARTIAL_CONTENT, HTTPStatus.NOT_MODIFIED)
"""Answers that are no page of their own: a part of a file, and "as before"."""

_LONGEST_POST = 1_000_000

# --- keys --------------------------------------------------------------------------------------------------

_USUAL_PORTS = {"http": 80, "https": 443}
_WWW = re.compile(r"^www\d*\.")
_PATH_SESSION = (
    re.compile(r"^(.*/)\((?:[a-z]\([0-9a-z]{24}\))+\)/([^?]+\.aspx.*)$", re.IGNORECASE),
    re.compile(r"^(.*/)\([0-9a-z]{24}\)/([^?]+\.aspx.*)$", re.IGNORECASE),
)
_QUERY_SESSION = tuple(
    re.compile(rf"^(.*)(?:{pattern})(?:&(.*))?$", re.IGNORECASE)
    for pattern in (
        "jsessionid=[0-9a-z]{32}",
        "phpsessid=[0-9a-z]{32}",
        "sid=[0-9a-z]{32}",
        "aspsessionid[a-z]{8}=[a-z]{24}",
        "cfid=[^&]+&cftoken=[^&]+",
    )
)
_AS_IS = b"!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~"
_SAFE = frozenset(_AS_IS + string.ascii_letters.encode() + string.digits.encode())


def surt(url: str) -> str:
    """Return the "sort-friendly" form of ``url`` by which CDXJ is sorted and looked up: what the Wayback
    Machine's canonicalisation makes of it (``vn,gov,example)/tin-tuc?id=7``).
    """
    parts = urlsplit(url.strip())
    host = _WWW.sub("", (parts.hostname or "").strip("."))
    port = f":{parts.port}" if parts.port and parts.port != _USUAL_PORTS.get(parts.scheme) else ""
    path = _escaped(_without_dots(_unescaped(parts.path))).lower()
    for session in _PATH_SESSION:
        path = session.sub(r"\1\2", path)
    if len(path) > 1 and path.endswith("/"):
        path = path[:-1]
    query = _escaped(_unescaped(parts.query))
    for session in _QUERY_SESSION:
        query = session.sub(lambda found: found[1] + (found[2] or ""), query)
    query = query.lower()
    if len(query) > 1:
        query = "&".join("=".join(each) for each in sorted(_arguments(query)))
    return f"{','.join(reversed(host.split('.')))}{port}){path}{'?' if query else ''}{query}"


def _arguments(query: str) -> list[tuple[str, ...]]:
    return [tuple(argument.split("=", 1)) for argument in query.split("&")]


def _without_dots(path: bytes) -> bytes:
    kept: list[bytes] = []
    parts = path.split(b"/")[1:]
    for part in parts:
        if part != b"..":
            kept += [] if part == b"." else [part]
        elif kept:
            kept.pop()
        else:
            kept.append(part)
    folders = [part for part in kept[:-1] if part]  # several slashes are one
    return b"/" + b"/".join([*folders, *kept[-1:]])


def _unescaped(text: str) -> bytes:
    """Undo percent-encoding as often as it was done."""
    raw = text.encode()
    while (decoded := unquote_to_bytes(raw)) != raw:
        raw = decoded
    return raw


def _escaped(raw: bytes) -> str:
    return "".join(chr(byte) if byte in _SAFE else f"%{byte:02X}" for byte in raw)


# --- entries -----------------------------------------------------------------------------------------------


class IndexEntry(NamedTuple):
    """One line of an index: SURT of the address, timestamp of 14 digits (UTC), and the fields of its JSON."""

    key: str
    timestamp: str
    fields: dict[str, str]

    def line(self) -> str:
        """Return the line as it stands in the file, with its line end."""
        return f"{self.key} {self.timestamp} {json.dumps(self.fields)}\n"


def parse_entry(line: str) -> IndexEntry:
    """Read the entry that ``line`` holds. Raises ``ValueError``."""
    key, timestamp, fields = line.rstrip("\n").split(" ", 2)
    read = json.loads(fields)
    if not isinstance(read, dict):
        raise ValueError("no JSON object")
    return IndexEntry(key, timestamp, read)


def index_entries(file: WarcFile) -> Iterator[IndexEntry]:
    """Yield the entries for one WARC file, in the file's order: each answer that can be replayed.

    Neither an answer of 304 is one, for whose payload no record of these files stands, nor one of 206, which
    would be replayed as the whole. Raises ``Damaged``.
    """
    waiting: tuple[Record, IndexEntry] | None = None
    for record in records(file.file):
        if waiting is not None:
            answer, entry = waiting
            if record.type == "request" and record.get("warc-concurrent-to") == answer.get("warc-record-id"):
                entry = _with_request(entry, record)
                waiting = (answer, entry)
                record.finish()
                continue
            yield entry
        waiting = None
        if record.type in ("response", "revisit", "resource") and (entry_ := _entry(record, file.name)):
            record.finish()
            entry_.fields["length"] = str(record.length or 0)
            waiting = (record, entry_)
    if waiting is not None:
        yield waiting[1]


def _entry(record: Record, name: str) -> IndexEntry | None:
    status, mime = "", record.get("content-type") or ""
    if record.type != "resource":
        try:
            head = read_head(record)
        except NoHttpHead:
            return None
        if head.status in NOT_REPLAYED:
            return None
        status, mime = str(head.status), head.get("content-type") or ""
    fields = {
        "url": record.url,
        "mime": "warc/revisit" if record.type == "revisit" else mime.partition(";")[0].strip(),
        "status": status,
        "digest": record.get("warc-payload-digest") or "",
        "length": "0",
        "offset": str(record.offset),
        "filename": name,
    }
    return IndexEntry(surt(record.url), _timestamp(record.date), {k: v for k, v in fields.items() if v})


def _with_request(entry: IndexEntry, record: Record) -> IndexEntry:
    """Return ``entry`` with what the request ``record`` sent in its key: else a form's answer would be
    replayed for the page (pywb and cdxj-indexer append it to the address the same way).
    """
    head = read_head(record)
    method = head.line.partition(" ")[0]
    if method == "GET":
        return entry
    body = b""
    while (piece := record.read()) and len(body) < _LONGEST_POST:
        body += piece
    query = ""
    if body and (head.get("content-type") or "").startswith("application/x-www-form-urlencoded"):
        query = unquote_plus(body.decode("utf-8", "replace"))
    elif body:
        query = "__wb_post_data=" + base64.b64encode(body).decode()
    url = entry.fields["url"]
    appended = f"{'&' if '?' in url else '?'}__wb_method={method}{'&' if query else ''}{query}"
    return IndexEntry(
        surt(url + appended), entry.timestamp, {**entry.fields, "method": method, "requestBody": query}
    )


def _timestamp(date: str) -> str:
    """Return WARC-Date as 14 digits."""
    at = read_date(date)
    return f"{at:%Y%m%d%H%M%S}" if at else "0" * 14


# --- the file ----------------------------------------------------------------------------------------------


class SortedEntries:
    """Yields the lines of entries in the order of the index; sorts on disk where they are
    many. To be closed.
    """

    def __init__(self) -> None:
        self._db = sqlite3.connect("")
        self._db.execute("CREATE TABLE lines(line TEXT PRIMARY KEY) WITHOUT ROWID")

    def add(self, entries: Iterable[IndexEntry]) -> None:
        """Add ``entries``; equal ones count once."""
        self._db.executemany("INSERT OR IGNORE INTO lines VALUES (?)", ((each.line(),) for each in entries))

    def __iter__(self) -> Iterator[str]:
        for (line,) in self._db.execute("SELECT line FROM lines ORDER BY line"):
            yield line

    def close(self) -> None:
        """Free the space."""
        self._db.close()


def write_index(lines: Iterable[str], compressed: IO[bytes]) -> Iterator[str]:
    """Write ``lines`` (sorted) into ``compressed`` as ``index.cdx.gz``, a gzip member for each block of
    lines, and yield the lines of its ``index.idx`` (ZipNum), which say where each block is.
    """
    yield "!meta 0 " + json.dumps({"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}) + "\n"
    offset = 0
    for block in _blocks(lines):
        data = gzip.compress("".join(block).encode(), mtime=0)
        compressed.write(data)
        place = {
            "offset": offset,
            "length": len(data),
            "digest": f"sha256:{hashlib.sha256(data).hexdigest()}",
            "filename": "index.cdx.gz",
        }
        yield f"{block[0].partition('{')[0].strip()} {json.dumps(place)}\n"
        offset += len(data)


def _blocks(lines: Iterable[str]) -> Iterator[list[str]]:
    remaining = iter(lines)
    while block := list(islice(remaining, BLOCK_LINES)):
        yield block
