"""Files that articles link to, asked for after everything else of a run."""

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from scrapy import Request, Spider, signals
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from wardcrawler.attachments.media import NotAFile
from wardcrawler.attachments.vault import Vault
from wardcrawler.crawling.middlewares.failures import ARCHIVE_FULL, NOT_SENT, explain
from wardcrawler.crawling.spider.download import (
    FILE,
    NOT_MODIFIED,
    CutShort,
    Download,
    file_request,
    header_or_none,
    require_file,
)
from wardcrawler.store.database.errors import STORAGE, DatabaseProblem
from wardcrawler.text.filenames import disposition_name

if TYPE_CHECKING:
    from wardcrawler.crawling.spider.portal import Portal
    from wardcrawler.store.tables.attachments import DueFile

_under_way: set["Attachments"] = set()
"""The portals of this process that have a file on its way: ``WARDCRAWLER_FILES_AT_ONCE`` bounds them."""


class Attachments:
    """Asks for the files that are not had yet, one after the other, once a portal's articles are through.

    One at a time, because a file is in memory while it comes. ``WARDCRAWLER_FILES_MOST`` and ``_BYTES`` bound
    a run; what is left is the next one's. A file that cannot be had never makes a run unhealthy: its reason
    is kept beside its address.
    """

    def __init__(self, portal: "Portal") -> None:
        self._portal = portal
        self._settings = portal.crawler.settings
        self._vault = Vault(self._settings["WARDCRAWLER_DB"])
        self._due: deque[DueFile] | None = None
        self._asked = 0
        self._bytes = 0
        if self._settings.getbool("WARDCRAWLER_ATTACHMENTS"):
            portal.crawler.signals.connect(self.spider_idle, signal=signals.spider_idle)
            portal.crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    def spider_idle(self, spider: Spider) -> None:
        """Ask for the next file. Raises ``DontCloseSpider`` while there are any.

        Where too many portals have a file on its way the engine comes by again, within five seconds.
        """
        run = self._portal.run
        if self._portal.waiting or run.problem or not run.seen.listings_answered:
            return
        if self._due is None:
            run.write(run.writer.flush)  # the articles whose files these are
            self._due = deque()
            run.write(self._find)
        if not self._due or self._is_over_budget():
            return
        # A run that was given up has its result; its file counts no more.
        others = sum(each._portal.run.result is None for each in _under_way)
        if self not in _under_way and others < self._settings.getint("WARDCRAWLER_FILES_AT_ONCE"):
            self._asked += 1
            self._ask(Download(self._due.popleft()))
        raise DontCloseSpider

    def spider_closed(self, spider: Spider) -> None:
        """Whatever was on its way is no more."""
        _under_way.discard(self)

    def _find(self) -> None:
        due = self._portal.run.due_files(self._portal.allowed_domains)
        if self._settings.getbool("WARDCRAWLER_ARCHIVE_WHOLE"):  # an archive is about what it holds itself
            due = [replace(file, etag=None, last_modified=None) for file in due]
        self._due = deque(due)

    def _is_over_budget(self) -> bool:
        most, most_bytes = (self._settings.getint(f"WARDCRAWLER_FILES_{name}") for name in ("MOST", "BYTES"))
        return bool((most and self._asked >= most) or (most_bytes and self._bytes >= most_bytes))

    def _ask(self, download: Download) -> None:
        _under_way.add(self)
        request = file_request(
            download,
            maxsize=self._settings.getint("WARDCRAWLER_FILE_MAXSIZE"),
            timeout=self._settings.getfloat("WARDCRAWLER_FILE_TIMEOUT"),
        )
        request.callback, request.errback = self.arrived, self.failed
        self._portal.crawler.engine.crawl(request)

    def arrived(self, response: Response, download: Download) -> None:
        """An answer came: keep the file, ask for the rest of it, or keep why it is none."""
        _under_way.discard(self)
        self._bytes += len(response.body)
        file = download.file
        if response.status == NOT_MODIFIED and file.sha256:
            sha256, etag, last_modified = file.sha256, file.etag, file.last_modified
            self._portal.run.write(
                lambda: self._portal.run.writer.confirm_file(file.url, sha256, etag, last_modified)
            )
            return
        try:
            body = download.take(response)
            if body is None:
                self._resume(download)
            else:
                media = require_file(body, response, file.filename)
                self._portal.run.write(
                    lambda: self._keep(body, media.extension, media.type, download, response)
                )
        except CutShort as error:
            self._fail(file.url, "cut-short", str(error), response.status)
        except NotAFile as refusal:
            self._fail(file.url, refusal.reason, refusal.words, response.status)
        except Exception as error:
            self._portal.logger.exception("Cannot take %s", file.url)
            self._fail(file.url, "error", repr(error), response.status)
            if isinstance(error, MemoryError):
                raise  # a worker process ends for it: see crawling/workers/watched.py

    def _resume(self, download: Download) -> None:
        if download.resumes >= self._settings.getint("WARDCRAWLER_FILE_RESUMES"):
            raise CutShort(f"broke off after {len(download.part)} bytes, {download.resumes + 1} times")
        download.resumes += 1
        self._ask(download)

    def _keep(
        self, body: bytes, extension: str, media_type: str, download: Download, response: Response
    ) -> None:
        """The file first, then its row: no row is about a file that is not there."""
        try:
            stored = self._vault.put(body, extension)
        except OSError as error:
            place = self._vault.root / "files"
            raise DatabaseProblem(f"{place} cannot be written: {error.strerror}", STORAGE) from None
        self._portal.run.writer.put_file(
            download.file.url,
            stored,
            media_type,
            200,
            etag=header_or_none(response, "ETag"),
            last_modified=header_or_none(response, "Last-Modified"),
            name=disposition_name(response.headers.get("Content-Disposition")),
        )

    def failed(self, failure: Failure) -> None:
        """No answer, or one that is no file: keep why."""
        _under_way.discard(self)
        reason, words, status = explain(failure)
        request: Request = failure.request  # type: ignore[attr-defined]
        self._fail(request.cb_kwargs[FILE].file.url, reason, words, status)

    def _fail(self, url: str, reason: str, words: str, status: int | None) -> None:
        self._portal.crawler.stats.inc_value(f"wardcrawler/files_failed/{reason}")
        run = self._portal.run
        run.write(
            lambda: run.writer.fail_file(
                url, f"{reason}: {words}", status, is_try=reason not in (NOT_SENT, ARCHIVE_FULL)
            )
        )
