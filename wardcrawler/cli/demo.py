"""``wardcrawler demo``: the whole stream, without a network."""

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from wardcrawler.attachments.media import PDF
from wardcrawler.attachments.readers.sandbox import missing_reader
from wardcrawler.cli.crawl import crawl_settings, exit_code, run_crawl
from wardcrawler.cli.options import open_to_read
from wardcrawler.cli.serve import INSTALL as INSTALL_PAGES
from wardcrawler.cli.serve import has_pages
from wardcrawler.crawling.runs.result import RunResult
from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.extraction.structure.article import INSTALL, has_library
from wardcrawler.platforms.generic import Generic
from wardcrawler.platforms.registry import PLATFORMS
from wardcrawler.replica import Replica
from wardcrawler.replica.families.family import FamilyPortal
from wardcrawler.replica.families.registry import ALL_PORTALS
from wardcrawler.replica.portals import ReplicaPortal
from wardcrawler.store import Database

_DB = Path("output/demo.db")

_FEW_FILES = ("WARDCRAWLER_FILES_MOST=1", "WARDCRAWLER_FILES_AT_ONCE=100")
"""Reading a file takes a process and a tenth of a second: the demo shows it with one of each portal."""


def portal_class(portal: ReplicaPortal | FamilyPortal, address: str) -> type[Portal]:
    """The portal class of a replica portal that listens at ``address``."""
    constants = {
        "name": f"replica-{portal.name}",
        "title": portal.title,
        "level": portal.level,
        "province": portal.province,
        "base_url": address,
        "platform": PLATFORMS[portal.variant],
        "sections": portal.sections,
        "__doc__": f"{portal.title}, the replica.",
    }
    return type("ReplicaPortal", (Portal,), constants)


def left_out() -> tuple[str, ...]:
    """The portals the demo cannot read: those of unknown make, where the library for them is missing."""
    unreadable = () if has_library() else (Generic.name,)
    return tuple(portal.name for portal in ALL_PORTALS if portal.variant in unreadable)


@click.command(short_help="Crawl imitation portals on this machine, without a network.")
@click.option("--db", type=click.Path(path_type=Path), default=_DB, show_default=True, help="The database.")
def demo(db: Path) -> None:
    """Crawl imitation portals on this machine, with a file of each, and show what is found; no network.

    They run on the platforms that real ones run on, and have what those have: paging, junk, duplicates,
    wrong charsets, challenge pages, endless calendars. A second run finds nothing new.
    """
    settings = crawl_settings(db, delay=0, attachments=True, overrides=_FEW_FILES)
    with Replica() as replica:
        portals = [
            portal_class(portal, replica.address(portal.name))
            for portal in ALL_PORTALS
            if portal.name not in left_out()
        ]
        results = run_crawl(portals, settings, {}, db=db)
    _tell(db, results)
    sys.exit(exit_code(results))


def _tell(db: Path, results: Sequence[RunResult]) -> None:
    database = open_to_read(db)
    articles, pages = database.execute(
        "SELECT count(DISTINCT article_id), count(article_id) FROM pages"
    ).fetchone()
    click.echo(
        f"\n{len(results)} portals, {sum(result.requests for result in results)} requests: "
        f"{sum(result.new for result in results)} new articles. {db} holds {articles} articles\n"
        f"at {pages} addresses: {pages - articles} times a text was known already and was not stored again."
    )
    for name in left_out():
        click.echo(f"Left out: replica-{name}, a portal of unknown make. To read such: {INSTALL}")
    _tell_refused(database)
    program, tool = _beside_us("wardcrawler"), _beside_us("sqlite-utils")
    quoted = shlex.quote(str(db))
    searches = [f'  {program} search "dan van" --db {quoted}']
    if missing := missing_reader(PDF.type):
        click.echo(f"PDF files were kept and not read: {missing}")
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


def _tell_refused(database: Database) -> None:
    rows = database.execute(
        "SELECT site, failure, count(*) FROM pages WHERE failure IS NOT NULL "
        "GROUP BY site, failure ORDER BY site, failure"
    ).fetchall()
    if rows:
        click.echo("\nNot stored, and why (the addresses are kept for the next run):")
    for site, failure, count in rows:
        reason, _, words = failure.partition(": ")
        click.echo(f"  {site:<28} {reason:<14}{count:>2}  {words}")


def _beside_us(program: str) -> str:
    """How the person who started us can start ``program`` of the same environment."""
    started = Path(sys.argv[0])
    beside = started.with_name(program)
    return shlex.quote(str(beside)) if started.parent != Path() and beside.exists() else program
