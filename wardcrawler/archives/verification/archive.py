"""The whole of ``verify``: an archive's files, a WACZ's own lists, and the database's articles."""

import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from wardcrawler.archives.verification.database import Compared, compare
from wardcrawler.archives.verification.warc import Findings, Seen, verify_warc
from wardcrawler.archives.warc.cdxj import read_line
from wardcrawler.archives.warc.gzip_members import Damaged
from wardcrawler.archives.warc.inputs import NotAnArchive, is_wacz, open_archive, open_inside
from wardcrawler.archives.warc.records import records
from wardcrawler.archives.warc.wacz_recovery import open_torn

_PIECE = 1024 * 1024
_OWN_LISTS = ("datapackage.json", "datapackage-digest.json")


@dataclass
class Report:
    """What ``verify`` says."""

    file: str
    kind: str
    findings: Findings
    compared: Compared = field(default_factory=Compared)
    index_lines: int = 0
    pages: int = 0

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong and nothing missing."""
        return self.findings.is_good and not self.compared.missing


def check_archive(path: Path, db: Database | None = None) -> Report:
    """Check ``path``, and whether every article of ``db`` on the portals it holds is in it.

    Memory does not grow with the archive. Raises ``OSError`` and :class:`NotAnArchive`.
    """
    kind = "wacz" if is_wacz(path) else "warc"
    report = Report(str(path), kind, Findings())
    with closing(Seen()) as seen:
        try:
            with open_archive(path) as files:
                for file in files:
                    verify_warc(file, report.findings, seen)
        except zipfile.BadZipFile as error:
            _check_torn_wacz(path, error, report.findings, seen)
        else:
            if kind == "wacz":
                _Package(path, report, seen).check()
        if report.findings.records.total() == 0 and kind == "warc":
            raise NotAnArchive("holds no WARC record; name a WARC or WACZ file, or another copy of this one")
        for name, offset in seen.unresolved():
            report.findings.problem(f"{name} at byte {offset:,}: a revisit of what is not in this archive")
        if db is not None:
            report.compared = compare(db, seen)
    return report


def _check_torn_wacz(path: Path, error: Exception, findings: Findings, seen: Seen) -> None:
    """A WACZ without its directory, which stands at the end: its WARC files may be read still."""
    findings.problem(f"{path.name}: cut off or damaged, its zip directory cannot be read ({error})")
    with open_torn(path) as files:
        for file in files:
            verify_warc(file, findings, seen)


class _Package:
    """The lists of a WACZ (1.1.1, sections 4 and 5) against what is in it."""

    def __init__(self, path: Path, report: Report, seen: Seen) -> None:
        self._path = path
        self._report = report
        self._findings = report.findings
        self._seen = seen

    def check(self) -> None:
        with zipfile.ZipFile(self._path) as archive:
            self._archive = archive
            names = set(archive.namelist())
            if "datapackage.json" not in names:
                self._findings.problem("datapackage.json is missing")
            else:
                self._check_resources(names)
            self._check_index(names)
            self._check_pages(names)

    def _check_resources(self, names: set[str]) -> None:
        raw = self._archive.read("datapackage.json")
        try:
            resources = json.loads(raw)["resources"]
            listed = {str(each["path"]): each for each in resources}
        except (ValueError, KeyError, TypeError) as error:
            self._findings.problem(f"datapackage.json cannot be read: {error!r}")
            return
        if "datapackage-digest.json" in names:
            try:
                digest = json.loads(self._archive.read("datapackage-digest.json"))["hash"]
            except (ValueError, KeyError, TypeError):
                digest = ""
            if digest != f"sha256:{hashlib.sha256(raw).hexdigest()}":
                self._findings.problem("datapackage.json does not match datapackage-digest.json")
        for name in sorted(names - set(listed) - set(_OWN_LISTS)):
            if not name.endswith("/"):
                self._findings.problem(f"{name} is not listed in datapackage.json")
        for name, resource in listed.items():
            if name not in names:
                self._findings.problem(f"{name} is listed in datapackage.json and missing")
                continue
            self._check_resource(name, resource)

    def _check_resource(self, name: str, resource: dict[str, Any]) -> None:
        algorithm, _, wanted = str(resource.get("hash", "")).partition(":")
        if algorithm not in hashlib.algorithms_guaranteed or algorithm.startswith("shake"):
            self._findings.problem(f"{name}: its hash in datapackage.json cannot be read")
            return
        hashing, size = hashlib.new(algorithm), 0
        try:
            with open_inside(self._path, self._archive, name) as file:
                while piece := file.read(_PIECE):
                    hashing.update(piece)
                    size += len(piece)
        except (OSError, zipfile.BadZipFile, EOFError, ValueError) as error:
            self._findings.problem(f"{name} cannot be read: {error}")
            return
        if hashing.hexdigest() != wanted:
            self._findings.problem(f"{name} does not match its {algorithm} in datapackage.json")
        elif size != resource.get("bytes", size):
            self._findings.problem(f"{name} has {size:,} bytes, not {resource['bytes']:,}")

    def _check_index(self, names: set[str]) -> None:
        """Each line against its record; each record that replays against the lines."""
        indexes = sorted(
            n for n in names if n.startswith("indexes/") and n.endswith((".cdx", ".cdxj", ".gz"))
        )
        if not indexes:
            self._findings.problem("indexes/ holds no index")
            return
        self._seen.rows("CREATE TABLE lines(file TEXT, place INT, length INT, url TEXT)")
        previous = ""
        for name in indexes:
            for line in self._lines(name):
                if not line.startswith("!"):
                    if line < previous:
                        self._findings.problem(f"{name} is not sorted: {line[:80]}")
                    previous = line
                    self._take(name, line)
        where = (
            "SELECT {} FROM {} WHERE NOT EXISTS (SELECT 1 FROM {} WHERE l.file = a.file "
            "AND l.place = a.place AND (l.length = a.length OR a.length IS NULL) AND l.url = a.url) {}"
        )
        self._seen.rows("CREATE INDEX lines_by_place ON lines(file, place)")
        for file, place in self._seen.rows(
            where.format("a.file, a.place", "answers AS a", "lines AS l", "AND a.is_indexed")
        ):
            self._findings.problem(f"{file} at byte {place:,}: the record is not in the index")
        strange = where.format("l.file, l.place, l.url", "lines AS l", "answers AS a", "")
        for file, place, url in self._seen.rows(strange):
            if not self._is_other_record(file, place):
                self._findings.problem(f"the index names {url} in {file} at byte {place:,}: not there")

    def _take(self, name: str, line: str) -> None:
        try:
            fields = read_line(line).fields
            row = (
                f"archive/{fields['filename'].rpartition('/')[2]}", int(fields["offset"]),
                int(fields["length"]), fields["url"],
            )  # fmt: skip
        except (ValueError, KeyError, AttributeError) as error:
            self._findings.problem(f"{name}: a line cannot be read ({error!r}): {line[:80]}")
            return
        self._report.index_lines += 1
        self._seen.rows("INSERT INTO lines VALUES (?, ?, ?, ?)", *row)

    def _is_other_record(self, file: str, place: int) -> bool:
        """Whether a record stands there that we do not index: some tools index metadata and 304 too."""
        name = file
        if name not in self._archive.namelist():
            return False
        with open_inside(self._path, self._archive, name) as opened:
            opened.seek(place)
            try:
                return next(records(opened)).offset == place
            except (Damaged, StopIteration):
                return False

    def _check_pages(self, names: set[str]) -> None:
        if "pages/pages.jsonl" not in names:
            self._findings.problem("pages/pages.jsonl is missing")
            return
        for number, line in enumerate(self._lines("pages/pages.jsonl"), 1):
            try:
                page = json.loads(line)
                if "format" in page and "url" not in page:
                    continue
                url = page["url"]
            except (ValueError, KeyError, TypeError):
                self._findings.problem(f"pages/pages.jsonl: line {number} cannot be read")
                continue
            self._report.pages += 1
            if not self._seen.has_url(url):
                self._findings.problem(f"pages/pages.jsonl names {url}, which is not in the archive")

    def _lines(self, name: str) -> Iterator[str]:

        try:
            with open_inside(self._path, self._archive, name) as raw:
                file = gzip.GzipFile(fileobj=raw) if name.endswith(".gz") else raw
                yield from io.TextIOWrapper(file, "utf-8", errors="replace")
        except (OSError, EOFError, zipfile.BadZipFile, ValueError) as error:
            self._findings.problem(f"{name} cannot be read: {error}")
