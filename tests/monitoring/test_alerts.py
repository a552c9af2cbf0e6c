"""What the ping and the webhook are told, by the way a crawl ends."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.listener import Listener
from wardcrawler.crawling.runs.outcome import RunResult
from wardcrawler.exit_codes import LOCKED, STORAGE
from wardcrawler.monitoring.alerts import MOST_BYTES, Alerts, send
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.store.database.lock import RunLock

WELL = RunResult(site="hcm-a", outcome="ok", reason=None, new=12, requests=30)
DEAD = RunResult(site="hcm-b", outcome="dead", reason="không trả lời", requests=3)


class Crawl:
    """A crawl of nothing, with alerts to the listener."""

    def __init__(self, listener: Listener, folder: Path) -> None:
        self.listener = listener
        self.db = folder / "ward.db"
        self.log = folder / "ward.log"
        self.said: list[str] = []
        self.ping_url = f"{listener.address}/secret-key"
        self.webhook_url = f"{listener.address}/secret-hook"

    def alerts(self) -> Alerts:
        def hurried(url: str, body: bytes | None, media_type: str) -> str | None:
            return send(url, body, media_type, pause=lambda seconds: None)

        return Alerts(self.ping_url, self.webhook_url, self.db, self.log, self.said.append, send=hurried)

    def ends(self, exit_code: int, *results: RunResult) -> None:
        with self.alerts() as alerts:
            alerts.conclude(exit_code, results)

    def breaks(self, error: BaseException) -> None:
        with pytest.raises(type(error)), self.alerts():
            raise error

    @property
    def document(self) -> Any:
        (request,) = (request for request in self.listener.heard if request.path == "/secret-hook")
        assert request.media_type == "application/json; charset=utf-8"
        return json.loads(request.body)


@pytest.fixture
def crawl(listener: Listener, tmp_path: Path) -> Crawl:
    return Crawl(listener, tmp_path)


def test_a_crawl_that_goes_well_pings_start_and_0_and_posts_the_counts(crawl: Crawl) -> None:
    crawl.ends(0, WELL, WELL)
    assert crawl.listener.paths() == ["GET /secret-key/start", "POST /secret-key/0", "POST /secret-hook"]
    document = crawl.document
    assert (document["exit_code"], document["unhealthy"], document["error"]) == (0, [], None)
    assert (document["portals"], document["outcomes"]) == (2, {"ok": 2})
    assert (document["counts"]["new"], document["counts"]["requests"]) == (24, 60)
    assert document["db"] == str(crawl.db)
    assert crawl.said == []


def test_unhealthy_portals_are_named_to_both(crawl: Crawl) -> None:
    crawl.ends(3, WELL, DEAD)
    assert crawl.listener.heard[1].path == "/secret-key/3"
    assert "1 of 2 portals well, 12 new articles\nhcm-b: dead: không trả lời" in crawl.listener.heard[1].body
    assert crawl.document["unhealthy"] == [{"site": "hcm-b", "outcome": "dead", "reason": "không trả lời"}]
    assert "hcm-b: dead" in crawl.document["text"]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RuntimeError("a bug"), 1),
        (DatabaseProblem("the disk is full", STORAGE), 5),
        (KeyboardInterrupt(), 130),
        (SystemExit(4), 4),
    ],
)
def test_what_breaks_a_crawl_is_told_with_its_exit_code(
    crawl: Crawl, error: BaseException, code: int
) -> None:
    crawl.breaks(error)
    assert crawl.listener.paths()[1:] == [f"POST /secret-key/{code}", "POST /secret-hook"]
    assert crawl.document["exit_code"] == code
    assert str(error) in crawl.document["error"]


def test_a_failure_of_ours_brings_its_trace_along(crawl: Crawl) -> None:
    crawl.breaks(RuntimeError("a bug"))
    assert "Traceback" in crawl.listener.heard[1].body
    assert "RuntimeError: a bug" in crawl.listener.heard[1].body


def test_a_run_that_finds_another_at_work_does_not_touch_the_state_of_its_check(crawl: Crawl) -> None:
    with RunLock(crawl.db):
        crawl.breaks(DatabaseProblem("in use by another run", LOCKED))
    assert crawl.listener.paths() == ["POST /secret-key/log", "POST /secret-hook"]
    assert crawl.document["exit_code"] == 75


def test_the_ping_carries_the_last_lines_of_the_log(crawl: Crawl) -> None:
    crawl.log.write_text("".join(f"dòng {number}\n" for number in range(100)), encoding="utf-8")
    crawl.ends(3, WELL, DEAD)
    assert crawl.listener.heard[1].body.endswith("dòng 98\ndòng 99")
    assert "dòng 50\n" not in crawl.listener.heard[1].body


def test_a_long_report_keeps_its_head_and_its_end(crawl: Crawl) -> None:
    crawl.log.write_text("x" * 9_000 + "\nthe end\n", encoding="utf-8")
    many = [RunResult(site=f"hcm-{number}", outcome="dead", reason="lâu " * 30) for number in range(100)]
    crawl.ends(4, *many)
    body = crawl.listener.heard[1].body
    assert len(body.encode()) <= MOST_BYTES + 10  # a letter cut in two is replaced
    assert body.startswith("wardcrawler on ")
    assert body.endswith("the end")


def test_an_address_may_end_with_a_slash_or_have_a_query(crawl: Crawl) -> None:
    crawl.ping_url = f"{crawl.listener.address}/key/?create=1"
    crawl.ends(0, WELL)
    assert crawl.listener.paths()[:2] == ["GET /key/start?create=1", "POST /key/0?create=1"]


@pytest.mark.parametrize("which", ["ping_url", "webhook_url"])
def test_without_an_address_nobody_is_told(crawl: Crawl, which: str) -> None:
    setattr(crawl, which, "")
    crawl.ends(0, WELL)
    kept = "/secret-hook" if which == "ping_url" else "/secret-key"
    assert all(kept in path for path in crawl.listener.paths())
    assert crawl.listener.heard


def test_an_alert_that_fails_is_one_line_without_the_key(crawl: Crawl) -> None:
    crawl.listener.answers = [200, 404, 404]
    crawl.ends(0, WELL)
    assert [line.partition(" ")[0] for line in crawl.said] == [
        "WARDCRAWLER_PING_URL",
        "WARDCRAWLER_WEBHOOK_URL",
    ]
    assert all("the server answers 404; the crawl is not affected" in line for line in crawl.said)
    assert "secret" not in "".join(crawl.said)


@pytest.mark.parametrize("url", ["http://[::1", "nonsense", "file:///etc/passwd", "http://a b/"])
def test_an_address_that_is_none_is_one_line_an_alert(crawl: Crawl, url: str) -> None:
    crawl.ping_url = crawl.webhook_url = url
    crawl.ends(0, WELL)
    assert len(crawl.said) == 3
    assert crawl.listener.heard == []


def test_a_result_that_cannot_be_read_does_not_break_the_crawl(crawl: Crawl) -> None:
    crawl.ends(0, RunResult(site="hcm-\ud800", outcome="dead", reason="lone \ud800 surrogate"))
    assert len(crawl.listener.heard) == 3
    crawl.ends(0, object())  # type: ignore[arg-type]
    assert len(crawl.said) == 2
