"""``wardcrawler reparse`` and ``verify``: records out of WARC and WACZ files, and whether a file is whole."""

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from wardcrawler.api import archives as reparsing
from wardcrawler.api.archives import ReparseListener, Report, Site
from wardcrawler.api.archives import verify as verify_archive
from wardcrawler.api.errors import InputError
from wardcrawler.api.extract import PLATFORM_NAMES
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
from wardcrawler.cli.output.text import complain, is_for_people, print_json
from wardcrawler.exit_codes import OK, SOME_UNHEALTHY, USAGE

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


@click.command(short_help="Check a WARC or WACZ against its digests and a database.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--db",
    type=click.Path(path_type=Path),
    help="Also: every article of this database, on the archive's portals, must be in the archive.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but problems, on a terminal too.")
@json_option
def verify(file: Path, db: Path | None, quiet: bool, as_json: bool) -> None:
    """Read all of a WARC or WACZ file: every gzip member, record and digest; of a WACZ also its list of
    files, its index and its pages.

    Exit code 3 with a line for each problem; 2 for a file that is neither. Silent without a terminal when
    all is well.
    """
    try:
        report = verify_archive(file, db)
    except InputError as refusal:
        complain(str(refusal))
        sys.exit(USAGE)
    code = OK if report.is_good else SOME_UNHEALTHY
    if as_json:
        print_json({"exit_code": code, **_as_json(report)})
    else:
        _show_report(report, is_shown=is_for_people(quiet))
    sys.exit(code)


def _as_json(report: Report) -> dict[str, Any]:
    findings = report.findings
    return {
        "file": report.file,
        "kind": report.kind,
        "records": dict(findings.records),
        "digests": findings.digests,
        "truncated": findings.truncated,
        "index_lines": report.index_lines,
        "pages": report.pages,
        "articles": report.compared.articles,
        "missing": report.compared.missing,
        "gone": report.compared.gone,
        "of_other_runs": report.compared.of_other_runs,
        "problems": findings.problems,
        "more_problems": findings.more_problems,
    }


def _show_report(report: Report, *, is_shown: bool) -> None:
    """Print the problems, and what was found if it is asked for or not good."""
    findings, compared = report.findings, report.compared
    for problem in findings.problems:
        complain(problem)
    if findings.more_problems:
        complain(f"and {findings.more_problems:,} more problems")
    for url in compared.missing:
        complain(f"not in the archive: {url}")
    if not (is_shown or not report.is_good):
        return
    click.echo(_found(report), err=not report.is_good)
    if compared.gone:
        click.echo(
            f"not in it: {compared.gone:,} articles that the portal no longer serves", err=not report.is_good
        )
    if compared.of_other_runs:
        click.echo(
            f"not in it: {compared.of_other_runs:,} articles that other runs stored. A crawl's archive holds "
            "what that crawl fetched; 'wardcrawler archive' makes one of everything",
            err=not report.is_good,
        )


def _found(report: Report) -> str:
    findings, compared = report.findings, report.compared
    counts = ", ".join(f"{count:,} {kind}" for kind, count in sorted(findings.records.items()))
    words = f"{report.file}: {findings.records.total():,} whole records ({counts or 'none'})"
    words += f", {findings.digests:,} digests compared"
    if report.kind == "wacz":
        words += f", {report.index_lines:,} index lines, {report.pages:,} pages"
    if compared.articles:
        words += f", {compared.in_archive:,} of {compared.articles:,} articles found"
    if findings.truncated:
        words += f"; {findings.truncated:,} bodies were cut short when they were captured"
    return words
