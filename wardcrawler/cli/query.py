"""``wardcrawler search`` and ``export``: records by words and filters, without SQL."""

import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from wardcrawler.api import export as exporting
from wardcrawler.api.database import open_database, query_problem
from wardcrawler.api.errors import InputError
from wardcrawler.api.export import Form
from wardcrawler.cli.options import Command, db_option, filter_options, json_option, quiet_option
from wardcrawler.cli.output.hits import show_hits
from wardcrawler.cli.output.progress import Screen, as_count
from wardcrawler.cli.output.text import complain, on_one_line, print_json
from wardcrawler.exit_codes import USAGE

_FORMS: tuple[Form, ...] = ("jsonl", "csv", "parquet")
_BY_ENDING: dict[str, Form] = {".csv": "csv", ".parquet": "parquet"}
_SHOWN_EVERY = 500


@click.command(short_help="Find articles by words.")
@click.argument("query")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=20,
    metavar="N",
    show_default=True,
    help="At most so many articles.",
)
@click.option(
    "--offset",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Leave out the N best: the pages after the first.",
)
@filter_options
@db_option
@json_option
def search(query: str, limit: int, offset: int, db: Path, as_json: bool, filters: dict[str, Any]) -> None:
    """Find articles by words, their own and those of their files; exact diacritics first, then every
    spelling ("dan van" finds "dân vận", "uỷ" finds "ủy").

    \b
    "dân vận"            words that follow each other
    vận*                 words that begin so
    a b, a AND b         both;  a OR b  one of them;  a NOT b  without b;  ( ) group
    title:dân            also lead:, body:, and file: for the files
    -- "-vận"            a query that begins with a hyphen comes after --

    Without a terminal: id, date, portal, title, address and, where the words stand in a file, its name.
    """
    try:
        with open_database(db) as database:
            hits = database.search(query, limit=limit, offset=offset, **filters)
    except InputError as problem:
        complain(str(problem))
        sys.exit(USAGE)
    if as_json:
        print_json([asdict(hit) for hit in hits])
    elif sys.stdout.isatty():
        if misunderstood := query_problem(query):
            complain(f"{misunderstood}: all is taken as plain words")
        show_hits(hits, limit=limit, offset=offset)
    else:
        for hit in hits:
            columns = [str(hit.id), hit.published_at or "", hit.site, hit.title, hit.url]
            click.echo("\t".join(map(on_one_line, [*columns, hit.attachment] if hit.attachment else columns)))


@click.command(cls=Command, short_help="Write records as JSON lines, CSV or Parquet.")
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMS),
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
@filter_options
@db_option
@quiet_option
def export(form: Form | None, output: Path | None, db: Path, quiet: bool, filters: dict[str, Any]) -> None:
    """Write all records, or those asked for: one for each address of each article.

    CSV opens in spreadsheets: UTF-8 with a byte order mark; a cell that would be a formula is preceded by
    an apostrophe, and one that is too long for Excel is cut. docs/schema.md explains the columns,
    docs/exporting.md the formats.
    """
    form = form or (_BY_ENDING.get(output.suffix.lower(), "jsonl") if output else "jsonl")
    exporting.require_possible(form)
    if form == "parquet" and output is None and sys.stdout.isatty():
        raise click.UsageError("Parquet is not for a terminal: name a file with --output, or redirect")
    is_watched = _is_watched(quiet, output)
    with Screen(is_shown=is_watched) as screen:
        screen.progress("", 0, columns=as_count)
        exported = exporting.export(db, output, form, **filters, on_record=_shown_on(screen))
    if is_watched:
        click.echo(f"{exported.records:,} records{f' in {output}' if output else ''}", err=True)
    if exported.cut and not quiet:
        complain(
            f"cells cut to the {exporting.LONGEST:,} characters that Excel takes: {exported.cut:,}; "
            "jsonl and parquet hold them whole"
        )


def _is_watched(quiet: bool, output: Path | None) -> bool:
    """Say whether somebody looks on who does not see the records themselves."""
    return sys.stderr.isatty() and not quiet and (output is not None or not sys.stdout.isatty())


def _shown_on(screen: Screen) -> Callable[[int], None]:
    def show(count: int) -> None:
        if count % _SHOWN_EVERY == 0:
            screen.progress("", count, columns=as_count)

    return show
