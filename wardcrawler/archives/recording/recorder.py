"""Writes every answer of a crawl into WARC files, as it comes."""

import logging
import os
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from wardcrawler.archives.recording.archive import file_name
from wardcrawler.archives.warc.writer import Exchange, WarcWriter, WrittenRecord
from wardcrawler.crawling.spider.download import FILE
from wardcrawler.exit_codes import STORAGE
from wardcrawler.pipelines.observations import ARCHIVE_FAILED
from wardcrawler.pipelines.store import Store
from wardcrawler.store.database.clock import now
from wardcrawler.store.database.errors import DatabaseProblem
from wardcrawler.store.tables.archives import CaptureRow, finish_site, leave_out, store_capture
from wardcrawler.store.tables.runs import run_start
from wardcrawler.text.dates import ICT
from wardcrawler.version import __version__

logger = logging.getLogger(__name__)

VIA = "wardcrawler_via"
"""Key in ``Request.meta``: the address of the page whose requisite is asked for."""

_DESCRIPTION = (
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
        self._has_failed = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to the signals. Raises ``NotConfigured`` where nothing is archived."""
        if not crawler.settings["WARDCRAWLER_ARCHIVE_PARTS"]:
            raise NotConfigured
        recorder = cls(crawler)
        crawler.signals.connect(recorder.response_downloaded, signal=signals.response_downloaded)
        crawler.signals.connect(recorder.spider_closed, signal=signals.spider_closed)
        return recorder

    def response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        """Write the exchange; then, and not before, its row."""
        if self._has_failed:
            return
        kind, notes = kind_and_notes(request, spider.name)
        try:
            written = self._open_writer(spider).write(exchange_of(response, request, notes))
        except OSError as error:
            self._fail(error)
        except Exception as error:  # Scrapy would log it, and the gap would be in nobody's list
            logger.exception("Cannot archive %s", response.url)
            job = partial(
                leave_out, archive_id=self._id, site=spider.name, url=response.url, via=None,
                reason=f"not-written: {error!r}", at=now(),
            )  # fmt: skip
            self._store.also(job)
        else:
            row = capture_row(written, spider.name, self._store.run_id, kind)
            self._store.also(partial(store_capture, archive_id=self._id, row=row))

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Close the file, and mark the portal as whole in the archive if it is."""
        if self._writer is not None and not self._has_failed:
            try:
                self._writer.close()
            except OSError as error:
                self._fail(error)
                return
        store = self._store
        if reason == "finished" and not self._has_failed and store.run_id and store.seen.listings_answered:
            store.also(partial(finish_site, archive_id=self._id, site=spider.name, at=now()))

    @property
    def _store(self) -> Store:
        return store_of(self.crawler)

    def _open_writer(self, spider: Spider) -> WarcWriter:
        if self._writer is None:
            self._parts.mkdir(parents=True, exist_ok=True)
            prefix = f"{file_name(spider.name)}-{datetime.now(UTC):%Y%m%d%H%M%S}-{os.getpid()}"
            self._writer = WarcWriter(
                self._parts,
                prefix,
                warcinfo(self.crawler, spider.name, run_start(self._store.database, self._store.run_id)),
                largest_file=self.crawler.settings.getint("WARDCRAWLER_ARCHIVE_SEGMENT"),
            )
        return self._writer

    def _fail(self, error: OSError) -> None:
        self._has_failed = True
        self._store.fail(
            DatabaseProblem(
                f"the archive in {self._parts} could not be written: {error.strerror}; make room and run the "
                "same command again",
                STORAGE,
            ),
            ARCHIVE_FAILED,
        )


def store_of(crawler: Crawler) -> Store:
    """Return the pipeline that stores what is to be said of a crawl's answers."""
    store = crawler.get_item_pipeline(Store)
    assert store is not None  # noqa: S101  # settings.py enables both
    return store


def warcinfo(crawler: Crawler, site: str, started_at: str | None) -> dict[str, str]:
    """Return the fields of the warcinfo record (WARC 1.1, section 6.2). That of a crawl, which does not fetch
    everything, says which run it is by its start, ``started_at`` (as in ``runs``).
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
        "description": _DESCRIPTION,
        **({"runStartedAt": started_at} if is_crawl and started_at else {}),
    }


def exchange_of(response: Response, request: Request, notes: dict[str, str]) -> Exchange:
    """Return what Scrapy has kept of a request and its answer."""
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
    """Return what a request was for (``kind`` in ``captures``) and the fields of its metadata record: enough
    to find the record again that was made of the answer.
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


def capture_row(written: WrittenRecord, site: str, run_id: int | None, kind: str) -> CaptureRow:
    """Return the row of ``captures`` for a record that was written."""
    return CaptureRow(
        site=site,
        run_id=run_id,
        url=written.url,
        method=written.method,
        ts=datetime.fromisoformat(written.at).astimezone(ICT).isoformat(),
        warc_file=written.warc_file,
        offset=written.offset,
        length=written.length,
        digest=written.digest,
        status=written.status,
        mime=written.mime,
        kind=kind,
        key=written.notes.get("key"),
        revisit=int(written.revisit_of is not None or written.status == HTTPStatus.NOT_MODIFIED),
        truncated=written.truncated,
    )
