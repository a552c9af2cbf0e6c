"""``wardcrawler backup``: a safe copy while a crawl writes."""

from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from wardcrawler.cli.options import db_option, is_for_people
from wardcrawler.store.database.backup import back_up


@click.command(short_help="Copy the database safely, even while a crawl writes into it.")
@click.argument("file", type=click.Path(path_type=Path))
@db_option
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors, on a terminal too.")
def backup(file: Path, db: Path, quiet: bool) -> None:
    """Copy the database to FILE, even while a crawl writes into it.

    FILE is one complete database, of the moment the copying began. It gets its name when it is whole,
    checked and on the disk; an earlier FILE stays until then.
    """
    is_shown = is_for_people(quiet, as_json=False)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not is_shown) as progress:
        copying = progress.add_task("copying", total=None)

        def show(done: int, total: int) -> None:
            what = "checking" if done == total else "copying"
            progress.update(copying, completed=done, total=total, description=what)

        size = back_up(db, file, show)
    if is_shown:
        click.echo(f"{file}: {size / 1_000_000:,.1f} MB, checked")
