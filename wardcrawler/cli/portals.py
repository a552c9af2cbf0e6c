"""``wardcrawler sites``, ``check`` and ``probe``: portals, registered ones and others."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from wardcrawler.api import portals
from wardcrawler.api.portals import LEVELS, STATUSES, PortalRow
from wardcrawler.api.probe import TLS, Probed, level_in, portal_row, probe_page, probe_portal
from wardcrawler.cli.options import Command, json_option, own_portals_option, require_address
from wardcrawler.cli.output.text import as_exact, complain, print_json
from wardcrawler.exit_codes import USAGE
from wardcrawler.items import Article

# --- sites -------------------------------------------------------------------------------------------------


@click.command(short_help="List the registered portals.")
@click.option("--level", type=click.Choice(LEVELS), help="Only portals of this level.")
@click.option("--province", help="Only portals of this province, e.g. hcm.")
@click.option("--status", type=click.Choice(STATUSES), help="Only portals of this status.")
@own_portals_option
@json_option
def sites(
    level: str | None, province: str | None, status: str | None, files: tuple[Path, ...], as_json: bool
) -> None:
    """List the registered portals."""
    found = portals.registered(level=level, province=province, status=status, files=files)
    for words in found.problems:
        complain(words)
    if as_json:
        print_json([asdict(portal) for portal in found.portals])
    elif sys.stdout.isatty():
        _show_portals(found.portals)
    else:
        for portal in found.portals:
            cells = (portal.name, portal.title, portal.level, portal.base_url, portal.status)
            click.echo("\t".join(cells))


def _show_portals(found: Sequence[PortalRow]) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("name", "title", "level", "platform", "address", "status"):
        table.add_column(column, overflow="fold")
    for portal in found:
        table.add_row(
            portal.name, portal.title, portal.level, portal.platform, portal.base_url, portal.status
        )
    Console().print(table)
    click.echo(f"{len(found)} portals")


# --- check -------------------------------------------------------------------------------------------------


@click.command(cls=Command, short_help="Check the registered portals, without the network.")
@click.argument("site", nargs=-1)
@own_portals_option
def check(site: tuple[str, ...], files: tuple[Path, ...]) -> None:
    """Check the rows and classes of all portals, or of some, without the network.

    Constants are well formed, names and hosts are one portal's each, unit codes exist and fit title and
    level, successors are registered. Exit code 2 with a line for each problem: file and line, portal, words.
    """
    checked = portals.check(site, files=files)
    for problem in checked.problems:
        complain(str(problem))
    if checked.problems:
        sys.exit(USAGE)
    if sys.stdout.isatty():
        click.echo(f"{checked.portals} portals, nothing wrong")


# --- probe -------------------------------------------------------------------------------------------------


@click.command(cls=Command, short_help="Say which platform a portal is, print the row to paste.")
@click.argument("target", metavar="URL|FILE")
@click.option("--url", help="With FILE: the address the page was saved from.")
@click.option("--delay", type=click.FloatRange(min=0), metavar="S", help="Seconds between requests. [1]")
@click.option("--user-agent", metavar="TEXT", help="Who we say we are; name a contact.")
@click.option("--tls", type=click.Choice(TLS), default=TLS[0], help="How far to trust its TLS. [verified]")
def probe(target: str, url: str | None, delay: float | None, user_agent: str | None, tls: str) -> None:
    """Say which platform a portal is, with the evidence, its sections and a sample record, and print the
    row to paste into spiders/portals.csv, or with its heading into a file of your own. Nothing is stored.

    URL is asked as politely as in a crawl, some 20 pages at most; a saved page (FILE) is read alone. Exit
    code 2, with one line, when the portal cannot be reached or its platform is not known.
    """
    file = Path(target)
    if file.is_file():
        if not url:
            raise click.UsageError("--url is needed with a file: the address it was saved from")
        require_address(url)
        probed = probe_page(file.read_bytes(), url)
    else:
        probed = probe_portal(target, delay=delay, user_agent=user_agent, tls=tls)
    if probed.platform is None:
        complain(probed.problem or f"{target}: no page came")
        sys.exit(USAGE)
    for line in _report(probed, tls):
        click.echo(line)


def _report(probed: Probed, tls: str) -> Iterator[str]:
    if probed.score is not None:
        yield f"platform  {probed.platform} (score {probed.score} of 100)"
        yield from (f"          {reason}" for reason in probed.reasons)
    yield "sections"
    for title, url in probed.sections.items():
        yield f"          {title or 'home page'}  {url}"
    if not probed.sections:
        yield "          none found"
    yield "sample"
    yield from (f"          {line}" for line in _sample(probed.sample))
    yield "row       for spiders/portals.csv; with its heading a file of your own, for crawl --portals FILE"
    yield "          'wardcrawler units NAME' tells the unit_code; with that, title and level may stay empty"
    yield "          no sections: a crawl asks the portal for all of its lists"
    if not level_in(probed.page_title):
        yield f"          the title tells no level: end the row with one of {', '.join(LEVELS)}"
    yield ""
    yield portal_row(probed, tls).rstrip("\n")


def _sample(article: Article | None) -> Iterator[str]:
    if article is None:
        yield "no article found"
        return
    yield article.url
    yield article.title
    yield as_exact(article.published_at, article.date_precision) or f"no date: {article.date_reason}"
    yield f"{len(article.body)} characters, {len(article.attachments)} files, {len(article.images)} pictures"
