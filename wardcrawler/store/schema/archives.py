"""The tables of archives, as they are created."""

from sqlite_utils import Database


def create_archives(db: Database) -> None:
    """The tables."""
    db.table("archives").create(
        {"id": int, "path": str, "purpose": str, "started_at": str, "finished_at": str},
        pk="id",
        not_null={"path", "purpose", "started_at"},
        strict=True,
    )
    db.table("archive_sites").create(
        {"archive_id": int, "site": str, "finished_at": str},
        pk=("archive_id", "site"),
        foreign_keys=[("archive_id", "archives", "id")],
        strict=True,
    )
    captures = db.table("captures").create(
        {
            "id": int,
            "archive_id": int,
            "site": str,
            "run_id": int,
            "url": str,
            "method": str,
            "ts": str,
            "warc_file": str,
            "offset": int,
            "length": int,
            "digest": str,
            "status": int,
            "mime": str,
            "kind": str,
            "key": str,
            "revisit": int,
            "truncated": str,
        },
        pk="id",
        foreign_keys=[("archive_id", "archives", "id"), ("site", "sites", "name"), ("run_id", "runs", "id")],
        not_null={
            "archive_id", "site", "url", "method", "ts", "warc_file", "offset", "length", "digest", "status",
            "kind", "revisit",
        },
        strict=True,
    )  # fmt: skip
    captures.create_index(["archive_id", "url"])
    captures.create_index(["site", "key"])
    db.table("left_out").create(
        {"archive_id": int, "site": str, "url": str, "via": str, "reason": str, "seen_at": str},
        pk=("archive_id", "url"),
        foreign_keys=[("archive_id", "archives", "id"), ("site", "sites", "name")],
        not_null={"site", "reason", "seen_at"},
        strict=True,
    )
