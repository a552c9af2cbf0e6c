"""``wardcrawler archive``: a portal as a whole, before it goes dark."""

import sys
from dataclasses import asdict
from pathlib import Path

import click

from wardcrawler.archives.recording.archive import check_path
from wardcrawler.archives.recording.recorder import file_name
from wardcrawler.cli.alerting import alerts_of
from wardcrawler.cli.archiving import Archiving
from wardcrawler.cli.crawl import choose, crawl_settings, exit_code, refuse_without_contact, run_crawl
from wardcrawler.cli.options import (
    db_option,
    is_for_people,
    json_option,
    loudness_options,
    own_portals_option,
    pace_options,
    portals_options,
    print_json,
)

OWN_SETTINGS = (
    "CLOSESPIDER_PAGECOUNT=500000",  # requisites count too: a crawl's own bound would be too low
    "WARDCRAWLER_FILES_MOST=0",  # files are bounded by the archive's limits alone
    "WARDCRAWLER_FILES_BYTES=0",
)
"""What a preservation sets unless ``--set`` says otherwise."""


@click.command(short_help="Preserve portals as a whole: records and a WACZ that replays.")
@portals_options
@own_portals_option
@click.option(
    "--archive",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The WACZ. [<portal>-<date>.wacz beside the database]",
)
@click.option("--close", is_flag=True, help="Make the WACZ even if some portals are not archived whole.")
@pace_options
@click.option(
    "--attachments/--no-attachments",
    default=True,
    help="With the files that articles link to, in the WACZ and with their texts in the database. [yes]",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="S",
    help="Stop a portal after so many seconds; the same command goes on. [never]",
)
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes for several portals.")
@click.option("--set", "overrides", multiple=True, metavar="KEY=VALUE", help="A Scrapy setting.")
@db_option
@loudness_options
@json_option
def archive(
    site: tuple[str, ...],
    all_: bool,
    select: str | None,
    url: str | None,
    sections: tuple[str, ...],
    platform: str | None,
    own: tuple[Path, ...],
    archive: Path | None,
    close: bool,
    limit: int | None,
    delay: float | None,
    user_agent: str | None,
    attachments: bool,
    timeout: float | None,
    jobs: int | None,
    overrides: tuple[str, ...],
    db: Path,
    quiet: bool,
    verbose: bool,
    as_json: bool,
) -> None:
    """Fetch everything of portals, with pictures, style sheets, scripts and documents, into one WACZ file
    that other people's tools replay. Records are stored as in a crawl.

    A run that was stopped is continued by the same command: what it has is not asked for again.
    """
    if (sections or platform) and not url:
        raise click.UsageError("--section and --platform go with --url")
    settings = crawl_settings(
        db,
        delay=delay,
        user_agent=user_agent,
        attachments=attachments,
        timeout=timeout or 0,
        overrides=(*OWN_SETTINGS, *overrides),
        own=own,
    )
    portals, missing = choose(site, all_, select, url, sections, platform, settings)
    if archive is not None:
        check_path(archive, "archive")
    name = file_name(portals[0].name) if len(portals) == 1 else "portals"
    archiving = Archiving(archive, "archive", db_path=db, name=name, close=close)
    with alerts_of(settings, db) as alerts:
        refuse_without_contact(portals, settings)
        results = run_crawl(
            portals, settings, {"since": None, "until": None, "limit": limit, "full": True}, db=db, jobs=jobs,
            missing=missing, quiet=quiet, verbose=verbose, as_json=as_json, archive=archiving,
        )  # fmt: skip
        code = exit_code(results) if results else 0
        alerts.conclude(code, results)
    if as_json:
        print_json(
            {
                "exit_code": code,
                "db": str(db),
                "archive": [str(path) for path in archiving.files],
                "left_out": archiving.left_out,
                "unfinished": archiving.unfinished,
                "portals": [asdict(result) for result in results],
            }
        )
    elif is_for_people(quiet, as_json):
        for line in archiving.tell():
            click.echo(line)
    sys.exit(code)
