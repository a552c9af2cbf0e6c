"""What all tests share: untimed properties, one replica a process, one database that a demo filled."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.command import Run, run
from tests.support.crawls import Copies
from tests.support.fleet import QUIET
from tests.support.listener import listener
from wardcrawler.replica import Replica

__all__ = ["listener"]

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def wardcrawler() -> Run:
    return run


@pytest.fixture(scope="session")
def running_replica() -> Iterator[Replica]:
    with Replica(quiet_portals=QUIET) as replica:
        yield replica


@pytest.fixture
def replica(running_replica: Replica) -> Replica:
    """The replica as it was at the start, whatever the test before did to it."""
    running_replica.restore()
    return running_replica


@pytest.fixture(scope="session")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Copies:
    return Copies(tmp_path_factory.mktemp("copies"))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demo's database and what the demo printed."""
    db = tmp_path_factory.mktemp("demo") / "demo.db"
    done = run("demo", "--db", db)
    assert (done.returncode, done.stderr) == (0, "")
    return db, done.stdout
