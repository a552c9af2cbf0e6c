"""The index of captures, in a temporary database: where each is, what it was asked for, and which articles
the listings name.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from wardcrawler.archives.reparsing.open_warcs import OpenWarcs, RecordReference, reference_to
from wardcrawler.archives.warc.captures import Capture, OnDamage, captures_in
from wardcrawler.archives.warc.inputs import WarcFile
from wardcrawler.extraction.listings import ArticleLink

ARTICLE, LISTING, RECOGNISED, UNKNOWN = "article", "listing", "recognised", "unknown"
"""Kinds of captures: ``article`` and ``listing`` as our own notes say; ``recognised`` is an article of an
archive without notes.
"""

_SCHEMA = """
CREATE TABLE files(number INTEGER PRIMARY KEY, is_ours INT NOT NULL);
CREATE TABLE captures(
    id INTEGER PRIMARY KEY, at TEXT, host TEXT, site TEXT, kind TEXT, key TEXT, category TEXT, section TEXT,
    url TEXT, method TEXT, status INT, media TEXT, is_whole INT, target TEXT,
    file INT, offset INT, record_id TEXT, payload_file INT, payload_offset INT, payload_record_id TEXT
);
CREATE TABLE links(
    site TEXT, key TEXT, url TEXT, content_url TEXT, date TEXT, section TEXT, file INT,
    PRIMARY KEY (site, key)
) WITHOUT ROWID;
"""

_INDEXES = """
CREATE INDEX captures_by_time ON captures(at, id);
CREATE INDEX captures_by_url ON captures(url);
CREATE INDEX captures_by_target ON captures(target) WHERE target IS NOT NULL;
CREATE INDEX links_by_url ON links(site, content_url);
"""

_FIELDS = "id at host site kind key category section url method status media".split()
_REFERENCES = "file, offset, record_id, payload_file, payload_offset, payload_record_id"
_COLUMNS = f"{', '.join(_FIELDS)}, is_whole, {_REFERENCES}"
_READABLE = ("html", "xml", "json")
_MOST_HOPS = 10
_FIRST_YEAR = 1991  # of the Web


@dataclass(frozen=True, slots=True)
class IndexedCapture:
    """An answer in an archive. ``at`` is when it was captured (ISO 8601, UTC, microseconds). ``site``,
    ``key``, ``category`` and ``section`` are those of our own notes, or None. ``media`` is the media type it
    declares, or empty. ``record`` is its record, ``payload`` the one whose payload a revisit stands for.
    """

    id: int
    at: str
    host: str
    site: str | None
    kind: str
    key: str | None
    category: str | None
    section: str | None
    url: str
    method: str
    status: int
    media: str
    is_whole: bool
    record: RecordReference
    payload: RecordReference | None

    @property
    def is_page(self) -> bool:
        """Return whether it may be read as a page: HTML, or the JSON and XML that some lists and articles
        are.
        """
        return self.status == 200 and (not self.media or any(kind in self.media for kind in _READABLE))


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article as a listing names it. ``date`` is the text beside the link, ``section`` the listing's
    title; both may be None.
    """

    key: str
    url: str
    date: str | None
    section: str | None


class CaptureIndex:
    """The captures in all archives of one ``reparse``, whose files are in ``warcs``."""

    def __init__(self, warcs: OpenWarcs) -> None:
        self.warcs = warcs
        self.undated = 0
        """Captures left out because nothing credible says of when they are."""
        self._latest = datetime.now(UTC) + timedelta(days=1)  # clocks of other machines may be ahead
        self._db = sqlite3.connect("", isolation_level=None)  # on disk if it grows
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        """Delete the index."""
        self._db.close()

    # --- filling it ----------------------------------------------------------------------------------------

    def add_archive(self, path: Path, on_damage: OnDamage) -> Iterator[int]:
        """Read the archive at ``path``; yield after each answer how many bytes of it were read. Raises
        ``OSError`` and ``NotAnArchive``.
        """
        with self.warcs.open_archive(path, on_damage) as files:
            self._db.executemany("INSERT INTO files VALUES (?, 0)", [(number,) for number in files])
            sizes = [_size(file) for file in files.values()]
            self._db.execute("BEGIN")
            for capture in captures_in(list(files.values()), on_damage=on_damage):
                self._add(capture, files)
                before = sum(sizes[: list(files.values()).index(capture.position.file)])
                yield before + capture.offset
            self._db.execute("COMMIT")

    def create_indexes(self) -> None:
        """Prepare for questions, once all archives are added."""
        self._db.executescript(_INDEXES)

    def _add(self, capture: Capture, files: dict[int, WarcFile]) -> None:
        date = next(filter(self._is_credible, (capture.date, _own_date(capture))), None)
        if date is None:
            self.undated += 1
            return
        record = reference_to(capture.position, files)
        payload = reference_to(capture.payload_position, files) if capture.payload_position else None
        notes = capture.notes
        if notes:
            self._db.execute("UPDATE files SET is_ours = 1 WHERE number = ?", (record.file,))
        site, kind = notes.get("site"), notes.get("kind")
        location = capture.header("location") if 300 <= capture.status < 400 else None
        self._db.execute(
            f"INSERT INTO captures VALUES (NULL{', ?' * 19})",
            (
                date.astimezone(UTC).isoformat(timespec="microseconds"),
                urlsplit(capture.url).netloc.lower(),
                site,
                kind if site and kind in (ARTICLE, LISTING) else UNKNOWN,
                notes.get("key"),
                notes.get("category"),
                notes.get("section"),
                capture.url,
                capture.method,
                capture.status,
                (capture.header("content-type") or "").partition(";")[0].strip().lower(),
                capture.problem is None and capture.truncated is None,
                urljoin(capture.url, location) if location else None,
                record.file,
                record.offset,
                record.record_id,
                *((payload.file, payload.offset, payload.record_id) if payload else (None, None, None)),
            ),
        )

    def _is_credible(self, date: datetime | None) -> bool:
        """Return whether ``date`` can be when a page was captured: one that was seen in the future would be
        newer than whatever a crawl finds.
        """
        return date is not None and date.year >= _FIRST_YEAR and date <= self._latest

    # --- asking it -----------------------------------------------------------------------------------------

    def captures_without_notes(self) -> Iterator[IndexedCapture]:
        """Yield what may be pages in archives of other programs, in order of their time."""
        return self._select(
            "kind = ? AND status = 200 AND is_whole AND file IN (SELECT number FROM files WHERE NOT is_ours)",
            UNKNOWN,
        )

    def captures_to_parse(self) -> Iterator[IndexedCapture]:
        """Yield the listings of our own archives and everything that may become a record, in order of their
        time.
        """
        return self._select("kind <> ?", UNKNOWN)

    def count_to_parse(self) -> int:
        """Return how many those are."""
        sql = "SELECT count(*) FROM captures WHERE kind <> ?"
        return int(self._db.execute(sql, (UNKNOWN,)).fetchone()[0])

    def recognise_article(self, capture: IndexedCapture, site: str, key: str) -> None:
        """Mark a capture of another program's archive as the page of the article ``key``."""
        self._db.execute(
            "UPDATE captures SET kind = ?, site = ?, key = ? WHERE id = ?",
            (RECOGNISED, site, key, capture.id),
        )

    def whole_capture(self, url: str) -> IndexedCapture | None:
        """Return the latest whole answer from ``url``, wherever redirects lead; None if there is none."""
        for _ in range(_MOST_HOPS):
            found = list(
                self._select("url = ? AND method = 'GET' AND (status = 200 OR target IS NOT NULL)", url)
            )
            whole = [capture for capture in found if capture.status == 200 and capture.is_whole]
            if whole or not found:
                return whole[-1] if whole else None
            (url,) = self._db.execute("SELECT target FROM captures WHERE id = ?", (found[-1].id,)).fetchone()
        return None

    def whole_capture_after(self, url: str, at: str) -> IndexedCapture | None:
        """Return the first whole answer from ``url``, or where redirects lead, that was captured at the time
        ``at`` or later, else the last one before; None if there is none.
        """
        for _ in range(_MOST_HOPS):
            found = list(
                self._select("url = ? AND method = 'GET' AND (status <> 304 OR target IS NOT NULL)", url)
            )
            if not found:
                return None
            capture = next((each for each in found if each.at >= at), found[-1])
            (target,) = self._db.execute("SELECT target FROM captures WHERE id = ?", (capture.id,)).fetchone()
            if target is None:
                return capture if capture.status == 200 and capture.is_whole else None
            url = target
        return None

    def _select(self, where: str, *parameters: object) -> Iterator[IndexedCapture]:
        """Yield captures in order of their time; ``where`` is an SQL condition."""
        cursor = self._db.execute(
            f"SELECT {_COLUMNS} FROM captures WHERE {where} ORDER BY at, id", parameters
        )
        for row in cursor:
            is_whole, *references = row[len(_FIELDS) :]
            yield IndexedCapture(
                **dict(zip(_FIELDS, row, strict=False)),
                is_whole=bool(is_whole),
                record=RecordReference(*references[:3]),
                payload=None if references[3] is None else RecordReference(*references[3:]),
            )

    # --- what listings name --------------------------------------------------------------------------------

    def add_links(
        self, site: str, links: Iterable[tuple[ArticleLink, str]], section: str | None, file: int
    ) -> None:
        """Record which articles a listing of ``site`` in the file number ``file`` names: each link with the
        address at which its content is asked for.

        The first listing that names an article counts, as in a crawl; one of another file, so of another
        crawl, counts again where it prints a date.
        """
        self._db.executemany(
            "INSERT INTO links VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET date = excluded.date, "
            "section = coalesce(section, excluded.section), file = excluded.file "
            "WHERE excluded.file <> file AND excluded.date IS NOT NULL",
            [
                (site, link.key, link.url, content_url, link.date_text, section, file)
                for link, content_url in links
            ],
        )

    def listed_article(self, site: str, key: str) -> ListedArticle | None:
        """Return the article ``key`` as listings of ``site`` name it, or None."""
        return self._listed("site = ? AND key = ?", site, key)

    def listed_article_at(self, site: str, url: str) -> ListedArticle | None:
        """Return the article whose content a listing of ``site`` says is at ``url``, or at what redirects
        there; None if there is none.
        """
        waiting, passed = [url], set[str]()
        while waiting and len(passed) < _MOST_HOPS:
            address = waiting.pop()
            passed.add(address)
            if found := self._listed("site = ? AND content_url = ?", site, address):
                return found
            rows = self._db.execute("SELECT DISTINCT url FROM captures WHERE target = ?", (address,))
            waiting += [source for (source,) in rows if source not in passed]
        return None

    def _listed(self, where: str, *parameters: str) -> ListedArticle | None:
        row = self._db.execute(
            f"SELECT key, url, date, section FROM links WHERE {where}", parameters
        ).fetchone()
        return ListedArticle(*row) if row else None


def _own_date(capture: Capture) -> datetime | None:
    """Read the time in the answer's own Date header, for where the archive's cannot be read."""
    try:
        date = parsedate_to_datetime(capture.header("date") or "")
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _size(file: WarcFile) -> int:
    position = file.file.tell()
    size = file.file.seek(0, 2)
    file.file.seek(position)
    return size
