"""``wardcrawler search``, ``show`` and ``export``: questions without SQL."""

import csv
import io
import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape

from wardcrawler.cli.options import db_option, json_option, open_to_read, print_json
from wardcrawler.store.records import EXPORT_COLUMNS, export_rows
from wardcrawler.store.records import show as article_with_places
from wardcrawler.store.search import Hit, SearchProblem
from wardcrawler.store.search import search as find

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@click.command(short_help="Find articles by words.")
@click.argument("query")
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many articles."
)
@db_option
@json_option
def search(query: str, limit: int, db: Path, as_json: bool) -> None:
    """Find articles by words, their own and those of their files; exact diacritics first, then every
    spelling.

    "…" is a phrase. Without diacritics ("dan van") all spellings are found, "uỷ" finds "ủy". Without a
    terminal: id, date, portal, title, address and, where the words stand in a file, its name.
    """
    try:
        hits = find(open_to_read(db), query, limit=limit)
    except SearchProblem as problem:
        raise click.UsageError(str(problem)) from None
    if as_json:
        print_json([asdict(hit) for hit in hits])
    elif sys.stdout.isatty():
        _show_hits(query, hits)
    else:
        for hit in hits:
            columns = [str(hit.id), hit.published_at or "", hit.site, hit.title, hit.url]
            click.echo("\t".join([*columns, hit.attachment] if hit.attachment else columns))


def _show_hits(query: str, hits: list[Hit]) -> None:
    console = Console(highlight=False)
    for hit in hits:
        day = hit.published_at[:10] if hit.published_at else "no date   "
        console.print(f"[dim]{hit.id:>6}  {day}  {escape(hit.site)}[/]\n        [bold]{escape(hit.title)}[/]")
        if hit.attachment:
            console.print(f"        [dim]in the file[/] {escape(hit.attachment)}", soft_wrap=True)
        console.print(f"        {escape(hit.snippet)}\n        [dim]{escape(hit.url)}[/]", soft_wrap=True)
    console.print(f"{len(hits)} article(s) for {query!r}", markup=False)


@click.command(short_help="Show one article with its places, files and earlier texts.")
@click.argument("article_id", metavar="ID", type=int)
@db_option
@json_option
def show(article_id: int, db: Path, as_json: bool) -> None:
    """Show one article: its text, every place it was published, its earlier texts, its files and what they
    say."""
    article = article_with_places(open_to_read(db), article_id)
    if article is None:
        raise click.UsageError(f"no article has the id {article_id} in {db}; 'wardcrawler search' shows ids")
    if as_json:
        print_json(article)
        return
    _show_article(Console(highlight=False, soft_wrap=not sys.stdout.isatty()), article)


def _show_article(console: Console, article: dict[str, Any]) -> None:
    console.print(f"[bold]{escape(article['title'])}[/]")
    published = article["published_at"] or f"(no date: {article['date_reason']})"
    console.print(f"published {published}", markup=False)
    for label in ("author", "source"):
        if article[label]:
            console.print(f"{label} {article[label]}", markup=False)
    if article["lead"] and not article["body"].startswith(article["lead"]):
        console.print(f"\n[italic]{escape(article['lead'])}[/]")
    if article["body"]:
        console.print(f"\n{article['body']}", markup=False)
    places = [f"{page['site']}  {page['url']}" for page in article["pages"]]
    files = [
        f"{file['label'] or file['filename']}  {file['url']}{_state(file)}" for file in article["attachments"]
    ]
    pictures = [f"{image['caption'] or image['alt'] or ''}  {image['url']}" for image in article["images"]]
    edits = [
        f"{edit['seen_at']}  article {edit['article_id']} became {edit['replaced_by']}"
        for edit in article["revisions"]
    ]
    for heading, lines in (
        ("Published at", places),
        ("Files", files),
        ("Pictures", pictures),
        ("Edited", edits),
    ):
        _show_list(console, heading, lines)
    for file in article["attachments"]:
        if file["text"]:
            console.print(f"\n[bold]{escape(file['filename'])}[/] says:\n")
            console.print(file["text"], markup=False)


def _state(file: dict[str, Any]) -> str:
    """Where a file is and whether its text is known, in words; empty if it was never asked for."""
    if file["sha256"] is None:
        return f"  (not had: {file['failure']})" if file["failure"] else ""
    why = {None: "not read yet", "ok": ""}.get(
        file["text_status"], file["text_reason"] or file["text_status"]
    )
    return f"  ({file['path']}, {file['size']:,} bytes{f'; no text: {why}' if why else ''})"


def _show_list(console: Console, heading: str, lines: list[str]) -> None:
    if lines:
        console.print(f"\n[bold]{heading}[/]")
    for line in lines:
        console.print(f"  {line.strip()}", markup=False, soft_wrap=True)


@click.command(short_help="Write all records as JSON lines or CSV.")
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
@click.option(
    "--since", type=click.DateTime(formats=["%Y-%m-%d"]), help="Only records published on this day or later."
)
@db_option
def export(form: str, since: datetime | None, db: Path) -> None:
    """Write all records to standard output, one line each (one address of one article).

    CSV opens in spreadsheets: UTF-8 with a byte order mark, and a cell that would be a formula is
    preceded by an apostrophe. JSON lines are exact.
    """
    rows = export_rows(open_to_read(db), since=f"{since:%Y-%m-%d}" if since else None)
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
