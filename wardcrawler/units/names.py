"""Names of units: the units that a few words name, by the whole of a name and nothing less."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from wardcrawler.text.normalise import fold
from wardcrawler.units.register import Unit, all_units, table
from wardcrawler.units.spelling import Word, spellings, types_at

# Other ways to write a province (older official names and spellings included) → its official name.
_PROVINCES = {
    "hcm": "thành phố hồ chí minh",
    "hn": "thành phố hà nội",
    "brvt": "tỉnh bà rịa vũng tàu",
    "br vt": "tỉnh bà rịa vũng tàu",
    "thừa thiên huế": "thành phố huế",
    "đăk lăk": "tỉnh đắk lắk",
    "đắc lắc": "tỉnh đắk lắk",
    "đăk nông": "tỉnh đắk nông",
    "đắc nông": "tỉnh đắk nông",
}


class Name(NamedTuple):
    """A name of a unit, in lower case: its type, the name with and without diacritics."""

    kind: str
    exact: str
    folded: str
    unit: Unit


@cache
def all_names() -> tuple[Name, ...]:
    """Return every name of every unit, in the order of the register."""
    units = all_units().values()
    spelt = spellings(unit.name for unit in units)
    names = [Name(*spelt[unit.name], unit) for unit in units]
    official = defaultdict(list)
    for name in names:
        if name.unit.level == "province":
            official[f"{name.kind} {name.exact}"].append(name)
    for other, written in _PROVINCES.items():
        for name in official[written]:
            kind = "tỉnh" if other == "thừa thiên huế" else name.kind
            names.append(Name(kind, other, fold(other), name.unit))
    return tuple(names)


@cache
def _by_folded() -> dict[str, list[Name]]:
    found = defaultdict(list)
    for name in all_names():
        found[name.folded].append(name)
    return dict(found)


@cache
def _given_up() -> dict[str, list[Unit]]:
    found = defaultdict(list)
    for code, key in table("earlier_names.csv"):
        found[key].append(all_units()[code, None])
    return dict(found)


def named(piece: Sequence[Word]) -> dict[Unit, bool]:
    """Return the units that ``piece`` names → whether also the diacritics that it shows agree.

    The type may be missing, but then a number alone names nothing. A name written with diacritics must
    agree with the official one letter by letter ("Tân Thạnh" is not "Tân Thành"); one written without
    stands for all that read like it.
    """
    found: dict[Unit, bool] = {}
    shows = not all(word.exact.isascii() for word in piece)
    for kind, length in (("", 0), *types_at(piece, 0)):
        rest = piece[length:]
        written = " ".join(word.exact for word in rest)
        if not kind and written.isdecimal():
            continue
        for name in _by_folded().get(" ".join(word.folded for word in rest), ()):
            if kind in ("", name.kind) and (written == name.exact or written.isascii()):
                found[name.unit] = found.get(name.unit, False) or not shows or written == name.exact
    return found


def given_up(piece: Sequence[Word]) -> list[Unit]:
    """Return the units of 30 June 2025 of which ``piece``, with its type, is an earlier or other name."""
    return [
        unit
        for kind, length in types_at(piece, 0)
        for unit in _given_up().get(
            fold(kind).replace(" ", "") + "".join(word.folded for word in piece[length:]), ()
        )
    ]
