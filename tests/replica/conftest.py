"""One replica for each test file, and a plain HTTP client that follows nothing and decodes nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from wardcrawler.replica import Replica

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
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    try:
        connection.request(method, target, headers=headers or {})
        response = connection.getresponse()
        names = {name.lower(): value for name, value in response.getheaders()}
        return Reply(response.status, names, response.read())
    finally:
        connection.close()


@pytest.fixture(scope="module")
def running() -> Iterator[Replica]:
    with Replica(today=TODAY) as replica:
        yield replica


@pytest.fixture
def replica(running: Replica) -> Iterator[Replica]:
    """Return the file's replica as it was at the start, whatever the test before did to it."""
    running.restore()
    return running


@pytest.fixture
def get(replica: Replica) -> Get:
    """Return ``get(portal, target, headers)``."""

    def ask(portal: str, target: str, headers: dict[str, str] | None = None, method: str = "GET") -> Reply:
        return fetch(replica.address(portal), target, headers, method)

    return ask
