"""Filters: which records are asked for, as programs say it."""

from collections.abc import Iterable
from datetime import date, datetime

from wardcrawler.api.errors import InputError
from wardcrawler.store import Database
from wardcrawler.store.search.facets import Condition, FacetProblem, Facets, condition

Names = str | Iterable[str]
"""One name, or several of which any will do."""

Day = date | str
"""A date, or one as ISO 8601 text (``2024-12-31``)."""


def as_day(value: Day | None) -> date | None:
    """Return ``value`` as a date; of a datetime the day it says. Raises :class:`InputError`."""
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise InputError(f"'{value}' is no day such as 2024-12-31") from None


def condition_of(
    db: Database,
    *,
    site: Names = (),
    level: Names = (),
    province: Names = (),
    unit: Names = (),
    category: Names = (),
    since: Day | None = None,
    until: Day | None = None,
) -> Condition:
    """Return the filters as SQL. Raises :class:`InputError` for a value that ``db`` does not know, with those
    it does; ``DatabaseProblem``.
    """
    facets = Facets(
        sites=_tuple(site),
        levels=_tuple(level),
        provinces=_tuple(province),
        units=_tuple(unit),
        categories=_tuple(category),
        since=as_day(since),
        until=as_day(until),
    )
    try:
        return condition(db, facets)
    except FacetProblem as problem:
        raise InputError(str(problem)) from None


def _tuple(names: Names) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)
