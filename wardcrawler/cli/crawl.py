"""``wardcrawler crawl``: incremental crawls of registered portals or of any address."""

import shlex
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from wardcrawler.archives.recording.archive import check_path
from wardcrawler.attachments.readers.result import Status
from wardcrawler.attachments.vault import Vault
from wardcrawler.cli import exits
from wardcrawler.cli.alerting import alerts_of
from wardcrawler.cli.archiving import Archiving
from wardcrawler.cli.file_texts import read_files
from wardcrawler.cli.linking import link
from wardcrawler.cli.options import (
    complain,
    db_option,
    is_for_people,
    json_option,
    loudness_options,
    own_portals_option,
    pace_options,
    portals_options,
    print_json,
)
from wardcrawler.cli.progress import Progress
from wardcrawler.cli.summary import show_summary
from wardcrawler.crawling.middlewares.contact import require_contact, state_contact
from wardcrawler.crawling.middlewares.tls import TLS
from wardcrawler.crawling.portals.adhoc import portal_at
from wardcrawler.crawling.portals.host_groups import host_groups
from wardcrawler.crawling.portals.registry import (
    UnknownPortal,
    find_portals,
    load_portals,
    project_settings,
    select_portals,
)
from wardcrawler.crawling.process import crawl as crawl_portals
from wardcrawler.crawling.runs.log import log_path, start_log
from wardcrawler.crawling.runs.outcome import HEALTHY, SUCCESSFUL
from wardcrawler.crawling.runs.result import RunResult
from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.crawling.workers.limits import available_cores
from wardcrawler.crawling.workers.parent import crawl_in_workers
from wardcrawler.store.database.lock import RunLock
from wardcrawler.store.database.pool import held
from wardcrawler.store.tables.runs import require_clock

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command(short_help="Fetch what is new on portals, store each text once.")
@portals_options
@own_portals_option
@click.option("--since", type=_DAY, help="Only articles published on this day or later.")
@click.option("--until", type=_DAY, help="Only articles published on this day or earlier.")
@click.option("--full", is_flag=True, help="Walk every section to its end, fetch known articles again.")
@pace_options
@click.option(
    "--attachments/--no-attachments",
    default=None,
    help="Fetch the files that articles link to, and read their texts. [no]",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="S",
    help="Close a portal's crawl after so many seconds; the next run goes on. [4 hours]",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Worker processes for several portals. [the cores there are]",
)
@click.option(
    "--archive",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Keep every answer as it came: a file that ends in .wacz or .warc.gz.",
)
@click.option("--set", "overrides", multiple=True, metavar="KEY=VALUE", help="A Scrapy setting.")
@db_option
@loudness_options
@json_option
def crawl(
    site: tuple[str, ...],
    all_: bool,
    select: str | None,
    url: str | None,
    sections: tuple[str, ...],
    platform: str | None,
    own: tuple[Path, ...],
    since: datetime | None,
    until: datetime | None,
    full: bool,
    limit: int | None,
    delay: float | None,
    user_agent: str | None,
    attachments: bool | None,
    timeout: float | None,
    jobs: int | None,
    archive: Path | None,
    overrides: tuple[str, ...],
    db: Path,
    quiet: bool,
    verbose: bool,
    as_json: bool,
) -> None:
    """Fetch what is new on portals and store it, each text once.

    Name portals (see `wardcrawler sites`), or give --all, --select, or --url with --section. Silent
    without a terminal when all is well; errors on standard error; the log in logs/ beside the database.
    """
    if (sections or platform) and not url:
        raise click.UsageError("--section and --platform go with --url")
    if since and until and since > until:
        raise click.UsageError(f"--since {since:%Y-%m-%d} is after --until {until:%Y-%m-%d}")
    settings = crawl_settings(
        db,
        delay=delay,
        user_agent=user_agent,
        timeout=timeout,
        attachments=attachments,
        overrides=overrides,
        own=own,
    )
    portals, missing = choose(site, all_, select, url, sections, platform, settings)
    if archive is not None:
        check_path(archive, "crawl")
    arguments = {"since": _day(since), "until": _day(until), "limit": limit, "full": full}
    with alerts_of(settings, db) as alerts:
        refuse_without_contact(portals, settings)
        results = run_crawl(
            portals, settings, arguments, db=db, jobs=jobs, missing=missing, quiet=quiet, verbose=verbose,
            as_json=as_json, archive=Archiving(archive, "crawl") if archive else None,
        )  # fmt: skip
        code = exit_code(results)
        alerts.conclude(code, results)
    if as_json:
        print_json({"exit_code": code, "db": str(db), "portals": [asdict(result) for result in results]})
    sys.exit(code)


def _day(value: datetime | None) -> date | None:
    return value.date() if value else None


def choose(
    names: Sequence[str],
    all_: bool,
    select: str | None,
    url: str | None,
    sections: Sequence[str],
    platform: str | None,
    settings: Settings,
) -> tuple[list[type[Portal]], list[RunResult]]:
    """The portals asked for, and an error for each row or module whose portals are missing among them."""
    if sum((bool(names), all_, bool(select), bool(url))) != 1:
        raise click.UsageError("give portal names, or --all, or --select, or --url")
    if url:
        try:
            return [portal_at(url, sections, platform)], []
        except ValueError as error:
            raise click.UsageError(str(error)) from None
    portals, problems = load_portals(settings)
    if names:
        for problem in problems:
            complain(str(problem))
    try:
        chosen = _chosen(names, select, portals)
    except (UnknownPortal, ValueError) as error:
        raise click.UsageError(str(error)) from None
    if not chosen:
        for problem in problems:
            complain(str(problem))
        wanted = f"no portal matches {select}" if select else "no portal is registered that is not retired"
        raise click.UsageError(f"{wanted}; 'wardcrawler sites' lists them all")
    if names:
        return chosen, []
    return chosen, [RunResult(problem.name, "error", str(problem)) for problem in problems]


def _chosen(names: Sequence[str], select: str | None, portals: dict[str, type[Portal]]) -> list[type[Portal]]:
    if names:
        return find_portals(names, portals)
    if select:
        return select_portals(select, portals)
    return [portal for portal in portals.values() if portal.status != "retired"]


def crawl_settings(
    db: Path,
    *,
    delay: float | None = None,
    user_agent: str | None = None,
    attachments: bool | None = None,
    timeout: float | None = None,
    overrides: Sequence[str] = (),
    own: Sequence[Path] = (),
) -> Settings:
    """The project's settings with those of the command line, ``overrides`` (KEY=VALUE) winning. ``own`` are
    files of a person's own portals.

    A delay asked for by a person is kept as it is: AutoThrottle is off then. robots.txt still counts.
    """
    settings = project_settings(own)
    settings.set("WARDCRAWLER_DB", str(db), priority="cmdline")
    settings.set("WARDCRAWLER_COMMAND", shlex.join(["wardcrawler", *sys.argv[1:]]), priority="cmdline")
    if delay is not None:
        settings.set("DOWNLOAD_DELAY", delay, priority="cmdline")
        settings.set("AUTOTHROTTLE_ENABLED", False, priority="cmdline")
    if user_agent:
        settings.set("USER_AGENT", user_agent, priority="cmdline")
    if attachments is not None:
        settings.set("WARDCRAWLER_ATTACHMENTS", attachments, priority="cmdline")
    if timeout is not None:
        settings.set("CLOSESPIDER_TIMEOUT", timeout, priority="cmdline")
    for override in overrides:
        key, equals, value = override.partition("=")
        if not equals or not key.isupper():
            raise click.UsageError(f"--set {override}: expected a Scrapy setting as KEY=VALUE")
        try:
            settings.set(key, value, priority="cmdline")
        except ValueError as error:  # settings that are dictionaries are given as JSON
            raise click.UsageError(f"--set {override}: {error}") from None
    if (tls := settings.get("WARDCRAWLER_TLS")) and tls not in TLS:
        raise click.UsageError(f"--set WARDCRAWLER_TLS={tls}: expected one of {', '.join(TLS)}")
    state_contact(settings, priority="cmdline")
    return settings


def refuse_without_contact(portals: Sequence[type[Portal]], settings: Settings) -> None:
    """Raise ``click.UsageError`` where portals must not be asked without a contact in the user agent."""
    try:
        require_contact([portal.base_url for portal in portals], settings)
    except UsageError as error:
        raise click.UsageError(str(error)) from None


def run_crawl(
    portals: Sequence[type[Portal]],
    settings: Settings,
    arguments: dict[str, Any],
    *,
    db: Path,
    jobs: int | None = None,
    missing: Sequence[RunResult] = (),
    quiet: bool = False,
    verbose: bool = False,
    as_json: bool = False,
    archive: Archiving | None = None,
) -> list[RunResult]:
    """Crawl under the database's lock, with progress and a summary for people and one line on standard
    error for every portal that is not well. ``missing`` are results of portals that cannot be crawled.
    Raises ``DatabaseProblem`` before anything is fetched.

    One host is crawled in this process, several in up to ``jobs`` others (default: the cores there are).
    ``archive`` is told of the beginning and the end, and may leave out portals it has already.
    """
    for_people = is_for_people(quiet, as_json) and not verbose
    results: list[RunResult] = []
    # A database that cannot be used is said before any request.
    with RunLock(db) as lock, held(db) as database:
        if not settings.getbool("WARDCRAWLER_TRUST_CLOCK"):
            require_clock(database)
        start_log(log_path(db), verbose)
        if archive is not None:
            portals = archive.begin(database, portals, settings)
        groups = host_groups(portals)
        with_files, texts = settings.getbool("WARDCRAWLER_ATTACHMENTS"), Counter[Status]()
        if with_files:
            Vault(db).sweep()
        with Progress(len(portals), is_shown=for_people) as progress:
            if len(groups) > 1:
                results = crawl_in_workers(
                    groups, settings, arguments, jobs=jobs or available_cores(), db=database,
                    listener=progress, keep_open=[lock.descriptor], verbose=verbose,
                )  # fmt: skip
            elif groups:
                results = crawl_portals(portals, settings, arguments, progress)
        if archive is not None:
            archive.finish(database, results)
        if all(result.outcome != "interrupted" and not result.exit_code for result in results):
            link(database, is_shown=for_people)
            texts = read_files(database, db, settings, is_shown=for_people) if with_files else texts
    results = [*results, *missing]
    if for_people:
        show_summary(results)
        if with_files:
            told = ", ".join(f"{status} {count}" for status, count in texts.most_common()) or "none to read"
            click.echo(f"\nfiles: {sum(result.files for result in results)} kept; texts: {told}")
    if not (for_people and sys.stderr.isatty()):  # there the summary stands already
        for result in results:
            if result.outcome not in HEALTHY:
                complain(f"{result.site}: {result.outcome}: {result.reason}")
    return results


def exit_code(results: Sequence[RunResult]) -> int:
    """The exit code of a crawl of several portals: the gravest thing that happened."""
    outcomes = [result.outcome for result in results]
    storage = max((result.exit_code for result in results), default=0)
    if storage:
        return storage
    if "interrupted" in outcomes:
        return exits.INTERRUPTED
    if not any(outcome in SUCCESSFUL for outcome in outcomes):
        return exits.NONE_SUCCEEDED
    if any(outcome not in HEALTHY for outcome in outcomes):
        return exits.SOME_UNHEALTHY
    return exits.OK
