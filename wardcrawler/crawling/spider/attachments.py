"""Files that articles link to, asked for after everything else of a run."""

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from http import HTTPStatus

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from wardcrawler.attachments.media import NotAFile
from wardcrawler.crawling.middlewares.failures import explain
from wardcrawler.crawling.reasons import ARCHIVE_FULL, NOT_SENT
from wardcrawler.crawling.spider.download import (
    FILE,
    CutShort,
    Download,
    file_request,
    header_or_none,
    require_file,
)
from wardcrawler.items import FetchedFile, FileRefusal, UnchangedFile
from wardcrawler.store.tables.attachments import DueFile
from wardcrawler.text.filenames import disposition_name

logger = logging.getLogger(__name__)

_under_way: set["Attachments"] = set()
"""The portals of this process that have a file on its way: ``WARDCRAWLER_FILES_AT_ONCE`` bounds them."""


class Attachments:
    """Asks for the files that are not had yet, one after the other, once a portal's articles are through.

    One at a time, because a file is in memory while it comes. ``WARDCRAWLER_FILES_MOST`` and ``_BYTES`` bound
    a run; what is left is the next one's. A file that cannot be had never makes a run unhealthy: its reason
    is kept beside its address.

    ``due`` reads which files are to be had, once ``may_ask`` says that the articles are through; ``is_over``
    says that the run has ended, in time or not.
    """

    def __init__(
        self,
        crawler: Crawler,
        due: Callable[[], Iterable[DueFile]],
        may_ask: Callable[[], bool],
        is_over: Callable[[], bool],
    ) -> None:
        self._crawler = crawler
        self._settings = crawler.settings
        self._find = due
        self._may_ask = may_ask
        self._is_over = is_over
        self._due: deque[DueFile] | None = None
        self._asked = 0
        self._bytes = 0
        crawler.signals.connect(self.spider_idle, signal=signals.spider_idle)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    def spider_idle(self, spider: Spider) -> None:
        """Ask for the next file. Raises ``DontCloseSpider`` while there are any.

        Where too many portals have a file on its way the engine comes by again, within five seconds.
        """
        if not self._may_ask():
            return
        if self._due is None:
            self._due = deque(self._found())
        if not self._due or self._is_over_budget():
            return
        others = sum(not each._is_over() for each in _under_way)  # of a run that was given up none counts
        if self not in _under_way and others < self._settings.getint("WARDCRAWLER_FILES_AT_ONCE"):
            self._asked += 1
            self._crawler.engine.crawl(self._request(Download(self._due.popleft())))
        raise DontCloseSpider

    def spider_closed(self, spider: Spider) -> None:
        """Forget the file that was on its way."""
        _under_way.discard(self)

    def _found(self) -> Iterator[DueFile]:
        is_whole = self._settings.getbool("WARDCRAWLER_ARCHIVE_WHOLE")
        for file in self._find():  # an archive is about what it holds itself
            yield replace(file, etag=None, last_modified=None) if is_whole else file

    def _is_over_budget(self) -> bool:
        most, most_bytes = (self._settings.getint(f"WARDCRAWLER_FILES_{name}") for name in ("MOST", "BYTES"))
        return bool((most and self._asked >= most) or (most_bytes and self._bytes >= most_bytes))

    def _request(self, download: Download) -> Request:
        _under_way.add(self)
        request = file_request(
            download,
            maxsize=self._settings.getint("WARDCRAWLER_FILE_MAXSIZE"),
            timeout=self._settings.getfloat("WARDCRAWLER_FILE_TIMEOUT"),
        )
        return request.replace(callback=self.arrived, errback=self.failed)

    def arrived(
        self, response: Response, download: Download
    ) -> Iterator[Request | FetchedFile | UnchangedFile | FileRefusal]:
        """Give the file, ask for the rest of it, or say why it is none."""
        _under_way.discard(self)
        self._bytes += len(response.body)
        file = download.file
        if response.status == HTTPStatus.NOT_MODIFIED and file.sha256:
            yield UnchangedFile(file.url, file.sha256, file.etag, file.last_modified)
            return
        answer: Request | FetchedFile | FileRefusal
        try:
            answer = self._take(response, download)
        except CutShort as error:
            answer = FileRefusal(file.url, "cut-short", str(error), response.status)
        except NotAFile as refusal:
            answer = FileRefusal(file.url, refusal.reason, refusal.words, response.status)
        except MemoryError as error:
            yield FileRefusal(file.url, "error", repr(error), response.status)
            raise  # a worker process ends for it: see crawling/workers/watched.py
        except Exception as error:
            logger.exception("Cannot take %s", file.url)
            answer = FileRefusal(file.url, "error", repr(error), response.status)
        yield answer

    def _take(self, response: Response, download: Download) -> FetchedFile | Request:
        """The whole file, or the request for what is still to come. Raises ``CutShort`` and ``NotAFile``."""
        body = download.take(response)
        if body is None:
            if download.resumes >= self._settings.getint("WARDCRAWLER_FILE_RESUMES"):
                raise CutShort(f"broke off after {len(download.part)} bytes, {download.resumes + 1} times")
            download.resumes += 1
            return self._request(download)
        media = require_file(body, response, download.file.filename)
        return FetchedFile(
            download.file.url,
            body,
            media.type,
            media.extension,
            etag=header_or_none(response, "ETag"),
            last_modified=header_or_none(response, "Last-Modified"),
            name=disposition_name(response.headers.get("Content-Disposition")),
        )

    def failed(self, failure: Failure) -> Iterator[FileRefusal]:
        """Say why no answer came, or one that is no file."""
        _under_way.discard(self)
        reason, words, status = explain(failure)
        request: Request = failure.request  # type: ignore[attr-defined]
        is_try = reason not in (NOT_SENT, ARCHIVE_FULL)
        yield FileRefusal(request.cb_kwargs[FILE].file.url, reason, words, status, is_try)
