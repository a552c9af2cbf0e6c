"""``wardcrawler show``: one article with all that belongs to it."""

import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape

from wardcrawler.cli.options import db_option, json_option, open_to_read, print_json
from wardcrawler.store.article import article_with_places


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
