"""How names of units are written: types, their abbreviations, spelling with and without diacritics."""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wardcrawler.text.normalise import canonical, fold, normalise

# Parts of an address end at these. A hyphen is not one of them: it may stand inside a name.
_BREAK = re.compile(r"[,;|/()\[\]\n•·>»]+")
# "Ia H'Drai" is also written "Ia H' Drai"; after a digit it is a closing quotation mark.
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['’‘ʼ`´][^\S\n]*")
_SILENT = re.compile(r"[._\-–—'’‘\"“”«]+")
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
    """One word: as printed, in lower case in the one spelling, without diacritics; and its part of the text."""

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
    """Split ``text`` into words; "P.9" and "P9" are two, leading zeros and the name of the office are gone."""
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
        kind = _TYPES.get(tuple(word.exact for word in text[start : start + length]))
        if kind is not None:
            yield kind, length


def spellings(names: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (type, name, name without diacritics) of official names, all in lower case.

    ``names`` are treated as one text, which is ten times as fast as one by one.
    """
    text = _plain(normalise("\n".join(names)))
    exact = normalise(text).casefold().split("\n")
    folded = fold(text).split("\n")
    for name, plain in zip(exact, folded, strict=True):
        kind = next(kind for kind in _ABBREVIATIONS if name.startswith(f"{kind} "))
        yield kind, name[len(kind) + 1 :], plain[len(kind) + 1 :]
