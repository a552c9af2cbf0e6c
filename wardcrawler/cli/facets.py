"""Options that say which records: the same for every command that finds records."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import click

from wardcrawler.store.search.facets import Facets

_Command = TypeVar("_Command", bound=Callable[..., Any])
_DAY = click.DateTime(formats=["%Y-%m-%d"])


def facet_options(command: _Command) -> _Command:
    """``--site --level --province --unit --category``, each as often as wanted, ``--since`` and ``--until``.

    The command gets them by these names; :func:`facets_of` makes ``Facets`` of them.
    """
    for name, metavar, help_ in reversed(
        (
            ("--site", "NAME", "Only of this portal; may be repeated, like the next four."),
            ("--level", "LEVEL", "Only of portals of this level: ward, commune, district, province."),
            ("--province", "NAME", "Only of portals of this province, e.g. hcm."),
            ("--unit", "NAME", "Only of this unit's portal, by its name then or now, or its code."),
            ("--category", "NAME", "Only of this section of portals."),
        )
    ):
        command = click.option(name, multiple=True, metavar=metavar, help=help_)(command)
    command = click.option(
        "--until", type=_DAY, metavar="DATE", help="Only published on this day or earlier."
    )(command)
    return click.option("--since", type=_DAY, metavar="DATE", help="Only published on this day or later.")(
        command
    )


def facets_of(
    *,
    site: tuple[str, ...],
    level: tuple[str, ...],
    province: tuple[str, ...],
    unit: tuple[str, ...],
    category: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
) -> Facets:
    """The options of :func:`facet_options` as what the store understands."""
    return Facets(
        sites=site,
        levels=level,
        provinces=province,
        units=unit,
        categories=category,
        since=since.date() if since else None,
        until=until.date() if until else None,
    )
