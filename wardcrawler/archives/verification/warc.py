"""Whether a WARC file is what it was when it was written: every gzip member, record and digest."""

import base64
import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from wardcrawler.archives.warc.captures import read_date
from wardcrawler.archives.warc.cdxj import NOT_REPLAYED
from wardcrawler.archives.warc.gzip_members import Damaged
from wardcrawler.archives.warc.inputs import WarcFile
from wardcrawler.archives.warc.payload import NoHead, dechunked, is_chunked, read_head
from wardcrawler.archives.warc.records import Record, records

_REQUIRED = ("warc-record-id", "warc-type", "warc-date", "content-length")
_WITH_NOTES = ("warcinfo", "metadata")
_ALGORITHMS = {"sha1": 20, "sha256": 32, "md5": 16, "sha512": 64}

MOST_PROBLEMS = 1_000
"""So many are told; the rest are counted."""


@dataclass
class Findings:
    """What was found in an archive. ``problems`` are lines for people that name file and offset."""

    problems: list[str] = field(default_factory=list)
    more_problems: int = 0
    records: Counter[str] = field(default_factory=Counter)
    """Whole records by type."""
    digests: int = 0
    """Digests that were compared."""
    truncated: int = 0
    """Answers that were cut short when they were captured, and are marked so."""

    def problem(self, words: str) -> None:
        """Take down a problem."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(words)
        else:
            self.more_problems += 1

    @property
    def is_good(self) -> bool:
        """Whether there is no problem."""
        return not self.problems


class Seen:
    """What an archive was found to hold, on disk if it is much: for questions that concern all of it."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("")
        self._db.executescript("""
            CREATE TABLE answers(
                id TEXT, name TEXT NOT NULL, file TEXT NOT NULL, place INT NOT NULL, length INT,
                url TEXT NOT NULL, status INT NOT NULL, digest TEXT, is_payload INT NOT NULL,
                is_indexed INT NOT NULL
            );
            CREATE INDEX by_place ON answers(file, place);
            CREATE INDEX by_name ON answers(name);
            CREATE INDEX by_url ON answers(url);
            CREATE INDEX by_id ON answers(id);
            CREATE TABLE keys(site TEXT, key TEXT, answer TEXT, PRIMARY KEY (site, key, answer))
                WITHOUT ROWID;
            CREATE TABLE revisits(file TEXT, place INT, name TEXT, digest TEXT);
            CREATE TABLE runs(site TEXT, started_at TEXT, PRIMARY KEY (site, started_at)) WITHOUT ROWID;
        """)

    def close(self) -> None:
        """Give the room back."""
        self._db.close()

    def answer(
        self, record: Record, file: str, status: int, *, digest: str | None, is_payload: bool,
        is_indexed: bool,
    ) -> None:  # fmt: skip
        """An answer that is whole; ``status`` 0 where its record tells none."""
        self._db.execute(
            "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                record.get("warc-record-id"), f"{record.url} {record.date}", file, record.offset,
                record.length, record.url, status, digest, is_payload, is_indexed,
            ),
        )  # fmt: skip

    def revisit(self, record: Record, file: str) -> None:
        """A revisit, and what it stands for."""
        name = f"{record.get('warc-refers-to-target-uri')} {record.get('warc-refers-to-date')}"
        self._db.execute(
            "INSERT INTO revisits VALUES (?, ?, ?, ?)",
            (file, record.offset, name, record.get("warc-payload-digest")),
        )

    def key(self, site: str, key: str, answer: str | None) -> None:
        """An article's key, as our metadata record of the answer with this WARC-Record-ID names it."""
        self._db.execute("INSERT OR IGNORE INTO keys VALUES (?, ?, ?)", (site, key, answer or ""))

    def run(self, site: str, started_at: str) -> None:
        """A run of ``crawl`` that wrote a part of the archive: our warcinfo records name it."""
        self._db.execute("INSERT OR IGNORE INTO runs VALUES (?, ?)", (site, started_at))

    def unresolved(self) -> Iterator[tuple[str, int]]:
        """File and offset of revisits whose payload is not in the archive."""
        yield from self._db.execute(
            "SELECT r.file, r.place FROM revisits r WHERE NOT EXISTS (SELECT 1 FROM answers a "
            "WHERE a.is_payload AND a.name = r.name AND a.digest = r.digest)"
        )

    def statuses(self, site: str, key: str, url: str) -> set[int]:
        """What the portal answered for an article, by its key or its address; 0 stands for no HTTP status."""
        rows = self.rows(
            "SELECT a.status FROM keys AS k JOIN answers AS a ON a.id = k.answer WHERE k.site = ? "
            "AND k.key = ? UNION SELECT status FROM answers WHERE url = ?",
            site,
            key,
            url,
        )
        return {status for (status,) in rows}

    def has_url(self, url: str) -> bool:
        """Whether an answer from this address is there."""
        return bool(self.rows("SELECT 1 FROM answers WHERE url = ? LIMIT 1", url))

    def sites(self) -> set[str]:
        """The portals that our own records name."""
        return {site for (site,) in self.rows("SELECT site FROM keys UNION SELECT site FROM runs")}

    def runs(self) -> set[tuple[str, str]]:
        """Portal and start of the runs of ``crawl`` that wrote the archive; none of one that preserves."""
        return {(site, at) for site, at in self.rows("SELECT site, started_at FROM runs")}

    def rows(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self._db.execute(sql, parameters).fetchall()


def verify_warc(file: WarcFile, findings: Findings, seen: Seen) -> None:
    """Read all of ``file`` and compare every digest. Memory does not grow with it."""
    name = file.inside or file.name

    def damaged(damage: Damaged) -> None:
        findings.problem(f"{name} {damage}")

    last = 0
    for record in records(file.file, damaged):
        try:
            _verify(record, name, findings, seen)
        except Damaged:  # told already
            continue
        last += 1
    if not last:
        findings.problem(f"{name}: not one whole record")


def _verify(record: Record, name: str, findings: Findings, seen: Seen) -> None:
    hashing = _Hashing(record)
    head_status, notes = 0, {}
    if record.type in ("response", "revisit", "request") and _is_http(record) and record.block_length:
        try:
            head = read_head(hashing)
        except NoHead as problem:
            findings.problem(f"{name} at byte {record.offset:,}: {problem}")
        else:
            head_status = head.status
            hashing.begin_payload()
            if is_chunked(head):
                hashing.read_dechunked()
    elif record.type in _WITH_NOTES and record.get("content-type") == "application/warc-fields":
        notes = _read_notes(hashing)
    else:
        hashing.begin_payload()
    hashing.read_rest()
    record.finish()
    findings.records[record.type] += 1
    _check_fields(record, name, findings)
    _check_digests(record, hashing, name, findings)
    _remember(record, name, head_status, notes, findings, seen)


def _remember(
    record: Record, name: str, status: int, notes: dict[str, str], findings: Findings, seen: Seen
) -> None:
    if notes.get("site") and notes.get("key"):
        seen.key(notes["site"], notes["key"], record.get("warc-concurrent-to"))
    if notes.get("isPartOf") and notes.get("runStartedAt"):
        seen.run(notes["isPartOf"], notes["runStartedAt"])
    if record.type not in ("response", "resource", "revisit"):
        return
    findings.truncated += record.get("warc-truncated") is not None
    digest = record.get("warc-payload-digest")
    is_not_modified = record.type == "revisit" and status == 304
    seen.answer(
        record,
        name,
        status,
        digest=digest,
        is_payload=record.type != "revisit",
        is_indexed=status not in NOT_REPLAYED,
    )
    if record.type == "revisit" and not is_not_modified:
        seen.revisit(record, name)


def _check_fields(record: Record, name: str, findings: Findings) -> None:
    missing = [field for field in _REQUIRED if not record.get(field)]
    if missing:
        findings.problem(f"{name} at byte {record.offset:,}: a record without {', '.join(missing)}")
    elif read_date(record.date) is None:
        findings.problem(f"{name} at byte {record.offset:,}: WARC-Date is {record.date!r}")


def _check_digests(record: Record, hashing: "_Hashing", name: str, findings: Findings) -> None:
    for field_, actual in (
        ("WARC-Block-Digest", [hashing.block]),
        # Of a chunked body some writers hash the chunks, some what they hold.
        ("WARC-Payload-Digest", hashing.payloads),
    ):
        declared = record.get(field_.lower())
        if declared is None or (record.type == "revisit" and field_ == "WARC-Payload-Digest"):
            continue
        wanted = _parse_digest(declared)
        if wanted is None:
            findings.problem(f"{name} at byte {record.offset:,}: {field_} cannot be read: {declared[:80]}")
            continue
        findings.digests += 1
        if wanted[1] not in [hashes[wanted[0]].digest() for hashes in actual if wanted[0] in hashes]:
            findings.problem(f"{name} at byte {record.offset:,}: {field_} of {record.url} does not match")


def _parse_digest(text: str) -> tuple[str, bytes] | None:
    """Algorithm and bytes of a digest in base 32 or hexadecimal; None if it is neither."""
    algorithm, _, value = text.partition(":")
    algorithm = algorithm.lower().replace("-", "")
    size = _ALGORITHMS.get(algorithm)
    if size is None:
        return None
    try:
        if len(value) == 2 * size:
            return algorithm, bytes.fromhex(value)
        padded = value.upper() + "=" * (-len(value) % 8)
        raw = base64.b32decode(padded)
    except ValueError:
        return None
    return (algorithm, raw) if len(raw) == size else None


class _Hashing:
    """A record's block on its way through the hashes that its digests name."""

    def __init__(self, record: Record) -> None:
        self._record = record
        named = (record.get("warc-block-digest"), record.get("warc-payload-digest"))
        self._algorithms = {found[0] for text in named if text and (found := _parse_digest(text))}
        self.block = self._new()
        self.payloads: list[dict[str, Any]] = []

    def begin_payload(self) -> None:
        """What is read from now on is payload too."""
        self.payloads.append(self._new())

    def read(self, size: int = 65536) -> bytes:
        return self._hashed(self._record.read(size))

    def readline(self) -> bytes:
        return self._hashed(self._record.readline())

    def read_dechunked(self) -> None:
        """Read the payload, and hash besides what its chunks hold."""
        hashes = self._new()
        for piece in dechunked(self):
            for each in hashes.values():
                each.update(piece)
        self.read_rest()
        self.payloads.append(hashes)

    def read_rest(self) -> None:
        while self.read():
            pass

    def _new(self) -> dict[str, Any]:
        return {name: hashlib.new(name, usedforsecurity=False) for name in self._algorithms}

    def _hashed(self, data: bytes) -> bytes:
        for hashes in (self.block, *self.payloads[:1]):
            for each in hashes.values():
                each.update(data)
        return data


def _read_notes(hashing: _Hashing) -> dict[str, str]:
    hashing.begin_payload()
    notes = {}
    while line := hashing.readline():
        name, colon, value = line.decode("utf-8", "replace").strip().partition(":")
        if colon:
            notes[name.strip()] = value.strip()
    return notes


def _is_http(record: Record) -> bool:
    return (record.get("content-type") or "").replace(" ", "").startswith("application/http")
