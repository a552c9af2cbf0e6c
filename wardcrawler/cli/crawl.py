"""``wardcrawler crawl`` and ``archive``: portals crawled incrementally, or as a whole before they go dark."""

import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

import click

from wardcrawler.api.crawl import run
from wardcrawler.api.crawl.run import HEALTHY, CrawlReport
from wardcrawler.api.errors import SettingError
from wardcrawler.cli.options import (
    DAY,
    Command,
    CrawlArguments,
    as_day,
    command_line,
    crawl_options,
    require_one_way,
)
from wardcrawler.cli.output.crawl_progress import CrawlProgress
from wardcrawler.cli.output.summary import files_line, show_summary
from wardcrawler.cli.output.text import complain, is_for_people, print_json


@click.command(cls=Command, short_help="Fetch what is new on portals, store each text once.")
@crawl_options(
    click.option("--since", type=DAY, help="Only articles published on this day or later."),
    click.option("--until", type=DAY, help="Only articles published on this day or earlier."),
    click.option("--full", is_flag=True, help="Walk every section to its end, fetch known articles again."),
    own_after_jobs=[
        click.option(
            "--archive",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Keep every answer as it came: a file that ends in .wacz or .warc.gz.",
        )
    ],
    attachments=None,
    attachments_help="Fetch the files that articles link to, and read their texts. [no]",
    timeout_help="Close a portal's crawl after so many seconds; the next run goes on. [4 hours]",
    jobs_help="Worker processes for several portals. [the cores there are]",
)
def crawl(
    shared: CrawlArguments,
    since: datetime | None,
    until: datetime | None,
    full: bool,
    archive: Path | None,
) -> None:
    """Fetch what is new on portals and store it, each text once.

    Name portals (see `wardcrawler sites`), or give --all, --select, or --url with --section. Silent
    without a terminal when all is well; errors on standard error; the log in logs/ beside the database.
    """
    require_one_way(shared.choice)
    if since and until and since > until:
        raise click.UsageError(f"--since {since:%Y-%m-%d} is after --until {until:%Y-%m-%d}")
    options = replace(shared.options, since=as_day(since), until=as_day(until), full=full)
    report = _watched(
        shared,
        lambda screen: run.crawl(
            shared.choice, options, db=shared.db, archive=archive, command=command_line(),
            verbose=shared.verbose, listener=screen,
        ),
    )  # fmt: skip
    if shared.as_json:
        print_json(
            {
                "exit_code": report.exit_code,
                "db": str(shared.db),
                "portals": [asdict(result) for result in report.results],
            }
        )
    sys.exit(report.exit_code)


@click.command(cls=Command, short_help="Preserve portals as a whole: records and a WACZ that replays.")
@crawl_options(
    click.option(
        "--archive",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="The WACZ. [<portal>-<date>.wacz beside the database]",
    ),
    click.option("--close", is_flag=True, help="Make the WACZ even if some portals are not archived whole."),
    attachments=True,
    attachments_help=(
        "With the files that articles link to, in the WACZ and with their texts in the database. [yes]"
    ),
    timeout_help="Stop a portal after so many seconds; the same command goes on. [never]",
    jobs_help="Worker processes for several portals.",
)
def archive(shared: CrawlArguments, archive: Path | None, close: bool) -> None:
    """Fetch everything of portals, with pictures, style sheets, scripts and documents, into one WACZ file
    that other people's tools replay. Records are stored as in a crawl.

    A run that was stopped is continued by the same command: what it has is not asked for again.
    """
    require_one_way(shared.choice)
    report = _watched(
        shared,
        lambda screen: run.preserve(
            shared.choice, shared.options, db=shared.db, archive=archive, close=close,
            command=command_line(), verbose=shared.verbose, listener=screen,
        ),
    )  # fmt: skip
    if shared.as_json:
        print_json(_document(report, shared.db))
    elif is_for_people(shared.quiet):
        _show(report)
    sys.exit(report.exit_code)


def _watched(shared: CrawlArguments, crawl: Callable[["CrawlScreen"], CrawlReport]) -> CrawlReport:
    """Run ``crawl`` with a screen that shows how it comes on; tell wrong settings as ``--set`` gave them."""
    try:
        with CrawlScreen(
            is_shown=is_for_people(shared.quiet, shared.as_json) and not shared.verbose
        ) as screen:
            return crawl(screen)
    except SettingError as error:
        raise click.UsageError(f"--set {error}") from None


class CrawlScreen(CrawlProgress):
    """Shows progress and a summary to people, and prints a line on standard error for every portal that is
    not well.
    """

    def done(self, report: CrawlReport) -> None:
        """Print how the crawl ended."""
        self.clear()
        if self.is_shown:
            show_summary(report.results)
            if report.texts is not None:
                click.echo(f"\n{files_line(sum(result.files for result in report.results), report.texts)}")
        if self.is_shown and sys.stderr.isatty():
            return  # there the summary stands already
        for result in report.results:
            if result.outcome not in HEALTHY:
                complain(f"{result.site}: {result.outcome}: {result.reason}")


def _document(report: CrawlReport, db: Path) -> dict[str, object]:
    return {
        "exit_code": report.exit_code,
        "db": str(db),
        "archive": [str(path) for path in report.archive],
        "left_out": report.left_out,
        "unfinished": report.unfinished,
        "portals": [asdict(result) for result in report.results],
    }


def _show(report: CrawlReport) -> None:
    """Say what was made, and what is not in it."""
    for path in report.archive:
        click.echo(f"archive: {path} ({path.stat().st_size:,} bytes)")
    if report.left_out and report.archive:
        click.echo(f"left out: {report.left_out} (logs/left-out.jsonl in the archive lists them)")
