"""Registered portals: list, choose and check them, without the network."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from scrapy.settings import Settings

from wardcrawler.api.choice import PortalChoice
from wardcrawler.api.errors import InputError
from wardcrawler.crawling.portals.adhoc import portal_at
from wardcrawler.crawling.portals.check import Problem, check_portals, load_classes
from wardcrawler.crawling.portals.registry import (
    UnknownPortal,
    find_portals,
    load_portals,
    project_settings,
    select_portals,
)
from wardcrawler.crawling.runs.result import RunResult
from wardcrawler.crawling.spider.declaration import LEVELS, STATUSES
from wardcrawler.crawling.spider.portal import Portal

__all__ = [
    "LEVELS",
    "STATUSES",
    "Checked",
    "Chosen",
    "PortalChoice",
    "PortalRow",
    "Problem",
    "Registered",
    "check",
    "choose",
    "registered",
]


@dataclass(frozen=True, slots=True)
class PortalRow:
    """A registered portal. ``sections`` are paths by title; ``unit_code`` is that of its administrative unit;
    ``platform`` is None where it is recognised from the pages.
    """

    name: str
    title: str
    level: str
    province: str
    unit_code: str | None
    base_url: str
    tls: str
    platform: str | None
    status: str
    successor: str | None
    sections: dict[str, str]


@dataclass(frozen=True, slots=True)
class Registered:
    """The registered portals, by name. ``broken`` says in a line each which modules cannot be imported: their
    portals are missing.
    """

    portals: list[PortalRow]
    broken: list[str]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Portal classes to crawl, and a result, ``error``, for each module that cannot be imported though its
    portals should be among them.
    """

    portals: list[type[Portal]]
    missing: list[RunResult] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Checked:
    """So many portals were checked, and what is wrong with them."""

    portals: int
    problems: list[Problem]


def registered(
    *, level: str | None = None, province: str | None = None, status: str | None = None
) -> Registered:
    """Return the registered portals in the order of their names, or those alone that match."""
    portals, broken = load_portals()
    wanted = {"level": level, "province": province, "status": status}
    rows = [
        _row(portal)
        for portal in portals.values()
        if all(value is None or getattr(portal, key) == value for key, value in wanted.items())
    ]
    return Registered(rows, [str(module) for module in broken])


def _row(portal: type[Portal]) -> PortalRow:
    return PortalRow(
        name=portal.name,
        title=portal.title,
        level=portal.level,
        province=portal.province,
        unit_code=portal.unit_code,
        base_url=portal.base_url,
        tls=portal.tls,
        platform=portal.platform.name if portal.platform else None,
        status=portal.status,
        successor=portal.successor,
        sections=portal.sections,
    )


def choose(
    choice: PortalChoice, settings: Settings | None = None, warn: Callable[[str], None] = lambda _: None
) -> Chosen:
    """Return the classes of the portals that ``choice`` means.

    Registered ones are those of ``SPIDER_MODULES`` in ``settings``, by default the project's. Where portals
    are named, ``warn`` is told of each module that cannot be imported. Raises :class:`InputError` for an
    unknown name, with the closest ones; a selection that no portal matches; what is no address; a choice in
    no way or in several.
    """
    if (choice.sections or choice.platform) and not choice.url:
        raise InputError("sections and platform go with url")
    if sum(map(bool, (choice.names, choice.everything, choice.select, choice.url))) != 1:
        raise InputError("choose portals in one way: names, everything, select or url")
    if choice.url:
        try:
            return Chosen([portal_at(choice.url, choice.sections, choice.platform)])
        except ValueError as error:
            raise InputError(str(error)) from None
    portals, broken = load_portals(settings)
    if choice.names:
        for module in broken:
            warn(str(module))
    try:
        chosen = _chosen(choice, portals)
    except (UnknownPortal, ValueError) as error:
        raise InputError(str(error)) from None
    if not chosen:
        raise InputError(f"no portal matches {choice.select}; 'wardcrawler sites' lists them all")
    if choice.names:
        return Chosen(chosen)
    return Chosen(chosen, [RunResult(module.module, "error", str(module)) for module in broken])


def _chosen(choice: PortalChoice, portals: dict[str, type[Portal]]) -> list[type[Portal]]:
    if choice.names:
        return find_portals(choice.names, portals)
    if choice.select:
        return select_portals(choice.select, portals)
    return [portal for portal in portals.values() if portal.status != "retired"]


def check(names: Sequence[str] = ()) -> Checked:
    """Check the classes of the registered portals, or of those named, and return what is wrong.

    Constants are well formed, names and hosts are one portal's each, unit codes exist and fit title and
    level, successors are registered. A module that cannot be imported is a problem of its own. Raises
    :class:`InputError` for an unknown name.
    """
    classes: list[type[Portal]] = []
    problems: list[Problem] = []
    for package in project_settings().getlist("SPIDER_MODULES"):
        found, broken = load_classes(package)
        classes += found
        problems += broken
    problems += check_portals(classes)
    by_name = {cls.name: cls for cls in classes}
    try:
        asked = {portal.name for portal in find_portals(names or by_name, by_name)}
    except UnknownPortal as error:
        raise InputError(str(error)) from None
    others = by_name.keys() - asked
    return Checked(len(names or classes), [problem for problem in problems if problem.name not in others])
