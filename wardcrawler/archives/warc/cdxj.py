"""The index of WARC files, as replay tools look things up: CDXJ, sorted, in compressed blocks."""

import base64
import gzip
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, NamedTuple
from urllib.parse import unquote_plus

from wardcrawler.archives.warc.captures import read_date
from wardcrawler.archives.warc.inputs import WarcFile
from wardcrawler.archives.warc.payload import NoHead, read_head
from wardcrawler.archives.warc.records import Record, records
from wardcrawler.archives.warc.surt import surt

BLOCK_LINES = 300

NOT_REPLAYED = (206, 304)
"""Answers that stand for no page of their own: a part of a file, and "as before"."""

_LONGEST_POST = 1_000_000


class Entry(NamedTuple):
    """One line: sort key, timestamp of 14 digits, and what the JSON says."""

    key: str
    timestamp: str
    fields: dict[str, str]

    def line(self) -> str:
        """The line as it stands in the file."""
        return f"{self.key} {self.timestamp} {json.dumps(self.fields)}\n"


def read_line(line: str) -> Entry:
    """The entry that ``line`` holds. Raises ``ValueError``."""
    key, timestamp, fields = line.rstrip("\n").split(" ", 2)
    read = json.loads(fields)
    if not isinstance(read, dict):
        raise ValueError("no JSON object")
    return Entry(key, timestamp, read)


def entries(file: WarcFile) -> Iterator[Entry]:
    """The lines of one WARC file, in the file's order: each answer that can be replayed.

    Neither an answer of 304 is one, which stands for no record of these files, nor one of 206, which would be
    replayed as the whole. Raises ``Damaged``.
    """
    waiting: tuple[Record, Entry] | None = None
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


def _entry(record: Record, name: str) -> Entry | None:
    status, mime = "", record.get("content-type") or ""
    if record.type != "resource":
        try:
            head = read_head(record)
        except NoHead:
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
    return Entry(surt(record.url), timestamp(record.date), {k: v for k, v in fields.items() if v})


def _with_request(entry: Entry, record: Record) -> Entry:
    """What was sent belongs to the key: else a form's answer would be replayed for the page (pywb and
    cdxj-indexer append it to the address the same way).
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
    return Entry(
        surt(url + appended), entry.timestamp, {**entry.fields, "method": method, "requestBody": query}
    )


def timestamp(date: str) -> str:
    """WARC-Date as 14 digits."""
    at = read_date(date)
    return f"{at:%Y%m%d%H%M%S}" if at else "0" * 14


class SortedEntries:
    """Entries in the order of the index, sorted on disk where they are many. To be closed."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("")
        self._db.execute("CREATE TABLE lines(line TEXT PRIMARY KEY) WITHOUT ROWID")
        self.count = 0

    def add(self, lines: Iterable[Entry]) -> None:
        """Take in ``lines``."""
        self.count += self._db.executemany(
            "INSERT OR IGNORE INTO lines VALUES (?)", ((entry.line(),) for entry in lines)
        ).rowcount

    def __iter__(self) -> Iterator[str]:
        for (line,) in self._db.execute("SELECT line FROM lines ORDER BY line"):
            yield line

    def close(self) -> None:
        """Give the room back."""
        self._db.close()


def write_index(lines: Iterable[str], compressed: IO[bytes]) -> Iterator[str]:
    """Write ``lines`` (sorted) as ``index.cdx.gz`` and yield the lines of its ``index.idx`` (ZipNum): a gzip
    member for each block of lines, and where it stands.
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
