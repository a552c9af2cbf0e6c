"""The answers that an archive holds while it is being made, by address and by what was sent there."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from wardcrawler.archives.warc.gzip_members import Damaged
from wardcrawler.archives.warc.payload import NoHead, read_head
from wardcrawler.archives.warc.records import records
from wardcrawler.archives.warc.segment import OPEN
from wardcrawler.crawling.middlewares.failures import TOO_LARGE
from wardcrawler.store.tables.archives import Place, earlier_captures, payload_capture, why_left_out

_UNREADABLE = (OSError, Damaged, NoHead, StopIteration)


@dataclass(frozen=True, slots=True)
class HeldAnswer:
    """An answer as it came; header values have one character a byte."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Held:
    """The answers in the WARC files in ``parts``, but those of the run ``run_id``.

    What cannot be read counts as not held: it is asked for once more.
    """

    def __init__(self, db: Database, archive_id: int, parts: Path, run_id: int) -> None:
        self._db = db
        self._archive_id = archive_id
        self._parts = parts
        self._run_id = run_id
        self._forms: dict[str, dict[bytes, Place]] = {}

    def answer(self, url: str, *, of_this_run: bool = False) -> HeldAnswer | None:
        """The latest whole answer of ``url``, or None; with ``of_this_run`` from it too."""
        run_id = 0 if of_this_run else self._run_id
        places = earlier_captures(self._db, self._archive_id, "GET", url, run_id)
        return self._read(places[0]) if places else None

    def answer_to_form(self, url: str, sent: bytes) -> HeldAnswer | None:
        """The latest whole answer of ``url`` to a form with the body ``sent``, or None.

        An address is looked up once: a listing that is paged by a form has all of its pages at one.
        """
        if url not in self._forms:
            places = earlier_captures(self._db, self._archive_id, "POST", url, self._run_id)
            bodies = ((self._sent(place), place) for place in reversed(places))
            self._forms[url] = {_digest(body): place for body, place in bodies if body is not None}
        place = self._forms[url].get(_digest(sent))
        return self._read(place) if place else None

    def was_too_large(self, url: str) -> bool:
        """Whether what is at ``url`` was asked for and is larger than it may be."""
        return why_left_out(self._db, self._archive_id, url) == TOO_LARGE

    def _read(self, place: Place) -> HeldAnswer | None:
        try:
            with self._path(place).open("rb") as file:
                file.seek(place.offset)
                record = next(records(file))
                head = read_head(record)
                body = b"".join(iter(record.read, b""))
                record.finish()
        except _UNREADABLE:
            return None
        if record.type != "revisit":
            return HeldAnswer(head.status, head.headers, body)
        target, digest = record.get("warc-refers-to-target-uri"), record.get("warc-payload-digest")
        payload = payload_capture(self._db, self._archive_id, target or "", digest or "")
        original = self._read(payload) if payload else None
        return HeldAnswer(head.status, head.headers, original.body) if original else None

    def _sent(self, place: Place) -> bytes | None:
        """The body of the request for an answer, which stands right behind it."""
        try:
            with self._path(place).open("rb") as file:
                file.seek(place.offset + place.length)
                record = next(records(file))
                if record.type != "request":
                    return None
                read_head(record)
                body = b"".join(iter(record.read, b""))
                record.finish()
        except _UNREADABLE:
            return None
        return body

    def _path(self, place: Place) -> Path:
        path = self._parts / place.warc_file
        return path if path.exists() else path.with_name(place.warc_file + OPEN)  # still being written


def _digest(body: bytes) -> bytes:
    return hashlib.sha256(body).digest()
