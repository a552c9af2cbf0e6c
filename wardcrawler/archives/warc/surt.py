"""Addresses as index keys: hosts reversed, what does not tell pages apart left out."""

import re
import string
from urllib.parse import unquote_to_bytes, urlsplit

_USUAL_PORTS = {"http": 80, "https": 443}
_WWW = re.compile(r"^www\d*\.")
_PATH_SESSION = (
    re.compile(r"^(.*/)\((?:[a-z]\([0-9a-z]{24}\))+\)/([^?]+\.aspx.*)$", re.IGNORECASE),
    re.compile(r"^(.*/)\([0-9a-z]{24}\)/([^?]+\.aspx.*)$", re.IGNORECASE),
)
_QUERY_SESSION = tuple(
    re.compile(rf"^(.*)(?:{pattern})(?:&(.*))?$", re.IGNORECASE)
    for pattern in (
        "jsessionid=[0-9a-z]{32}",
        "phpsessid=[0-9a-z]{32}",
        "sid=[0-9a-z]{32}",
        "aspsessionid[a-z]{8}=[a-z]{24}",
        "cfid=[^&]+&cftoken=[^&]+",
    )
)
_AS_IS = b"!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~"
_SAFE = frozenset(_AS_IS + string.ascii_letters.encode() + string.digits.encode())


def surt(url: str) -> str:
    """The "sort-friendly" form of ``url`` by which CDXJ is sorted and looked up: what the Wayback machine's
    canonicalisation makes of it (``vn,gov,example)/tin-tuc?id=7``).
    """
    parts = urlsplit(url.strip())
    host = _WWW.sub("", (parts.hostname or "").strip("."))
    port = f":{parts.port}" if parts.port and parts.port != _USUAL_PORTS.get(parts.scheme) else ""
    path = _escaped(_without_dots(_unescaped(parts.path))).lower()
    for session in _PATH_SESSION:
        path = session.sub(r"\1\2", path)
    if len(path) > 1 and path.endswith("/"):
        path = path[:-1]
    query = _escaped(_unescaped(parts.query))
    for session in _QUERY_SESSION:
        query = session.sub(lambda found: found[1] + (found[2] or ""), query)
    query = query.lower()
    if len(query) > 1:
        query = "&".join("=".join(each) for each in sorted(_arguments(query)))
    return f"{','.join(reversed(host.split('.')))}{port}){path}{'?' if query else ''}{query}"


def _arguments(query: str) -> list[tuple[str, ...]]:
    return [tuple(argument.split("=", 1)) for argument in query.split("&")]


def _without_dots(path: bytes) -> bytes:
    kept: list[bytes] = []
    parts = path.split(b"/")[1:]
    for part in parts:
        if part != b"..":
            kept += [] if part == b"." else [part]
        elif kept:
            kept.pop()
        else:
            kept.append(part)
    folders = [part for part in kept[:-1] if part]  # several slashes are one
    return b"/" + b"/".join([*folders, *kept[-1:]])


def _unescaped(text: str) -> bytes:
    """Percent-encoding undone as often as it was done."""
    raw = text.encode()
    while (decoded := unquote_to_bytes(raw)) != raw:
        raw = decoded
    return raw


def _escaped(raw: bytes) -> str:
    return "".join(chr(byte) if byte in _SAFE else f"%{byte:02X}" for byte in raw)
