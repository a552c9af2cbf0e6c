"""``wardcrawler merge``, ``backup`` and ``reindex``: care of a database."""

from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from wardcrawler.api import maintenance
from wardcrawler.api.maintenance import Merged, MergeListener
from wardcrawler.cli.options import db_option, json_option, quiet_option
from wardcrawler.cli.output.progress import Screen, in_numbers
from wardcrawler.cli.output.text import complain, is_for_people, print_json

_NAMED = 3
_INDEXED_A_STEP = 100


@click.command(short_help="Add what other databases hold to this one.")
@click.argument("other", nargs=-1, required=True, type=click.Path(path_type=Path))
@db_option
@json_option
@quiet_option
def merge(other: tuple[Path, ...], db: Path, as_json: bool, quiet: bool) -> None:
    """Add all that the databases OTHER… hold, and their files, to the one of --db, which is made if need be.

    The records are those that one database would have that had crawled everything. OTHER is only read.
    Merging a database again adds what is new in it since. docs/merging.md tells what becomes of what.
    """
    is_shown = is_for_people(quiet, as_json)
    with _MergeScreen(is_shown=is_shown) as screen:
        found = maintenance.merge(other, db=db, listener=screen)
    if as_json:
        print_json([asdict(merged) for merged in found])
    if is_shown:
        _show(found)
    for merged in found:
        if merged.missing_files:
            _complain_of_missing(merged)


class _MergeScreen(Screen, MergeListener):
    """Shows how far the merge of each database is."""

    def merging(self, path: Path, what: str, done: int, total: int) -> None:
        """Show how many rows of one kind were merged."""
        self.progress(f"{path.name}: {what}", done, total or None, in_numbers)

    def merged(self) -> None:
        """Take the bar off the screen."""
        self.clear()


def _show(found: list[Merged]) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for name in ("portals", "runs", "articles", "pages", "edits", "files", "archives"):
        table.add_column(name, justify="right")
    for merged in found:
        counts = (
            merged.sites, merged.runs, merged.articles, merged.pages, merged.revisions, merged.files,
            merged.archives,
        )  # fmt: skip
        table.add_row(Path(merged.path).name, *(f"{count:,}" if count else "-" for count in counts))
    console = Console()
    console.print("New here:")
    console.print(table)
    for merged in found:
        console.print(
            f"{Path(merged.path).name}: {merged.known_articles:,} texts were known, "
            f"{merged.changed_pages:,} known pages brought up to date",
            highlight=False,
        )
        if merged.unfinished_archives:
            console.print(f"  {merged.unfinished_archives} archives that are not whole yet were left out")


def _complain_of_missing(merged: Merged) -> None:
    named = ", ".join(merged.missing_files[:_NAMED])
    more = ", …" if len(merged.missing_files) > _NAMED else ""
    complain(
        f"files that are not beside {merged.path}: {len(merged.missing_files):,} ({named}{more}); "
        "copy its folder files/ there and merge again"
    )


@click.command(short_help="Copy the database safely, even while a crawl writes into it.")
@click.argument("file", type=click.Path(path_type=Path))
@db_option
@quiet_option
def backup(file: Path, db: Path, quiet: bool) -> None:
    """Copy the database to FILE, even while a crawl writes into it.

    FILE is one complete database, of the moment the copying began. It gets its name when it is whole,
    checked and on the disk; an earlier FILE stays until then.
    """
    is_shown = is_for_people(quiet)
    with Screen(is_shown=is_shown) as screen:
        screen.progress("copying", 0)
        size = maintenance.back_up(
            db,
            file,
            lambda done, total: screen.progress("checking" if done == total else "copying", done, total),
        )
    if is_shown:
        click.echo(f"{file}: {size / 1_000_000:,.1f} MB, checked")


@click.command(short_help="Make the search index anew from the stored texts.")
@db_option
@quiet_option
def reindex(db: Path, quiet: bool) -> None:
    """Make the search index anew from the stored texts: when it is damaged or missing, or, once in a while,
    to have it in one piece.

    Searches go on meanwhile, with the old index. All of it or nothing: an interrupted one changes nothing.
    It needs free disk space for one more index, and no crawl may run (75).
    """
    is_shown = is_for_people(quiet)
    with Screen(is_shown=is_shown) as screen:
        screen.progress("indexing", 0)

        def show(done: int, total: int) -> None:
            if done % _INDEXED_A_STEP == 0 or done == total:
                screen.progress("merging" if done == total else "indexing", done, total)

        articles, files = maintenance.reindex(db, show)
    if is_shown:
        click.echo(f"{db}: {articles:,} articles and {files:,} files indexed")
