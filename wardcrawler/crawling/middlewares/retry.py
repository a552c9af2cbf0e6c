"""Leaves a host in peace that says it is busy: 429 and 503, with ``Retry-After`` or without, and pages with
status 200 that ask for rest in words.
"""

import asyncio
import logging
import re
import zlib
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from time import monotonic
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.utils.asyncio import call_later
from twisted.python.failure import Failure

from wardcrawler.crawling.middlewares.public_resolver import site_host
from wardcrawler.crawling.middlewares.tls import tls_trouble
from wardcrawler.crawling.reasons import CLOSED_AS_UNAVAILABLE, CLOSED_BECAUSE, CLOSED_FOR_REST
from wardcrawler.extraction.rest_page import LONGEST, seconds_of_rest

logger = logging.getLogger(__name__)

BUSY = frozenset({429, 503})
"""The statuses with which a server asks for rest (RFC 6585, 4; RFC 9110, 15.6.4)."""

REST_ON_PAGE = "asks for rest on a page with status 200"
"""The words for an answer of a guard that knows no 429."""

_IS_REST_PAGE = "wardcrawler_is_rest_page"
_LOOK_AGAIN = 1.0  # seconds: a crawl that is stopped while a host rests ends within this

_SECONDS = re.compile(r"\s*([0-9]+)\s*")
_A_CENTURY = 100 * 366 * 24 * 3600

_resting_until: dict[str, float] = {}  # of all portals in this process: the next one may be on the same host


def asked_rest(retry_after: str | None, date: str | None, now: datetime) -> float | None:
    """Return the seconds of rest that the header ``retry_after`` asks for (RFC 9110, 10.2.3: a number of
    seconds or an HTTP-date), or None where it asks for nothing: no header, one that is neither, no time or a
    time past.

    A date is counted from the answer's own ``date`` where that can be read: what matters is the server's
    clock, and many are hours off. ``now`` (aware) is the clock otherwise.
    """
    if retry_after is None:
        return None
    if seconds := _SECONDS.fullmatch(retry_after):
        return float(min(int(seconds[1][:12]), _A_CENTURY)) or None
    until = _http_date(retry_after)
    if until is None:
        return None
    rest = (until - (_http_date(date) or now)).total_seconds()
    return rest if rest > 0 else None


def _http_date(value: str | None) -> datetime | None:
    try:
        at = parsedate_to_datetime(value or "")
    except (ValueError, TypeError, OverflowError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)  # the asctime form names no zone; HTTP's is GMT


class HostRests(IgnoreRequest):
    """A request that was not sent, because its host asked for rest and the crawl ends."""


class AsksForRest(IgnoreRequest):
    """A request whose answer, after all retries, is a page with status 200 that asks for rest."""


class PatientRetry(RetryMiddleware):
    """Downloader middleware in the place of Scrapy's ``RetryMiddleware``, which does not read ``Retry-After``
    and asks again at once.

    A page with status 200 that asks for rest (``extraction/rest_page.py``) is as 429, and the seconds it
    names are as ``Retry-After``; where it is the last answer, the request fails with :class:`AsksForRest`.

    After 429 or 503 nothing is sent to that host until the rest is over: the one it asks for, else a back-off
    of ``WARDCRAWLER_BACKOFF`` that doubles: with every 429 in a row, which speaks of the host, and with every
    try of an address that answers 503, which may speak of that page alone.

    A crawl is closed, and everything not fetched left for the next run, when a host asks for a longer rest
    than ``WARDCRAWLER_LONGEST_REST``, when all rests of the crawl would come to more than
    ``WARDCRAWLER_MOST_REST``, and when ``WARDCRAWLER_MOST_429`` answers in a row are 429.
    """

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        self.backoff = settings.getfloat("WARDCRAWLER_BACKOFF")
        self.longest = settings.getfloat("WARDCRAWLER_LONGEST_REST")
        self.most = settings.getfloat("WARDCRAWLER_MOST_REST")
        self.most_429 = settings.getint("WARDCRAWLER_MOST_429")
        self.rested = 0.0
        self.in_a_row = 0
        self.closed: str | None = None
        """The reason why the crawl was closed, in words."""
        self._closing: asyncio.Future[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from a crawler, as Scrapy asks, and connect to the downloader's signals.

        The downloader sends the next request before a middleware sees the answer to the last one; only
        ``response_downloaded`` comes in time.
        """
        middleware = super().from_crawler(crawler)
        crawler.signals.connect(middleware.response_downloaded, signal=signals.response_downloaded)
        crawler.signals.connect(middleware.before_request, signal=signals.request_reached_downloader)
        return middleware

    # --- requests ----------------------------------------------------------------------------------

    def process_request(self, request: Request) -> None:
        """Raise :class:`HostRests` once the crawl is closed, or when an earlier portal was told to go."""
        host = site_host(request.url)
        if self.closed is None and (left := _seconds_left(host)) > self.longest:
            self._close(CLOSED_FOR_REST, f"{host} asked for rest (Retry-After), {left:.0f} s of it are left")
        if self.closed is not None:
            raise HostRests(self.closed)

    def before_request(self, request: Request, spider: Spider) -> None:
        """Let a host's new slot rest like its old one: Scrapy drops slots that nothing waits in."""
        host = site_host(request.url)
        if _seconds_left(host) > 0:
            self._hold(self._slots()[request.meta["download_slot"]], host)

    # --- answers -----------------------------------------------------------------------------------

    def response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        """Let the host rest, or close the crawl, before the downloader sends it anything more."""
        request.meta.pop(_IS_REST_PAGE, None)  # of an earlier try
        seconds = None
        if response.status == HTTPStatus.OK:
            body = unpacked(response)
            if body is None:
                return  # process_response will see
            seconds = seconds_of_rest(body)
            request.meta[_IS_REST_PAGE] = seconds is not None
        if response.status in BUSY or seconds is not None:
            self._rest(request, response, seconds)
        else:
            self.in_a_row = 0

    def _rest(self, request: Request, response: Response, seconds: float | None) -> None:
        """Let the host rest for ``response``: for the ``seconds`` that a page with status 200 names."""
        host, is_busy = site_host(request.url), response.status == HTTPStatus.SERVICE_UNAVAILABLE
        self.in_a_row += not is_busy
        if seconds is None:
            asked = asked_rest(_text(response, "Retry-After"), _text(response, "Date"), datetime.now(UTC))
            how, says = "(Retry-After)", f"answers {response.status}"
        else:
            asked, how, says = seconds or None, "on a page with status 200", REST_ON_PAGE
        before = request.meta.get("retry_times", 0) if is_busy else self.in_a_row - 1
        rest = asked or min(self.backoff * 2 ** min(before, 30), self.longest)
        added = max(0.0, rest - max(0.0, _seconds_left(host)))
        _resting_until[host] = max(_resting_until.get(host, 0.0), monotonic() + rest)
        if asked and asked > self.longest:
            self._close(CLOSED_FOR_REST, f"{host} asks for {asked:.0f} s of rest {how}")
        elif self.in_a_row >= self.most_429:
            words = "answered 429" if seconds is None else "asked for rest"
            self._close(CLOSED_FOR_REST, f"{host} {words} {self.in_a_row} times in a row")
        elif self.rested + added > self.most:
            self._close(
                CLOSED_AS_UNAVAILABLE if is_busy and not asked else CLOSED_FOR_REST,
                f"{host} still {says} after {self.rested:.0f} s of rest in all",
            )
        elif added:
            self.rested += added
            logger.info("%s %s: it rests for %.0f s", host, says, rest)
            self.crawler.stats.set_value("wardcrawler/rest_seconds", round(self.rested))
            slot = self._slots().get(request.meta["download_slot"])
            if slot is not None:
                self._hold(slot, host)

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Retry as Scrapy does, unless the crawl is closed. Raises :class:`AsksForRest` where a page that
        asks for rest is the last answer.
        """
        if self._asks_for_rest(request, response):
            may_retry = self.closed is None and not request.meta.get("dont_retry")
            again = self._retry(request, REST_ON_PAGE) if may_retry else None
            if again is None:
                raise AsksForRest(REST_ON_PAGE)
            return again
        return response if self.closed is not None else super().process_response(request, response)

    def _asks_for_rest(self, request: Request, response: Response) -> bool:
        if response.status != HTTPStatus.OK or "download_slot" not in request.meta:  # out of an archive
            return False
        if _IS_REST_PAGE not in request.meta:  # packed in a way that only Scrapy's middleware unpacks
            seconds = seconds_of_rest(response.body)
            request.meta[_IS_REST_PAGE] = seconds is not None
            if seconds is None:
                self.in_a_row = 0
            else:
                self._rest(request, response, seconds)
        is_rest_page: bool = request.meta[_IS_REST_PAGE]
        return is_rest_page

    def process_exception(
        self, request: Request, exception: Exception, spider: Spider | None = None
    ) -> Request | Response | None:
        """Retry as Scrapy does, but not for a certificate that cannot be verified: it is no better a second
        later.
        """
        if tls_trouble(exception, ""):
            return None
        return super().process_exception(request, exception)

    # --- the rest ----------------------------------------------------------------------------------

    def _hold(self, slot: Slot, host: str) -> None:
        """Let nothing out of ``slot`` while ``host`` rests.

        ``latercall`` is what the downloader itself waits for, whatever ``delay`` is: with a delay of 0 it
        looks at no clock.
        """
        slot.close()
        pause = min(max(0.0, _seconds_left(host)), _LOOK_AGAIN)
        slot.latercall = call_later(pause, self._look_again, slot, host)

    def _look_again(self, slot: Slot, host: str) -> None:
        slot.latercall = None
        engine = self.crawler.engine
        if engine._slot is not None and engine._slot.closing is not None:
            self._let_go(slot, "stopped while the host rested")
        elif _seconds_left(host) > 0:
            self._hold(slot, host)
        else:
            engine.downloader._process_queue(slot)

    # --- the end -----------------------------------------------------------------------------------

    def _close(self, reason: str, words: str) -> None:
        if self.closed is not None:
            return
        self.closed = words
        logger.warning("Closing: %s", words)
        self.crawler.stats.set_value(CLOSED_BECAUSE, words)
        for slot in self._slots().values():
            self._let_go(slot, words)
        self._closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason=reason))

    @staticmethod
    def _let_go(slot: Slot, words: str) -> None:
        """Fail what waits in ``slot``: a crawl that closes sends its whole queue first."""
        while slot.queue:
            _, waiting = slot.queue.popleft()
            waiting.errback(Failure(HostRests(words)))  # type: ignore[no-untyped-call]

    def _slots(self) -> dict[str, Any]:
        return self.crawler.engine.downloader.slots


def unpacked(response: Response) -> bytes | None:
    """Return the body of a response as it came from the server, unpacked as far as tells whether it asks for
    rest; None where that cannot be told because it is packed otherwise than by gzip or deflate.
    """
    coding = (_text(response, "Content-Encoding") or "identity").strip().lower()
    if coding == "identity" or len(response.body) > LONGEST:
        return response.body
    if coding not in ("gzip", "x-gzip", "deflate"):
        return None
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(response.body, LONGEST + 1)
    except zlib.error:  # deflate without its header, or nothing of the kind
        return None


def _seconds_left(host: str) -> float:
    return _resting_until.get(host, 0.0) - monotonic()


def _text(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
