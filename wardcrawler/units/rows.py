"""The units as rows of two SQLite tables, ``units`` and ``unit_successors``."""

from collections.abc import Iterator
from datetime import date

from wardcrawler.units.register import all_units, links

UNIT_COLUMNS = ("code", "name", "level", "parent", "province", "valid_from", "valid_to", "resolution")
SUCCESSOR_COLUMNS = ("old_code", "old_valid_from", "new_code", "new_valid_from", "is_default")


def unit_rows() -> Iterator[tuple[str | None, ...]]:
    """Yield the rows of ``units`` in the order of ``UNIT_COLUMNS``; primary key (code, valid_from).

    All are text. ``valid_from`` is never NULL: "" where it is not known, which sorts before every date, so
    that ``valid_from <= at AND (valid_to IS NULL OR at < valid_to)`` holds for exactly one unit of a code,
    for a date as for a time of day. ``parent``, ``valid_to`` and ``resolution`` may be NULL. A parent has
    the ``valid_from`` of its child and comes before it.
    """
    for unit in all_units().values():
        yield (
            unit.code,
            unit.name,
            unit.level,
            unit.parent,
            unit.province,
            _day(unit.valid_from),
            _day(unit.valid_to) or None,
            unit.resolution,
        )


def successor_rows() -> Iterator[tuple[str | int | None, ...]]:
    """Yield the rows of ``unit_successors`` in the order of ``SUCCESSOR_COLUMNS``; many to many.

    The first four columns are text and the primary key, two foreign keys to ``units``. ``is_default`` is 1
    for the only successor and for the one the source prefers of several, 0 for the others, NULL where the
    source has no preference (districts that went to several).
    """
    for (old_code, old_from), onward in links().onward.items():
        for (new_code, new_from), is_default in onward:
            chosen = None if is_default is None else int(is_default)
            yield old_code, _day(old_from), new_code, _day(new_from), chosen


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
