"""The contents of an archive that is being made: its answers, by address and by what was sent there, and its
size.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from scrapy.settings import BaseSettings

from wardcrawler.archives.recording.archive import file_name
from wardcrawler.archives.warc.gzip_members import Damaged
from wardcrawler.archives.warc.payload import NoHttpHead, read_head
from wardcrawler.archives.warc.records import records
from wardcrawler.archives.warc.unfinished import OPEN
from wardcrawler.crawling.reasons import TOO_LARGE
from wardcrawler.store import Database
from wardcrawler.store.tables.archives import Place, earlier_captures, payload_capture, why_left_out

_UNREADABLE = (OSError, Damaged, NoHttpHead, StopIteration)

_QUESTIONS_A_LOOK = 100  # to look means to read a folder


@dataclass(frozen=True, slots=True)
class ArchivedAnswer:
    """An answer as it came, the body with its content coding; header values have one character a byte."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class ArchivedAnswers:
    """The answers in the WARC files in the folder ``parts``, but those of the run ``run_id``.

    What cannot be read counts as not archived: it is asked for once more. Methods raise ``DatabaseProblem``.
    """

    def __init__(self, db: Database, archive_id: int, parts: Path, run_id: int) -> None:
        self._db = db
        self._archive_id = archive_id
        self._parts = parts
        self._run_id = run_id
        self._forms: dict[str, dict[bytes, Place]] = {}

    def answer(self, url: str, *, of_this_run: bool = False) -> ArchivedAnswer | None:
        """Return the latest whole answer of ``url``, or None; with ``of_this_run`` from that run too."""
        run_id = 0 if of_this_run else self._run_id
        places = earlier_captures(self._db, self._archive_id, "GET", url, run_id)
        return self._read(places[0]) if places else None

    def answer_to_form(self, url: str, sent: bytes) -> ArchivedAnswer | None:
        """Return the latest whole answer of ``url`` to a form with the body ``sent``, or None.

        An address is looked up once: a listing that is paged by a form has all of its pages at one.
        """
        if url not in self._forms:
            places = earlier_captures(self._db, self._archive_id, "POST", url, self._run_id)
            bodies = ((self._read_request_body(place), place) for place in reversed(places))
            self._forms[url] = {_digest(body): place for body, place in bodies if body is not None}
        place = self._forms[url].get(_digest(sent))
        return self._read(place) if place else None

    def was_too_large(self, url: str) -> bool:
        """Return whether what is at ``url`` was asked for and is larger than it may be."""
        return why_left_out(self._db, self._archive_id, url) == TOO_LARGE

    def _read(self, place: Place) -> ArchivedAnswer | None:
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
            return ArchivedAnswer(head.status, head.headers, body)
        target, digest = record.get("warc-refers-to-target-uri"), record.get("warc-payload-digest")
        payload = payload_capture(self._db, self._archive_id, target or "", digest or "")
        original = self._read(payload) if payload else None
        return ArchivedAnswer(head.status, head.headers, original.body) if original else None

    def _read_request_body(self, place: Place) -> bytes | None:
        """Read the body of the request for an answer, whose record is right behind the answer's."""
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


class SizeLimits:
    """Tells whether the archive of ``settings`` may take in more requisites and files of the portal ``site``:
    by the limit of a portal, and that of all portals together.
    """

    def __init__(self, settings: BaseSettings, site: str) -> None:
        self._parts = Path(settings["WARDCRAWLER_ARCHIVE_PARTS"])
        self._largest_portal = settings.getint("WARDCRAWLER_ARCHIVE_LARGEST_PORTAL")
        self._largest = settings.getint("WARDCRAWLER_ARCHIVE_LARGEST")
        self._prefix = f"{file_name(site)}-"
        self._questions = 0
        self._reached: str | None = None

    def reached(self) -> str | None:
        """Return the limit that is reached, ``archive-limit`` or ``portal-limit``, or None."""
        self._questions += 1
        if self._reached is None and self._questions % _QUESTIONS_A_LOOK == 1:
            sizes = [(entry.name, entry.stat().st_size) for entry in self._entries()]
            if sum(size for _, size in sizes) > self._largest:
                self._reached = "archive-limit"
            elif sum(size for name, size in sizes if name.startswith(self._prefix)) > self._largest_portal:
                self._reached = "portal-limit"
        return self._reached

    def _entries(self) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(self._parts) as entries:
                return list(entries)
        except FileNotFoundError:
            return []
