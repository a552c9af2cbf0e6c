"""What a WACZ says of itself: its list of pages, its title, what was left out."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from wardcrawler.archives.warc.wacz import Package
from wardcrawler.store.tables.archives import archived_pages, left_out, waiting_sites

if TYPE_CHECKING:
    from wardcrawler.archives.recording.archive import Archive


def pages(db: Database, archive: "Archive") -> Iterator[dict[str, Any]]:
    """The lines of pages.jsonl."""
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
            page["published"] = row["published_at"]
            page["site"], page["key"] = row["site"], row["key"]
        yield page


def package(db: Database, archive: "Archive") -> Package:
    """The description of the archive."""
    titles = [title or name for name, (title, _) in archive.portals.items()]
    title = titles[0] if len(titles) == 1 else f"{len(titles)} portals"
    reasons = _counts(entry["reason"] for entry in left_out(db, archive.id))
    more: dict[str, Any] = {"portals": {name: address for name, (_, address) in archive.portals.items()}}
    described = (
        f"Captured by wardcrawler from {', '.join(address for _, address in archive.portals.values())}."
    )
    if archive.purpose == "archive":
        more["leftOut"] = reasons
        missing = waiting_sites(db, archive.id)
        if missing:
            more["unfinished"] = missing
        if reasons:
            told = ", ".join(f"{count} {reason}" for reason, count in sorted(reasons.items()))
            described += f" Left out, as logs/left-out.jsonl lists: {told}."
    return Package(title, described, _main_page(db, archive), more)


def _main_page(db: Database, archive: "Archive") -> tuple[str, str] | None:
    for _, address in archive.portals.values():
        row = db.execute(
            "SELECT url, ts FROM captures WHERE archive_id = ? AND status < 400 AND url = ? "
            "ORDER BY id DESC LIMIT 1",
            (archive.id, f"{address}/"),
        ).fetchone()
        if row:
            return row[0], _utc(row[1])
    return None


def left_out_in_words(db: Database, archive: "Archive") -> str | None:
    """``12 offsite, 1 too-large``: what is not in the archive, by reason; None if nothing."""
    counts = _counts(entry["reason"] for entry in left_out(db, archive.id))
    return ", ".join(f"{count} {reason}" for reason, count in sorted(counts.items())) or None


def _counts(reasons: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for reason in reasons:
        name = reason.partition(":")[0]
        counts[name] = counts.get(name, 0) + 1
    return counts


def _utc(ts: str) -> str:
    """A database's time as WARC-Date has it."""
    return datetime.fromisoformat(ts).astimezone(UTC).isoformat().replace("+00:00", "Z")
