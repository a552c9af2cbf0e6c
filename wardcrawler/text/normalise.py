"""Normalisation: one spelling for texts that read the same, for hashing and search to compare.

The printed text is kept elsewhere; nothing here is meant to be shown to a reader.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import product

_DIACRITICS = "\u0300-\u036f"
TONES = "\u0300\u0301\u0303\u0309\u0323"
"""The combining marks of the tones: huyền, sắc, ngã, hỏi, nặng."""

# Invisible and never part of a word: zero-width space, non-joiner and joiner, word joiner, byte
# order mark, soft hyphen. danang.gov.vn bodies carry U+200B and U+00AD.
SOFT_HYPHEN = "\u00ad"
INVISIBLE = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", SOFT_HYPHEN)

# What Unicode Standard Annex #14 calls mandatory breaks, apart from the line feed itself.
_LINE_BREAKS = ("\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")

# The nine combining marks of Vietnamese; removing them one by one runs in C.
_VIETNAMESE_MARKS = (*TONES, "\u0302", "\u0306", "\u031b")
_ANY_MARK = re.compile(f"[{_DIACRITICS}]+")

# Scripts that have combining marks; Latin letters, Vietnamese ones too, and punctuation lie outside. One and
# thirty more of them: written so, the search skips text without any three times as fast.
_POSSIBLE_MARK = "[\u0300-\u036f\u0483-\u1dff\u20d0-\U0010ffff]"
_POSSIBLE_MARKS = re.compile(f"{_POSSIBLE_MARK}{_POSSIBLE_MARK}{{30,}}")


def _tone_placements() -> dict[str, str]:
    """Map each toned "oa", "oe", "uy" of the new placement (oà) to the old one (òa), in all cases."""
    placements = {}
    for glide, vowel in ("oa", "oe", "uy"):
        for first in (glide, glide.upper()):
            for second in (vowel, vowel.upper()):
                for tone in TONES:
                    new = unicodedata.normalize("NFC", first + second + tone)
                    placements[new] = unicodedata.normalize("NFC", first + tone + second)
    return placements


def _latin_vowels() -> str:
    """Return all letters that are a, e, i, o, u or y under whatever diacritics, both cases."""
    letters = (chr(code) for block in ((0x41, 0x250), (0x1E00, 0x1F00)) for code in range(*block))
    return "".join(letter for letter in letters if unicodedata.normalize("NFD", letter)[0] in "aeiouyAEIOUY")


_OLD_PLACEMENT = _tone_placements()
_TONED_A_OR_E = "".join(new[1] for new in _OLD_PLACEMENT if new[0] == "o")
_TONED_Y = "".join(new[1] for new in _OLD_PLACEMENT if new[0] == "u")

# The glide stands first so that the search can skip to it; what stands before it is looked at last.
_OPEN_SYLLABLE = re.compile(
    f"[oOuU](?:(?<=[oO])[{_TONED_A_OR_E}]|(?<=[uU])[{_TONED_Y}])"
    rf"(?![^\W\d_]|[{_DIACRITICS}])"
    f"(?<![qQ{_latin_vowels()}{_DIACRITICS}]..)"
)


def _with_old_tone_placement(text: str) -> str:
    """Spell "uỷ", "hoà", "khoẻ" as "ủy", "hòa", "khỏe"; ``text`` must be NFC.

    Portals mix both placements on one page, even for one menu item ("Đảng ủy phường" and "Đảng uỷ
    phường" on lienchieu.danang.gov.vn). Only where the rhyme is oa, oe or uy and ends the syllable
    do the two placements differ, so nothing else moves: not before a final consonant or a third
    vowel (hoàn, hoài, khuỷu), not after q, where u belongs to the initial (quý), not after a vowel.
    """
    return _OPEN_SYLLABLE.sub(lambda match: _OLD_PLACEMENT[match[0]], text)


def _at_most_thirty_marks(run: re.Match[str]) -> str:
    """Return the matched text with at most 30 combining marks in a row."""
    kept, marks = [], 0
    for character in run[0]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= 30:
            kept.append(character)
    return "".join(kept)


def compose(text: str) -> str:
    """Return ``text`` in Unicode Normalization Form C (Standard Annex #15), in linear time.

    The time of ``unicodedata.normalize`` grows with the square of the number of combining marks in a
    row, a minute for a hostile page of 1 MB. The annex's Stream-Safe Text Format holds that 30 in a
    row are more than any language needs, so what follows the 30th is dropped.
    """
    return unicodedata.normalize("NFC", _POSSIBLE_MARKS.sub(_at_most_thirty_marks, text))


def normalise(s: str) -> str:
    """Return ``s`` in the one spelling that is hashed and searched; case and line breaks stay.

    - Invisible characters and soft hyphens are dropped.
    - Letters are composed: portals mix composed and decomposed ones, on one page even.
    - U+00D0 and U+00F0 (Icelandic eth) become Đ and đ: some editors type the look-alike "Ðảng".
    - The tone mark moves to the old placement (uỷ → ủy, hoà → hòa, khoẻ → khỏe).
    - All line ends become "\\n"; other white space, U+00A0 included, becomes one space; lines are stripped.

    Idempotent, and the same for composed and decomposed input.
    """
    if not s.isascii():
        for character in INVISIBLE:
            s = s.replace(character, "")
        s = compose(s)
        s = s.replace("\u00d0", "Đ").replace("\u00f0", "đ")
        s = _with_old_tone_placement(s)
    for line_break in _LINE_BREAKS:
        s = s.replace(line_break, "\n")
    return "\n".join([" ".join(line.split()) for line in s.split("\n")])


def canonical(s: str, *, is_normal: bool = False) -> str:
    """Return ``s`` normalised, on one line and case-folded: equal for texts that count as the same.

    ``is_normal`` says that ``s`` came from :func:`normalise`, which is then not done again.
    """
    if not is_normal:
        s = normalise(s)
    # A few letters of other scripts fall apart when folded.
    return unicodedata.normalize("NFC", " ".join(s.split()).casefold())


def fold(s: str, *, is_normal: bool = False) -> str:
    """Return ``s`` normalised, in lower case and without diacritics, with d for đ.

    For the search column that answers "dan van" with "dân vận". SQLite's ``remove_diacritics 2``
    leaves đ alone, hence this. Vietnamese letters come out as ASCII; line breaks stay.
    ``is_normal`` says that ``s`` came from :func:`normalise`, which is then not done again.
    """
    s = (s if is_normal else normalise(s)).lower()
    if s.isascii():
        return s
    s = unicodedata.normalize("NFD", s)
    for mark in _VIETNAMESE_MARKS:
        s = s.replace(mark, "")
    return unicodedata.normalize("NFC", _ANY_MARK.sub("", s).replace("đ", "d"))


_SPELLINGS = {"a": "aăâ", "d": "dđ", "e": "eê", "o": "oôơ", "u": "uư"}
_VOWELS = "aăâeêioôơuưy"

_MOST_SPELLINGS = 400
""""duou" has 384; no syllable of Vietnamese has more."""


@lru_cache(maxsize=4096)
def spellings(word: str) -> tuple[str, ...]:
    """Return ``word``, folded before (:func:`fold`), and all words that fold to it by the letters and tones
    of Vietnamese, normalised; at most one tone each.

    Only ``word`` itself where that would be more than 400: it is longer than any syllable then.
    """
    choices = [_SPELLINGS.get(letter, letter) for letter in word]
    vowels = sum(letter in _VOWELS for letter in word)
    count = 1 + len(TONES) * vowels
    for letters in choices:
        count *= len(letters)
        if count > _MOST_SPELLINGS:
            return (word,)
    made: dict[str, None] = {}
    for letters in map("".join, product(*choices)):
        made[letters] = None
        for place, letter in enumerate(letters):
            if letter in _VOWELS:
                for tone in TONES:
                    made[normalise(f"{letters[: place + 1]}{tone}{letters[place + 1 :]}")] = None
    return tuple(made)
