"""Spelling of names of units: types, their abbreviations, with and without diacritics."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from wardcrawler.text.normalise import canonical, fold, normalise

# Parts of an address end at these. A hyphen is not one of them: it may stand inside a name.
_BREAK = re.compile(r"[,;|/()\[\]\n•·>»]+")
# "Ia H'Drai" is also written "Ia H' Drai"; after a digit it is a closing quotation mark.
_APOSTROPHE = re.compile(r"['’‘ʼ`´](?<=[^\W\d_].)[^\S\n]*")
_SILENT = re.compile(r"[^\S\n]*[._\-–—'’‘\"“”«]+[^\S\n]*")
# Letters and digits, or any other character, which stands in no name and so makes the text match nothing.
_WORD = re.compile(r"[^\W_]+|\S")
_GLUED = re.compile(r"(p|q|phường|phuong|quận|quan)(\d+)|(tp)(hcm|hn)")

_OFFICES = ("ubnd", "hdnd", "uy ban nhan dan", "hoi dong nhan dan")

_ABBREVIATIONS = {
    "phường": "p",
    "xã": "x",
    "thị trấn": "tt",
    "đặc khu": "đk",
    "quận": "q",
    "huyện": "h",
    "thị xã": "tx",
    "thành phố": "tp",
    "tỉnh": "t",
}


class Word(NamedTuple):
    """One word as printed, in lower case and the one spelling, without diacritics; its part of the text."""

    printed: str
    exact: str
    folded: str
    part: int


def _written_types() -> dict[tuple[str, ...], str]:
    """Return each way to write a type, each word with or without its diacritics, → the type."""
    written = {}
    for kind, short in _ABBREVIATIONS.items():
        for words in itertools.product(*((word, fold(word)) for word in kind.split())):
            written[words] = kind
        for word in (short, fold(short)):
            written[word,] = kind
    return written


_TYPES = _written_types()


def _plain(text: str) -> str:
    """Return ``text`` without apostrophes, with a space for hyphens, dots and quotation marks."""
    return _SILENT.sub(" ", _APOSTROPHE.sub("", text))


def words(text: str) -> list[Word]:
    """Split ``text`` into words, less leading zeros and the office in front; "P.9" and "P9" are two words."""
    found = []
    for part, piece in enumerate(_BREAK.split(_plain(normalise(text)))):
        for printed in _WORD.findall(piece):
            exact = canonical(printed)
            glued = _GLUED.fullmatch(exact)
            for one in filter(None, glued.groups()) if glued else (exact,):
                digits = one.lstrip("0") or "0"
                word = digits if one.isdecimal() else one
                found.append(Word(word if glued else printed, word, fold(word), part))
    return _without_offices(found)


def _without_offices(found: list[Word]) -> list[Word]:
    """Drop "UBND", "HĐND và UBND" and the like in front of a name."""
    stripped = True
    while stripped:
        stripped = False
        for office in _OFFICES:
            length = office.count(" ") + 1
            if " ".join(word.folded for word in found[:length]) == office:
                found = found[length:]
                found = found[1:] if found and found[0].folded == "va" else found
                stripped = True
    return found


def types_at(text: Sequence[Word], start: int) -> Iterator[tuple[str, int]]:
    """Yield (type, number of words) for each type that stands at ``start``; written plainly or correctly."""
    for length in (1, 2):
        here = tuple(word.exact for word in text[start : start + length])
        if len(here) == length and here in _TYPES:
            yield _TYPES[here], length


def spellings(names: Iterable[str]) -> dict[str, tuple[str, str, str]]:
    """Return official name → (type, name, name without diacritics), all in lower case.

    ``names`` are treated as one text, which is much faster than one by one.
    """
    official = list(dict.fromkeys(names))
    text = _plain(normalise("\n".join(official))).casefold()
    found = {}
    for name, exact, plain in zip(official, text.split("\n"), fold(text).split("\n"), strict=True):
        kind, _, rest = exact.partition(" ")
        if kind not in _ABBREVIATIONS:
            second, _, rest = rest.partition(" ")
            kind = f"{kind} {second}"
        found[name] = (kind, rest, plain[len(kind) + 1 :])
    return found
