"""Registered portals: list, choose and check them, without the network."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scrapy.settings import Settings

from wardcrawler.api.errors import InputError
from wardcrawler.api.options import PortalChoice
from wardcrawler.crawling.portals.adhoc import portal_at
from wardcrawler.crawling.portals.check import check_portals
from wardcrawler.crawling.portals.registry import (
    UnknownPortal,
    find_portals,
    load_portals,
    project_settings,
    select_portals,
)
from wardcrawler.crawling.portals.rows import Problem
from wardcrawler.crawling.runs.outcome import RunResult
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
    """The registered portals, by name. ``problems`` says in a line each, with file and line, what is wrong
    with rows and modules whose portals are missing.
    """

    portals: list[PortalRow]
    problems: list[str]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Portal classes to crawl, and a result, ``error``, for each row or module that is wrong though its
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
    *,
    level: str | None = None,
    province: str | None = None,
    status: str | None = None,
    files: Sequence[Path] = (),
) -> Registered:
    """Return the registered portals, those in ``files`` too, in the order of their names, or those alone that
    match.
    """
    portals, problems = load_portals(project_settings(files))
    wanted = {"level": level, "province": province, "status": status}
    rows = [
        _row(portal)
        for portal in portals.values()
        if all(value is None or getattr(portal, key) == value for key, value in wanted.items())
    ]
    return Registered(rows, [str(problem) for problem in problems])


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

    Which are registered say ``settings``, by default the project's with ``choice.files``. Where portals are
    named, ``warn`` is told of each row and module that is wrong. Raises :class:`InputError` for an
    unknown name, with the closest ones; a selection that no portal matches; what is no address; a choice in
    no way or in several.
    """
    _require_one_way(choice)
    if choice.url:
        try:
            return Chosen([portal_at(choice.url, choice.sections, choice.platform)])
        except ValueError as error:
            raise InputError(str(error)) from None
    portals, problems = load_portals(settings or project_settings([Path(file) for file in choice.files]))
    if choice.names:
        _warn_of(problems, warn)
    try:
        chosen = _chosen(choice, portals)
    except (UnknownPortal, ValueError) as error:
        raise InputError(str(error)) from None
    if not chosen:
        _warn_of(problems, warn)
        wanted = (
            f"no portal matches {choice.select}"
            if choice.select
            else "no portal is registered that is not retired"
        )
        raise InputError(f"{wanted}; 'wardcrawler sites' lists them all")
    if choice.names:
        return Chosen(chosen)
    return Chosen(chosen, [RunResult(problem.name, "error", str(problem)) for problem in problems])


def _require_one_way(choice: PortalChoice) -> None:
    if (choice.sections or choice.platform) and not choice.url:
        raise InputError("sections and platform go with url")
    if sum(map(bool, (choice.names, choice.everything, choice.select, choice.url))) != 1:
        raise InputError("choose portals in one way: names, everything, select or url")


def _warn_of(problems: Sequence[Problem], warn: Callable[[str], None]) -> None:
    for problem in problems:
        warn(str(problem))


def _chosen(choice: PortalChoice, portals: dict[str, type[Portal]]) -> list[type[Portal]]:
    if choice.names:
        return find_portals(choice.names, portals)
    if choice.select:
        return select_portals(choice.select, portals)
    return [portal for portal in portals.values() if portal.status != "retired"]


def check(names: Sequence[str] = (), *, files: Sequence[Path] = ()) -> Checked:
    """Check the registered portals, those in ``files`` too, or those named, and return what is wrong.

    Constants are well formed, names and hosts are one portal's each, unit codes exist and fit title and
    level, successors are registered. A row that cannot be read and a module that cannot be imported are
    problems of their own. Raises :class:`InputError` for an unknown name.
    """
    portals, problems = load_portals(project_settings(files))
    problems += check_portals(portals.values())
    wrong = {problem.name for problem in problems}
    try:
        find_portals([name for name in names if name not in wrong], portals)
    except UnknownPortal as error:
        raise InputError(str(error)) from None
    others = portals.keys() - set(names) if names else set()
    return Checked(len(names or portals), [problem for problem in problems if problem.name not in others])
