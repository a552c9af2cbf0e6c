"""``wardcrawler show``: one article with all that belongs to it."""

import sys
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from wardcrawler.cli import exits
from wardcrawler.cli.differences import differing_passages
from wardcrawler.cli.options import complain, db_option, json_option, open_to_read, print_json
from wardcrawler.cli.paper import Paper, linked
from wardcrawler.store import Database
from wardcrawler.store.article import article_with_places, text_of
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
    database = open_to_read(db)
    article = article_with_places(database, article_id)
    if article is None:
        complain(f"no article has the id {article_id} in {db}; 'wardcrawler search' shows ids")
        sys.exit(exits.USAGE)
    if as_json:
        print_json(article)
        return
    paper = Paper()
    _show_text(paper, article)
    _show_places(paper, article["pages"])
    _show_files(paper, article)
    _show_edits(paper, database, article["revisions"])
    _show_relatives(paper, database, article)
    _show_texts_of_files(paper, article["attachments"])


def _show_text(paper: Paper, article: dict[str, Any]) -> None:
    paper.line(article["title"], style="bold")
    paper.line(f"published {article['published_at'] or _no_date(article['date_reason'])}")
    for label in ("author", "source"):
        if article[label]:
            paper.line(f"{label} {article[label]}")
    if article["lead"] and not article["body"].startswith(article["lead"]):
        paper.line()
        paper.line(article["lead"], style="italic")
    if article["body"]:
        paper.line()
    for line in article["body"].splitlines():
        paper.line(line)


def _no_date(reason: str | None) -> str:
    return f"(no date: {reason})" if reason else "(no date)"


def _show_places(paper: Paper, pages: list[dict[str, Any]]) -> None:
    _show_heading(paper, "Published at", pages)
    for page in pages:
        gone = f"  (gone since {page['gone_at'][:10]})" if page["gone_at"] else ""
        paper.line(Text(f"{page['site']}  ") + linked(page["url"]) + Text(gone), indent=2)


def _show_files(paper: Paper, article: dict[str, Any]) -> None:
    _show_heading(paper, "Files", article["attachments"])
    for file in article["attachments"]:
        name = Text(f"{file['label'] or file['filename']}  ")
        paper.line(name + linked(file["url"]) + Text(_state(file)), indent=2)
    _show_heading(paper, "Pictures", article["images"])
    for image in article["images"]:
        caption = image["caption"] or image["alt"]
        paper.line(Text(f"{caption}  " if caption else "") + linked(image["url"]), indent=2)


def _show_edits(paper: Paper, db: Database, edits: list[dict[str, Any]]) -> None:
    _show_heading(paper, "Edited", edits)
    if len(edits) > MOST_EDITS:
        paper.line(f"({len(edits) - MOST_EDITS:,} earlier edits: --json lists them all)", indent=2)
    for edit in edits[-MOST_EDITS:]:
        what = f"{edit['seen_at']}  article {edit['article_id']} became {edit['replaced_by']}"
        paper.line(f"{what} at {edit['site']}", indent=2)
        _show_difference(paper, db, edit["article_id"], edit["replaced_by"])


def _show_relatives(paper: Paper, db: Database, article: dict[str, Any]) -> None:
    _show_heading(paper, "Nearly the same", article["similar"])
    for other in article["similar"]:
        alike = f"{other['similarity']:.0%} alike{_figures(other['figures'])}"
        paper.line(f"article {other['id']}: {alike}", style="bold", indent=2)
        paper.line(other["title"], indent=4)
        if other["url"] is None:
            paper.line("(no page shows it any more)", indent=4)
        else:
            paper.line(Text(f"{other['site']}  ") + linked(other["url"]), indent=4)
        _show_difference(paper, db, article["id"], other["id"])


def _figures(shared: float | None) -> str:
    if shared is None:
        return ""
    return ", the same figures" if shared >= SAME_FIGURES else ", other figures: one template"


def _show_difference(paper: Paper, db: Database, before: int, after: int) -> None:
    texts = text_of(db, before), text_of(db, after)
    for line in differing_passages(*texts, has_colours=paper.has_colours):
        paper.line(line, indent=6)


def _show_texts_of_files(paper: Paper, files: list[dict[str, Any]]) -> None:
    for file in files:
        if file["text"]:
            _show_heading(paper, f"{file['filename']} says", [file])
            for line in file["text"].splitlines():
                paper.line(line)


def _show_heading(paper: Paper, heading: str, things: list[dict[str, Any]]) -> None:
    if things:
        paper.line()
        paper.line(heading, style="bold underline")


def _state(file: dict[str, Any]) -> str:
    """Where a file is and whether its text is known, in words; empty if it was never asked for."""
    if file["sha256"] is None:
        return f"  (not had: {file['failure']})" if file["failure"] else ""
    why = {None: "not read yet", "ok": ""}.get(
        file["text_status"], file["text_reason"] or file["text_status"]
    )
    return f"  ({file['path']}, {file['size']:,} bytes{f'; no text: {why}' if why else ''})"
