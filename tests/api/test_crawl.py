"""``wardcrawler.crawl``: in a process of its own, as often as a program likes."""

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import wardcrawler
from tests.support.command import environment
from tests.support.crawls import BY_NAME
from wardcrawler.api.crawl import process
from wardcrawler.api.errors import InputError
from wardcrawler.api.options import PortalChoice
from wardcrawler.api.portals import choose
from wardcrawler.replica import Replica
from wardcrawler.store.database.lock import RunLock

WARD = "phuong-9"


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica() as replica:
        yield replica


@pytest.fixture
def asked(replica: Replica, tmp_path: Path) -> dict[str, Any]:
    return {
        "url": replica.address(WARD), "sections": list(BY_NAME[WARD].sections.values()), "delay": 0,
        "settings": {"WARDCRAWLER_BACKOFF": 0}, "db": tmp_path / "crawl.db",
    }  # fmt: skip


def wait_for_a_request(replica: Replica) -> None:
    """Poll the replica's own count, which each answer raises."""
    while not replica.requests(WARD):
        pass


def test_one_program_crawls_twice(asked: dict[str, Any]) -> None:
    told: list[wardcrawler.RunResult] = []
    (first,) = wardcrawler.crawl(**asked, limit=3, on_result=told.append)
    assert (first.outcome, first.new) == ("ok", 3)
    assert told == [first]
    (second,) = wardcrawler.crawl(**asked)
    assert second.new > 0
    with wardcrawler.open(asked["db"]) as db:
        assert len(list(db.records())) == first.new + second.new
        commands = {row[0] for row in db.connection.execute("SELECT command FROM runs")}
    assert commands == {"wardcrawler.crawl"}


def test_a_portal_that_fails_is_a_result(tmp_path: Path) -> None:
    (result,) = wardcrawler.crawl(
        url="http://127.0.0.1:9", delay=0, settings={"RETRY_TIMES": 0}, db=tmp_path / "crawl.db"
    )
    assert (result.outcome, result.site) == ("dead", "127.0.0.1:9")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"portals": ["hcm-tan-bin"]}, "closest: hcm-tan-binh"),
        ({}, "in one way"),
        ({"portals": ["hcm-tan-binh"], "all_portals": True}, "in one way"),
        ({"portals": "hcm-tan-binh"}, "list of names"),
        ({"portals": ["hcm-tan-binh"], "since": "2024-02-01", "until": "2024-01-01"}, "is after until"),
        ({"url": "ftp://x"}, "not an http"),
        ({"url": "http://127.0.0.1:9", "settings": {"WARDCRAWLER_TLS": "none"}}, "expected one of"),
        ({"portals": ["hcm-tan-binh"], "settings": {"X": object()}}, "cannot be told"),
    ],
)
def test_what_cannot_be_asked_is_an_input_error(
    tmp_path: Path, arguments: dict[str, Any], words: str
) -> None:
    with pytest.raises(wardcrawler.InputError, match=words):
        wardcrawler.crawl(**arguments, db=tmp_path / "crawl.db")
    assert not (tmp_path / "crawl.db").exists()


def test_a_database_in_use_is_said_with_its_exit_code(asked: dict[str, Any]) -> None:
    with RunLock(asked["db"]), pytest.raises(wardcrawler.DatabaseProblem) as problem:
        wardcrawler.crawl(**asked)
    assert problem.value.exit_code == 75


def test_an_exception_of_the_callers_ends_the_crawl_in_order(asked: dict[str, Any]) -> None:
    class Enough(Exception):
        pass

    def stop(_: wardcrawler.RunResult) -> None:
        raise Enough

    with pytest.raises(Enough):
        wardcrawler.crawl(**asked, limit=1, on_result=stop)
    with RunLock(asked["db"]):  # nobody holds it any more
        pass


def test_ctrl_c_ends_the_crawl_in_order(
    asked: dict[str, Any], replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow = process._follow

    def interrupted(child: Any, order: bytes, *others: Any) -> list[wardcrawler.RunResult]:
        child.stdin.write(order)
        child.stdin.flush()
        wait_for_a_request(replica)
        raise KeyboardInterrupt

    replica.reset()
    monkeypatch.setattr(process, "_follow", interrupted)
    with pytest.raises(KeyboardInterrupt):
        wardcrawler.crawl(**asked | {"delay": 5})
    monkeypatch.setattr(process, "_follow", follow)
    with wardcrawler.open(asked["db"]) as db:
        outcomes = [row[0] for row in db.connection.execute("SELECT outcome FROM runs")]
    assert outcomes == ["interrupted"]


def test_a_crawl_does_not_outlive_the_program_that_asked_for_it(
    asked: dict[str, Any], replica: Replica
) -> None:
    replica.reset()
    arguments = {**asked, "delay": 5, "db": str(asked["db"])}
    program = subprocess.Popen(
        [sys.executable, "-c", f"import wardcrawler\nwardcrawler.crawl(**{arguments!r})"], env=environment()
    )
    wait_for_a_request(replica)
    with asked["db"].with_name("crawl.db.lock").open("rb") as lock:
        os.kill(program.pid, signal.SIGKILL)
        program.wait()
        fcntl.flock(lock, fcntl.LOCK_SH)  # waits for the child, which holds it to its end
    with wardcrawler.open(asked["db"]) as db:
        outcomes = [row[0] for row in db.connection.execute("SELECT outcome FROM runs")]
    assert outcomes == ["interrupted"]


def test_a_process_that_dies_is_said_with_its_log(
    asked: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-c", "import sys; sys.exit(7)"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    monkeypatch.setattr(process, "_start", start)
    with pytest.raises(wardcrawler.CrawlFailed, match=r"status 7; see .*crawl\.log"):
        wardcrawler.crawl(**asked)


def test_the_choice_is_checked_where_it_is_used_too() -> None:
    with pytest.raises(InputError, match="one way"):
        choose(PortalChoice())
    with pytest.raises(InputError, match="go with url"):
        choose(PortalChoice(names=["hcm-tan-binh"], platform="liferay"))
