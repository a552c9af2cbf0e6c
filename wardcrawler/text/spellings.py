"""Every way to put Vietnamese diacritics on a word: what a bare "dan" may stand for."""

from functools import lru_cache
from itertools import product

from wardcrawler.text.normalise import normalise

_LETTERS = {"a": "aăâ", "d": "dđ", "e": "eê", "o": "oôơ", "u": "uư"}
_VOWELS = "aăâeêioôơuưy"
_TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng

_MOST = 400
""""duou" has 384; no syllable of Vietnamese has more."""


@lru_cache(maxsize=4096)
def spellings(word: str) -> tuple[str, ...]:
    """``word``, folded before (see ``text.normalise.fold``), and all words that fold to it by the letters and
    tones of Vietnamese, normalised; at most one tone each. Only ``word`` itself where that would be more than
    400: it is longer than any syllable then.
    """
    choices = [_LETTERS.get(letter, letter) for letter in word]
    vowels = sum(letter in _VOWELS for letter in word)
    count = 1 + len(_TONES) * vowels
    for letters in choices:
        count *= len(letters)
        if count > _MOST:
            return (word,)
    made: dict[str, None] = {}
    for letters in map("".join, product(*choices)):
        made[letters] = None
        for place, letter in enumerate(letters):
            if letter in _VOWELS:
                for tone in _TONES:
                    made[normalise(f"{letters[: place + 1]}{tone}{letters[place + 1 :]}")] = None
    return tuple(made)
