"""An archive that is being made: its name, its files while it grows, its portals, its description."""

import importlib.util
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from wardcrawler.archives.warc.wacz import DataPackage
from wardcrawler.exit_codes import USAGE
from wardcrawler.store import Database
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.store.tables.archives import archived_pages, left_out, unfinished_path, waiting_sites
from wardcrawler.text.dates import ICT

WACZ, WARC = ".wacz", ".warc.gz"
PARTS = ".parts"

Purpose = Literal["crawl", "archive"]
"""``archive`` preserves portals as a whole; ``crawl`` keeps what a crawl asks for."""


@dataclass
class Archive:
    """An archive that is being made. ``done`` are the portals that earlier runs finished in it."""

    id: int
    path: Path
    purpose: Purpose
    done: set[str]
    portals: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Title and address of the portals by name."""

    @property
    def parts(self) -> Path:
        """Return the folder of its WARC files while it is unfinished."""
        return parts_of(self.path)


def parts_of(path: Path) -> Path:
    """Return the folder beside ``path`` where an archive grows."""
    return path.with_name(path.name + PARTS)


def file_name(site: str) -> str:
    """Return a portal's name as part of a file name: WARC files of ``site`` begin with it and a hyphen."""
    return re.sub(r"[^A-Za-z0-9.-]+", "_", site)


def check_path(path: Path, purpose: Purpose) -> None:
    """Refuse, in one line, what cannot become an archive. Raises :class:`DatabaseProblem` (2)."""
    if importlib.util.find_spec("warcio") is None:
        raise DatabaseProblem(
            "writing archives needs the extra 'archive': pip install 'wardcrawler[archive]'", USAGE
        )
    endings = (WACZ,) if purpose == "archive" else (WACZ, WARC)
    if not path.name.endswith(endings) or path.name in endings:
        raise DatabaseProblem(f"--archive {path}: name a file that ends in {' or '.join(endings)}", USAGE)
    if path.exists():
        raise DatabaseProblem(f"{path} exists; an archive is never written over: name another file", USAGE)


def default_path(db: Database, db_path: Path, sites: Sequence[str], name: str) -> Path:
    """Return the path for a preservation of ``sites``: that of the unfinished one of the same portals if
    there is one, else one beside the database at ``db_path``, named after ``name`` and the day in Viet Nam.
    """
    if (unfinished := unfinished_path(db, sites)) is not None:
        return Path(unfinished)
    return db_path.parent / f"{name}-{datetime.now(ICT):%Y%m%d}{WACZ}"


def pages(db: Database, archive: Archive) -> Iterator[dict[str, Any]]:
    """Yield the lines of pages.jsonl: ``id``, ``url``, ``ts`` (UTC, as WARC-Date) and ``title``; of articles
    ``text``, ``published`` (a day alone where no time is known), ``site`` and ``key`` too.
    """
    for row in archived_pages(db, archive.id):
        portal, _ = archive.portals.get(row["site"], ("", ""))
        page: dict[str, Any] = {
            "id": f"{row['site']}/{row['key'] or row['url']}",
            "url": row["url"],
            "ts": _utc(row["ts"]),
            "title": row["title"] or portal or row["url"],
        }
        if row["kind"] == "article":
            page["text"] = "\n".join(text for text in (row["lead"], row["body"]) if text)
            page["published"] = (row["published_at"] or "").removesuffix("T00:00:00+07:00") or None
            page["site"], page["key"] = row["site"], row["key"]
        yield page


def package(db: Database, archive: Archive) -> DataPackage:
    """Return the description for datapackage.json."""
    titles = [title or name for name, (title, _) in archive.portals.items()]
    title = titles[0] if len(titles) == 1 else f"{len(titles)} portals"
    reasons = count_left_out(db, archive)
    more: dict[str, Any] = {"portals": {name: address for name, (_, address) in archive.portals.items()}}
    described = (
        f"WrittenRecord by wardcrawler from {', '.join(address for _, address in archive.portals.values())}."
    )
    if archive.purpose == "archive":
        more["leftOut"] = reasons
        missing = waiting_sites(db, archive.id)
        if missing:
            more["unfinished"] = missing
        if reasons:
            described += f" Left out, as logs/left-out.jsonl lists: {describe_left_out(reasons)}."
    return DataPackage(title, described, _main_page(db, archive), more)


def _main_page(db: Database, archive: Archive) -> tuple[str, str] | None:
    for _, address in archive.portals.values():
        row = db.execute(
            "SELECT url, ts FROM captures WHERE archive_id = ? AND status < 400 AND url = ? "
            "ORDER BY id DESC LIMIT 1",
            (archive.id, f"{address}/"),
        ).fetchone()
        if row:
            return row[0], _utc(row[1])
    return None


def count_left_out(db: Database, archive: Archive) -> dict[str, int]:
    """Count what is not in the archive, by reason."""
    return dict(Counter(entry["reason"].partition(":")[0] for entry in left_out(db, archive.id)))


def describe_left_out(counts: Mapping[str, int]) -> str:
    """Return ``12 offsite, 1 too-large`` for counts by reason; an empty string for none."""
    return ", ".join(f"{count} {reason}" for reason, count in sorted(counts.items()))


def _utc(ts: str) -> str:
    """Return a time of the database (ISO 8601 with offset) as WARC-Date has it."""
    return datetime.fromisoformat(ts).astimezone(UTC).isoformat().replace("+00:00", "Z")
