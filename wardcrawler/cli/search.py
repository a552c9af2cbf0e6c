"""``wardcrawler search``: articles by words, without SQL."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape

from wardcrawler.cli.facets import facet_options, facets_of
from wardcrawler.cli.options import db_option, json_option, open_to_read, print_json
from wardcrawler.store.facets import FacetProblem, condition
from wardcrawler.store.search import Hit, SearchProblem
from wardcrawler.store.search import search as find


@click.command(short_help="Find articles by words.")
@click.argument("query")
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many articles."
)
@facet_options
@db_option
@json_option
def search(query: str, limit: int, db: Path, as_json: bool, **facets: Any) -> None:
    """Find articles by words, their own and those of their files; exact diacritics first, then every
    spelling.

    "…" is a phrase. Without diacritics ("dan van") all spellings are found, "uỷ" finds "ủy". Without a
    terminal: id, date, portal, title, address and, where the words stand in a file, its name.
    """
    database = open_to_read(db)
    try:
        hits = find(database, query, limit=limit, condition=condition(database, facets_of(**facets)))
    except (SearchProblem, FacetProblem) as problem:
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
