"""Checks a whole archive: its WARC files, a WACZ's own lists, and the database's articles."""

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
from urllib.parse import urlsplit

from wardcrawler.archives.verification.inventory import Inventory
from wardcrawler.archives.verification.warc import Findings, verify_warc
from wardcrawler.archives.warc.cdxj import parse_entry
from wardcrawler.archives.warc.damaged_wacz import open_damaged_wacz
from wardcrawler.archives.warc.gzip_members import Damaged
from wardcrawler.archives.warc.inputs import NotAnArchive, is_wacz, open_archive, open_zip_entry
from wardcrawler.archives.warc.records import records
from wardcrawler.store import Database
from wardcrawler.store.tables.pages import GONE_STATUSES

_PAGES = """
SELECT p.site, p.key, p.url, p.gone_at IS NOT NULL, r.started_at
FROM pages AS p LEFT JOIN runs AS r ON r.id = p.first_run
WHERE p.article_id IS NOT NULL ORDER BY p.site, p.key
"""


@dataclass
class Comparison:
    """The pages of the database's articles on the portals of an archive.

    Of ``articles`` pages, ``missing`` (their addresses) should be in the archive and are not; ``gone`` are no
    longer served: the archive has the portal's 404 or 410, or earlier runs had; ``of_other_runs`` were stored
    by other runs than the crawl that wrote the archive, which needed not fetch them again. All others are in
    it.
    """

    articles: int = 0
    missing: list[str] = field(default_factory=list)
    gone: int = 0
    of_other_runs: int = 0

    @property
    def in_archive(self) -> int:
        """Return how many are in the archive."""
        return self.articles - len(self.missing) - self.gone - self.of_other_runs


def compare(db: Database, inventory: Inventory) -> Comparison:
    """Look for every article of ``db`` in ``inventory``, by key or by address: the portal must have answered
    with a page.

    An archive that preserves portals must hold all of theirs; one that a crawl wrote, those it stored.
    """
    sites, runs = inventory.sites(), inventory.runs()
    crawled = {site for site, _ in runs}
    hosts = {urlsplit(url).netloc for url in inventory.urls()}
    found = Comparison()
    for site, key, url, is_gone, stored_by in db.execute(_PAGES):
        if site not in sites and urlsplit(url).netloc not in hosts:
            continue
        found.articles += 1
        statuses = inventory.statuses(site, key, url)
        if any(status == 0 or 200 <= status < 300 for status in statuses):
            continue
        if is_gone or statuses & set(GONE_STATUSES):
            found.gone += 1
        elif site in crawled and (site, stored_by) not in runs:
            found.of_other_runs += 1
        else:
            found.missing.append(url)
    return found


_PIECE = 1024 * 1024
_OWN_LISTS = ("datapackage.json", "datapackage-digest.json")


@dataclass
class Report:
    """The findings on the archive ``file``, of the kind ``warc`` or ``wacz``; ``pages`` and ``index_lines``
    are those of a WACZ.
    """

    file: str
    kind: str
    findings: Findings
    compared: Comparison = field(default_factory=Comparison)
    index_lines: int = 0
    pages: int = 0

    @property
    def is_good(self) -> bool:
        """Return whether nothing is wrong and nothing missing."""
        return self.findings.is_good and not self.compared.missing


def check_archive(path: Path, db: Database | None = None) -> Report:
    """Check ``path``, and that every article of ``db`` on the portals it holds is in it.

    Memory does not grow with the archive. Raises ``OSError`` and :class:`NotAnArchive`.
    """
    kind = "wacz" if is_wacz(path) else "warc"
    report = Report(str(path), kind, Findings())
    with closing(Inventory()) as inventory:
        try:
            with open_archive(path) as files:
                for file in files:
                    verify_warc(file, report.findings, inventory)
        except zipfile.BadZipFile as error:
            _check_damaged_wacz(path, error, report.findings, inventory)
        else:
            if kind == "wacz":
                _WaczCheck(path, report, inventory).run()
        if report.findings.records.total() == 0 and kind == "warc":
            raise NotAnArchive("holds no WARC record; name a WARC or WACZ file, or another copy of this one")
        for name, offset in inventory.unresolved_revisits():
            report.findings.add(f"{name} at byte {offset:,}: a revisit of what is not in this archive")
        if db is not None:
            report.compared = compare(db, inventory)
    return report


def _check_damaged_wacz(path: Path, error: Exception, findings: Findings, inventory: Inventory) -> None:
    """Check what can still be read of a WACZ without its directory, which stands at the end."""
    findings.add(f"{path.name}: cut off or damaged, its zip directory cannot be read ({error})")
    with open_damaged_wacz(path) as files:
        for file in files:
            verify_warc(file, findings, inventory)


class _WaczCheck:
    """Compares the lists of a WACZ (1.1.1, sections 4 and 5) with what is in it."""

    def __init__(self, path: Path, report: Report, inventory: Inventory) -> None:
        self._path = path
        self._report = report
        self._findings = report.findings
        self._inventory = inventory

    def run(self) -> None:
        with zipfile.ZipFile(self._path) as archive:
            self._archive = archive
            names = set(archive.namelist())
            if "datapackage.json" not in names:
                self._findings.add("datapackage.json is missing")
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
            self._findings.add(f"datapackage.json cannot be read: {error!r}")
            return
        if "datapackage-digest.json" in names:
            try:
                digest = json.loads(self._archive.read("datapackage-digest.json"))["hash"]
            except (ValueError, KeyError, TypeError):
                digest = ""
            if digest != f"sha256:{hashlib.sha256(raw).hexdigest()}":
                self._findings.add("datapackage.json does not match datapackage-digest.json")
        for name in sorted(names - set(listed) - set(_OWN_LISTS)):
            if not name.endswith("/"):
                self._findings.add(f"{name} is not listed in datapackage.json")
        for name, resource in listed.items():
            if name not in names:
                self._findings.add(f"{name} is listed in datapackage.json and missing")
                continue
            self._check_resource(name, resource)

    def _check_resource(self, name: str, resource: dict[str, Any]) -> None:
        algorithm, _, wanted = str(resource.get("hash", "")).partition(":")
        if algorithm not in hashlib.algorithms_guaranteed or algorithm.startswith("shake"):
            self._findings.add(f"{name}: its hash in datapackage.json cannot be read")
            return
        hashing, size = hashlib.new(algorithm), 0
        try:
            with open_zip_entry(self._path, self._archive, name) as file:
                while piece := file.read(_PIECE):
                    hashing.update(piece)
                    size += len(piece)
        except (OSError, zipfile.BadZipFile, EOFError, ValueError) as error:
            self._findings.add(f"{name} cannot be read: {error}")
            return
        if hashing.hexdigest() != wanted:
            self._findings.add(f"{name} does not match its {algorithm} in datapackage.json")
        elif size != resource.get("bytes", size):
            self._findings.add(f"{name} has {size:,} bytes, not {resource['bytes']:,}")

    def _check_index(self, names: set[str]) -> None:
        """Compare each line with its record, and each record that replays with the lines."""
        indexes = sorted(
            n for n in names if n.startswith("indexes/") and n.endswith((".cdx", ".cdxj", ".gz"))
        )
        if not indexes:
            self._findings.add("indexes/ holds no index")
            return
        previous = ""
        for name in indexes:
            for line in self._lines(name):
                if not line.startswith("!"):
                    if line < previous:
                        self._findings.add(f"{name} is not sorted: {line[:80]}")
                    previous = line
                    self._add_line(name, line)
        for file, offset in self._inventory.unindexed_answers():
            self._findings.add(f"{file} at byte {offset:,}: the record is not in the index")
        for file, offset, url in self._inventory.lines_without_answer():
            if not self._is_other_record(file, offset):
                self._findings.add(f"the index names {url} in {file} at byte {offset:,}: not there")

    def _add_line(self, name: str, line: str) -> None:
        try:
            fields = parse_entry(line).fields
            row = (
                f"archive/{fields['filename'].rpartition('/')[2]}", int(fields["offset"]),
                int(fields["length"]), fields["url"],
            )  # fmt: skip
        except (ValueError, KeyError, AttributeError) as error:
            self._findings.add(f"{name}: a line cannot be read ({error!r}): {line[:80]}")
            return
        self._report.index_lines += 1
        self._inventory.add_index_line(*row)

    def _is_other_record(self, name: str, offset: int) -> bool:
        """Return whether a record begins there that we do not index: some tools index metadata
        and 304 too.
        """
        if name not in self._archive.namelist():
            return False
        with open_zip_entry(self._path, self._archive, name) as file:
            file.seek(offset)
            try:
                return next(records(file)).offset == offset
            except (Damaged, StopIteration):
                return False

    def _check_pages(self, names: set[str]) -> None:
        if "pages/pages.jsonl" not in names:
            self._findings.add("pages/pages.jsonl is missing")
            return
        for number, line in enumerate(self._lines("pages/pages.jsonl"), 1):
            try:
                page = json.loads(line)
                if "format" in page and "url" not in page:
                    continue
                url = page["url"]
            except (ValueError, KeyError, TypeError):
                self._findings.add(f"pages/pages.jsonl: line {number} cannot be read")
                continue
            self._report.pages += 1
            if not self._inventory.has_url(url):
                self._findings.add(f"pages/pages.jsonl names {url}, which is not in the archive")

    def _lines(self, name: str) -> Iterator[str]:
        """Yield the lines of the file ``name`` of the WACZ, unpacked where it is compressed once more."""
        try:
            with open_zip_entry(self._path, self._archive, name) as raw:
                file = gzip.GzipFile(fileobj=raw) if name.endswith(".gz") else raw
                yield from io.TextIOWrapper(file, "utf-8", errors="replace")
        except (OSError, EOFError, zipfile.BadZipFile, ValueError) as error:
            self._findings.add(f"{name} cannot be read: {error}")
