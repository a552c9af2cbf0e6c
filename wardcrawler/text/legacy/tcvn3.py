"""TCVN3 ("ABC"), the encoding of the .Vn fonts that offices in the North used until about 2010.

It is VN3 of the standard TCVN 5712:1993: one byte a letter, capitals without tone marks; capitals with tone
marks are the small letters in a font of capitals (names that end in H). The table was typed in from the
standard's chart as it is published (Wikipedia, "VSCII": 67 small letters and 7 capitals).
"""

import re

from wardcrawler.text.legacy.syllables import is_syllable

# Rows of the chart from A1 to FE; "·" where VN3 has nothing.
_CHART = (
    "ĂÂÊÔƠƯĐăâêôơưđ·"  # A1
    "·····àảãáạ·ằẳẵắ·"  # B0
    "······ặầẩẫấậè·ẻẽ"  # C0
    "éẹềểễếệìỉ···ĩíịò"  # D0
    "·ỏõóọồổỗốộờởỡớợù"  # E0
    "·ủũúụừửữứựỳỷỹýỵ"  # F0
)

_TABLE = {0xA1 + place: letter for place, letter in enumerate(_CHART) if letter != "·"}
# What programs make of some bytes on their way through Windows-1252: look-alikes, and the soft hyphen (ư) as
# a hyphen of another kind.
_TABLE |= {0x3BC: "à", 0x2219: "ã", 0x22C5: "ã", 0x2010: "ư", 0x2011: "ư", 0x2D7: "ư"}

# From the start of a run of letters only: a run of a million letters is looked at once.
_HYPHENED = re.compile(r"(?<![^\W\d_])[^\W\d_]*-[^\W\d_]*")


def from_tcvn3(text: str, *, capitals: bool = False) -> str:
    """Convert ``text``, whose letters are TCVN3 bytes shown as Windows-1252, to Unicode.

    The byte of ư is the soft hyphen of Windows-1252, which many programs turn into a hyphen: one that makes a
    syllable is the letter ("ph-êng" is "phường"), any other a hyphen. ``capitals``: the font shows capitals.
    """
    converted = _HYPHENED.sub(_with_horn, text.translate(_TABLE))
    return converted.upper() if capitals else converted


def _with_horn(match: re.Match[str]) -> str:
    letters = match[0].replace("-", "ư")
    return letters if letters != "ư" and is_syllable(letters) else match[0]
