"""JSON lines: one record a line, exactly as stored (https://jsonlines.org)."""

import json
from collections.abc import Iterable
from typing import IO, Any

_encode = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": "), check_circular=False).encode


def write(rows: Iterable[dict[str, Any]], file: IO[bytes]) -> None:
    """Write ``rows`` in UTF-8, a line break (LF) after each; no row, no byte. Raises ``OSError``."""
    for row in rows:
        file.write(f"{_encode(row)}\n".encode())
