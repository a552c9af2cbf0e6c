"""Checks that a WARC file is what it was when it was written: every gzip member, record and digest."""

import base64
import hashlib
from collections import Counter
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from wardcrawler.archives.verification.inventory import Inventory
from wardcrawler.archives.warc.captures import read_date
from wardcrawler.archives.warc.cdxj import NOT_REPLAYED
from wardcrawler.archives.warc.gzip_members import Damaged
from wardcrawler.archives.warc.inputs import WarcFile
from wardcrawler.archives.warc.payload import NoHttpHead, dechunked, is_chunked, read_head, warc_fields
from wardcrawler.archives.warc.records import Record, records

_REQUIRED = ("warc-record-id", "warc-type", "warc-date", "content-length")
_WITH_FIELDS = ("warcinfo", "metadata")
_DIGEST_BYTES = {"sha1": 20, "sha256": 32, "md5": 16, "sha512": 64}

MOST_PROBLEMS = 1_000
"""So many are listed; the rest are counted."""


@dataclass
class Findings:
    """The problems and counts of an archive. ``problems`` are lines for people that name file and offset."""

    problems: list[str] = field(default_factory=list)
    more_problems: int = 0
    records: Counter[str] = field(default_factory=Counter)
    """Whole records by type."""
    digests: int = 0
    """Digests that were compared."""
    truncated: int = 0
    """Answers that were cut short when they were captured, and are marked so."""

    def add(self, words: str) -> None:
        """List a problem, or count it where there are too many."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(words)
        else:
            self.more_problems += 1

    @property
    def is_good(self) -> bool:
        """Return whether there is no problem."""
        return not self.problems


def verify_warc(file: WarcFile, findings: Findings, inventory: Inventory) -> None:
    """Read all of ``file`` and compare every digest; add problems and counts to ``findings``, and what the
    file holds to ``inventory``. Memory does not grow with it.
    """
    name = file.path_in_wacz or file.name

    def report(damage: Damaged) -> None:
        findings.add(f"{name} {damage}")

    whole = 0
    for record in records(file.file, report):
        try:
            _verify(record, name, findings, inventory)
        except Damaged:  # reported already
            continue
        whole += 1
    if not whole:
        findings.add(f"{name}: not one whole record")


def _verify(record: Record, name: str, findings: Findings, inventory: Inventory) -> None:
    hashing = _HashingBlock(record)
    status, fields = 0, {}
    if record.type in ("response", "revisit", "request") and _is_http(record) and record.block_length:
        try:
            head = read_head(hashing)
        except NoHttpHead as problem:
            findings.add(f"{name} at byte {record.offset:,}: {problem}")
        else:
            status = head.status
            hashing.begin_payload()
            if is_chunked(head):
                hashing.read_dechunked()
    elif record.type in _WITH_FIELDS and record.get("content-type") == "application/warc-fields":
        hashing.begin_payload()
        fields = dict(warc_fields(hashing))
    else:
        hashing.begin_payload()
    hashing.read_rest()
    record.finish()
    findings.records[record.type] += 1
    _check_fields(record, name, findings)
    _check_digests(record, hashing, name, findings)
    if record.type in ("response", "resource", "revisit"):
        findings.truncated += record.get("warc-truncated") is not None
    _add_to(inventory, record, name, status, fields)


def _add_to(inventory: Inventory, record: Record, name: str, status: int, fields: dict[str, str]) -> None:
    if fields.get("site") and fields.get("key"):
        inventory.add_key(fields["site"], fields["key"], record.get("warc-concurrent-to"))
    if fields.get("isPartOf") and fields.get("runStartedAt"):
        inventory.add_run(fields["isPartOf"], fields["runStartedAt"])
    if record.type not in ("response", "resource", "revisit"):
        return
    inventory.add_answer(
        record,
        name,
        status,
        digest=record.get("warc-payload-digest"),
        is_payload=record.type != "revisit",
        is_indexed=status not in NOT_REPLAYED,
    )
    if record.type == "revisit" and status != HTTPStatus.NOT_MODIFIED:
        inventory.add_revisit(record, name)


def _check_fields(record: Record, name: str, findings: Findings) -> None:
    missing = [field for field in _REQUIRED if not record.get(field)]
    if missing:
        findings.add(f"{name} at byte {record.offset:,}: a record without {', '.join(missing)}")
    elif read_date(record.date) is None:
        findings.add(f"{name} at byte {record.offset:,}: WARC-Date is {record.date!r}")


def _check_digests(record: Record, hashing: "_HashingBlock", name: str, findings: Findings) -> None:
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
            findings.add(f"{name} at byte {record.offset:,}: {field_} cannot be read: {declared[:80]}")
            continue
        findings.digests += 1
        if wanted[1] not in [hashes[wanted[0]].digest() for hashes in actual if wanted[0] in hashes]:
            findings.add(f"{name} at byte {record.offset:,}: {field_} of {record.url} does not match")


def _parse_digest(text: str) -> tuple[str, bytes] | None:
    """Return algorithm and bytes of a digest in base 32 or hexadecimal; None if it is neither."""
    algorithm, _, value = text.partition(":")
    algorithm = algorithm.lower().replace("-", "")
    size = _DIGEST_BYTES.get(algorithm)
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


class _HashingBlock:
    """Reads a record's block, and hashes what is read as the record's digests name it."""

    def __init__(self, record: Record) -> None:
        self._record = record
        named = (record.get("warc-block-digest"), record.get("warc-payload-digest"))
        self._algorithms = {found[0] for text in named if text and (found := _parse_digest(text))}
        self.block = self._new()
        self.payloads: list[dict[str, Any]] = []

    def begin_payload(self) -> None:
        """Count what is read from now on as payload too."""
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


def _is_http(record: Record) -> bool:
    return (record.get("content-type") or "").replace(" ", "").startswith("application/http")
