"""The units and what became of them, read from the tables in ``data/`` on first use."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import cast

from wardcrawler.units.unit import Level, Unit

Key = tuple[str, date | None]


@dataclass(frozen=True, slots=True)
class Register:
    """All units by key, in the order of the table: the time before first, provinces first.

    ``news`` leads from an old key to (new key, is default), ``olds`` back from a new key to old keys.
    """

    units: dict[Key, Unit]
    periods: dict[str, list[Unit]]
    news: dict[Key, list[tuple[Key, bool | None]]]
    olds: dict[Key, list[Key]]


def table(name: str) -> Iterator[list[str]]:
    """Read the rows of one table of ``data/``, without its heading."""
    with (files("wardcrawler.units") / "data" / name).open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        yield from rows


@cache
def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def register() -> Register:
    """Read units.csv and unit_successors.csv."""
    units = {}
    periods = defaultdict(list)
    for code, name, level, parent, province, valid_from, valid_to, resolution in table("units.csv"):
        unit = Unit(
            code,
            name,
            cast(Level, level),
            parent or None,
            province,
            _day(valid_from),
            _day(valid_to),
            resolution or None,
        )
        units[code, unit.valid_from] = unit
        periods[code].append(unit)
    news = defaultdict(list)
    olds = defaultdict(list)
    for old_code, old_valid_from, new_code, new_valid_from, is_default in table("unit_successors.csv"):
        old, new = (old_code, _day(old_valid_from)), (new_code, _day(new_valid_from))
        news[old].append((new, is_default == "1" if is_default else None))
        olds[new].append(old)
    return Register(units, periods, news, olds)


def key_of(unit: Unit) -> Key:
    """Return what identifies a unit."""
    return unit.code, unit.valid_from


def by_code(code: str, on: date) -> Unit | None:
    """Return the unit that had the statistics-office ``code`` on that day, None if there was none.

    Any day before 1 July 2025 is answered from the list of 30 June 2025, also a day before the unit was
    set up: the source does not tell since when it existed.
    """
    return next((unit for unit in register().periods.get(code, ()) if unit.holds_on(on)), None)


def ancestors(unit: Unit) -> tuple[Unit, ...]:
    """Return the units that ``unit`` belongs to, in its own period, lowest first: district, province."""
    found = []
    while unit.parent is not None:
        unit = register().units[unit.parent, unit.valid_from]
        found.append(unit)
    return tuple(found)


def address(unit: Unit) -> str:
    """Return the full official name: "Phường 9, Quận Tân Bình, Thành phố Hồ Chí Minh"."""
    return ", ".join(level.name for level in (unit, *ancestors(unit)))


def successors(unit: Unit) -> tuple[Unit, ...]:
    """Return the units of after the reform that took over ``unit`` or a part of it.

    Of a commune that was split, the source's default comes first (a guess by where its centre lies), the
    rest by code. A district's are all units its communes went to. Empty for a unit of after the reform.
    """
    known = register()
    links = sorted(known.news.get(key_of(unit), ()), key=lambda link: not link[1])
    return tuple(known.units[new] for new, _ in links)


def predecessors(unit: Unit) -> tuple[Unit, ...]:
    """Return the units of before the reform of which ``unit`` took over all or a part, by code.

    A district is named only where it went over as a whole without any communes (five islands): else its
    communes are named. Empty for a unit of before the reform.
    """
    known = register()
    olds = [known.units[old] for old in known.olds.get(key_of(unit), ())]
    parents = {old.parent for old in olds}
    return tuple(old for old in olds if old.level != "district" or old.code not in parents)
