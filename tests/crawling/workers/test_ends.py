"""Ctrl-C, SIGTERM and kill -9, of the parent and of workers, in the middle of crawls."""

import fcntl
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.command import PATIENCE
from tests.support.fleet import Fleet, assert_same
from wardcrawler.replica import Replica

PORTALS = ("phuong-9", "phuong-10", "quan")
SITES = [f"test-{name}" for name in PORTALS]


def workers_of(parent: subprocess.Popen[str]) -> list[int]:
    children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()
    return [int(child) for child in children]


def until_asked(fleet: Fleet, count: int) -> None:
    """Poll the replica's own count, which each answer raises; the crawls are what moves it on."""
    while sum(sum(fleet.replica.requests(name).values()) for name in PORTALS) < count:
        pass


@pytest.fixture
def start(fleet: Fleet) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts a crawl of three large portals and waits until it is under way."""
    fleet.healthy(*PORTALS)
    started: list[subprocess.Popen[str]] = []

    def start(*more: str) -> subprocess.Popen[str]:
        started.append(fleet.start("--all", "--jobs", "2", *more))
        until_asked(fleet, 40)
        return started[-1]

    yield start
    for child in started:
        child.kill()
        child.communicate()


@pytest.fixture(scope="module")
def undisturbed(running_replica: Replica, tmp_path_factory: pytest.TempPathFactory) -> Fleet:
    """The same portals, crawled in an undisturbed run."""
    running_replica.restore()
    folder = tmp_path_factory.mktemp("undisturbed")
    fleet = Fleet(running_replica, folder, folder / "undisturbed.db")
    fleet.healthy(*PORTALS)
    for site in SITES:
        assert fleet.command(site).returncode == 0
    return fleet


def assert_heals(fleet: Fleet, undisturbed: Fleet) -> None:
    """The next run ends what was begun: the database is that of an undisturbed run."""
    assert fleet.command("--all").returncode == 0
    assert fleet.rows("SELECT count(*) FROM runs WHERE outcome = 'running'") == [(0,)]
    assert_same(fleet, undisturbed)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_ends_all_crawls_in_order(
    undisturbed: Fleet, fleet: Fleet, start: Callable[..., subprocess.Popen[str]], number: signal.Signals
) -> None:
    parent = start()
    parent.send_signal(number)
    _, errors = parent.communicate(timeout=PATIENCE)
    assert parent.returncode == 130
    assert errors.count(": interrupted: stopped by a person or the system") >= 1
    assert "Traceback" not in errors
    outcomes = {outcome for (outcome,) in fleet.rows("SELECT outcome FROM runs WHERE finished_at NOT NULL")}
    assert outcomes <= {"interrupted", "ok"}
    assert fleet.rows("SELECT count(*) FROM runs WHERE outcome = 'running'") == [(0,)]
    assert_heals(fleet, undisturbed)


def test_a_second_signal_ends_all_at_once(fleet: Fleet) -> None:
    fleet.healthy(1)
    fleet.guilty(2, "blocks")  # it would not end in order
    parent = fleet.start("--all", "--jobs", "2")
    while len(fleet.replica.requests("quiet-002")) < 2:
        pass
    workers = workers_of(parent)
    for number in (signal.SIGINT, signal.SIGTERM):  # two of one kind may become one on their way
        parent.send_signal(number)
    _, errors = parent.communicate(timeout=PATIENCE)
    assert parent.returncode == 130
    assert "Traceback" not in errors
    assert not [worker for worker in workers if Path(f"/proc/{worker}").exists()]


def test_portals_of_a_killed_worker_go_on_in_another(
    undisturbed: Fleet, fleet: Fleet, start: Callable[..., subprocess.Popen[str]]
) -> None:
    parent = start()
    for worker in workers_of(parent):
        os.kill(worker, signal.SIGKILL)
    _, errors = parent.communicate(timeout=PATIENCE)
    assert (parent.returncode, errors) == (0, "")
    lost = fleet.rows("SELECT DISTINCT reason FROM runs WHERE outcome = 'interrupted'")
    assert lost == [("its worker process died; what was stored stays",)]
    assert_same(fleet, undisturbed)


def test_workers_hold_the_lock_of_a_killed_parent_until_they_have_ended_in_order(
    undisturbed: Fleet, fleet: Fleet, start: Callable[..., subprocess.Popen[str]]
) -> None:
    parent = start()
    workers = workers_of(parent)
    for worker in workers:
        os.kill(worker, signal.SIGSTOP)
    parent.kill()
    parent.communicate()
    assert fleet.command("--all").returncode == 75
    for worker in workers:
        os.kill(worker, signal.SIGCONT)
    with suppress(FileNotFoundError), fleet.db.with_name("fleet.db.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # waits for the last worker
    assert fleet.rows("SELECT count(*) FROM runs WHERE outcome = 'running'") == [(0,)]
    assert fleet.rows("SELECT count(*) FROM runs WHERE outcome = 'interrupted'") != [(0,)]
    assert_heals(fleet, undisturbed)
