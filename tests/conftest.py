"""What all tests share: untimed properties, one replica a process, one database that a demo filled."""

import fcntl
import gc
import os
import shutil
import signal
import warnings
from collections.abc import Iterator
from pathlib import Path

import datasette.filters  # noqa: F401
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

# A shell that runs the tests in the background has them, and all they start, ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Datasette asks SQLite for JSON when it is imported, and never closes that connection: Python 3.13 would
# blame whichever test runs when it is collected.
with warnings.catch_warnings():
    warnings.simplefilter("ignore", ResourceWarning)
    gc.collect()


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
    """The demo's database and what the demo printed. Of several workers, one runs it, and all have a copy."""
    base = tmp_path_factory.getbasetemp()
    made = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "first-demo"
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (made / "printed").exists():
            done = run("demo", "--db", made / "demo.db")
            assert (done.returncode, done.stderr) == (0, "")
            (made / "printed").write_text(done.stdout, encoding="utf-8")
    folder = tmp_path_factory.mktemp("demo") / "demo"
    shutil.copytree(made, folder)
    printed = (folder / "printed").read_text(encoding="utf-8")
    return folder / "demo.db", printed.replace(str(made), str(folder))
