"""``wardcrawler export``: records as a stream, for programs and spreadsheets."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

import click
from rich.console import Console
from rich.progress import Progress, TextColumn, TimeElapsedColumn

from wardcrawler.cli.facets import facet_options, facets_of
from wardcrawler.cli.options import complain, db_option, open_to_read
from wardcrawler.exit_codes import USAGE
from wardcrawler.export import jsonl, parquet
from wardcrawler.export.destination import destination
from wardcrawler.export.spreadsheet import LONGEST, Sheet
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.store.export import EXPORT_COLUMNS, export_rows
from wardcrawler.store.search.facets import FacetProblem, condition

_FORMATS = ("jsonl", "csv", "parquet")
_BY_ENDING = {".csv": "csv", ".parquet": "parquet"}
_SHOWN_EVERY = 500


@click.command(short_help="Write records as JSON lines, CSV or Parquet.")
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    show_default="by the ending of FILE, else jsonl",
    help="jsonl is exact; csv is for spreadsheets; parquet is typed.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to FILE, which gets its name when it is whole. [standard output]",
)
@facet_options
@db_option
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors, on a terminal too.")
def export(form: str | None, output: Path | None, db: Path, quiet: bool, **facets: Any) -> None:
    """Write all records, or those asked for: one for each address of each article.

    CSV opens in spreadsheets: UTF-8 with a byte order mark; a cell that would be a formula is preceded by
    an apostrophe, and one that is too long for Excel is cut. docs/schema.md explains the columns,
    docs/exporting.md the formats.
    """
    form = form or (_BY_ENDING.get(output.suffix.lower(), "jsonl") if output else "jsonl")
    _require_possible(form, output)
    database = open_to_read(db)
    try:
        rows = export_rows(database, condition(database, facets_of(**facets)))
    except FacetProblem as problem:
        raise click.UsageError(str(problem)) from None
    with destination(output, db) as file, _Counted(rows, is_shown=_is_watched(quiet, output)) as counted:
        cut = _write(form, counted, file)
    if _is_watched(quiet, output):
        click.echo(f"{counted.count:,} records{f' in {output}' if output else ''}", err=True)
    if cut and not quiet:
        complain(
            f"cells cut to the {LONGEST:,} characters that Excel takes: {cut:,}; "
            "jsonl and parquet hold them whole"
        )


def _require_possible(form: str, output: Path | None) -> None:
    if form != "parquet":
        return
    if not parquet.has_library():
        raise DatabaseProblem(f"Parquet needs pyarrow, which is not installed: {parquet.INSTALL}", USAGE)
    if output is None and sys.stdout.isatty():
        raise click.UsageError("Parquet is not for a terminal: name a file with --output, or redirect")


def _is_watched(quiet: bool, output: Path | None) -> bool:
    """Whether somebody looks on who does not see the records themselves."""
    return sys.stderr.isatty() and not quiet and (output is not None or not sys.stdout.isatty())


def _write(form: str, rows: Iterable[dict[str, Any]], file: IO[bytes]) -> int:
    """Write ``rows``; returns how many cells were cut."""
    if form == "csv":
        sheet = Sheet(EXPORT_COLUMNS)
        sheet.write(rows, file)
        return sheet.cut
    if form == "parquet":
        try:
            parquet.write(rows, file)
        except parquet.NotATime as problem:
            raise DatabaseProblem(f"{problem}; jsonl and csv take it as it is", USAGE) from None
    else:
        jsonl.write(rows, file)
    return 0


class _Counted:
    """Counts the rows that pass, and shows how many they are if ``is_shown``."""

    def __init__(self, rows: Iterable[dict[str, Any]], *, is_shown: bool) -> None:
        self.count = 0
        self._rows = rows
        columns = (TextColumn("{task.completed:,.0f} records"), TimeElapsedColumn())
        self._progress = Progress(
            *columns, console=Console(stderr=True), transient=True, disable=not is_shown
        )
        self._task = self._progress.add_task("", total=None)

    def __enter__(self) -> "_Counted":
        self._progress.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._progress.stop()

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in self._rows:
            self.count += 1
            if self.count % _SHOWN_EVERY == 0:
                self._progress.update(self._task, completed=self.count)
            yield row
