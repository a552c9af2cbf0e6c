"""Vietnamese syllables: words that can be Vietnamese are the evidence for and against converting a text."""

import re
import unicodedata
from functools import lru_cache

from wardcrawler.text.normalise import TONES

_IN_STOPPED = ("", "\u0301", "\u0323")
"""Syllables that end in a stop have sắc or nặng only. Without any tone mark they are not Vietnamese either,
but stand in names ("Bac Lieu") and are let pass."""

_INITIALS = "b ch c d đ gh gi g h kh k l m ngh ng nh n ph p qu q r s th tr t v x".split()

_RHYMES = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet oi om on
    ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut
    uy uya uych uyên uyêt uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y yêm yên yêng yêt yêu
""".split()

_SYLLABLE = re.compile(f"(?:{'|'.join(_INITIALS)})?(?:{'|'.join(_RHYMES)})")
_TONE_ON_CONSONANT = re.compile(f"(?:^|[^aeiouy\u0302\u0306\u031b\u0323])[{TONES}]")  # the ñ of VNI
_LONGEST = 20
"""Letters and marks, decomposed ones: "nghiêng" is the longest."""

_STOPPED = ("c", "ch", "p", "t")


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Return whether ``word``, in either normalisation form, is built like a Vietnamese syllable.

    By its initial, rhyme and tone, as every grammar lists them; whether anybody uses it is not asked. A word
    with a capital behind a small letter is none: "vÒ" is how "về" looks in TCVN3.
    """
    if len(word) > _LONGEST:
        return False
    if word != word.lower() and word != word.upper() and word[1:] != word[1:].lower():
        return False
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in decomposed if mark in TONES]
    if len(tones) > 1 or _TONE_ON_CONSONANT.search(decomposed):
        return False
    bare = unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in TONES))
    if not _SYLLABLE.fullmatch(bare):
        return False
    return not bare.endswith(_STOPPED) or (tones[0] if tones else "") in _IN_STOPPED
