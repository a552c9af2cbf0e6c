"""``wardcrawler check``: are the portals declared as they should be?"""

import sys
from pathlib import Path

import click

from wardcrawler.cli import exits
from wardcrawler.cli.options import complain, own_portals_option
from wardcrawler.crawling.portals.check import check_portals
from wardcrawler.crawling.portals.registry import UnknownPortal, find_portals, load_portals, project_settings


@click.command(short_help="Check the registered portals, without the network.")
@click.argument("site", nargs=-1)
@own_portals_option
def check(site: tuple[str, ...], own: tuple[Path, ...]) -> None:
    """Check the rows and classes of all portals, or of some, without the network.

    Constants are well formed, names and hosts are one portal's each, unit codes exist and fit title and
    level, successors are registered. Exit code 2 with a line for each problem: file and line, portal, words.
    """
    portals, problems = load_portals(project_settings(own))
    problems += check_portals(portals.values())
    wrong = {problem.name for problem in problems}
    try:
        find_portals([name for name in site if name not in wrong], portals)
    except UnknownPortal as error:
        raise click.UsageError(str(error)) from None
    others = portals.keys() - set(site) if site else set()
    told = [problem for problem in problems if problem.name not in others]
    for problem in told:
        complain(str(problem))
    if told:
        sys.exit(exits.USAGE)
    if sys.stdout.isatty():
        click.echo(f"{len(site or portals)} portals, nothing wrong")
