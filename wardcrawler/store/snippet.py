"""A line of an article around what was searched for."""

import re
from collections.abc import Callable, Sequence
from functools import cache

# What FTS5's unicode61 takes for one word, and the invisible characters that normalisation drops from it.
WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]+[^\W_]*)*")

_BEFORE, _LENGTH = 60, 200


def snippet(text: str, phrases: Sequence[Sequence[str]], key: Callable[[str], str]) -> str:
    """About 200 characters of ``text`` on one line, spelled as there, around the first place where one of
    ``phrases`` stands; from the beginning where none does. "…" marks what was cut off.

    A phrase is a sequence of words as ``key`` gives them for the words of ``text``.
    """
    start = _first_match(text, phrases, key) or 0
    begin = _word_start(text, start - _BEFORE, latest=start) if start > _BEFORE else 0
    end = len(text)
    if begin + _LENGTH < end:
        end = max(text.rfind(" ", start, begin + _LENGTH), text.rfind("\n", start, begin + _LENGTH))
        end = end if end > start else begin + _LENGTH  # one word longer than the line
    line = " ".join(text[begin:end].split())
    return f"{'…' if begin else ''}{line}{'…' if end < len(text) else ''}"


def _first_match(text: str, phrases: Sequence[Sequence[str]], key: Callable[[str], str]) -> int | None:
    key = cache(key)
    words: list[str] = []
    places: list[int] = []
    for match in WORD.finditer(text):
        words.append(key(match[0]))
        places.append(match.start())
        for phrase in phrases:
            if words[-1] == phrase[-1] and words[-len(phrase) :] == list(phrase):
                return places[-len(phrase)]
    return None


def _word_start(text: str, position: int, *, latest: int) -> int:
    """The start of the first word that begins after ``position`` and not after ``latest``."""
    space = re.compile(r"\s+").search(text, position, latest)
    return space.end() if space else position
