"""The pace robots.txt asks for, cookies, and the words for what went wrong."""

from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.core import downloader
from scrapy.core.downloader import Slot
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet.defer import Deferred
from twisted.python.failure import Failure

from wardcrawler.crawling.middlewares.cookies import HostCookies
from wardcrawler.crawling.middlewares.declared_hosts import Offsite
from wardcrawler.crawling.middlewares.failures import explain
from wardcrawler.crawling.middlewares.politeness import LONGEST_CRAWL_DELAY, CrawlDelay
from wardcrawler.crawling.middlewares.robots import RobotsRefused

HOME = Request("https://ubnd.example/", meta={"download_slot": "ubnd.example"})


def slot_after(robots: str, slot: Slot) -> Slot:
    """The downloader's slot after robots.txt was read and a request is about to be sent."""
    downloader = SimpleNamespace(slots={"ubnd.example": slot})
    crawler: Any = SimpleNamespace(
        settings={"USER_AGENT": "wardcrawler/1 (+x)"}, engine=SimpleNamespace(downloader=downloader)
    )
    extension = CrawlDelay(crawler)
    extension.robots_parsed(ProtegoRobotParser(robots.encode(), None), HOME)
    extension.before_request(HOME, SimpleNamespace())  # type: ignore[arg-type]
    return slot


@pytest.mark.parametrize(
    ("robots", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 7", 7.0),
        ("User-agent: *\nCrawl-delay: 0.5", 1.0),
        ("User-agent: wardcrawler\nCrawl-delay: 5\n\nUser-agent: *\nCrawl-delay: 9", 5.0),
        ("User-agent: *\nCrawl-delay: 86400", LONGEST_CRAWL_DELAY),
        ("User-agent: *\nRequest-rate: 1/10s", 10.0),
        ("User-agent: *\nRequest-rate: 2/1m", 30.0),
        ("User-agent: *\nRequest-rate: 1/10s 0600-0845", 10.0),
        ("User-agent: *\nRequest-rate: 1/5s\nCrawl-delay: 8", 8.0),
        ("User-agent: *\nRequest-rate: 1/12s\nCrawl-delay: 8", 12.0),
        ("User-agent: *\nRequest-rate: 0/10s", 1.0),
        ("User-agent: *\nRequest-rate: 10/1s", 1.0),
        ("User-agent: *\nDisallow: /x", 1.0),
    ],
)
def test_crawl_delay_is_a_floor(robots: str, delay: float) -> None:
    assert slot_after(robots, Slot(concurrency=1, delay=1.0, jitter=0.25)).delay == delay


def test_jitter_cannot_undercut_a_delay_that_was_asked_for() -> None:
    slot = slot_after("User-agent: *\nCrawl-delay: 7", Slot(concurrency=1, delay=1.0, jitter=0.25))
    assert {slot.download_delay() for _ in range(50)} == {7.0}


def test_a_slower_pace_than_asked_for_stays() -> None:
    assert slot_after("User-agent: *\nCrawl-delay: 2", Slot(concurrency=1, delay=9.0, jitter=0)).delay == 9.0


def sent_at_once(slot: Slot, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many of three waiting requests the downloader sends before the first is under way."""
    sent: list[str] = []
    monkeypatch.setattr(downloader, "_schedule_coro", sent.append)
    monkeypatch.setattr(downloader, "call_later", lambda *_: SimpleNamespace(cancel=lambda: None))
    itself = SimpleNamespace(_wait_for_download=lambda _slot, request, _waiting: request.url, _latercall=None)
    itself._process_queue = lambda slot: downloader.Downloader._process_queue(itself, slot)  # type: ignore[arg-type]
    for _ in range(3):
        slot.queue.append((HOME, Deferred()))
    itself._process_queue(slot)
    return len(sent)


def test_without_a_delay_there_is_still_one_request_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sent_at_once(Slot(concurrency=1, delay=0.0, jitter=0.0), monkeypatch) == 3  # Scrapy's own doing
    slot = slot_after("", Slot(concurrency=1, delay=0.0, jitter=0.25))
    assert sent_at_once(slot, monkeypatch) == 1


def test_cookies_go_back_to_the_host_that_set_them_and_to_no_other() -> None:
    cookies = HostCookies()
    answer = Response(
        HOME.url, headers={"Set-Cookie": ["TS01=f5; Path=/; Domain=.example", "JSESSIONID=1; Path=/"]}
    )
    cookies.crawler = SimpleNamespace(spider=None)  # type: ignore[assignment]
    cookies.process_response(HOME, answer)
    same, other = Request("https://ubnd.example/tin"), Request("https://evil.example/")
    for request in (same, other):
        cookies.process_request(request)
    assert sorted(str(same.headers.get("Cookie"), "ascii").split("; ")) == ["JSESSIONID=1", "TS01=f5"]
    assert other.headers.get("Cookie") is None


@pytest.mark.parametrize(
    ("error", "reason", "status"),
    [
        (HttpError(Response("https://ubnd.example/", status=404)), "http-404", 404),
        (DownloadTimeoutError("45 s"), "timeout", None),
        (CannotResolveHostError("no such host"), "dns", None),
        (DownloadConnectionRefusedError("refused"), "refused", None),
        (Offsite("leads to evil.example"), "offsite", None),
        (RobotsRefused("robots.txt forbids it"), "robots", None),
        (RobotsRefused("robots.txt cannot be had", DownloadTimeoutError("45 s")), "timeout", None),
        (IgnoreRequest("max redirections reached"), "redirect-loop", None),
        (IgnoreRequest("body larger than DOWNLOAD_MAXSIZE"), "too-large", None),
        (KeyError("?"), "error", None),
    ],
)
def test_failures_have_a_short_reason_and_words(error: Exception, reason: str, status: int | None) -> None:
    told, words, told_status = explain(Failure(error))
    assert (told, told_status) == (reason, status)
    assert words
    assert "\n" not in words
