"""``wardcrawler sites``: the registered portals."""

import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from wardcrawler.cli.options import complain, json_option, own_portals_option, print_json
from wardcrawler.crawling.portals.registry import load_portals, project_settings
from wardcrawler.crawling.spider.declaration import LEVELS, STATUSES
from wardcrawler.crawling.spider.portal import Portal

_COLUMNS = (
    "name", "title", "level", "province", "unit_code", "base_url", "tls", "platform", "status", "successor"
)  # fmt: skip


@click.command(short_help="List the registered portals.")
@click.option("--level", type=click.Choice(LEVELS), help="Only portals of this level.")
@click.option("--province", help="Only portals of this province, e.g. hcm.")
@click.option("--status", type=click.Choice(STATUSES), help="Only portals of this status.")
@own_portals_option
@json_option
def sites(
    level: str | None, province: str | None, status: str | None, own: tuple[Path, ...], as_json: bool
) -> None:
    """List the registered portals."""
    portals, problems = load_portals(project_settings(own))
    for problem in problems:
        complain(str(problem))
    wanted = {"level": level, "province": province, "status": status}
    chosen = [
        portal
        for portal in portals.values()
        if all(value is None or getattr(portal, key) == value for key, value in wanted.items())
    ]
    if as_json:
        print_json([_row(portal) for portal in chosen])
    elif sys.stdout.isatty():
        _show(chosen)
    else:
        for portal in chosen:
            click.echo(
                "\t".join(
                    str(_row(portal)[key] or "") for key in ("name", "title", "level", "base_url", "status")
                )
            )


def _row(portal: type[Portal]) -> dict[str, Any]:
    row = {column: getattr(portal, column, None) for column in _COLUMNS}
    platform = portal.platform.name if portal.platform else None
    return row | {"platform": platform, "sections": portal.sections}


def _show(portals: list[type[Portal]]) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("name", "title", "level", "platform", "address", "status"):
        table.add_column(column, overflow="fold")
    for portal in portals:
        row = _row(portal)
        table.add_row(
            row["name"], row["title"], row["level"], row["platform"], row["base_url"], row["status"]
        )
    Console().print(table)
    click.echo(f"{len(portals)} portals")
