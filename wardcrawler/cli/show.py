"""``wardcrawler show``: one article with all that belongs to it."""

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click
from rich.text import Text

from wardcrawler.api.database import Database, open_database
from wardcrawler.api.records import Edit, Place, StoredArticle, StoredFileWithText
from wardcrawler.cli.options import db_option, json_option
from wardcrawler.cli.output.differences import differing_passages
from wardcrawler.cli.output.text import Printer, complain, linked, print_json
from wardcrawler.exit_codes import USAGE
from wardcrawler.text.printable import printable
from wardcrawler.text.similarity import SAME_FIGURES

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
    printer.line(f"published {article.published_at or _no_date(article.date_reason)}")
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
