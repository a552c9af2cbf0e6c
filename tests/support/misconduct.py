"""What guilty portals do, in the processes that crawl them, so that no test waits for a clock."""

import asyncio
import time
from pathlib import Path
from typing import NoReturn

from wardcrawler.crawling.workers.handle import WorkerHandle

PACKAGE = "portals_of_test"
HANGING = frozenset({"test-hangs", "test-hangs-later"})
LONG = 86_400.0


def let_pass(seconds: float) -> None:
    """Move the clock of the running event loop on: what waits for that long is due now."""
    loop = asyncio.get_running_loop()
    now = loop.time
    loop.time = lambda: now() + seconds  # type: ignore[method-assign]


def block() -> NoReturn:
    """Never return, nor let anything else of the process run."""
    while True:
        time.sleep(LONG)


def hang() -> NoReturn:
    """Never return, and let the parent know how long it has waited already (``age_hanging_workers``)."""
    _sign().touch()
    block()


def age_hanging_workers() -> None:
    """In the parent: let a worker in which ``hang`` runs be one that was last heard of a day ago."""
    WorkerHandle.heard = property(_heard, _hear)  # type: ignore[assignment]


def _heard(worker: WorkerHandle) -> float:
    is_hanging = worker.marker.read() in HANGING and _sign().exists()
    at: float = vars(worker)["heard"]
    return at - LONG if is_hanging else at


def _hear(worker: WorkerHandle, at: float) -> None:
    vars(worker)["heard"] = at


def _sign() -> Path:
    """Return the file that says that a portal hangs."""
    package = __import__(PACKAGE)
    return Path(package.__path__[0]) / "hangs"
