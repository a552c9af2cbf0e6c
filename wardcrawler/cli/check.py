"""``wardcrawler check``: are the portal classes as they should be?"""

import sys

import click

from wardcrawler.cli import exits
from wardcrawler.cli.options import complain
from wardcrawler.crawling.portals.check import check_portals, load_classes
from wardcrawler.crawling.portals.registry import UnknownPortal, find_portals, project_settings


@click.command(short_help="Check the portal classes, without the network.")
@click.argument("site", nargs=-1)
def check(site: tuple[str, ...]) -> None:
    """Check the portal classes, or those of some portals, without the network.

    Constants are well formed, names and hosts are one portal's each, unit codes exist and fit title and
    level, successors are registered. Exit code 2 with a line for each problem.
    """
    classes, problems = [], []
    for package in project_settings().getlist("SPIDER_MODULES"):
        found, broken = load_classes(package)
        classes += found
        problems += broken
    problems += check_portals(classes)
    named = {cls.name: cls for cls in classes}
    try:
        others = named.keys() - {portal.name for portal in find_portals(site or named, named)}
    except UnknownPortal as error:
        raise click.UsageError(str(error)) from None
    told = [problem for problem in problems if problem.name not in others]
    for problem in told:
        complain(f"{problem.name}: {problem.words}")
    if told:
        sys.exit(exits.USAGE)
    if sys.stdout.isatty():
        click.echo(f"{len(site or classes)} portals, nothing wrong")
