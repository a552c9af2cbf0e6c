"""Snippets: a line of an article around what was searched for, with the places of the words in it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

# What FTS5's unicode61 takes for one word, and the invisible characters that normalisation drops from it.
WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]+[^\W_]*)*")

_BEFORE, _LENGTH = 60, 200
_MOST_PLACES = 50
"""Places that are weighed for the best one of a snippet: a list of names may hold a word a thousand times."""

Key = Callable[[str], str]
"""Makes of a word of a text the form that it is compared by."""


class Phrase(NamedTuple):
    """Words, as a key gives them, that follow each other; of the last one the beginning, if ``is_prefix``."""

    words: tuple[str, ...]
    is_prefix: bool = False


class Marked(NamedTuple):
    """A text and the places of what was found in it: first character and the one behind the last, from 0, in
    Unicode code points; in order, never overlapping.
    """

    text: str
    marks: tuple[tuple[int, int], ...]


class _Place(NamedTuple):
    begin: int
    end: int
    phrase: int


def mark(text: str, phrases: Sequence[Phrase], key: Key) -> Marked:
    """Find the places of all ``phrases`` in ``text``, whose words are compared by ``key``."""
    marks: list[tuple[int, int]] = []
    for place in sorted(_places(text, phrases, key)):
        if marks and place.begin < marks[-1][1]:
            marks[-1] = (marks[-1][0], max(marks[-1][1], place.end))
        else:
            marks.append((place.begin, place.end))
    return Marked(text, tuple(marks))


def snippet(text: str, phrases: Sequence[Phrase], key: Key) -> Marked:
    """Cut about 200 characters out of ``text``, on one line, spelled as there, around the place where most of
    ``phrases`` stand close together; from the beginning where none does. "…" marks what was cut off.
    """
    start = _best_start(list(islice(_places(text, phrases, key), _MOST_PLACES)))
    begin = _word_start(text, start - _BEFORE, latest=start) if start > _BEFORE else 0
    end = len(text)
    if begin + _LENGTH < end:
        end = max(text.rfind(" ", start, begin + _LENGTH), text.rfind("\n", start, begin + _LENGTH))
        end = end if end > start else begin + _LENGTH  # one word longer than the line
    line = " ".join(text[begin:end].split())
    return mark(f"{'…' if begin else ''}{line}{'…' if end < len(text) else ''}", phrases, key)


def _places(text: str, phrases: Sequence[Phrase], key: Key) -> Iterator[_Place]:
    """Yield the places of ``phrases``, in the order in which they end."""
    by_last = {phrase.words[-1]: [] for phrase in phrases}  # type: dict[str, list[int]]
    prefixes = [number for number, phrase in enumerate(phrases) if phrase.is_prefix]
    for number, phrase in enumerate(phrases):
        if not phrase.is_prefix:
            by_last[phrase.words[-1]].append(number)
    words: list[str] = []
    begins: list[int] = []
    for match in WORD.finditer(text):
        word = key(match[0])
        words.append(word)
        begins.append(match.start())
        numbers = by_last.get(word, ())
        if prefixes:
            numbers = [*numbers, *(each for each in prefixes if word.startswith(phrases[each].words[-1]))]
        for number in numbers:
            length = len(phrases[number].words)
            if length == 1 or tuple(words[-length:-1]) == phrases[number].words[:-1]:
                yield _Place(begins[-length], match.end(), number)


def _best_start(places: Sequence[_Place]) -> int:
    """Return the character from which a line holds the most of different phrases; the first of several."""
    best, most = 0, 0
    within: Counter[int] = Counter()
    last = 0
    for number, place in enumerate(places):
        while last < len(places) and places[last].end <= place.begin + _LENGTH - _BEFORE:
            within[places[last].phrase] += 1
            last += 1
        kinds = sum(1 for count in within.values() if count)
        if kinds > most:
            best, most = place.begin, kinds
        if last > number:
            within[place.phrase] -= 1
        else:  # a phrase longer than the line
            last += 1
    return best if most else (places[0].begin if places else 0)


def _word_start(text: str, position: int, *, latest: int) -> int:
    """Return the start of the first word that begins after ``position`` and not after ``latest``."""
    space = re.compile(r"\s+").search(text, position, latest)
    return space.end() if space else position
