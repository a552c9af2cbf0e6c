"""VNI, the encoding of the VNI fonts that offices in the South used until about 2010.

A vowel is a letter and, behind it, a second one that stands for its diacritics. The table was made from the
rule that the published charts of VNI follow (Wikipedia, "VNI"; the comparison of encodings "Bảng đối chiếu
encoding các bộ chữ hiện hành với Unicode"): one set of marks for bare vowels, one for circumflex, one for
breve, and single letters for i, ơ, ư, ỵ and đ.
"""

import re
import unicodedata

_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_CIRCUMFLEX = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_SINGLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _pairs() -> dict[str, str]:
    pairs: dict[str, str] = {}
    for vowel, shown in (*zip("aeouy", "aeouy", strict=True), ("ô", "ơ"), ("ö", "ư")):
        pairs |= {vowel + mark: shown + tone for mark, tone in _TONES.items()}
    for vowel in "aeo":
        pairs |= {vowel + mark: f"{vowel}\u0302{tone}" for mark, tone in _CIRCUMFLEX.items()}
    pairs |= {f"a{mark}": f"a\u0306{tone}" for mark, tone in _BREVE.items()}
    return {pair: unicodedata.normalize("NFC", shown) for pair, shown in pairs.items()}


_SMALL = {**_SINGLE, **_pairs()}
# The case of the vowel decides: "Aù" and "AÙ" are both Á.
_TABLE = (
    _SMALL
    | {pair.upper(): shown.upper() for pair, shown in _SMALL.items()}
    | {pair[0].upper() + pair[1:]: shown.upper() for pair, shown in _SMALL.items()}
)
_LETTER = re.compile("|".join(sorted(map(re.escape, _TABLE), key=len, reverse=True)))


def from_vni(text: str) -> str:
    """Convert ``text``, whose letters are VNI bytes shown as Windows-1252, to Unicode.

    "Coäng hoøa" becomes "Cộng hòa".
    """
    return _LETTER.sub(lambda match: _TABLE[match[0]], text)
