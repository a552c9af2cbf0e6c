"""Refusals of texts that name no unit: the part that does not exist, and what comes nearest."""

from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from wardcrawler.units.names import all_names, given_up, named
from wardcrawler.units.register import Unit, address, ancestors
from wardcrawler.units.spelling import Word, types_at

MOST = 5  # suggestions
LIKENESS = 0.6  # difflib's own threshold


class Refusal(NamedTuple):
    """The reason why a text names no unit, in words for a reader, and up to five units that may be meant.

    ``continued_by``: if the text names a unit given up before the reform, what it was part of at the end.
    """

    reason: str
    nearest: tuple[Unit, ...]
    continued_by: Unit | None = None


def refusal(text: Sequence[Word]) -> Refusal:
    """Read ``text`` from its end, unit within unit, up to the part that leads no further."""
    within: list[Unit] | None = None
    earlier = ""
    for piece in reversed(list(_pieces(text))):
        inside = [unit for unit in named(piece) if _inside(unit, within)]
        if not inside:
            inside = [unit for unit in given_up(piece) if _inside(unit, within)]
            earlier = earlier or _quoted(piece)
        if not inside:
            return _nothing_called(piece, within)
        within = inside
    nearest = tuple(within or ())[:MOST]
    if earlier:
        continued_by = nearest[0] if len(nearest) == 1 else None
        return Refusal(
            f"{earlier} is an earlier or other name, not in use on 30 June 2025", nearest, continued_by
        )
    return Refusal("these names do not make up the address of one unit", nearest)


def _pieces(text: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """Cut ``text`` where a part ends and in front of each type."""
    start, name_begins = 0, 0
    for place, word in enumerate(text):
        length = max((length for _, length in types_at(text, place)), default=0)
        parted = place > start and word.part != text[place - 1].part
        if parted or (length and place > name_begins):
            yield text[start:place]
            start = place
        if length and place >= name_begins and place == start:
            name_begins = place + length
    if text:
        yield text[start:]


def _inside(unit: Unit, within: Collection[Unit] | None) -> bool:
    return within is None or any(upper in within for upper in ancestors(unit))


def _quoted(piece: Sequence[Word]) -> str:
    """Return ``piece`` for a message, its type in full: "Phường 99" for "P.99"."""
    kind, length = next(types_at(piece, 0), ("", 0))
    printed = " ".join([*filter(None, [kind.capitalize()]), *(word.printed for word in piece[length:])])
    return '"' + "".join(letter if letter.isprintable() else "\ufffd" for letter in printed) + '"'


def _nothing_called(piece: Sequence[Word], within: Sequence[Unit] | None) -> Refusal:
    """Suggest what bears the name of ``piece`` elsewhere or another type, then what is spelt like it."""
    where = f" in {address(within[0])}" if within and len(within) == 1 else ""
    _, length = next(types_at(piece, 0), ("", 0))
    retyped = [unit for unit in named(piece[length:]) if _inside(unit, within)]
    nearest = dict.fromkeys([*list(named(piece))[: MOST - 2], *retyped[: MOST - 2], *_alike(piece, within)])
    return Refusal(f"no unit is called {_quoted(piece)}{where}", tuple(nearest)[:MOST])


def _alike(piece: Sequence[Word], within: Sequence[Unit] | None) -> Iterator[Unit]:
    """Yield units ``within`` whose names are spelt like ``piece``, the most alike first."""
    kind, length = next(types_at(piece, 0), ("", 0))
    wanted = " ".join([*filter(None, [kind]), *(word.folded for word in piece[length:])])
    spelt: dict[str, list[Unit]] = {}
    for name in all_names():
        if _inside(name.unit, within):
            spelling = f"{name.kind} {name.folded}" if kind else name.folded
            spelt.setdefault(spelling, []).append(name.unit)
    for alike in get_close_matches(wanted, spelt, MOST, LIKENESS):
        yield from spelt[alike]
