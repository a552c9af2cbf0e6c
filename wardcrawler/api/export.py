"""Export records as JSON lines, CSV or Parquet."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

from wardcrawler.api.errors import DatabaseProblem
from wardcrawler.api.filters import Day, Names, condition_of
from wardcrawler.exit_codes import USAGE
from wardcrawler.export import jsonl, parquet
from wardcrawler.export.destination import destination
from wardcrawler.export.spreadsheet import LONGEST, Sheet
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.export import EXPORT_COLUMNS, export_rows

__all__ = ["LONGEST", "Exported", "Form", "export", "require_possible"]

Form = Literal["jsonl", "csv", "parquet"]


@dataclass(frozen=True, slots=True)
class Exported:
    """So many records were written, and so many cells of a CSV cut to the ``LONGEST`` characters of Excel."""

    records: int
    cut: int


def export(
    db: Path,
    output: Path | None = None,
    form: Form = "jsonl",
    *,
    site: Names = (),
    level: Names = (),
    province: Names = (),
    unit: Names = (),
    category: Names = (),
    since: Day | None = None,
    until: Day | None = None,
    on_record: Callable[[int], None] = lambda _: None,
) -> Exported:
    """Write all records of ``db``, or those asked for, to the file ``output``: one for each address of each
    article. None is standard output.

    The file gets its name when it is whole; an earlier one stays until then. ``on_record`` is told after each
    record how many there are so far. The filters are those of ``Database.records``.

    Raises :class:`InputError` for a filter that nothing meets, ``DatabaseProblem`` with exit code 2 for
    Parquet without pyarrow, for an ``output`` that cannot be meant and for a time that is none, 5 for what
    cannot be read or written.
    """
    require_possible(form)
    with closing(open_database(db, read_only=True)) as database:
        condition = condition_of(
            database, site=site, level=level, province=province, unit=unit, category=category,
            since=since, until=until,
        )  # fmt: skip
        counted = _Counted(export_rows(database, condition), on_record)
        with destination(output, db) as file:
            cut = _write(form, counted, file)
    return Exported(counted.count, cut)


def require_possible(form: Form) -> None:
    """Raise ``DatabaseProblem`` (2) for Parquet where pyarrow is not installed."""
    if form == "parquet" and not parquet.has_library():
        raise DatabaseProblem(f"Parquet needs pyarrow, which is not installed: {parquet.INSTALL}", USAGE)


def _write(form: Form, rows: Iterable[dict[str, Any]], file: IO[bytes]) -> int:
    """Write ``rows``; return how many cells were cut."""
    if form == "csv":
        sheet = Sheet(EXPORT_COLUMNS)
        sheet.write(rows, file)
        return sheet.cut
    if form == "jsonl":
        jsonl.write(rows, file)
        return 0
    try:
        parquet.write(rows, file)
    except parquet.NotATime as problem:
        raise DatabaseProblem(f"{problem}; jsonl and csv take it as it is", USAGE) from None
    return 0


class _Counted:
    """Rows, counted as they pass."""

    def __init__(self, rows: Iterable[dict[str, Any]], on_record: Callable[[int], None]) -> None:
        self.count = 0
        self._rows = rows
        self._on_record = on_record

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in self._rows:
            self.count += 1
            self._on_record(self.count)
            yield row
