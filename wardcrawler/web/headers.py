"""Headers of every answer, and refusal of requests that are not meant for us.

The second line of defence: should crawled text ever reach a page as markup, the browser still runs nothing,
loads nothing and sends nothing elsewhere.
"""

import base64
import hashlib
import ipaddress
import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from wardcrawler.web.language import COOKIE, LANGUAGES

_Scope = MutableMapping[str, Any]
_Send = Callable[[_Scope], Awaitable[None]]
_App = Callable[[_Scope, Callable[[], Awaitable[_Scope]], _Send], Awaitable[None]]
_Headers = list[tuple[bytes, bytes]]

_NOTHING = (
    "default-src 'none'; style-src 'self'{styles}; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'{more}"
)
STRICT = _NOTHING.format(styles="", more="")
"""For pages of our own: no script at all."""

FILE = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""For files that portals published."""

_ALWAYS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"x-frame-options": b"DENY",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
}

_COOKIE = re.compile(rf"(?<![^; ]){COOKIE}=({'|'.join(LANGUAGES)})(?![^; ])".encode())
_YEAR = 31_536_000


def datasette_policy(inline_styles: list[str]) -> str:
    """Return the policy for Datasette's own pages: its script from our own address, and exactly these style
    attributes.
    """
    hashes = "".join(f" 'sha256-{_sha256(style)}'" for style in inline_styles)
    return _NOTHING.format(styles=f" 'unsafe-hashes'{hashes}", more="; script-src 'self'")


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


class Guard:
    """ASGI application around another: only reading requests, only for hosts that are meant, every answer
    with its headers.

    ``?lang=vi`` on any address is remembered in a cookie, and the address asked for again without it:
    Datasette would take it for a filter.
    """

    def __init__(self, app: _App, policy: str) -> None:
        self._app = app
        self._policy = policy

    async def __call__(self, scope: _Scope, receive: Callable[[], Awaitable[_Scope]], send: _Send) -> None:
        """Answer one request, or pass on what the server says when it starts and ends."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: _Scope) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = self._guarded(list(message.get("headers", ())))
            await send(message)

        if not _is_meant(scope):
            await _answer(send_guarded, 421, "This server is not known by that name; use its address.")
        elif scope["method"] not in ("GET", "HEAD"):
            await _answer(send_guarded, 405, "This server only answers questions: GET and HEAD.")
        elif (chosen := _chosen_language(scope)) is not None:
            await _answer(send_guarded, 302, "", *chosen)
        else:
            await self._app({**scope, "headers": _with_our_cookie(scope["headers"])}, receive, send_guarded)

    def _guarded(self, headers: _Headers) -> _Headers:
        present = {name.lower() for name, _ in headers}
        if b"content-security-policy" not in present:
            headers.append((b"content-security-policy", self._policy.encode()))
        return headers + [(name, value) for name, value in _ALWAYS.items() if name not in present]


def _is_meant(scope: _Scope) -> bool:
    """Return whether the request names this machine. On loopback, a page elsewhere whose name was made to
    lead here (DNS rebinding) must not read a private database.
    """
    server = scope.get("server") or ("", None)
    if not _is_loopback(server[0]):
        return True
    host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    name = host[: host.rfind("]") + 1] if host.startswith("[") else host.partition(":")[0]
    return name.lower() == "localhost" or _is_loopback(name.strip("[]"))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _with_our_cookie(headers: Iterable[tuple[bytes, bytes]]) -> _Headers:
    """Drop all cookies but ours. Browsers send the cookies of all programs on this machine, whatever their
    port, to each of them. Some have names over which Python's parser stumbles.
    """
    ours = [match[0] for name, value in headers if name == b"cookie" and (match := _COOKIE.search(value))]
    others = [pair for pair in headers if pair[0] != b"cookie"]
    return [*others, (b"cookie", ours[-1])] if ours else others


def _chosen_language(scope: _Scope) -> _Headers | None:
    query = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
    chosen = [value for name, value in query if name == "lang"]
    if not chosen:
        return None
    rest = urlencode([pair for pair in query if pair[0] != "lang"])
    path = scope.get("raw_path", scope["path"].encode()).partition(b"?")[0]
    # "//host" would lead elsewhere
    headers = [(b"location", b"/" + path.lstrip(b"/\\") + (b"?" + rest.encode() if rest else b""))]
    if chosen[-1] in LANGUAGES:
        cookie = f"{COOKIE}={chosen[-1]}; Path=/; Max-Age={_YEAR}; SameSite=Lax; HttpOnly"
        headers.append((b"set-cookie", cookie.encode()))
    return headers


async def _answer(send: _Send, status: int, text: str, *headers: tuple[bytes, bytes]) -> None:
    plain = (b"content-type", b"text/plain; charset=utf-8")
    await send({"type": "http.response.start", "status": status, "headers": [plain, *headers]})
    await send({"type": "http.response.body", "body": f"{text}\n".encode() if text else b""})
