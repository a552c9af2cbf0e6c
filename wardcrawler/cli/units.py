"""``wardcrawler units``: an administrative unit before the reform of July 2025 and after it."""

import sys
from collections.abc import Iterator, Sequence
from typing import Any

import click
from rich.console import Console

from wardcrawler.cli.options import json_option
from wardcrawler.cli.output.text import complain, print_json
from wardcrawler.exit_codes import USAGE
from wardcrawler.units import Match, Unit, address, find


@click.command(short_help="Say what an administrative unit was and what it is now.")
@click.argument("name", nargs=-1, required=True)
@json_option
def units(name: tuple[str, ...], as_json: bool) -> None:
    """Say what an administrative unit was before July 2025 and what it is now.

    NAME is written as people do: "Phường 9, Quận Tân Bình", p.9 q.tan binh, "xã Trà Linh". One that fits
    several units lists them. One that does not exist is refused with what comes nearest, exit code 2.
    Without a terminal: lines of relation, code, first day, first day no longer, full name, tab-separated.
    """
    match = find(" ".join(name))
    if as_json:
        print_json(_document(match))
    elif sys.stdout.isatty() and match.units:
        _show(match)
    else:
        for line in _lines(match):
            click.echo(line)
    if not match.units:
        if not as_json:
            _refuse(match)
        sys.exit(USAGE)


def _document(match: Match) -> dict[str, Any]:
    return {
        "name": match.text,
        "units": [_row(unit) for unit in match.units],
        "then": [_row(unit) for unit in match.then],
        "now": [_row(unit) for unit in match.now],
        "reason": match.reason or None,
        "nearest": [_row(unit) for unit in match.nearest],
        "continued_by": _row(match.continued_by) if match.continued_by else None,
    }


def _row(unit: Unit) -> dict[str, Any]:
    return {
        "code": unit.code,
        "name": unit.name,
        "level": unit.level,
        "address": address(unit),
        "valid_from": unit.valid_from.isoformat() if unit.valid_from else None,
        "valid_to": unit.valid_to.isoformat() if unit.valid_to else None,
        "resolution": unit.resolution,
    }


def _lines(match: Match) -> Iterator[str]:
    """Yield tab-separated lines: ``candidate`` lines for an ambiguous name, else ``then`` and ``now``."""
    relations: tuple[tuple[str, Sequence[Unit]], ...] = (("then", match.then), ("now", match.now))
    if len(match.units) > 1:
        relations = (("candidate", match.units),)
    for relation, found in relations if match.units else ():
        for unit in found:
            row = _row(unit)
            cells = (relation, unit.code, row["valid_from"] or "", row["valid_to"] or "", row["address"])
            yield "\t".join(cells)


def _show(match: Match) -> None:
    console = Console(highlight=False, soft_wrap=True)
    if len(match.units) > 1:
        console.print(f"{len(match.units)} units are called so; name the one above it too:", markup=False)
        for unit in match.units:
            console.print(f"  [dim]{unit.code:>5}  {_period(unit):<15}[/]  {address(unit)}")
        return
    for heading, found in (("until 30 June 2025", match.then), ("since 1 July 2025", match.now)):
        console.print(f"[dim]{heading}[/]")
        for unit in found:
            style = "bold" if unit == match.unit else "default"
            console.print(f"  [{style}]{address(unit)}[/]  [dim]{unit.level}, code {unit.code}[/]")
            if unit.resolution:
                console.print(f"    [dim]resolution {unit.resolution}[/]")


def _period(unit: Unit) -> str:
    return "until June 2025" if unit.valid_to else "since July 2025"


def _refuse(match: Match) -> None:
    complain(match.reason)
    if match.continued_by:
        now = "; ".join(address(unit) for unit in match.now)
        click.echo(f"  later part of {address(match.continued_by)}, now {now}", err=True)
        return
    for unit in match.nearest:
        click.echo(f"  perhaps {address(unit)} ({_period(unit)}, code {unit.code})", err=True)
