"""``wardcrawler demo``: the whole stream, without a network."""

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from wardcrawler.api import demo as demonstration
from wardcrawler.api.crawl.run import RunResult
from wardcrawler.api.demo import Found, Refused
from wardcrawler.cli.crawl import CrawlScreen
from wardcrawler.cli.options import command_line
from wardcrawler.cli.output.text import is_for_people
from wardcrawler.cli.serve import INSTALL as INSTALL_PAGES
from wardcrawler.cli.serve import has_pages

_DB = Path("output/demo.db")


@click.command(short_help="Crawl imitation portals on this machine, without a network.")
@click.option("--db", type=click.Path(path_type=Path), default=_DB, show_default=True, help="The database.")
def demo(db: Path) -> None:
    """Crawl imitation portals on this machine, with a file of each, and show what is found; no network.

    They run on the platforms that real ones run on, and have what those have: paging, junk, duplicates,
    wrong charsets, challenge pages, endless calendars. A second run finds nothing new.
    """
    with CrawlScreen(is_shown=is_for_people(quiet=False)) as screen:
        report = demonstration.crawl_replica(db, command=command_line(), listener=screen)
    _tell(db, report.results)
    sys.exit(report.exit_code)


def _tell(db: Path, results: Sequence[RunResult]) -> None:
    found = demonstration.found_in(db)
    click.echo(
        f"\n{len(results)} portals, {sum(result.requests for result in results)} requests: "
        f"{sum(result.new for result in results)} new articles. {db} holds {found.articles} articles\n"
        f"at {found.pages} addresses: {found.pages - found.articles} times a text was known already and was "
        "not stored again."
    )
    for name in found.unread_portals:
        click.echo(
            f"Left out: replica-{name}, a portal of unknown make. To read such: {demonstration.INSTALL}"
        )
    _tell_refused(found.refused)
    _tell_queries(db, found)


def _tell_queries(db: Path, found: Found) -> None:
    program, tool = _beside_us("wardcrawler"), _beside_us("sqlite-utils")
    quoted = shlex.quote(str(db))
    searches = [f'  {program} search "dan van" --db {quoted}']
    if found.pdf_problem:
        click.echo(f"PDF files were kept and not read: {found.pdf_problem}")
    else:
        searches.append(f'  # words of attached files\n  {program} search "sét viên" --db {quoted}')
    listed = "\n\n".join(searches)
    click.echo(f"""
To look at it in a browser{_what_pages_need()}:

  {program} serve --db {quoted}

{"Four" if len(searches) > 1 else "Three"} queries to try:

{listed}

  {tool} query {quoted} --table "
    select substr(published_at, 1, 10) as day, site, title from records
    order by published_at desc limit 10"

  {tool} query {quoted} --table "
    select title, count(*) as places, group_concat(site) as sites
    from records group by id having places > 1"
""")


def _what_pages_need() -> str:
    return "" if has_pages() else f" (first: {INSTALL_PAGES})"


def _tell_refused(refused: Sequence[Refused]) -> None:
    if refused:
        click.echo("\nNot stored, and why (the addresses are kept for the next run):")
    for site, reason, words, count in refused:
        click.echo(f"  {site:<28} {reason:<14}{count:>2}  {words}")


def _beside_us(program: str) -> str:
    """Return how the person who started us can start ``program`` of the same environment."""
    started = Path(sys.argv[0])
    beside = started.with_name(program)
    return shlex.quote(str(beside)) if started.parent != Path() and beside.exists() else program
