"""``wardcrawler export``: records as a stream of lines."""

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

import click

from wardcrawler.cli.facets import facet_options, facets_of
from wardcrawler.cli.options import db_option, open_to_read
from wardcrawler.store.export import EXPORT_COLUMNS, export_rows
from wardcrawler.store.facets import FacetProblem, condition

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@click.command(short_help="Write all records as JSON lines or CSV.")
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
@facet_options
@db_option
def export(form: str, db: Path, **facets: Any) -> None:
    """Write all records to standard output, one line each (one address of one article).

    CSV opens in spreadsheets: UTF-8 with a byte order mark, and a cell that would be a formula is
    preceded by an apostrophe. JSON lines are exact.
    """
    database = open_to_read(db)
    try:
        rows = export_rows(database, condition(database, facets_of(**facets)))
    except FacetProblem as problem:
        raise click.UsageError(str(problem)) from None
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
    if form == "jsonl":
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    else:
        out.write("\ufeff")
        writer = csv.DictWriter(out, EXPORT_COLUMNS)
        writer.writeheader()
        for row in rows:
            writer.writerow({name: _cell(value) for name, value in row.items()})
    out.flush()
    out.detach()  # standard output stays open


def _cell(value: Any) -> Any:
    """A value for a spreadsheet: lists as JSON, no text that runs as a formula (OWASP, CSV Injection)."""
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value
