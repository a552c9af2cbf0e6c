"""CSV that spreadsheets open right, and that runs nothing when it is opened.

Commas, CRLF and doubled quotes are those of RFC 4180. Every cell of a record is quoted, so that LibreOffice,
which splits at semicolons and tabs too, keeps each whole. The byte order mark tells Excel that it is UTF-8.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import IO, Any

LONGEST = 32_767
"""Characters (UTF-16 units) that a cell of Excel holds ("Excel specifications and limits"). Excel lets what
is more flow into further rows, where it could even run as a formula (so it is seen in cyhy-reports #149)."""

# OWASP, "CSV Injection": = + - @, tab, carriage return, line feed, and the full-width forms. Blanks and
# invisible characters before them are skipped, for some programs strip them.
_FORMULA = re.compile(r"[\t\r\n]|[\s\x00-\x1f\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*")

_ROWS_AT_ONCE = 200


class Sheet:
    """A writer of records as CSV with the given ``columns``; ``cut`` counts the cells that were too long."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._columns = columns
        self.cut = 0

    def write(self, rows: Iterable[dict[str, Any]], file: IO[bytes]) -> None:
        """Write the head and ``rows``. Raises ``OSError``."""
        # Unquoted, for programs that take the mark for a letter of the first name.
        file.write(f"\ufeff{','.join(self._columns)}\r\n".encode())
        lines = io.StringIO(newline="")
        writer = csv.writer(lines, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        for number, row in enumerate(rows):
            values = map(row.__getitem__, self._columns)
            writer.writerow([None if value is None else self._cell(value) for value in values])
            if number % _ROWS_AT_ONCE == 0:
                _move(lines, file)
        _move(lines, file)

    def _cell(self, value: Any) -> Any:
        """Write a list as JSON; text with LF as its line break, for CR shows as a box; no formula; not too
        long.
        """
        if isinstance(value, list):
            value = json.dumps(value, ensure_ascii=False) if value else "[]"
        if not isinstance(value, str):
            return value
        if "\r" in value:
            value = value.replace("\r\n", "\n").replace("\r", "\n")
        if not value[:1].isalnum() and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
            value = f"'{value}"
        if len(value) * 2 > LONGEST and _units(value) > LONGEST:
            self.cut += 1
            return _cut(value)
        return value


def _move(lines: io.StringIO, file: IO[bytes]) -> None:
    file.write(lines.getvalue().encode())
    lines.seek(0)
    lines.truncate()


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str) -> str:
    """Cut ``text`` to what fits of its beginning, and a mark that says how much there was."""
    mark = f" … [cut: {len(text):,} characters]"
    whole = text.encode("utf-16-le")[: 2 * (LONGEST - len(mark))]
    return whole.decode("utf-16-le", "ignore") + mark  # half a pair of surrogates is dropped
