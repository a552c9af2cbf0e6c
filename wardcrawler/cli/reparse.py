"""``wardcrawler reparse``: records out of WARC and WACZ files, without the network."""

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console

from wardcrawler.api import reparse as reparsing
from wardcrawler.api.extract import PLATFORM_NAMES
from wardcrawler.api.reparse import ReparseListener, Site
from wardcrawler.cli.options import (
    Command,
    command_line,
    db_option,
    json_option,
    loudness_options,
    own_portals_option,
)
from wardcrawler.cli.output.progress import Screen
from wardcrawler.cli.output.summary import counts_of, counts_table, files_line
from wardcrawler.cli.output.text import is_for_people, print_json

_COUNTS = ("new", "changed", "corrected", "known", "same", "refused")


@click.command(cls=Command, short_help="Rebuild records from WARC and WACZ files, without the network.")
@click.argument("file", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--site", "sites", multiple=True, metavar="NAME", help="Only pages of this portal, or host.")
@click.option(
    "--platform",
    type=click.Choice(PLATFORM_NAMES),
    metavar="NAME",
    help="Do not recognise the platform of portals that are not registered, it is this one.",
)
@click.option(
    "--attachments/--no-attachments",
    default=True,
    help="Keep the files that articles link to and the archives hold, and read their texts. [yes]",
)
@own_portals_option
@db_option
@loudness_options
@json_option
def reparse(
    file: tuple[Path, ...],
    sites: tuple[str, ...],
    platform: str | None,
    attachments: bool,
    files: tuple[Path, ...],
    db: Path,
    quiet: bool,
    verbose: bool,
    as_json: bool,
) -> None:
    """Rebuild records from WARC and WACZ files, ours or anybody's, through the same steps as a crawl.

    Without FILE: from the archives that crawls of the database wrote. A page counts as seen when it was
    captured. Where the database has a page from the same capture already, it is read anew. Exit code 3 if
    an archive is damaged; what is whole of it is used.
    """
    for_people = is_for_people(quiet, as_json) and not verbose
    with _Screen(is_shown=for_people) as screen:
        screen.progress("reading", 0)
        report = reparsing.reparse(
            file, db=db, sites=sites, platform=platform, attachments=attachments, portal_files=files,
            command=command_line(),
            verbose=verbose, listener=screen,
        )  # fmt: skip
    if as_json:
        print_json(
            {
                "exit_code": report.exit_code,
                "db": str(db),
                "files": [asdict(read) for read in report.files],
                "portals": [asdict(result) for result in report.portals],
            }
        )
    elif for_people:
        _show(report.portals)
        if attachments:
            click.echo(f"\n{files_line(sum(result.files for result in report.portals), report.texts)}")
    sys.exit(report.exit_code)


class _Screen(Screen, ReparseListener):
    """Shows progress by bytes, then by pages."""

    def reading(self, path: Path, done: int, size: int) -> None:
        """Show how many bytes of an archive were read."""
        self.progress(f"reading {path.name}", done, size)

    def rebuilding(self, done: int, total: int) -> None:
        """Show how many pages became records."""
        self.progress("rebuilding records", done, total)

    def rebuilt(self) -> None:
        """Take the bar off the screen."""
        self.clear()


def _show(results: Sequence[Site]) -> None:
    """Print a line for each portal, and the reasons why pages gave no article."""
    console = Console()
    table = counts_table("portal", "platform", *_COUNTS)
    for result in results:
        table.add_row(result.site, result.platform or "–", *map(str, counts_of(result, _COUNTS)))
    console.print(table)
    for result in results:
        if result.refused:
            reasons = ", ".join(f"{reason} {count}" for reason, count in sorted(result.refused.items()))
            console.print(f"{result.site}: no article: {reasons}", soft_wrap=True, highlight=False)
