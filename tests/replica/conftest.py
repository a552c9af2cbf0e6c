"""One replica for all files, on a day that does not change, and a client of its portals."""

from collections.abc import Iterator

import pytest

from tests.replica.client import TODAY, Get, Reply, fetch
from wardcrawler.replica import Replica


@pytest.fixture(scope="session")
def running_replica() -> Iterator[Replica]:
    with Replica(today=TODAY) as replica:
        yield replica


@pytest.fixture
def replica(running_replica: Replica) -> Replica:
    """Return the replica as it was at the start, whatever the test before did to it."""
    running_replica.restore()
    return running_replica


@pytest.fixture
def get(replica: Replica) -> Get:
    """Return ``get(portal, target, headers)``."""

    def ask(portal: str, target: str, headers: dict[str, str] | None = None, method: str = "GET") -> Reply:
        return fetch(replica.address(portal), target, headers, method)

    return ask
