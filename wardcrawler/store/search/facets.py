"""Facets that narrow a search or an export: portals, levels, provinces, units, categories and time."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from sqlite_utils import Database

from wardcrawler.store.database.connection import translate_errors
from wardcrawler.text.normalise import fold

_SITES = """
SELECT s.name, coalesce(s.level, ''), coalesce(s.province, ''), coalesce(s.unit_code, ''), coalesce((
    SELECT a.address FROM unit_addresses AS a WHERE a.code = s.unit_code AND a.valid_from = s.unit_valid_from
), ''), coalesce((
    SELECT group_concat(a.address, '; ') FROM unit_successors AS o
    JOIN unit_addresses AS a ON a.code = o.new_code AND a.valid_from = o.new_valid_from
    WHERE o.old_code = s.unit_code AND o.old_valid_from = s.unit_valid_from
), '')
FROM sites AS s ORDER BY s.name
"""

_CATEGORIES = "SELECT DISTINCT category FROM pages WHERE category IS NOT NULL ORDER BY category"

_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Facets:
    """Demands on records. Several values of one kind mean any of them; kinds are joined by "and".

    ``units`` are statistics codes or names, then or now ("Phường 9, Quận Tân Bình", "tan son nhat"), whole
    words, without regard to case and diacritics; so are ``categories``. ``since`` and ``until`` are the
    first and the last day of publishing; records without a date are left out by either.
    """

    sites: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


class Condition(NamedTuple):
    """SQL over a row ``r`` of the view ``records``, and its parameters."""

    sql: str
    parameters: tuple[str, ...]

    @property
    def indexed(self) -> str:
        """The same SQL without the signs that keep SQLite from taking an index."""
        return self.sql.replace("+r.", "r.")


EVERYTHING = Condition("1", ())
"""The condition that every record meets."""


class FacetProblem(ValueError):
    """No record can be like that; the message says why, and what there is, in one line."""


class _Site(NamedTuple):
    name: str
    level: str
    province: str
    unit_code: str
    unit_then: str
    unit_now: str


def condition(db: Database, facets: Facets) -> Condition:
    """Write ``facets`` in SQL, "1" if they ask for nothing in particular.

    The unary plus keeps SQLite from taking an index of these columns: whoever streams all
    records in another order would have to sort their texts in memory.
    Raises :class:`FacetProblem` for a value that the database does not know, ``DatabaseProblem``.
    """
    with translate_errors(db):
        parts = [*_of_sites(db, facets), *_of_categories(db, facets), *_of_dates(facets)]
    if not parts:
        return EVERYTHING
    return Condition(
        " AND ".join(part.sql for part in parts), tuple(value for part in parts for value in part.parameters)
    )


def _of_sites(db: Database, facets: Facets) -> Iterator[Condition]:
    asked = (facets.sites, facets.levels, facets.provinces, facets.units)
    if not any(asked):
        return
    sites = [_Site(*row) for row in db.execute(_SITES)]
    _require("portal", facets.sites, [site.name for site in sites])
    _require("level", facets.levels, [site.level for site in sites])
    _require("province", facets.provinces, [site.province for site in sites])
    for unit in facets.units:
        if not any(_is_of_unit(site, unit) for site in sites):
            raise FacetProblem(
                f"no portal in the database is of a unit {unit!r}; 'wardcrawler units' explains names"
            )
    yield _one_of("+r.site", [site.name for site in sites if _is_asked_for(site, facets)])


def _is_asked_for(site: _Site, facets: Facets) -> bool:
    return (
        (not facets.sites or site.name in facets.sites)
        and (not facets.levels or site.level in facets.levels)
        and (not facets.provinces or site.province in facets.provinces)
        and (not facets.units or any(_is_of_unit(site, unit) for unit in facets.units))
    )


def _is_of_unit(site: _Site, asked: str) -> bool:
    """Return whether ``asked`` is the code of the portal's unit, or each of its parts between commas stands
    as whole words in one full name of the unit or of one that took it over.
    """
    if asked == site.unit_code:
        return True
    parts = [part for piece in asked.split(",") if (part := _words(piece))]
    names = [_words(name) for name in (site.unit_then, *site.unit_now.split(";"))]
    return bool(parts) and any(all(part in name for part in parts) for name in names)


def _words(text: str) -> str:
    """Return the folded words of ``text``, each between spaces: " phuong 1 " is not in " phuong 10 "."""
    found = " ".join(re.findall(r"\w+", fold(text)))
    return f" {found} " if found else ""


def _of_categories(db: Database, facets: Facets) -> Iterator[Condition]:
    if not facets.categories:
        return
    known = [name for (name,) in db.execute(_CATEGORIES)]
    folded = {_words(name) for name in facets.categories}
    for name in facets.categories:
        if _words(name) not in map(_words, known):
            raise FacetProblem(_unknown("category", name, known))
    yield _one_of("+r.category", [name for name in known if _words(name) in folded])


def _of_dates(facets: Facets) -> Iterator[Condition]:
    if facets.since and facets.until and facets.until < facets.since:
        raise FacetProblem(f"nothing is from {facets.since} on and until {facets.until}: swap the two days")
    if facets.since:
        yield Condition("+r.published_at >= ?", (facets.since.isoformat(),))
    if facets.until:
        # published_at begins with the day, and "~" sorts behind whatever follows it there.
        yield Condition("+r.published_at < ?", (f"{facets.until.isoformat()}~",))


def _one_of(column: str, values: list[str]) -> Condition:
    return Condition(f"{column} IN ({', '.join('?' * len(values))})", tuple(values))


def _require(kind: str, asked: Iterable[str], known: Iterable[str]) -> None:
    known = set(known)
    for value in asked:
        if value not in known:
            raise FacetProblem(_unknown(kind, value, known))


def _unknown(kind: str, value: str, known: Iterable[str]) -> str:
    names = sorted(filter(None, known))
    shown = get_close_matches(value, names, n=3, cutoff=0.5) or names[:_MOST_NAMED]
    there_is = f"there is {', '.join(shown)}" if shown else "it holds none"
    more = ", …" if len(names) > len(shown) > 0 else ""
    return f"no {kind} {value!r} in the database; {there_is}{more}"
