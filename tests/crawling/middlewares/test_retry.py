"""A host that says it is busy is left in peace, and nothing is lost when a crawl is closed for it.

Time is a Twisted clock: what matters is what the downloader's slot waits for.
"""

import gzip
import zlib
from collections.abc import Callable, Coroutine
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.core.downloader import Downloader, Slot
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.internet.defer import Deferred
from twisted.internet.task import Clock
from twisted.python.failure import Failure

from tests.support.wait_page import wait_page
from wardcrawler.crawling.middlewares import retry as rests
from wardcrawler.crawling.middlewares.failures import explain
from wardcrawler.crawling.middlewares.retry import AsksForRest, HostRests, PatientRetry
from wardcrawler.crawling.reasons import CLOSED_BECAUSE

HOST = "ubnd.example"


class Crawl:
    """The middleware on a real slot of a downloader that only writes down what it sends."""

    def __init__(self, clock: Clock, **changes: Any) -> None:
        self.clock = clock
        settings = Settings()
        settings.setmodule("wardcrawler.settings", priority="project")
        settings.update(changes)
        self.stats: dict[str, Any] = {}
        self.close_reason: str | None = None
        self.slots = {HOST: Slot(concurrency=1, delay=0.0, jitter=0.0)}
        self.engine = SimpleNamespace(
            _slot=SimpleNamespace(closing=None), close_spider_async=self.close_spider, downloader=self
        )
        self.sent: list[str] = []
        self.failed: list[Failure] = []
        self.middleware = PatientRetry(settings)
        self.middleware.crawler = SimpleNamespace(  # type: ignore[assignment]
            engine=self.engine,
            settings=settings,
            spider=SimpleNamespace(crawler=None),
            stats=SimpleNamespace(set_value=self.stats.__setitem__, inc_value=lambda name: None),
        )
        self.middleware.crawler.spider.crawler = self.middleware.crawler  # type: ignore[union-attr]

    async def close_spider(self, *, reason: str) -> None:
        self.close_reason = reason

    def _process_queue(self, slot: Slot) -> None:
        if slot.latercall is None:  # as the downloader does with a delay of 0
            self.sent += [request.url for request, _ in slot.queue]
            slot.queue.clear()

    @property
    def slot(self) -> Slot:
        return self.slots[HOST]

    def queue(self, path: str) -> Request:
        """A request arrives in the slot, as in the downloader's ``_enqueue_request``."""
        request = Request(f"https://{HOST}{path}", meta={"download_slot": HOST})
        self.middleware.before_request(request, SimpleNamespace())  # type: ignore[arg-type]
        waiting: Deferred[Any] = Deferred()
        waiting.addErrback(self.failed.append)
        self.slot.queue.append((request, waiting))
        self._process_queue(self.slot)
        return request

    def answered(self, status: int, retry_after: str | None = None, *, tries: int = 0) -> None:
        """The host answers, and the downloader would send what waits."""
        request = Request(f"https://{HOST}/", meta={"download_slot": HOST, "retry_times": tries})
        headers = {"Retry-After": retry_after} if retry_after else {}
        response = Response(request.url, status=status, headers=headers)
        self.middleware.response_downloaded(response, request, SimpleNamespace())  # type: ignore[arg-type]
        self._process_queue(self.slot)

    def pass_time(self, seconds: float) -> None:
        for _ in range(round(seconds * 2)):
            self.clock.advance(0.5)

    @property
    def rest(self) -> float:
        """Seconds until the host is asked again."""
        return max(0.0, rests._seconds_left(HOST))


def test_the_downloader_holds_back_a_slot_that_waits_for_a_later_call_even_without_delay() -> None:
    """Scrapy's own code, on which everything here rests."""
    slot = Slot(concurrency=1, delay=0.0, jitter=0.0)
    slot.latercall = SimpleNamespace(cancel=lambda: None)  # type: ignore[assignment]
    slot.queue.append((Request("https://ubnd.example/"), Deferred()))
    Downloader._process_queue(SimpleNamespace(), slot)  # type: ignore[arg-type]
    assert len(slot.queue) == 1


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(rests, "monotonic", clock.seconds)
    monkeypatch.setattr(rests, "call_later", clock.callLater)
    monkeypatch.setattr(rests, "_resting_until", {})
    monkeypatch.setattr(rests.asyncio, "ensure_future", to_its_end)
    return clock


def to_its_end(closing: Coroutine[Any, Any, None]) -> None:
    with pytest.raises(StopIteration):
        closing.send(None)


@pytest.fixture
def crawl(clock: Clock) -> Crawl:
    return Crawl(clock)


# --- the host rests --------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 503])
def test_the_whole_host_rests_as_long_as_it_asks(crawl: Crawl, status: int) -> None:
    crawl.answered(status, "120")
    crawl.queue("/another")
    crawl.pass_time(119)
    assert crawl.sent == []
    crawl.pass_time(1)
    assert crawl.sent == [f"https://{HOST}/another"]


def test_what_waited_already_waits_on(crawl: Crawl) -> None:
    crawl.slot.latercall = crawl.clock.callLater(1, lambda: None)  # the usual delay
    crawl.queue("/waiting")
    crawl.answered(429, "120")
    crawl.pass_time(119)
    assert crawl.sent == []


def test_the_host_rests_on_when_its_slot_was_dropped_in_between(crawl: Crawl) -> None:
    crawl.answered(429, "120")
    crawl.slots.pop(HOST).close()
    crawl.slots[HOST] = Slot(concurrency=1, delay=0.0, jitter=0.0)
    crawl.queue("/after")
    crawl.pass_time(119)
    assert crawl.sent == []
    crawl.pass_time(1)
    assert crawl.sent == [f"https://{HOST}/after"]


def test_a_shorter_rest_does_not_end_a_longer_one(crawl: Crawl) -> None:
    crawl.answered(429, "120")
    crawl.answered(429, "10")
    assert crawl.rest == 120


@pytest.mark.parametrize("header", [None, "soon", "0", "Mon, 23 Nov 2020 08:02:00 GMT"])
def test_without_a_usable_header_the_rest_doubles_with_each_429_in_a_row(
    crawl: Crawl, header: str | None
) -> None:
    rested = []
    for _ in range(4):
        crawl.answered(429, header)
        rested.append(crawl.rest)
        crawl.pass_time(crawl.rest)
    crawl.answered(200)
    crawl.answered(429, header)
    assert [*rested, crawl.rest] == [5, 10, 20, 40, 5]


def test_503_may_be_one_page_its_rest_doubles_with_the_tries_of_that_page(crawl: Crawl) -> None:
    rested = []
    for tries in (0, 1, 2, 0):
        crawl.answered(503, tries=tries)
        rested.append(crawl.rest)
        crawl.pass_time(crawl.rest)
    assert rested == [5, 10, 20, 5]


def test_a_back_off_is_never_longer_than_a_rest_that_would_be_sat_out(clock: Clock) -> None:
    crawl = Crawl(clock, WARDCRAWLER_MOST_429=100)
    for _ in range(40):
        crawl.answered(429)
    assert crawl.rest == crawl.middleware.longest


def test_other_answers_ask_for_no_rest(crawl: Crawl) -> None:
    for status in (200, 301, 404, 500, 502):
        crawl.answered(status, "120")
    assert crawl.rest == 0


def test_a_crawl_that_is_stopped_does_not_sit_the_rest_out(crawl: Crawl) -> None:
    crawl.answered(429, "120")
    crawl.queue("/waiting")
    crawl.engine._slot.closing = object()
    crawl.pass_time(1)
    assert [explain(failure)[0] for failure in crawl.failed] == ["rest"]


# --- a page with status 200 that asks for rest -----------------------------------------------------

PACKED: dict[str, Callable[[bytes], bytes]] = {
    "identity": bytes,
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": lambda body: body[::-1],  # anything that only Scrapy's own middleware can read
}


def seen(crawl: Crawl, body: bytes, coding: str = "identity", *, tries: int = 0) -> Request | Response:
    """A page with status 200 comes, as through the downloader and the middleware that unpacks."""
    meta = {"download_slot": HOST, "retry_times": tries}
    request = Request(f"https://{HOST}/", meta=meta)
    packed = Response(request.url, body=PACKED[coding](body), headers={"Content-Encoding": coding})
    crawl.middleware.response_downloaded(packed, request, SimpleNamespace())  # type: ignore[arg-type]
    crawl._process_queue(crawl.slot)
    return crawl.middleware.process_response(request, Response(request.url, body=body))


@pytest.mark.parametrize("coding", PACKED)
def test_a_page_that_asks_for_rest_lets_the_host_rest_and_is_asked_for_again(
    crawl: Crawl, coding: str
) -> None:
    again = seen(crawl, wait_page(54), coding)
    assert isinstance(again, Request)
    crawl.queue("/another")
    crawl.pass_time(53)
    assert crawl.sent == []
    crawl.pass_time(1)
    assert crawl.sent == [f"https://{HOST}/another"]


def test_the_page_after_the_rest_is_taken_as_it_is(crawl: Crawl) -> None:
    again = seen(crawl, wait_page(54))
    assert isinstance(again, Request)
    page = Response(again.url, body="<h1>Tin tức</h1>".encode())
    crawl.middleware.response_downloaded(page, again, SimpleNamespace())  # type: ignore[arg-type]
    assert crawl.middleware.process_response(again, page) is page
    assert crawl.middleware.in_a_row == 0


def test_where_it_is_the_last_answer_the_address_is_refused_as_with_429(crawl: Crawl) -> None:
    with pytest.raises(AsksForRest) as error:
        seen(crawl, wait_page(2), tries=2)
    assert explain(Failure(error.value)) == ("http-429", "asks for rest on a page with status 200", 200)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("coding", PACKED)
def test_a_portal_that_goes_on_asking_for_rest_is_closed(crawl: Crawl, coding: str) -> None:
    for _ in range(9):
        assert crawl.close_reason is None
        with suppress(AsksForRest):
            seen(crawl, wait_page(2), coding)
    assert (crawl.close_reason, crawl.stats[CLOSED_BECAUSE]) == (
        "rest",
        f"{HOST} asked for rest 9 times in a row",
    )


def test_a_page_that_asks_for_more_rest_than_is_sat_out_closes_the_crawl(crawl: Crawl) -> None:
    with pytest.raises(AsksForRest):
        seen(crawl, wait_page(3600))
    assert crawl.stats[CLOSED_BECAUSE] == f"{HOST} asks for 3600 s of rest on a page with status 200"


def test_rests_on_pages_add_up_too(crawl: Crawl) -> None:
    for _ in range(200):
        with suppress(AsksForRest):
            seen(crawl, wait_page(200))
        if crawl.close_reason:
            break
        crawl.pass_time(crawl.rest)
        crawl.answered(200)
    assert crawl.close_reason == "rest"
    assert crawl.clock.seconds() <= crawl.middleware.most


# --- the crawl is closed ---------------------------------------------------------------------------


def test_a_rest_longer_than_the_cap_closes_the_crawl_and_nothing_more_is_sent(crawl: Crawl) -> None:
    crawl.slot.latercall = crawl.clock.callLater(1, lambda: None)
    crawl.queue("/waiting")
    crawl.answered(429, "3600")
    assert crawl.close_reason == "rest"
    assert crawl.stats[CLOSED_BECAUSE] == f"{HOST} asks for 3600 s of rest (Retry-After)"
    assert crawl.sent == []
    assert [explain(failure)[0] for failure in crawl.failed] == ["rest"]
    with pytest.raises(HostRests):
        crawl.middleware.process_request(Request(f"https://{HOST}/more"))


def test_the_answer_that_closed_the_crawl_is_not_asked_for_again(crawl: Crawl) -> None:
    crawl.answered(503, "3600")
    response = Response(f"https://{HOST}/", status=503)
    assert crawl.middleware.process_response(Request(response.url), response) is response


def test_the_next_portal_on_that_host_is_not_asked_either(crawl: Crawl, clock: Clock) -> None:
    crawl.answered(429, "3600")
    following = Crawl(clock)
    crawl.pass_time(60)
    with pytest.raises(HostRests):
        following.middleware.process_request(Request(f"https://{HOST}/"))
    assert following.close_reason == "rest"
    assert following.stats[CLOSED_BECAUSE] == (f"{HOST} asked for rest (Retry-After), 3540 s of it are left")
    crawl.middleware.closed = None
    crawl.middleware.process_request(Request("https://another.example/"))


def test_a_portal_that_goes_on_answering_429_is_closed(crawl: Crawl) -> None:
    for _ in range(8):
        crawl.answered(429)
    assert crawl.close_reason is None
    crawl.answered(429)
    assert (crawl.close_reason, crawl.stats[CLOSED_BECAUSE]) == (
        "rest",
        f"{HOST} answered 429 9 times in a row",
    )


@pytest.mark.parametrize(
    ("status", "header", "reason"),
    [(503, None, "unavailable"), (503, "250", "rest"), (429, "250", "rest")],
)
def test_rests_that_add_up_close_the_crawl(
    crawl: Crawl, status: int, header: str | None, reason: str
) -> None:
    for _ in range(200):
        crawl.answered(status, header, tries=2)
        if crawl.close_reason:
            break
        crawl.pass_time(crawl.rest)
        crawl.answered(200)
    assert crawl.close_reason == reason
    assert crawl.clock.seconds() <= crawl.middleware.most
