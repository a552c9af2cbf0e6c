"""The description of an archive in its WACZ: the list of pages, its title, the counts of what
was left out.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from wardcrawler.archives.recording.archive import Archive
from wardcrawler.archives.warc.wacz import DataPackage
from wardcrawler.store import Database
from wardcrawler.store.tables.archives import archived_pages, left_out, waiting_sites


def pages(db: Database, archive: Archive) -> Iterator[dict[str, Any]]:
    """Yield the lines of pages.jsonl: ``id``, ``url``, ``ts`` (UTC, as WARC-Date) and ``title``; of articles
    ``text``, ``published``, ``site`` and ``key`` too.
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
            page["published"] = row["published_at"]
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
