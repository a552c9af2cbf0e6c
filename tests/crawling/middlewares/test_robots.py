"""robots.txt as RFC 9309 reads it. The middlewares are the real ones; only the network is a table."""

import asyncio
import itertools
from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import CannotResolveHostError, DownloadTimeoutError
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.statscollectors import DummyStatsCollector
from twisted.python.failure import Failure

from wardcrawler.crawling.middlewares import robots as robots_module
from wardcrawler.crawling.middlewares.declared_hosts import DeclaredHosts
from wardcrawler.crawling.middlewares.failures import explain
from wardcrawler.crawling.middlewares.robots import LONGEST_KEPT, MOST_BYTES, FailClosedRobots, RobotsRefused

HOST = "https://phuong9.example.gov.vn"
ROBOTS = f"{HOST}/robots.txt"
FORBIDS_X = b"User-agent: *\nDisallow: /x\n"


class Portal:
    """A portal of a table of answers by address: a body, a status, the address a 302 leads to, an error."""

    def __init__(self, **answers: bytes | int | str | Exception) -> None:
        self.answers: dict[str, bytes | int | str | Exception] = dict(answers)
        self.asked: Counter[str] = Counter()
        settings = Settings()
        settings.setmodule("wardcrawler.settings", priority="project")
        self.crawler: Any = SimpleNamespace(
            settings=settings,
            stats=DummyStatsCollector(SimpleNamespace(settings=settings)),  # type: ignore[arg-type]
            spider=SimpleNamespace(base_url=HOST, allowed_domains=[HOST[8:]], crawler=None, name="p"),
            engine=self,
            signals=SimpleNamespace(connect=lambda *a, **k: None, send_catch_log_async=self.parsed),
        )
        self.hosts = DeclaredHosts(self.crawler)
        self.redirects = RedirectMiddleware.from_crawler(self.crawler)
        self.robots = FailClosedRobots(self.crawler)

    async def parsed(self, **_signal: Any) -> None:
        """``robots_parsed``."""

    async def download_async(self, request: Request) -> Response:
        while True:
            self.hosts.process_request(request)
            self.asked[request.url] += 1
            answer = self.answers[request.url]
            match answer:
                case Exception():
                    raise answer
                case bytes():
                    return Response(request.url, body=answer)
                case int():
                    return Response(request.url, status=answer, body=b"User-agent: *\nDisallow: /")
            redirect = Response(request.url, status=302, headers={"Location": answer})
            following = self.redirects.process_response(request, redirect)
            if isinstance(following, Response):
                return following
            request = following

    def refusal(self, path: str = "/x") -> RobotsRefused | None:
        """Why ``path`` may not be asked for, or None."""
        try:
            asyncio.run(self.robots.process_request(Request(HOST + path)))
        except RobotsRefused as refused:
            return refused
        return None

    def allows(self, path: str = "/x") -> bool:
        return self.refusal(path) is None


def portal(answer: bytes | int | str | Exception, **more: bytes | int | str | Exception) -> Portal:
    return Portal(**{ROBOTS: answer, **more})


def test_its_rules_hold() -> None:
    asked = portal(FORBIDS_X)
    assert not asked.allows("/x")
    assert asked.allows("/tin")
    assert asked.asked == {ROBOTS: 1}


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_none_there_allows_everything(status: int) -> None:
    assert portal(status).allows()


@pytest.mark.parametrize("status", [500, 502, 503, 599, 429])
def test_a_server_that_cannot_give_it_forbids_everything(status: int) -> None:
    assert f"the server answers {status}" in str(portal(status).refusal())


@pytest.mark.parametrize(
    ("error", "reason"), [(DownloadTimeoutError("45 s"), "timeout"), (CannotResolveHostError("?"), "dns")]
)
def test_no_answer_forbids_everything_and_says_what_happened(error: Exception, reason: str) -> None:
    refusal = portal(error).refusal()
    assert explain(Failure(refusal))[0] == reason


# --- redirects (2.3.1.2) ---------------------------------------------------------------------------


def test_redirects_are_followed_to_another_host_and_the_rules_hold_for_the_first() -> None:
    asked = portal("https://example.gov.vn/robots.txt", **{"https://example.gov.vn/robots.txt": FORBIDS_X})
    assert not asked.allows("/x")
    assert asked.allows("/tin")
    assert asked.asked["https://example.gov.vn/robots.txt"] == 1


def test_only_robots_txt_may_lead_to_another_host() -> None:
    asked = portal(FORBIDS_X)
    with pytest.raises(Exception, match="not a host of this portal"):
        asked.hosts.process_request(Request("https://example.gov.vn/robots.txt"))


def chain(length: int) -> Portal:
    hops = [ROBOTS, *(f"https://hop{number}.example/robots.txt" for number in range(length))]
    following = dict(itertools.pairwise(hops))
    return Portal(**following, **{hops[-1]: FORBIDS_X})


def test_five_redirects_are_followed() -> None:
    assert not chain(5).allows("/x")


def test_more_than_five_and_loops_are_as_if_there_were_none() -> None:
    assert chain(6).allows("/x")
    assert portal(ROBOTS).allows("/x")


def test_a_redirect_to_what_is_no_web_address_is_as_if_there_were_none() -> None:
    assert portal("file:///etc/passwd").allows("/x")


@pytest.mark.parametrize(
    "local", ["http://127.0.0.1/robots.txt", "http://[::1]:8000/", "http://localhost/", "http://10.0.0.1/"]
)
def test_a_redirect_into_the_local_network_is_not_followed_and_forbids_everything(
    monkeypatch: pytest.MonkeyPatch, local: str
) -> None:
    # what a person named holds for the process: other tests name 127.0.0.1
    monkeypatch.setattr("wardcrawler.crawling.middlewares.public_resolver._named_by_user", set())
    asked = portal(local)
    assert "local network" in str(asked.refusal())
    assert asked.asked == {ROBOTS: 1}


@pytest.mark.parametrize("unusual", ["https://example.gov.vn:6379/robots.txt", "ftp://example.gov.vn/"])
def test_a_redirect_to_another_service_of_a_host_is_not_followed(unusual: str) -> None:
    asked = portal(unusual)
    asked.refusal()
    assert asked.asked == {ROBOTS: 1}


# --- size and age ----------------------------------------------------------------------------------


def test_rules_within_the_first_500_kib_hold_and_a_half_one_is_none() -> None:
    head, tail = FORBIDS_X + b"#", b"\nDisallow: /ti"
    up_to_the_limit = head + b"." * (MOST_BYTES - len(head) - len(tail)) + tail
    assert len(up_to_the_limit) == MOST_BYTES
    asked = portal(up_to_the_limit + b"n-tuc\nDisallow: /y\n")
    assert not asked.allows("/x")
    assert asked.allows("/tin-tuc")
    assert asked.allows("/tim")
    assert asked.allows("/y")


def test_it_is_asked_for_once_in_a_run_but_again_after_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(robots_module, "monotonic", lambda: now)
    asked = portal(FORBIDS_X)
    assert not asked.allows("/x")
    now = LONGEST_KEPT
    assert not asked.allows("/x")
    assert asked.asked[ROBOTS] == 1
    now += 1
    asked.answers[ROBOTS] = b""
    assert asked.allows("/x")


def test_requests_that_wait_for_it_together_ask_once() -> None:
    asked = portal(b"User-agent: *\nDisallow: /")

    async def all_at_once() -> list[BaseException | None]:
        requests = [Request(f"{HOST}/{number}") for number in range(5)]
        return await asyncio.gather(
            *(asked.robots.process_request(request) for request in requests), return_exceptions=True
        )

    assert [type(answer) for answer in asyncio.run(all_at_once())] == [RobotsRefused] * 5
    assert asked.asked == {ROBOTS: 1}
