"""Finding the unit that a text names, as people write it; refusing names that do not exist."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from wardcrawler.units.names import named
from wardcrawler.units.refusal import refusal
from wardcrawler.units.register import REFORM, Unit, ancestors, predecessors, successors
from wardcrawler.units.spelling import Word, words

LONGEST_TEXT = 300  # characters
LONGEST_NAME = 8  # words, type included
DEEPEST = 3  # ward, district, province


@dataclass(frozen=True, slots=True)
class Match:
    """An answer to :func:`find`: the units that a text names, or why it names none.

    - ``units``: one if it was found; several, in the order of time and code, if the text fits them all;
      none if it was refused.
    - ``reason``, ``nearest``: if it was refused, which part does not exist, and units that may be meant.
    - ``continued_by``: if it was refused because it names a unit given up before the reform ("Phường 6,
      Quận 3"), the unit of 30 June 2025 that the source leads to.
    """

    text: str
    units: tuple[Unit, ...]
    reason: str = ""
    nearest: tuple[Unit, ...] = ()
    continued_by: Unit | None = None

    @property
    def unit(self) -> Unit | None:
        """The only unit that the text names, None if it names several or none."""
        return self.units[0] if len(self.units) == 1 else None

    @property
    def then(self) -> tuple[Unit, ...]:
        """The unit that was found, as of 30 June 2025: itself, or those a unit of today was formed of."""
        return self._seen(before=True)

    @property
    def now(self) -> tuple[Unit, ...]:
        """The unit that was found, as of 1 July 2025: itself, or those that took over a unit of before."""
        return self._seen(before=False)

    def _seen(self, *, before: bool) -> tuple[Unit, ...]:
        unit = self.unit or self.continued_by
        if unit is None:
            return ()
        if before == (unit.valid_to == REFORM):
            return (unit,)
        return predecessors(unit) if before else successors(unit)


class _Reading(NamedTuple):
    """One way to understand a text: the unit, whether diacritics agree, whether all levels are named."""

    unit: Unit
    agrees: bool
    complete: bool


def find(text: str) -> Match:
    """Find the unit that ``text`` names: "P.9, Q. Tân Bình, TP.HCM", "xa tra linh nam tra my quang nam".

    The text is a name with as many of the units above it as needed, lowest first or last, with or without
    commas, types, diacritics; "UBND" in front is ignored. Every word must belong to a full name of a unit
    of one line of units. Of several readings those win that agree in their diacritics, then those that
    name every level up to the province. A unit of before the reform and the only unit that continues it
    count as one, the unit of today. Never raises.
    """
    if len(text) > LONGEST_TEXT:
        return Match(text, (), "too long to be the name of a unit")
    spoken = words(text)
    if not spoken:
        return Match(text, (), "there is no name in it")
    units = _one_of_today(_best([*_unit_readings(spoken)]))
    if units:
        return Match(text, units)
    return Match(text, (), *refusal(spoken))


def _readings(text: Sequence[Word], start: int = 0, depth: int = DEEPEST) -> Iterator[list[dict[Unit, bool]]]:
    """Yield each way to cut all of ``text`` into up to ``depth`` names, as the units each name may be."""
    if start == len(text):
        yield []
    elif depth:
        for end in range(start + 1, min(len(text), start + LONGEST_NAME) + 1):
            if text[end - 1].part != text[start].part:
                break
            units = named(text[start:end])
            if units:
                for rest in _readings(text, end, depth - 1):
                    yield [units, *rest]


def _unit_readings(text: Sequence[Word]) -> Iterator[_Reading]:
    """Yield the units whose line upwards bears all the names of ``text``, lowest first or last."""
    for names in _readings(text):
        for lowest, *uppers in (names, names[::-1])[: len(names)]:
            for unit, agrees in lowest.items():
                line = ancestors(unit)
                above = _along(line, uppers)
                if above is not None:
                    yield _Reading(unit, agrees and above, len(uppers) == len(line))


def _along(line: Sequence[Unit], uppers: Sequence[dict[Unit, bool]]) -> bool | None:
    """Say whether the diacritics of ``uppers`` agree; None if they are not all on ``line`` in order."""
    agree = True
    upwards = iter(line)
    for units in uppers:
        upper = next((unit for unit in upwards if unit in units), None)
        if upper is None:
            return None
        agree = agree and units[upper]
    return agree


def _best(readings: Sequence[_Reading]) -> list[Unit]:
    """Return the units of the best readings, in the order of time and code."""
    readings = [reading for reading in readings if reading.agrees] or readings
    readings = [reading for reading in readings if reading.complete] or readings
    units = dict.fromkeys(reading.unit for reading in readings)
    return sorted(units, key=lambda unit: (unit.valid_from is not None, unit.code))


def _one_of_today(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Return ``units``, or the only one that is left when each continued by another of them is left out."""
    if len(units) < 2:
        return tuple(units)
    left = [unit for unit in units if not (len(onward := successors(unit)) == 1 and onward[0] in units)]
    return tuple(left if len(left) == 1 else units)
