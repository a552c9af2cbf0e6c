"""Checks of the registered portals, each on its own and between them, without the network."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from urllib.parse import urljoin, urlsplit

from wardcrawler.crawling.portals.rows import Problem, names_unit
from wardcrawler.crawling.spider.declaration import DeclarationError, check_declaration, place_of
from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.units.register import REFORM, by_code


def check_portals(classes: Iterable[type[Portal]]) -> Iterator[Problem]:
    """Yield everything that is wrong with ``classes``, each on its own first, then between them."""
    named: dict[str, type[Portal]] = {}
    hosts: dict[str, str] = {}
    for cls in classes:
        if named.setdefault(cls.name, cls) is not cls:
            yield Problem(cls.name, place_of(cls), f"{place_of(named[cls.name])} has this name already")
        problems = list(_alone(cls))
        yield from (Problem(cls.name, place_of(cls), words) for words in problems)
        for host in dict.fromkeys((urlsplit(cls.base_url).netloc.lower(), *cls.hosts)):
            if hosts.setdefault(host, cls.name) != cls.name:
                yield Problem(cls.name, place_of(cls), f"{host} is also a host of {hosts[host]}")
    for cls in named.values():
        if words := _successor_problem(cls, named):
            yield Problem(cls.name, place_of(cls), words)


def _alone(cls: type[Portal]) -> Iterator[str]:
    try:
        check_declaration(cls)
    except DeclarationError as error:
        yield str(error)
        return
    yield from _section_problems(cls)
    yield from _unit_problems(cls)


def _section_problems(cls: type[Portal]) -> Iterator[str]:
    declared = {urlsplit(cls.base_url).netloc.lower(), *cls.hosts}
    titles: dict[str, str] = {}
    for title, path in cls.sections.items():
        address = urljoin(cls.base_url, path)
        if urlsplit(address).netloc.lower() not in declared:
            yield f"section '{title}' leads to another host: {address}"
        if address in titles:
            yield f"sections '{titles[address]}' and '{title}' are one: {path}"
        titles[address] = title


def _unit_problems(cls: type[Portal]) -> Iterator[str]:
    if cls.unit_code is None:
        return
    day = date.fromisoformat(cls.unit_valid_from) if cls.unit_valid_from else REFORM - timedelta(days=1)
    time = "since" if cls.unit_valid_from else "before"
    unit = by_code(cls.unit_code, day)
    if unit is None:
        yield f"no unit of {time} the reform has the code {cls.unit_code}"
        return
    if unit.level != cls.level:
        yield f"unit {unit.code} is {unit.name}, a {unit.level}, not a {cls.level}"
    if not names_unit(cls.title, unit):
        yield (
            f"unit {unit.code} of {time} the reform is {unit.name}, "
            f"which the title '{cls.title}' does not name"
        )


def _successor_problem(cls: type[Portal], named: dict[str, type[Portal]]) -> str | None:
    passed = [cls.name]
    while (following := named[passed[-1]].successor) is not None:
        if following not in named:
            return None if len(passed) > 1 else f"its successor '{following}' is not registered"
        if following in passed:
            return f"its successors run in a circle: {' → '.join([*passed, following])}"
        passed.append(following)
    return None
