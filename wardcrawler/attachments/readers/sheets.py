"""Reader of spreadsheets (XLSX, XLS, ODS), by python-calamine: a sheet's name, then a line for each row."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

from wardcrawler.attachments.readers.office_package import Package
from wardcrawler.attachments.readers.result import CannotRead, Reading, reading
from wardcrawler.text.legacy.convert import Run


def read_sheets(path: Path, *, is_package: bool) -> Reading:
    """Read the workbook at ``path``; ``is_package`` says that it is a ZIP file.

    Cells as values, not as formatted: numbers with a point, dates in ISO 8601. ``pages`` counts sheets.
    Raises :class:`CannotRead`.
    """
    if is_package:
        with Package(path):
            pass  # no bomb
    calamine = _calamine()
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        runs = [Run(line) for line in _lines(book)]
        count = len(book.sheet_names)
    except calamine.PasswordError:
        raise CannotRead("failed", "locked by a password") from None
    except calamine.CalamineError as error:
        raise CannotRead("failed", f"damaged: {error}") from None
    return reading(runs, tool=f"python-calamine {version('python-calamine')}", pages=count)


def _calamine() -> Any:
    try:
        import python_calamine  # noqa: PLC0415  # optional
    except ImportError:
        raise CannotRead(
            "needs_reader", "python-calamine is not installed: pip install wardcrawler[files]"
        ) from None
    return python_calamine


def _lines(book: Any) -> Iterator[str]:
    for name in book.sheet_names:
        rows = ["\t".join(map(_cell, row)).rstrip() for row in book.get_sheet_by_name(name).to_python()]
        if any(rows):
            yield f"{name}\n"
            yield from (f"{row}\n" for row in rows)
            yield "\n"


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else str(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return " ".join(str(value).split())
