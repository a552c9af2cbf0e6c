"""The captures in any WARC or WACZ: answers of portals with their decoded bodies, streaming."""

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

from wardcrawler.archives.warc.gzip_members import Damaged
from wardcrawler.archives.warc.inputs import WarcFile, open_archive
from wardcrawler.archives.warc.payload import (
    HttpHead,
    NoHttpHead,
    UnreadableBody,
    read_body,
    read_head,
    warc_fields,
)
from wardcrawler.archives.warc.records import Record, records

LARGEST_BODY = 64 * 1024 * 1024
"""Bytes; a larger decoded body is not read. The limit of a crawl."""

_FRACTION = re.compile(r"(\.\d{6})\d+")

OnDamage = Callable[[str, Damaged], None]
"""A function that takes the name of the WARC file and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class RecordPosition:
    """A record: its file, the offset at which it begins (shared by records of one gzip member), and its
    WARC-Record-ID.
    """

    file: WarcFile
    offset: int
    record_id: str | None


@dataclass(slots=True)
class Capture:
    """One answer. ``date`` is when it was captured (UTC; None if the archive's date cannot be read).

    ``headers`` have one character a byte. ``body`` is decoded; None with ``problem`` saying why:
    ``unreadable``, ``too-large``, ``revisit`` (its payload is in none of the files), ``no-http``.
    ``warc_file``, ``offset`` and ``length`` (None where records share a gzip member) say where its record
    is, as an index says it; ``digest`` is its payload digest as written. ``notes`` are those of our own
    metadata records (``site``, ``key``, ``category``). ``position`` is that of its record;
    ``payload_position`` that of the record whose payload a revisit stands for, else None.
    """

    url: str
    date: datetime | None
    status: int
    headers: list[tuple[str, str]]
    body: bytes | None
    type: str
    method: str
    warc_file: str
    offset: int
    position: RecordPosition
    length: int | None = None
    digest: str | None = None
    truncated: str | None = None
    problem: str | None = None
    payload_position: RecordPosition | None = None
    notes: dict[str, str] = field(default_factory=dict)

    def header(self, name: str) -> str | None:
        """Return the first value of the header ``name`` (lower case), or None."""
        return next((value for each, value in self.headers if each.lower() == name), None)


def captures(
    paths: Sequence[Path], *, limit: int = LARGEST_BODY, on_damage: OnDamage | None = None
) -> Iterator[Capture]:
    """Yield all answers in the archives ``paths``: response, revisit and resource records of http(s)
    addresses.

    They come in the order in which they stand in the files, but revisits of what stands later at the end.
    Reads WARC 1.0 and 1.1, gzip or plain, HTTP/1.0 and 1.1, chunked, gzip, deflate, br and zstd. Bodies of
    more than ``limit`` bytes are left out. Memory does not grow with the files. Damage goes to
    ``on_damage``, and what is whole behind it is read; without ``on_damage`` it is raised as
    :class:`Damaged`. Raises ``OSError``, ``NotAnArchive`` and ``zipfile.BadZipFile``.
    """
    for path in paths:
        with open_archive(path) as files:
            yield from captures_in(files, limit=limit, on_damage=on_damage)


def captures_in(
    files: list[WarcFile], *, limit: int = LARGEST_BODY, on_damage: OnDamage | None = None
) -> Iterator[Capture]:
    """Yield the same of the open WARC files of one archive, each of which can be read from anywhere."""
    with closing(_RevisitedPayloads(files)) as payloads:
        for file in files:
            yield from _CaptureReader(file, payloads, limit, on_damage).captures()
        yield from payloads.unresolved(limit)


def capture_at(
    file: WarcFile, offset: int, *, record_id: str | None = None, limit: int = LARGEST_BODY
) -> Capture:
    """Read the answer whose record begins at ``offset``; where several do, for they share a gzip member, the
    one with the WARC-Record-ID ``record_id``. A revisit has no body. Raises :class:`Damaged`.
    """
    file.file.seek(offset)
    for record in records(file.file):
        if record.offset != offset:
            break
        if record_id is None or record.get("warc-record-id") == record_id:
            return _capture(record, file, limit)
    raise Damaged(offset, "the record is not there")


class _CaptureReader:
    """Reads one WARC file from its beginning to its end."""

    def __init__(
        self, file: WarcFile, payloads: "_RevisitedPayloads", limit: int, on_damage: OnDamage | None
    ) -> None:
        self._file = file
        self._payloads = payloads
        self._limit = limit
        self._on_damage = on_damage
        self._last_request: tuple[str, str] | None = None
        """WARC-Record-ID and method of the request that was read last."""

    def captures(self) -> Iterator[Capture]:
        """Yield each answer once the records that belong to it were read: request and metadata may follow."""
        waiting: tuple[str, Capture] | None = None
        for record in records(self._file.file, self._report if self._on_damage else None):
            try:
                if waiting is not None and record.get("warc-concurrent-to") == waiting[0]:
                    _complete(waiting[1], record)
                    continue
                if waiting is not None:
                    yield waiting[1]
                waiting = None
                capture = self._read(record)
            except Damaged:  # ``records`` reports it, and goes on behind it
                continue
            if capture is not None:
                waiting = (record.get("warc-record-id") or "", capture)
        if waiting is not None:
            yield waiting[1]

    def _report(self, damage: Damaged) -> None:
        assert self._on_damage is not None  # noqa: S101
        self._on_damage(self._file.path_in_wacz or self._file.name, damage)

    def _read(self, record: Record) -> Capture | None:
        if record.type == "request":
            self._last_request = (record.get("warc-record-id") or "", _method(record))
        if record.type not in ("response", "revisit", "resource") or not _is_http(record.url):
            return None
        capture = _capture(record, self._file, self._limit)
        if self._last_request and self._last_request[0] == record.get("warc-concurrent-to"):
            capture.method = self._last_request[1]
        record.finish()  # only a record that is whole counts
        capture.length = record.length
        if record.type == "revisit" and capture.status != HTTPStatus.NOT_MODIFIED:
            return self._payloads.resolve(record, capture, self._limit)
        if record.type != "revisit":
            self._payloads.add(record, self._file)
        return capture


def _complete(capture: Capture, record: Record) -> None:
    if record.type == "request":
        capture.method = _method(record)
    elif record.type == "metadata" and record.get("content-type") == "application/warc-fields":
        capture.notes |= dict(warc_fields(record))


def _method(record: Record) -> str:
    return record.readline().split(b" ")[0].decode("latin-1") if record.block_length else "GET"


class _RevisitedPayloads:
    """Finds the payloads that revisits stand for; its index is on disk if it is large."""

    def __init__(self, files: list[WarcFile]) -> None:
        self._files = files
        self._db = sqlite3.connect("")
        self._db.execute(
            "CREATE TABLE payloads(name TEXT PRIMARY KEY, file INT, offset INT, id TEXT) WITHOUT ROWID"
        )
        self._unresolved: list[tuple[tuple[str, ...], Capture]] = []

    def close(self) -> None:
        self._db.close()

    def add(self, record: Record, file: WarcFile) -> None:
        """Take a record with a payload into the index, by its address and date and by its digest."""
        names = [f"{record.url} {record.date}"]
        if digest := record.get("warc-payload-digest"):
            names.append(digest)
        position = (self._files.index(file), record.offset, record.get("warc-record-id"))
        self._db.executemany(
            "INSERT OR IGNORE INTO payloads VALUES (?, ?, ?, ?)", [(name, *position) for name in names]
        )

    def resolve(self, record: Record, capture: Capture, limit: int) -> Capture | None:
        """Return ``capture`` with the payload it stands for; None if that may still come."""
        names = (
            f"{record.get('warc-refers-to-target-uri')} {record.get('warc-refers-to-date')}",
            record.get("warc-payload-digest") or "",
        )
        if not self._fill(names, capture, limit):
            self._unresolved.append((names, capture))
            return None
        return capture

    def unresolved(self, limit: int) -> Iterator[Capture]:
        """Yield the revisits whose payload had not come when they were read."""
        for names, capture in self._unresolved:
            if not self._fill(names, capture, limit):
                capture.problem = "revisit"
            yield capture

    def _fill(self, names: tuple[str, ...], capture: Capture, limit: int) -> bool:
        for name in names:
            row = self._db.execute("SELECT file, offset, id FROM payloads WHERE name = ?", (name,)).fetchone()
            if row is None:
                continue
            file = self._files[row[0]]
            position = file.file.tell()
            try:
                original = capture_at(file, row[1], record_id=row[2], limit=limit)
            except Damaged:
                continue
            finally:
                file.file.seek(position)
            capture.body, capture.problem = original.body, original.problem
            capture.payload_position = original.position
            capture.status = capture.status or original.status
            capture.headers = capture.headers or original.headers
            return True
        return False


def _capture(record: Record, file: WarcFile, limit: int) -> Capture:
    capture = Capture(
        url=record.url,
        date=read_date(record.date),
        status=0,
        headers=[],
        body=None,
        type=record.type,
        method="GET",
        warc_file=file.name,
        offset=record.offset,
        position=RecordPosition(file, record.offset, record.get("warc-record-id")),
        digest=record.get("warc-payload-digest"),
        truncated=record.get("warc-truncated"),
    )
    head: HttpHead | None = None
    if record.type == "resource":
        capture.status = 200
        capture.headers = [("Content-Type", record.get("content-type") or "application/octet-stream")]
        head = HttpHead(200, "", [], 0)
    elif record.block_length:
        try:
            head = read_head(record)
        except NoHttpHead:
            capture.problem = "no-http"
            return capture
        capture.status, capture.headers = head.status, head.headers
    if record.type == "revisit" or head is None:
        return capture
    try:
        capture.body = read_body(record, head, limit)
    except UnreadableBody as refusal:
        capture.problem = refusal.reason
    return capture


def read_date(text: str) -> datetime | None:
    """Read a WARC-Date (WARC 1.1, section 5.4; up to nanoseconds) as an aware time in UTC; return None for
    anything else.
    """
    try:
        date = datetime.fromisoformat(_FRACTION.sub(r"\1", text))
    except ValueError:
        return None
    return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)


def _is_http(url: str) -> bool:
    return url.lower().startswith(("http://", "https://"))
