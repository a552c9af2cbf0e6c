"""``wardcrawler search``, ``show`` and ``export``: articles without SQL."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from wardcrawler.api import export as exporting
from wardcrawler.api.database import Database, open_database, query_problem
from wardcrawler.api.errors import InputError
from wardcrawler.api.export import Form
from wardcrawler.api.records import Edit, Place, StoredArticle, StoredFileWithText
from wardcrawler.cli.options import Command, db_option, filter_options, json_option, quiet_option
from wardcrawler.cli.output.hits import differing_passages, show_hits
from wardcrawler.cli.output.progress import Screen, as_count
from wardcrawler.cli.output.text import (
    Printer,
    as_exact,
    complain,
    linked,
    on_one_line,
    print_json,
    printable,
)
from wardcrawler.exit_codes import USAGE
from wardcrawler.text.similarity import SAME_FIGURES

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
            published = as_exact(hit.published_at, hit.date_precision) or ""
            columns = [str(hit.id), published, hit.site, hit.title, hit.url]
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


MOST_EDITS = 10


@click.command(short_help="Show one article with its places, files, earlier texts and near relatives.")
@click.argument("article_id", metavar="ID", type=int)
@db_option
@json_option
def show(article_id: int, db: Path, as_json: bool) -> None:
    """Show one article: its text, every place it was published, its files and what they say, its earlier
    and later texts and the articles that are nearly the same, with what differs.

    Without colours [-…-] is what only the first of two texts has, {+…+} what only the second has.
    """
    with open_database(db) as database:
        article = database.article(article_id)
        if article is None:
            complain(f"no article has the id {article_id} in {db}; 'wardcrawler search' shows ids")
            sys.exit(USAGE)
        if as_json:
            print_json(asdict(article))
        else:
            _show(article, database, Printer())


def _show(article: StoredArticle, database: Database, printer: Printer) -> None:
    _show_text(printer, article)
    _show_places(printer, article.pages)
    _show_files(printer, article)
    _show_edits(printer, database, article.revisions)
    _show_similar(printer, database, article)
    _show_texts_of_files(printer, article.attachments)


def _show_text(printer: Printer, article: StoredArticle) -> None:
    printer.line(article.title, style="bold")
    published = as_exact(article.published_at, article.date_precision)
    printer.line(f"published {published or _no_date(article.date_reason)}")
    for label, name in (("author", article.author), ("source", article.source)):
        if name:
            printer.line(f"{label} {name}")
    if article.lead and not article.body.startswith(article.lead):
        printer.line()
        printer.line(article.lead, style="italic")
    if article.body:
        printer.line()
    for line in article.body.splitlines():
        printer.line(line)


def _no_date(reason: str | None) -> str:
    return f"(no date: {reason})" if reason else "(no date)"


def _show_places(printer: Printer, pages: list[Place]) -> None:
    _show_heading(printer, "Published at", pages)
    for page in pages:
        gone = f"  (gone since {page.gone_at[:10]})" if page.gone_at else ""
        printer.line(Text(f"{page.site}  ") + linked(printable(page.url), page.url) + Text(gone), indent=2)
        if page.extraction == "structure":
            printer.line("read by the structure of the page", indent=4)


def _show_files(printer: Printer, article: StoredArticle) -> None:
    _show_heading(printer, "Files", article.attachments)
    for file in article.attachments:
        name = Text(f"{file.label or file.filename}  ")
        printer.line(name + linked(printable(file.url), file.url) + Text(_state(file)), indent=2)
    _show_heading(printer, "Pictures", article.images)
    for image in article.images:
        caption = image.caption or image.alt
        printer.line(
            Text(f"{caption}  " if caption else "") + linked(printable(image.url), image.url), indent=2
        )


def _show_edits(printer: Printer, database: Database, edits: list[Edit]) -> None:
    _show_heading(printer, "Edited", edits)
    if len(edits) > MOST_EDITS:
        printer.line(f"({len(edits) - MOST_EDITS:,} earlier edits: --json lists them all)", indent=2)
    for edit in edits[-MOST_EDITS:]:
        what = f"{edit.seen_at}  article {edit.article_id} became {edit.replaced_by}"
        printer.line(f"{what} at {edit.site}", indent=2)
        _show_difference(printer, database, edit.article_id, edit.replaced_by)


def _show_similar(printer: Printer, database: Database, article: StoredArticle) -> None:
    _show_heading(printer, "Nearly the same", article.similar)
    for other in article.similar:
        alike = f"{other.similarity:.0%} alike{_figures(other.figures)}"
        printer.line(f"article {other.id}: {alike}", style="bold", indent=2)
        printer.line(other.title, indent=4)
        if other.url is None:
            printer.line("(no page shows it any more)", indent=4)
        else:
            printer.line(Text(f"{other.site}  ") + linked(printable(other.url), other.url), indent=4)
        _show_difference(printer, database, article.id, other.id)


def _figures(shared: float | None) -> str:
    if shared is None:
        return ""
    return ", the same figures" if shared >= SAME_FIGURES else ", other figures: one template"


def _show_difference(printer: Printer, database: Database, before: int, after: int) -> None:
    texts = database.text_of(before), database.text_of(after)
    for line in differing_passages(*texts, has_colours=printer.has_colours):
        printer.line(line, indent=6)


def _show_texts_of_files(printer: Printer, files: list[StoredFileWithText]) -> None:
    for file in files:
        if file.text:
            _show_heading(printer, f"{file.filename} says", [file])
            for line in file.text.splitlines():
                printer.line(line)


def _show_heading(printer: Printer, heading: str, things: Sequence[object]) -> None:
    if things:
        printer.line()
        printer.line(heading, style="bold underline")


def _state(file: StoredFileWithText) -> str:
    """Say where a file is and whether its text is known; nothing if it was never asked for."""
    if file.sha256 is None:
        return f"  (not had: {file.failure})" if file.failure else ""
    why = {None: "not read yet", "ok": ""}.get(file.text_status, file.text_reason or file.text_status)
    return f"  ({file.path}, {file.size:,} bytes{f'; no text: {why}' if why else ''})"
