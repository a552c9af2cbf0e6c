"""The two encodings of Vietnamese fonts before Unicode, each as a table.

TCVN3 ("ABC") is that of the .Vn fonts, which offices in the North used until about 2010: VN3 of the standard
TCVN 5712:1993, one byte a letter, capitals without tone marks; capitals with tone marks are the small letters
in a font of capitals (names that end in H). The table was typed in from the standard's chart as it is
published (Wikipedia, "VSCII": 67 small letters and 7 capitals).

VNI is that of the VNI fonts of the South: a vowel is a letter and, behind it, a second one that stands for
its diacritics. The table was made from the rule that the published charts of VNI follow (Wikipedia, "VNI";
the comparison of encodings "Bảng đối chiếu encoding các bộ chữ hiện hành với Unicode"): one set of marks for
bare vowels, one for circumflex, one for breve, and single letters for i, ơ, ư, ỵ and đ.
"""

import re
import unicodedata

from wardcrawler.text.legacy.syllables import is_syllable

# Rows of the chart from A1 to FE; "·" where VN3 has nothing.
_TCVN3_CHART = (
    "ĂÂÊÔƠƯĐăâêôơưđ·"  # A1
    "·····àảãáạ·ằẳẵắ·"  # B0
    "······ặầẩẫấậè·ẻẽ"  # C0
    "éẹềểễếệìỉ···ĩíịò"  # D0
    "·ỏõóọồổỗốộờởỡớợù"  # E0
    "·ủũúụừửữứựỳỷỹýỵ"  # F0
)

_TCVN3 = {0xA1 + place: letter for place, letter in enumerate(_TCVN3_CHART) if letter != "·"}
# What programs make of some bytes on their way through Windows-1252: look-alikes, and the soft hyphen (ư) as
# a hyphen of another kind.
_TCVN3 |= {0x3BC: "à", 0x2219: "ã", 0x22C5: "ã", 0x2010: "ư", 0x2011: "ư", 0x2D7: "ư"}

# From the start of a run of letters only: a run of a million letters is looked at once.
_HYPHENED = re.compile(r"(?<![^\W\d_])[^\W\d_]*-[^\W\d_]*")


def from_tcvn3(text: str, *, capitals: bool = False) -> str:
    """Convert ``text``, whose letters are TCVN3 bytes shown as Windows-1252, to Unicode.

    The byte of ư is the soft hyphen of Windows-1252, which many programs turn into a hyphen: one that makes a
    syllable is the letter ("ph-êng" is "phường"), any other a hyphen. ``capitals``: the font shows capitals.
    """
    converted = _HYPHENED.sub(_with_horn, text.translate(_TCVN3))
    return converted.upper() if capitals else converted


def _with_horn(match: re.Match[str]) -> str:
    letters = match[0].replace("-", "ư")
    return letters if letters != "ư" and is_syllable(letters) else match[0]


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
_VNI = (
    _SMALL
    | {pair.upper(): shown.upper() for pair, shown in _SMALL.items()}
    | {pair[0].upper() + pair[1:]: shown.upper() for pair, shown in _SMALL.items()}
)
_LETTER = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))


def from_vni(text: str) -> str:
    """Convert ``text``, whose letters are VNI bytes shown as Windows-1252, to Unicode.

    "Coäng hoøa" becomes "Cộng hòa".
    """
    return _LETTER.sub(lambda match: _VNI[match[0]], text)
