"""Sends one message to one address on the Web, within a bounded time."""

import time
from collections.abc import Callable
from http.client import HTTPException, HTTPMessage
from threading import Thread
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from wardcrawler.version import __version__

TIMEOUT = 10.0
"""Seconds for one try, names looked up and all."""

PAUSES = (1.0, 3.0)
"""Seconds before the second and the third try."""


class _NoRedirects(HTTPRedirectHandler):
    """Follows no redirect: a POST would arrive as a GET without its body, and count as delivered."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """Return None, which means not to follow."""


def send(
    url: str,
    body: bytes | None,
    media_type: str,
    *,
    timeout: float = TIMEOUT,
    pause: Callable[[float], None] = time.sleep,
) -> str | None:
    """GET ``url``, or POST ``body`` of the type ``media_type`` to it. Return None, or in words why it did not
    arrive. Never raises.

    A server that does not answer, or answers 429 or 5xx, is asked three times in all, each time for at most
    ``timeout`` seconds.
    """
    try:
        if urlsplit(url).scheme not in ("http", "https"):
            return "it is no http or https address"
        request = Request(url, data=body)  # noqa: S310  the scheme was just looked at
    except ValueError as error:
        return f"it is no address: {error}"
    request.add_header("User-Agent", f"wardcrawler/{__version__}")
    if body is not None:
        request.add_header("Content-Type", f"{media_type}; charset=utf-8")
    problem, may_pass = _try_within(timeout, request)
    for seconds in PAUSES:
        if not may_pass:
            break
        pause(seconds)
        problem, may_pass = _try_within(timeout, request)
    return problem


_Outcome = tuple[str | None, bool]
"""The problem in words, or None; and whether it may be gone at the next try."""


def _try_within(timeout: float, request: Request) -> _Outcome:
    """Try once. urllib's own timeout is one for each read and leaves out the look-up of the name, so a slow
    server or resolver could hold a crawl's end for as long as it likes: a thread is left to itself then.
    """
    outcomes: list[_Outcome] = []
    thread = Thread(target=lambda: outcomes.append(_try(request, timeout)), daemon=True)
    thread.start()
    thread.join(timeout)
    return outcomes[0] if outcomes else (f"no answer within {timeout:g} s", True)


def _try(request: Request, timeout: float) -> _Outcome:
    try:
        with build_opener(_NoRedirects).open(request, timeout=timeout):
            return None, False
    except HTTPError as error:
        error.close()
        return (
            f"the server answers {error.code}",
            error.code == 429 or error.code >= 500,
        )
    except (OSError, HTTPException, ValueError) as error:
        return f"{getattr(error, 'reason', None) or error!r}", True
