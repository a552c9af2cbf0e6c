"""``wardcrawler verify``: whether an archive is whole."""

import sys
from pathlib import Path
from typing import Any

import click

from wardcrawler.api.errors import InputError
from wardcrawler.api.verify import Report
from wardcrawler.api.verify import verify as verify_archive
from wardcrawler.cli.options import json_option
from wardcrawler.cli.output.text import complain, is_for_people, print_json
from wardcrawler.exit_codes import OK, SOME_UNHEALTHY, USAGE


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
