"""A plain HTTP client that follows nothing and decodes nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from http.client import HTTPConnection
from urllib.parse import urlsplit

from tests.support.command import PATIENCE

TODAY = date(2025, 3, 7)


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


Get = Callable[..., Reply]


def fetch(address: str, target: str, headers: dict[str, str] | None = None, method: str = "GET") -> Reply:
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
    try:
        connection.request(method, target, headers=headers or {})
        response = connection.getresponse()
        names = {name.lower(): value for name, value in response.getheaders()}
        return Reply(response.status, names, response.read())
    finally:
        connection.close()
