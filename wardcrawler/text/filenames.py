"""File names as people gave them, made safe to show, export and save under."""

import re
import unicodedata
from urllib.parse import unquote_to_bytes

LONGEST = 200
"""Bytes of UTF-8. File systems take 255; this leaves room for what programs put before and behind."""

_LONGEST_EXTENSION = 12

# Device names of Windows, whatever the extension (Microsoft, "Naming Files, Paths, and Namespaces").
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])(?=\.|$)", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*]')
# Controls, and what turns the direction of writing: "cod.\u202efdp.exe" reads as "cod.exe.pdf".
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")

_PARAMETER = re.compile(r';\s*(filename\*?)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))', re.IGNORECASE)


def safe_name(name: str) -> str:
    """Make ``name`` one file name: no folder, no control or reserved character or name, at most 200 bytes.

    Vietnamese letters stay, composed. The extension survives the cut. Empty if nothing is left.
    """
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    name = _FORBIDDEN.sub("_", _INVISIBLE.sub("", name))
    name = " ".join(name.split()).strip(". ")
    if _RESERVED.match(name):
        name = f"_{name}"
    return _cut(name)


def _cut(name: str) -> str:
    if len(name.encode()) <= LONGEST:
        return name
    stem, dot, extension = name.rpartition(".")
    if not stem or len(extension.encode()) > _LONGEST_EXTENSION:
        stem, dot, extension = name, "", ""
    kept = stem.encode()[: LONGEST - len((dot + extension).encode())].decode(errors="ignore")
    return f"{kept.rstrip('. ')}{dot}{extension}"


def disposition_name(header: bytes | None) -> str | None:
    """Return the safe file name that a Content-Disposition header gives, or None if it gives none (RFC 6266).

    ``filename*`` wins over ``filename``. Raw UTF-8 and percent-encoding in ``filename``, which browsers
    understand and Vietnamese portals send, are understood too.
    """
    if not header:
        return None
    given: dict[str, str] = {}
    for match in _PARAMETER.finditer(f";{header.decode('latin-1').partition(';')[2]}"):
        value = match[2].replace('\\"', '"') if match[2] is not None else match[3].strip()
        given.setdefault(match[1].lower(), value)
    if "filename*" in given:
        charset, _, rest = given["filename*"].partition("'")
        name = _decode(unquote_to_bytes(rest.partition("'")[2]), charset)
    elif "filename" in given:
        name = _decode(unquote_to_bytes(given["filename"].encode("latin-1")), "utf-8")
    else:
        return None
    return safe_name(name) or None


def _decode(raw: bytes, charset: str) -> str:
    for encoding in (charset or "utf-8", "utf-8", "cp1258"):
        try:
            return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("latin-1")
