"""Parquet, by pyarrow (extra ``parquet``): typed columns, compressed, for pandas, Polars, DuckDB, R."""

import importlib.util
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import IO, Any

from wardcrawler.store.export import EXPORT_COLUMNS

INSTALL = "pip install 'wardcrawler[parquet]'"

TIMES = frozenset(
    "published_at page_published_at first_seen last_changed page_first_seen page_last_seen gone_at".split()
)
"""Columns that are times: in Parquet timestamps of milliseconds in the zone Asia/Ho_Chi_Minh."""

_REPEATED = (
    "site site_title level province unit_code unit_valid_from unit_then unit_now platform category author "
    "source date_precision date_source date_reason extraction"
).split()
"""Columns whose values repeat: written once for each group of rows."""

_ROWS_AT_ONCE = 5_000
_CHARACTERS_AT_ONCE = 16_000_000
"""A group of rows ends at the first of both: it is in memory as a whole, long texts or short."""


class NotATime(ValueError):
    """A record has something else where a time belongs; the message names it, in one line."""


def has_library() -> bool:
    """Return whether pyarrow is installed."""
    return importlib.util.find_spec("pyarrow") is not None


def write(rows: Iterable[dict[str, Any]], file: IO[bytes]) -> None:
    """Write ``rows``; the schema is there even without any. Raises ``OSError`` and :class:`NotATime`."""
    import pyarrow as pa  # noqa: PLC0415  # an extra, and half a second
    import pyarrow.parquet as pq  # noqa: PLC0415

    schema = _schema()
    # Python's own allocator gives memory back; Arrow's keeps what it once had.
    pool = pa.system_memory_pool()
    with pq.ParquetWriter(
        file, schema, compression="zstd", use_dictionary=_REPEATED, memory_pool=pool
    ) as writer:
        for group in _groups(rows):
            writer.write_batch(pa.RecordBatch.from_pylist(group, schema=schema))


def _schema() -> Any:
    import pyarrow as pa  # noqa: PLC0415

    text, number = pa.string(), pa.int64()
    file = pa.struct(
        [
            ("url", text), ("filename", text), ("label", text), ("sha256", text), ("media_type", text),
            ("size", number), ("path", text), ("pages", number), ("text_status", text), ("failure", text),
        ]
    )  # fmt: skip
    image = pa.struct([("url", text), ("caption", text), ("alt", text)])
    types = {
        "id": number,
        "attachments": pa.list_(file),
        "images": pa.list_(image),
        **dict.fromkeys(TIMES, pa.timestamp("ms", "Asia/Ho_Chi_Minh")),
    }
    return pa.schema([(name, types.get(name, text)) for name in EXPORT_COLUMNS])


def _groups(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    group: list[dict[str, Any]] = []
    characters = 0
    for row in rows:
        group.append(_typed(row))
        characters += sum(len(value) for value in row.values() if isinstance(value, str))
        if len(group) >= _ROWS_AT_ONCE or characters >= _CHARACTERS_AT_ONCE:
            yield group
            group, characters = [], 0
    if group:
        yield group


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    times = {}
    for name in TIMES:
        if (value := row[name]) is not None:
            try:
                times[name] = datetime.fromisoformat(value)
            except ValueError:
                raise NotATime(f"record {row['id']} has {value!r} as {name}, which is no time") from None
    return {**row, **times}
