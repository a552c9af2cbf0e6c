"""Differences of two texts, word for word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from rapidfuzz.distance import LCSseq

from wardcrawler.text.normalise import canonical

Kind = Literal["same", "removed", "added"]

_TOKEN = re.compile(r"\S+|\n")
_MOST = 20_000
"""Words that are compared at most, in a tenth of a second and 50 MB; of longer texts whole lines, as many."""

_SMALL_ISLAND = 2
"""Equal words between two changes that say nothing: "và", "của". They count as changed with them."""

_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words that stands in both texts, or in one."""

    kind: Kind
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """Cut both texts into pieces: without the added ones they are the first, without the removed the second.

    Words that differ only in what never counts (case, tone placement, composition of letters) are the same,
    and given as the second text has them. White space but line breaks is not kept. Of texts of more than
    20,000 words whole lines are compared; of more than 20,000 lines, too, all is changed or nothing.
    """
    for cut in (_TOKEN.findall, _lines, _whole):
        one, other = cut(before), cut(after)
        if max(len(one), len(other)) <= _MOST:
            break
    changes: list[tuple[Kind, Sequence[str]]] = []
    for step in LCSseq.opcodes([*map(_compared, one)], [*map(_compared, other)]):
        if step.tag == "equal":
            changes.append(("same", other[step.dest_start : step.dest_end]))
            continue
        changes.append(("removed", one[step.src_start : step.src_end]))
        changes.append(("added", other[step.dest_start : step.dest_end]))
    return [Piece(kind, _text(tokens)) for kind, tokens in _tidy(changes)]


def passages(pieces: Sequence[Piece], context: int = 8, most: int = 40) -> list[list[Piece]]:
    """Return only what changed, with ``context`` equal words on each side; changes that are near stand in one
    passage. Long stretches are cut to ``most`` words: "…" stands for what is left out.
    """
    found: list[list[Piece]] = [[]]
    pieces = [piece for piece in pieces if not piece.text.isspace()]  # a line break came or went
    for place, piece in enumerate(pieces):
        if piece.kind != "same":
            found[-1].append(Piece(piece.kind, _cut(piece.text, most // 2, most // 2)))
            continue
        words = piece.text.split()
        first, last = place == 0, place == len(pieces) - 1
        if first or last or len(words) > 2 * context + 1:
            if not first:
                found[-1].append(Piece("same", _cut(piece.text, context, 0)))
                found.append([])
            if not last:
                found[-1].append(Piece("same", _cut(piece.text, 0, context)))
        else:
            found[-1].append(Piece("same", " ".join(words)))
    return [passage for passage in found if any(piece.kind != "same" for piece in passage)]


def _compared(word: str) -> str:
    return word if word == "\n" else canonical(word)


def _lines(text: str) -> list[str]:
    """Split ``text`` into lines and the line breaks between them."""
    return [part for line in text.split("\n") for part in (line, "\n")][:-1]


def _whole(text: str) -> list[str]:
    return [text]


def _tidy(changes: list[tuple[Kind, Sequence[str]]]) -> Iterator[tuple[Kind, list[str]]]:
    """Yield stretches of changes without small islands: each as one removed piece, then one added."""
    known: list[tuple[bool, list[tuple[Kind, Sequence[str]]]]] = []
    for place, (kind, tokens) in enumerate(changes):
        inside = 0 < place < len(changes) - 1
        is_change = kind != "same" or (inside and len(tokens) <= _SMALL_ISLAND and "\n" not in tokens)
        known.append((is_change, [(kind, tokens)]))
    for is_change, group in groupby(known, key=lambda each: each[0]):
        parts = [part for _, its in group for part in its]
        for kind in ("removed", "added") if is_change else ("same",):
            tokens = [token for of, its in parts if of in (kind, "same") for token in its]
            if tokens:
                yield kind, tokens


def _text(tokens: Sequence[str]) -> str:
    return re.sub(r" ?\n ?", "\n", " ".join(tokens))


def _cut(text: str, first: int, last: int) -> str:
    """Return the first and last words of ``text``, on one line, all of them if they are no more than that."""
    words = text.split()
    if len(words) <= first + last:
        return " ".join(words)
    return " ".join([*words[:first], _ELLIPSIS, *words[len(words) - last :]])
