"""What archives hold, in a temporary database: where each answer stands, what it was asked for, and which
articles the listings name.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from wardcrawler.archives.reparsing.open_warcs import Shelf, Spot, spot
from wardcrawler.archives.warc.captures import Capture, OnDamage, captures_in
from wardcrawler.archives.warc.inputs import WarcFile
from wardcrawler.extraction.listings import ArticleLink

ARTICLE, LISTING, FOUND, UNKNOWN = "article", "listing", "found", "unknown"
"""What an answer is: ``article`` and ``listing`` as our own notes say; ``found`` is an article of an archive
without notes.
"""

_SCHEMA = """
CREATE TABLE files(number INTEGER PRIMARY KEY, is_ours INT NOT NULL);
CREATE TABLE answers(
    id INTEGER PRIMARY KEY, at TEXT, host TEXT, site TEXT, kind TEXT, key TEXT, category TEXT, section TEXT,
    url TEXT, method TEXT, status INT, media TEXT, is_whole INT, target TEXT,
    file INT, place INT, record TEXT, payload_file INT, payload_place INT, payload_record TEXT
);
CREATE TABLE named(
    site TEXT, key TEXT, url TEXT, content_url TEXT, date TEXT, section TEXT, file INT,
    PRIMARY KEY (site, key)
) WITHOUT ROWID;
"""

_INDEXES = """
CREATE INDEX answers_by_time ON answers(at, id);
CREATE INDEX answers_by_url ON answers(url);
CREATE INDEX answers_by_target ON answers(target) WHERE target IS NOT NULL;
CREATE INDEX named_by_url ON named(site, content_url);
"""

_FIELDS = (
    "id",
    "at",
    "host",
    "site",
    "kind",
    "key",
    "category",
    "section",
    "url",
    "method",
    "status",
    "media",
)
_ROW = f"{', '.join(_FIELDS)}, is_whole, file, place, record, payload_file, payload_place, payload_record"
_READABLE = ("html", "xml", "json")
_MOST_HOPS = 10
_FIRST_YEAR = 1991  # of the Web


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer in an archive. ``at`` is when it was captured (ISO 8601, UTC, microseconds). ``site``,
    ``key``, ``category`` and ``section`` are those of our own notes, or None.
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
    spot: Spot
    payload: Spot | None

    @property
    def is_page(self) -> bool:
        """Whether it may be read as a page: HTML, or the JSON and XML that some lists and articles are."""
        return self.status == 200 and (not self.media or any(kind in self.media for kind in _READABLE))


@dataclass(frozen=True, slots=True)
class Named:
    """An article as a listing names it. ``date`` is the text beside the link, ``section`` the listing's
    title; both may be None.
    """

    key: str
    url: str
    date: str | None
    section: str | None


class Catalogue:
    """Of all archives of one reading."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.undated = 0
        """Answers left out because nothing credible says when they were captured."""
        self._latest = datetime.now(UTC) + timedelta(days=1)  # clocks of other machines may be ahead
        self._db = sqlite3.connect("", isolation_level=None)  # on disk if it grows
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        """Forget everything."""
        self._db.close()

    # --- what is there -------------------------------------------------------------------------------------

    def take_in(self, path: Path, on_damage: OnDamage) -> Iterator[int]:
        """Read the archive at ``path``; gives after each answer how many bytes of it were read. Raises
        ``OSError`` and ``NotAnArchive``.
        """
        with self.shelf.archive(path, on_damage) as (numbers, tell):
            self._db.executemany("INSERT INTO files VALUES (?, 0)", [(number,) for number in numbers])
            sizes = [_size(file) for file in numbers.values()]
            self._db.execute("BEGIN")
            for capture in captures_in(list(numbers.values()), on_damage=tell):
                self._add(capture, numbers)
                before = sum(sizes[: list(numbers.values()).index(capture.place.file)])
                yield before + capture.offset
            self._db.execute("COMMIT")

    def finish(self) -> None:
        """All archives are read."""
        self._db.executescript(_INDEXES)

    def _add(self, capture: Capture, numbers: dict[int, WarcFile]) -> None:
        date = next(filter(self._is_credible, (capture.date, _own_date(capture))), None)
        if date is None:
            self.undated += 1
            return
        here = spot(capture.place, numbers)
        payload = spot(capture.payload, numbers) if capture.payload else None
        notes = capture.notes
        if notes:
            self._db.execute("UPDATE files SET is_ours = 1 WHERE number = ?", (here.file,))
        site, kind = notes.get("site"), notes.get("kind")
        location = capture.header("location") if 300 <= capture.status < 400 else None
        self._db.execute(
            f"INSERT INTO answers VALUES (NULL{', ?' * 19})",
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
                here.file,
                here.offset,
                here.record_id,
                *((payload.file, payload.offset, payload.record_id) if payload else (None, None, None)),
            ),
        )

    def _is_credible(self, date: datetime | None) -> bool:
        """A page that was seen in the future would be newer than whatever a crawl finds."""
        return date is not None and date.year >= _FIRST_YEAR and date <= self._latest

    # --- asking --------------------------------------------------------------------------------------------

    def entries(self, where: str = "1", *parameters: object) -> Iterator[Entry]:
        """Answers in order of their time; ``where`` is an SQL condition on ``answers``."""
        cursor = self._db.execute(f"SELECT {_ROW} FROM answers WHERE {where} ORDER BY at, id", parameters)
        for row in cursor:
            is_whole, *places = row[len(_FIELDS) :]
            yield Entry(
                **dict(zip(_FIELDS, row, strict=False)),
                is_whole=bool(is_whole),
                spot=Spot(*places[:3]),
                payload=None if places[3] is None else Spot(*places[3:]),
            )

    def unnoted(self) -> Iterator[Entry]:
        """What may be pages in archives of other programs."""
        return self.entries(
            "kind = ? AND status = 200 AND is_whole AND file IN (SELECT number FROM files WHERE NOT is_ours)",
            UNKNOWN,
        )

    def to_read(self) -> Iterator[Entry]:
        """Listings of our own archives, and everything that may become a record."""
        return self.entries("kind <> ?", UNKNOWN)

    def count_to_read(self) -> int:
        """How many those are."""
        sql = "SELECT count(*) FROM answers WHERE kind <> ?"
        return int(self._db.execute(sql, (UNKNOWN,)).fetchone()[0])

    def decide(self, entry: Entry, site: str, key: str) -> None:
        """An answer of somebody else's archive is the page of the article ``key``."""
        self._db.execute(
            "UPDATE answers SET kind = ?, site = ?, key = ? WHERE id = ?", (FOUND, site, key, entry.id)
        )

    def whole_answer(self, url: str) -> Entry | None:
        """The latest whole answer from ``url``, wherever redirects lead; None if there is none."""
        for _ in range(_MOST_HOPS):
            found = list(
                self.entries("url = ? AND method = 'GET' AND (status = 200 OR target IS NOT NULL)", url)
            )
            whole = [entry for entry in found if entry.status == 200 and entry.is_whole]
            if whole or not found:
                return whole[-1] if whole else None
            (url,) = self._db.execute("SELECT target FROM answers WHERE id = ?", (found[-1].id,)).fetchone()
        return None

    # --- what listings name --------------------------------------------------------------------------------

    def name(
        self, site: str, links: Iterable[tuple[ArticleLink, str]], section: str | None, file: int
    ) -> None:
        """A listing of ``site`` names articles; each ``link`` with the address its content is asked for at.

        The first listing that names an article counts, as in a crawl; one of another file, so of another
        crawl, counts again where it prints a date.
        """
        self._db.executemany(
            "INSERT INTO named VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET date = excluded.date, "
            "section = coalesce(section, excluded.section), file = excluded.file "
            "WHERE excluded.file <> file AND excluded.date IS NOT NULL",
            [
                (site, link.key, link.url, content_url, link.date_text, section, file)
                for link, content_url in links
            ],
        )

    def named(self, site: str, key: str) -> Named | None:
        """How listings of ``site`` name the article ``key``."""
        return self._named("site = ? AND key = ?", site, key)

    def named_by(self, site: str, url: str) -> Named | None:
        """The article whose content a listing of ``site`` says is at ``url``, or at what redirects there."""
        waiting, passed = [url], set[str]()
        while waiting and len(passed) < _MOST_HOPS:
            address = waiting.pop()
            passed.add(address)
            if found := self._named("site = ? AND content_url = ?", site, address):
                return found
            rows = self._db.execute("SELECT DISTINCT url FROM answers WHERE target = ?", (address,))
            waiting += [source for (source,) in rows if source not in passed]
        return None

    def _named(self, where: str, *parameters: str) -> Named | None:
        row = self._db.execute(
            f"SELECT key, url, date, section FROM named WHERE {where}", parameters
        ).fetchone()
        return Named(*row) if row else None


def _own_date(capture: Capture) -> datetime | None:
    """What the server says of the time, where the archive does not."""
    try:
        date = parsedate_to_datetime(capture.header("date") or "")
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _size(file: WarcFile) -> int:
    stands = file.file.tell()
    size = file.file.seek(0, 2)
    file.file.seek(stands)
    return size
