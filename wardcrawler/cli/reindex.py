"""``wardcrawler reindex``: the search index made anew."""

from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from wardcrawler.cli.options import db_option, is_for_people
from wardcrawler.store.search.reindex import reindex as rebuild

_A_STEP = 100


@click.command(short_help="Make the search index anew from the stored texts.")
@db_option
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors, on a terminal too.")
def reindex(db: Path, quiet: bool) -> None:
    """Make the search index anew from the stored texts: when it is damaged or missing, or, once in a while,
    to have it in one piece.

    Searches go on meanwhile, with the old index. All of it or nothing: an interrupted one changes nothing.
    It needs free disk space for one more index, and no crawl may run (75).
    """
    is_shown = is_for_people(quiet, as_json=False)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not is_shown) as progress:
        indexing = progress.add_task("indexing", total=None)

        def show(done: int, total: int) -> None:
            if done % _A_STEP == 0 or done == total:
                progress.update(
                    indexing,
                    completed=done,
                    total=total,
                    description="merging" if done == total else "indexing",
                )

        articles, files = rebuild(db, show)
    if is_shown:
        click.echo(f"{db}: {articles:,} articles and {files:,} files indexed")
