"""Decoding of pages, of which portals do not know the character set themselves."""

import codecs
import re

from wardcrawler.text.legacy.convert import repair_each
from wardcrawler.text.normalise import compose

# What a portal may claim and be believed, by Python's codec name, once its bytes proved not to be UTF-8.
# UTF-16 shows by itself, UTF-7 and Python's transforms are not for pages. The Encoding Standard reads Latin-1
# and ASCII labels as windows-1252.
_CHARSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "cp1252": "cp1252",
    "cp1258": "cp1258",
}
_META_CHARSET = re.compile(rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_META_WITHIN = 4096  # bytes; the HTML Standard says 1024, scripts and comments often come first

# Letters of Vietnamese that Latin-1 lacks: their number tells a right reading from a wrong one.
_VIETNAMESE = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ]")

# First characters of ủ, ạ, đ, ư … after UTF-8 was read as windows-1252.
_TWICE_ENCODED_SIGNS = ("á»", "áº", "Ä", "Æ")
_TAG = re.compile("<[^<>]*>")
_BETWEEN_TAGS = re.compile("[^<>]+")


def _windows_1252_bytes() -> dict[int, int]:
    """Map each character that windows-1252 has at 0x80–0x9F to its byte.

    It leaves five of them unused; programs that encode twice pass those through as control characters.
    """
    table = {}
    for byte in range(0x80, 0xA0):
        character = bytes([byte]).decode("cp1252", "ignore")
        if character:
            table[ord(character)] = byte
    return table


_WINDOWS_1252_BYTES = _windows_1252_bytes()


def decode_html(raw: bytes, declared: str | None) -> str:
    """Return the text of a page; ``declared`` is the charset of its Content-Type, or None.

    Never raises. Tried in this order, because portals serve UTF-8 under headers and meta tags that
    say iso-8859-1, windows-1258 or utf8mb4:

    1. a byte order mark (UTF-8, UTF-16);
    2. UTF-8, of which an incomplete last character is dropped (cut transfer) and single broken
       bytes become U+FFFD as long as they stay rare among the sound characters;
    3. the declared charset and that of the first ``<meta>``, if the bytes are valid in it: the one that
       yields more Vietnamese, on a tie the declared one;
    4. windows-1258 if that yields Vietnamese, else windows-1252, with U+FFFD for what they lack.

    Texts in TCVN3 or VNI fonts are windows-1252 whatever is declared: their letters are converted later.

    UTF-8 that was encoded twice ("á»¦y ban") is repaired where that gives valid UTF-8 with more
    Vietnamese letters. NULs are dropped.
    """
    return _with_single_encoding(_decode(raw, declared)).replace("\0", "")


def _decode(raw: bytes, declared: str | None) -> str:
    if raw.startswith(codecs.BOM_UTF8):
        raw = raw[len(codecs.BOM_UTF8) :]
    elif raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw[: len(raw) // 2 * 2].decode("utf-16", "replace")
    elif raw.startswith((b"<\0", b"\0<")):
        # The HTML Standard's sniffing for UTF-16 without a mark; as UTF-8 its ASCII part would pass.
        return raw[: len(raw) // 2 * 2].decode("utf-16-le" if raw[0] else "utf-16-be", "replace")
    text = _utf_8(raw)
    return _single_byte(raw, declared) if text is None else text


def _utf_8(raw: bytes) -> str | None:
    """Decode ``raw`` as UTF-8; return None if it is something else."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.end == len(raw) and error.reason == "unexpected end of data":
            return raw[: error.start].decode("utf-8")
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = len(text) - len(text.encode("ascii", "ignore")) - broken
    # One bad byte in a UTF-8 page (a cut excerpt, an old include) must not turn the page to mojibake. In
    # single-byte text nearly every byte above 0x7F is broken.
    return text if sound > 4 * broken else None


def _single_byte(raw: bytes, declared: str | None) -> str:
    western = raw.decode("cp1252", "replace")
    if repair_each(_TAG.sub("\n", western).split("\n"))[1] is not None:
        return western
    meta = _META_CHARSET.search(raw, 0, _META_WITHIN)
    labels = (declared, meta[1].decode("ascii") if meta else None)
    readings = [text for label in labels if (text := _in_charset(raw, label)) is not None]
    if not readings:
        readings = [
            western,
            compose(raw.decode("cp1258", "replace")),
        ]
    return max(readings, key=_vietnamese_letters)


def _in_charset(raw: bytes, label: str | None) -> str | None:
    """Decode ``raw`` by the charset that ``label`` names; return None if it is unknown or does not fit."""
    try:
        charset = _CHARSETS[codecs.lookup((label or "").strip(" \"';")).name]
        text = raw.decode(charset)
    except (LookupError, ValueError):
        return None
    # windows-1258 writes tones as combining marks only.
    return compose(text) if charset == "cp1258" else text


def _vietnamese_letters(text: str) -> int:
    return len(_VIETNAMESE.findall(text))


def _with_single_encoding(text: str) -> str:
    """Repair text that was UTF-8, read as windows-1252 and encoded again; leave all other text alone.

    The whole page is tried first. A sound template around twice-encoded content makes that fail, so
    then each stretch between tags is: sound Vietnamese in it cannot be valid UTF-8 bytes, which keeps
    it from harm.
    """
    if not _has_twice_encoded(text):
        return text
    whole = _decoded_again(text)
    if whole is not None:
        return whole
    return _BETWEEN_TAGS.sub(_repair_stretch, text)


def _has_twice_encoded(text: str) -> bool:
    """Return whether any of the signs is in ``text``."""
    # One character is found a hundred times as fast as two, and most pages have neither » nor º.
    return any(sign[-1] in text and sign in text for sign in _TWICE_ENCODED_SIGNS)


def _repair_stretch(match: re.Match[str]) -> str:
    stretch = match[0]
    if not _has_twice_encoded(stretch):
        return stretch
    repaired = _decoded_again(stretch)
    return stretch if repaired is None else repaired


def _decoded_again(text: str) -> str | None:
    """Take ``text`` back to windows-1252 bytes and read it as UTF-8; return None if that is not plausible."""
    try:
        repaired = text.translate(_WINDOWS_1252_BYTES).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return None
    return repaired if _vietnamese_letters(repaired) > _vietnamese_letters(text) else None
