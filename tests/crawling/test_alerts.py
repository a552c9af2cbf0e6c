"""Alerts of real crawls: who is told what, and that a crawl ends as it would without them."""

import json
import subprocess

import pytest

from tests.support.command import environment, run
from tests.support.crawls import Crawls
from tests.support.listener import Listener
from wardcrawler.store.database.lock import RunLock


def crawl(crawls: Crawls, *more: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return run(*crawls.arguments("phuong-9", "--limit", "2", *more), env=environment(**variables))


@pytest.fixture
def both(listener: Listener) -> dict[str, str]:
    return {
        "WARDCRAWLER_PING_URL": f"{listener.address}/key",
        "WARDCRAWLER_WEBHOOK_URL": f"{listener.address}/hook",
    }


def test_a_crawl_that_goes_well_is_told_and_stays_silent(
    crawls: Crawls, listener: Listener, both: dict[str, str]
) -> None:
    done = crawl(crawls, **both)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert listener.paths() == ["GET /key/start", "POST /key/0", "POST /hook"]
    document = json.loads(listener.heard[2].body)
    assert (document["exit_code"], document["portals"], document["outcomes"]) == (0, 1, {"ok": 1})
    assert document["counts"]["new"] == crawls.rows("SELECT count(*) FROM articles")[0][0]


def test_a_portal_that_is_down_is_told(crawls: Crawls, listener: Listener, both: dict[str, str]) -> None:
    crawls.replica.set_down("phuong-9", "refused")
    done = crawl(crawls, "--set", "RETRY_TIMES=0", **both)
    assert done.returncode == 4
    assert listener.paths()[1] == "POST /key/4"
    (portal,) = json.loads(listener.heard[2].body)["unhealthy"]
    assert portal["outcome"] == "dead"
    assert f"{portal['site']}: dead: " in listener.heard[1].body


def test_a_run_that_finds_another_at_work_is_only_logged(
    crawls: Crawls, listener: Listener, both: dict[str, str]
) -> None:
    with RunLock(crawls.db):
        assert crawl(crawls, **both).returncode == 75
    assert listener.paths() == ["POST /key/log", "POST /hook"]


def test_a_database_that_cannot_be_used_is_told(
    crawls: Crawls, listener: Listener, both: dict[str, str]
) -> None:
    crawls.db.write_text("no database at all", encoding="utf-8")
    done = crawl(crawls, **both)
    assert done.returncode == 2
    assert listener.paths() == ["GET /key/start", "POST /key/2", "POST /hook"]
    assert "is not an SQLite database" in listener.heard[1].body


def test_alerts_that_fail_cost_one_line_each_and_not_the_crawl(
    crawls: Crawls, listener: Listener, both: dict[str, str]
) -> None:
    listener.answers = [404, 404, 404]
    done = crawl(crawls, "--json", **both)
    assert done.returncode == json.loads(done.stdout)["exit_code"] == 0
    assert len(done.stderr.splitlines()) == 3
    assert "/key" not in done.stderr
    assert crawls.rows("SELECT outcome FROM runs") == [("ok",)]
