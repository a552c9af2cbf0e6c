"""The reasons why requests brought no page: a short one to count under, and words for people."""

from urllib.parse import urlsplit

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from wardcrawler.crawling.middlewares.declared_hosts import Offsite
from wardcrawler.crawling.middlewares.public_resolver import local_answers
from wardcrawler.crawling.middlewares.retry import AsksForRest, HostRests
from wardcrawler.crawling.middlewares.robots import RobotsRefused
from wardcrawler.crawling.middlewares.tls import tls_trouble
from wardcrawler.crawling.reasons import ARCHIVE_FULL, NOT_SENT, OFFSITE, TOO_LARGE

_TOO_LARGE_WORDS = "its body is larger than one may be, or unpacks to more"


class TooLarge(IgnoreRequest):
    """A file that is known to be larger than it may be."""


class ArchiveFull(IgnoreRequest):
    """A file that is not asked for, because the archive may not grow further."""


_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (Offsite, OFFSITE),
    (HostRests, NOT_SENT),
    (RobotsRefused, "robots"),
    (ArchiveFull, ARCHIVE_FULL),
    (DownloadTimeoutError, "timeout"),
    (CannotResolveHostError, "dns"),
    (DownloadConnectionRefusedError, "refused"),
    (DownloadCancelledError, TOO_LARGE),
    (TooLarge, TOO_LARGE),
    (ResponseDataLossError, "cut-short"),
    (DownloadFailedError, "connection"),
    (OSError, "unreadable"),  # a body that does not unpack as its Content-Encoding says
)


def explain(failure: Failure) -> tuple[str, str, int | None]:
    """Return reason, words and HTTP status (None where there was no response) of an errback's failure.

    Reasons are ``http-<status>`` (``http-429`` also for a page with status 200 that asks for rest), those of
    the table above, ``tls``, ``redirect-loop``, or ``error`` for anything unforeseen.
    """
    error = failure.value
    if isinstance(error, HttpError):
        response: Response = error.response
        return f"http-{response.status}", f"the server answers {response.status}", response.status
    host = urlsplit(failure.request.url).hostname if hasattr(failure, "request") else None
    if host in local_answers:
        return "dns", f"{host} resolves to {local_answers[host]}, an address of the local network", None
    cause = error.cause if isinstance(error, RobotsRefused) else error
    if trouble := tls_trouble(cause, host or "the host"):
        return "tls", trouble, None
    if isinstance(cause, AsksForRest):
        return "http-429", _one_line(error), 200
    reason = _reason(error)
    return reason, _TOO_LARGE_WORDS if reason == TOO_LARGE else _one_line(error), None


def _reason(error: BaseException | None) -> str:
    if isinstance(error, RobotsRefused) and error.cause is not None:
        return _reason(error.cause)  # a host that does not answer is down, not closed to robots
    if type(error) is IgnoreRequest:  # Scrapy's own middlewares tell two cases apart by their words alone
        return "redirect-loop" if "max redirections" in str(error) else TOO_LARGE
    return next((reason for kind, reason in _REASONS if isinstance(error, kind)), "error")


def _one_line(error: object) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
