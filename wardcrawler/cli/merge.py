"""``wardcrawler merge``: several databases into one."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from wardcrawler.cli.linking import link
from wardcrawler.cli.options import complain, db_option, is_for_people, json_option, print_json
from wardcrawler.store.database.connection import open_database
from wardcrawler.store.database.lock import RunLock
from wardcrawler.store.merging import merge as merging
from wardcrawler.store.merging.merge import Merged, require_mergeable

_NAMED = 3


@click.command(short_help="Add what other databases hold to this one.")
@click.argument("other", nargs=-1, required=True, type=click.Path(path_type=Path))
@db_option
@json_option
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors, on a terminal too.")
def merge(other: tuple[Path, ...], db: Path, as_json: bool, quiet: bool) -> None:
    """Add all that the databases OTHER… hold, and their files, to the one of --db, which is made if need be.

    The records are those that one database would have that had crawled everything. OTHER is only read.
    Merging a database again adds what is new in it since. docs/merging.md tells what becomes of what.
    """
    for path in other:
        require_mergeable(db, path)
    is_shown = is_for_people(quiet, as_json)
    found = []
    with RunLock(db), closing(open_database(db)) as database:
        for path in other:
            with _progress(path, is_shown) as told:
                found.append(merging.merge(database, db, path, told))
        link(database, is_shown=is_shown)
    if as_json:
        print_json([asdict(merged) for merged in found])
    if is_shown:
        _show(found)
    for merged in found:
        if merged.missing_files:
            _complain_of_missing(merged)


@contextmanager
def _progress(path: Path, is_shown: bool) -> Iterator[merging.Progress]:
    columns = (
        TextColumn("{task.fields[name]}: {task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not is_shown) as progress:
        task = progress.add_task("files", total=None, name=path.name)
        yield lambda what, done, total: progress.update(task, description=what, completed=done, total=total)


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
