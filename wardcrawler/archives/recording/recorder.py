"""Every answer of a crawl into WARC files, as it comes."""

import logging
import os
import re
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from wardcrawler.archives.warc.exchange import Captured, Exchange
from wardcrawler.crawling.runs.outcome import ARCHIVE_FAILED
from wardcrawler.crawling.runs.run import Run
from wardcrawler.crawling.spider.download import FILE
from wardcrawler.store.database.clock import ICT, now
from wardcrawler.store.database.errors import STORAGE, DatabaseProblem
from wardcrawler.store.tables.archives import CaptureRow, finish_site, leave_out, store_capture
from wardcrawler.store.tables.runs import run_start
from wardcrawler.version import __version__

if TYPE_CHECKING:
    from wardcrawler.archives.warc.writer import WarcWriter

logger = logging.getLogger(__name__)

VIA = "wardcrawler_via"
"""Key in ``Request.meta``: the page whose requisite is asked for."""

_LOST = (
    "Scrapy keeps neither reason phrases nor the case and order of header names: reason phrases are the "
    "standard ones, names in title case with all their values in order of receipt. Transfer coding is "
    "undone, its header left out. Of requests, Host is reconstructed and Connection missing. All else is as "
    "on the wire, bodies with their content coding."
)


class Recorder:
    """Extension: listens where answers are as they came, before redirects, retries and unpacking.

    Off without ``WARDCRAWLER_ARCHIVE_PARTS``. What cannot be written closes the crawl as a database that
    cannot be written does.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._parts = Path(crawler.settings["WARDCRAWLER_ARCHIVE_PARTS"])
        self._id = crawler.settings.getint("WARDCRAWLER_ARCHIVE_ID")
        self._writer: WarcWriter | None = None
        self._failed = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to the signals; raise ``NotConfigured`` where nothing is archived."""
        if not crawler.settings["WARDCRAWLER_ARCHIVE_PARTS"]:
            raise NotConfigured
        recorder = cls(crawler)
        crawler.signals.connect(recorder.response_downloaded, signal=signals.response_downloaded)
        crawler.signals.connect(recorder.spider_closed, signal=signals.spider_closed)
        return recorder

    def response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        """Write the exchange; then, and not before, its row."""
        if self._failed:
            return
        kind, notes = kind_and_notes(request, spider.name)
        try:
            captured = self._open(spider).write(exchange_of(response, request, notes))
        except OSError as error:
            self._give_up(error)
        except Exception as error:  # Scrapy would log it, and the gap would be in nobody's list
            logger.exception("Cannot archive %s", response.url)
            job = partial(
                leave_out, archive_id=self._id, site=spider.name, url=response.url, via=None,
                reason=f"not-written: {error!r}", at=now(),
            )  # fmt: skip
            self._run.also(job)
        else:
            row = capture_row(captured, spider.name, self._run.run_id, kind)
            self._run.also(partial(store_capture, archive_id=self._id, row=row))

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Close the file; say whether the portal is whole in the archive."""
        if self._writer is not None and not self._failed:
            try:
                self._writer.close()
            except OSError as error:
                self._give_up(error)
                return
        if (
            reason == "finished"
            and not self._failed
            and self._run.run_id
            and self._run.seen.listings_answered
        ):
            self._run.also(partial(finish_site, archive_id=self._id, site=spider.name, at=now()))

    @property
    def _run(self) -> Run:
        run = self.crawler.get_extension(Run)
        assert run is not None  # noqa: S101  # settings.py enables both
        return run

    def _open(self, spider: Spider) -> "WarcWriter":
        from wardcrawler.archives.warc.writer import WarcWriter  # noqa: PLC0415  # needs an extra; most crawls do not

        if self._writer is None:
            self._parts.mkdir(parents=True, exist_ok=True)
            prefix = f"{file_name(spider.name)}-{datetime.now(UTC):%Y%m%d%H%M%S}-{os.getpid()}"
            self._writer = WarcWriter(
                self._parts,
                prefix,
                warcinfo(self.crawler, spider.name, run_start(self._run.database, self._run.run_id)),
                segment_bytes=self.crawler.settings.getint("WARDCRAWLER_ARCHIVE_SEGMENT"),
            )
        return self._writer

    def _give_up(self, error: OSError) -> None:
        self._failed = True
        self._run.fail(
            DatabaseProblem(
                f"the archive in {self._parts} could not be written: {error.strerror}; make room and run the "
                "same command again",
                STORAGE,
            ),
            ARCHIVE_FAILED,
        )


def warcinfo(crawler: Crawler, site: str, started_at: str | None) -> dict[str, str]:
    """The fields of the warcinfo record (WARC 1.1, section 6.2). That of a crawl, which does not fetch
    everything, says which run it is by its start.
    """
    settings = crawler.settings
    is_crawl = not settings.getbool("WARDCRAWLER_ARCHIVE_WHOLE")
    return {
        "software": f"wardcrawler/{__version__}",
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "isPartOf": site,
        "robots": "obey" if settings.getbool("ROBOTSTXT_OBEY") else "ignore",
        "http-header-user-agent": settings["USER_AGENT"],
        "operator": settings.get("WARDCRAWLER_CONTACT") or "",
        "description": _LOST,
        **({"runStartedAt": started_at} if is_crawl and started_at else {}),
    }


def exchange_of(response: Response, request: Request, notes: dict[str, str]) -> Exchange:
    """What Scrapy has of a request and its answer."""
    return Exchange(
        url=response.url,
        status=response.status,
        headers=_pairs(response),
        body=response.body,
        method=request.method,
        protocol=response.protocol or "HTTP/1.1",
        request_headers=_pairs(request),
        request_body=request.body,
        ip=str(response.ip_address) if response.ip_address else None,
        truncated="disconnect" if "dataloss" in response.flags else None,
        notes=notes,
    )


def _pairs(message: Request | Response) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in message.headers.items()
        for value in values
    ]


def kind_and_notes(request: Request, site: str) -> tuple[str, dict[str, str]]:
    """What a request was for, and what a metadata record says of it: enough to find the record again that
    was made of the answer.
    """
    arguments = request.cb_kwargs
    if urlparse_cached(request).path == "/robots.txt":
        return "robots", {}
    if "key" in arguments:
        notes = {"site": site, "kind": "article", "key": arguments["key"]}
        if arguments.get("category"):
            notes["category"] = arguments["category"]
        return "article", notes
    if "walk" in arguments or "candidate" in arguments:  # a page of a section, or what may be one's first
        title = (arguments.get("walk") or arguments["candidate"]).title
        return "listing", {"site": site, "kind": "listing", "section": title or "-"}
    if VIA in request.meta:
        return "requisite", {"via": request.meta[VIA]}
    if FILE in arguments:
        return "requisite", {"site": site, "kind": "requisite"}
    return "page", {}


def capture_row(captured: Captured, site: str, run_id: int | None, kind: str) -> CaptureRow:
    """The row of ``captures`` for what was written."""
    return CaptureRow(
        site=site,
        run_id=run_id,
        url=captured.url,
        method=captured.method,
        ts=datetime.fromisoformat(captured.at).astimezone(ICT).isoformat(),
        warc_file=captured.warc_file,
        offset=captured.offset,
        length=captured.length,
        digest=captured.digest,
        status=captured.status,
        mime=captured.mime,
        kind=kind,
        key=captured.notes.get("key"),
        revisit=int(captured.revisit_of is not None or captured.status == 304),
        truncated=captured.truncated,
    )


def file_name(site: str) -> str:
    """A portal's name as part of a file name."""
    return re.sub(r"[^A-Za-z0-9.-]+", "_", site)
