"""Register of the units and of what became of them, read from the tables in ``data/`` on first use.

``unit_rows`` and ``successor_rows`` yield it for two SQLite tables, ``units`` and ``unit_successors``.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias, cast

Level: TypeAlias = Literal["ward", "commune", "district", "province"]

# Districts end, 63 provinces become 34 and all communes are drawn anew (resolution 202/2025/QH15).
REFORM = date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it was from ``valid_from`` until the day before ``valid_to``.

    - ``code``: of the statistics office: 2 digits for a province, 3 for a district, 5 for a commune. Most
      codes were given out again in 2025, so a unit is identified by ``code`` and ``valid_from`` together.
    - ``name``: official, with its type ("Phường 9").
    - ``level``: ward (phường), commune (xã, thị trấn, đặc khu), district or province.
    - ``parent``, ``province``: codes in the same period; a province has no parent and is its own province.
    - ``valid_from``: None for units of before the reform, whose age the source does not tell.
    - ``valid_to``: the first day it no longer held, None while it holds.
    - ``resolution``: what set it up, where known ("1685/NQ-UBTVQH15").
    """

    code: str
    name: str
    level: Level
    parent: str | None
    province: str
    valid_from: date | None
    valid_to: date | None
    resolution: str | None

    def holds_on(self, day: date) -> bool:
        """Return whether the unit's period covers ``day``; before the reform it has no beginning."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )


Key = tuple[str, date | None]

UNIT_COLUMNS = ("code", "name", "level", "parent", "province", "valid_from", "valid_to", "resolution")
SUCCESSOR_COLUMNS = ("old_code", "old_valid_from", "new_code", "new_valid_from", "is_default")


def table(name: str) -> Iterator[list[str]]:
    """Read the rows of one table of ``data/``, without its heading."""
    with (files("wardcrawler.units") / "data" / name).open(encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        yield from rows


@cache
def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def all_units() -> dict[Key, Unit]:
    """Return all units by key, in the order of the table: the time before first, provinces first."""
    return {
        (code, _day(valid_from)): Unit(
            code,
            name,
            cast(Level, level),
            parent or None,
            province,
            _day(valid_from),
            _day(valid_to),
            resolution or None,
        )
        for code, name, level, parent, province, valid_from, valid_to, resolution in table("units.csv")
    }


@cache
def _periods() -> dict[str, list[Unit]]:
    periods = defaultdict(list)
    for unit in all_units().values():
        periods[unit.code].append(unit)
    return dict(periods)


@dataclass(frozen=True, slots=True)
class Links:
    """Ways over the reform: from an old key to (new key, is default), and back to old keys."""

    onward: dict[Key, list[tuple[Key, bool | None]]]
    back: dict[Key, list[Key]]


@cache
def links() -> Links:
    """Read unit_successors.csv."""
    found = Links(defaultdict(list), defaultdict(list))
    for old_code, old_valid_from, new_code, new_valid_from, is_default in table("unit_successors.csv"):
        old, new = (old_code, _day(old_valid_from)), (new_code, _day(new_valid_from))
        found.onward[old].append((new, is_default == "1" if is_default else None))
        found.back[new].append(old)
    return found


def key_of(unit: Unit) -> Key:
    """Return what identifies a unit: its code and ``valid_from``."""
    return unit.code, unit.valid_from


def by_code(code: str, on: date) -> Unit | None:
    """Return the unit that had the statistics-office ``code`` on that day, None if there was none.

    Any day before 1 July 2025 is answered from the list of 30 June 2025, also a day before the unit was
    set up: the source does not tell since when it existed.
    """
    return next((unit for unit in _periods().get(code, ()) if unit.holds_on(on)), None)


def ancestors(unit: Unit) -> tuple[Unit, ...]:
    """Return the units that ``unit`` belongs to, in its own period, lowest first: district, province."""
    found = []
    while unit.parent is not None:
        unit = all_units()[unit.parent, unit.valid_from]
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
    onward = sorted(links().onward.get(key_of(unit), ()), key=lambda link: not link[1])
    return tuple(all_units()[new] for new, _ in onward)


def predecessors(unit: Unit) -> tuple[Unit, ...]:
    """Return the units of before the reform of which ``unit`` took over all or a part, by code.

    A district is named only where it went over as a whole without any communes (five islands): else its
    communes are named. Empty for a unit of before the reform.
    """
    olds = [all_units()[old] for old in links().back.get(key_of(unit), ())]
    parents = {old.parent for old in olds}
    return tuple(old for old in olds if old.level != "district" or old.code not in parents)


def unit_rows() -> Iterator[tuple[str | None, ...]]:
    """Yield the rows of ``units`` in the order of ``UNIT_COLUMNS``; primary key (code, valid_from).

    All are text. ``valid_from`` is never NULL: "" where it is not known, which sorts before every date, so
    that ``valid_from <= at AND (valid_to IS NULL OR at < valid_to)`` holds for exactly one unit of a code,
    for a date as for a time of day. ``parent``, ``valid_to`` and ``resolution`` may be NULL. A parent has
    the ``valid_from`` of its child and comes before it.
    """
    # Not from ``all_units``: a crawl into a new database needs them once, and 14,000 objects would stay.
    for code, name, level, parent, province, valid_from, valid_to, resolution in table("units.csv"):
        yield code, name, level, parent or None, province, valid_from, valid_to or None, resolution or None


def successor_rows() -> Iterator[tuple[str | int | None, ...]]:
    """Yield the rows of ``unit_successors`` in the order of ``SUCCESSOR_COLUMNS``; many to many.

    The first four columns are text and the primary key, two foreign keys to ``units``. ``is_default`` is 1
    for the only successor and for the one the source prefers of several, 0 for the others, NULL where the
    source has no preference (districts that went to several).
    """
    for *keys, is_default in table("unit_successors.csv"):
        yield *keys, int(is_default) if is_default else None
