"""``wardcrawler search``: articles by words, without SQL."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from wardcrawler.cli import exits
from wardcrawler.cli.facets import facet_options, facets_of
from wardcrawler.cli.hits import show_hits
from wardcrawler.cli.options import complain, db_option, json_option, open_to_read, print_json
from wardcrawler.cli.terminal import on_one_line
from wardcrawler.store.search.facets import FacetProblem, condition
from wardcrawler.store.search.search import SearchProblem, checked_query, search_for


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
@facet_options
@db_option
@json_option
def search(query: str, limit: int, offset: int, db: Path, as_json: bool, **facets: Any) -> None:
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
    database = open_to_read(db)
    try:
        asked = checked_query(query)
        hits = search_for(database, asked, limit, condition(database, facets_of(**facets)), offset=offset)
    except (SearchProblem, FacetProblem) as problem:
        complain(str(problem))
        sys.exit(exits.USAGE)
    if as_json:
        print_json([asdict(hit) for hit in hits])
    elif sys.stdout.isatty():
        if asked.problem:
            complain(f"{asked.problem}: all is taken as plain words")
        show_hits(hits, limit=limit, offset=offset)
    else:
        for hit in hits:
            columns = [str(hit.id), hit.published_at or "", hit.site, hit.title, hit.url]
            click.echo("\t".join(map(on_one_line, [*columns, hit.attachment] if hit.attachment else columns)))
