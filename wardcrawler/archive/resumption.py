"""What an unfinished archive holds is not asked for again."""

from pathlib import Path
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.utils.httpobj import urlparse_cached

from wardcrawler.archive.files import WarcFile
from wardcrawler.archive.members import Damaged
from wardcrawler.archive.payload import NoHead, read_head
from wardcrawler.archive.records import records
from wardcrawler.operate.run import Run
from wardcrawler.store.archives import earlier_capture


class Resumption:
    """Downloader middleware: answers a request from the WARC files of the earlier runs of this archive.

    The walk of a run that goes on is that of a new one: it finds the same pages, from the archive those
    that are there. robots.txt is always asked for: it may forbid by now what it allowed then.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._parts = Path(crawler.settings["WARDCRAWLER_ARCHIVE_PARTS"])
        self._id = crawler.settings.getint("WARDCRAWLER_ARCHIVE_ID")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Raise ``NotConfigured`` where this is no preservation run."""
        if not crawler.settings.getbool("WARDCRAWLER_ARCHIVE_WHOLE"):
            raise NotConfigured
        return cls(crawler)

    def process_request(self, request: Request) -> Response | None:
        """The archived answer, still coded as it came; None to ask the portal."""
        run = self.crawler.get_extension(Run)
        if run is None or not run.run_id or run.result or request.method != "GET":
            return None
        if urlparse_cached(request).path == "/robots.txt":
            return None
        place = earlier_capture(run.database, self._id, request.url, run.run_id)
        response = self._read(request, *place) if place else None
        if response is not None:
            self.crawler.stats.inc_value("wardcrawler/archive/resumed")
        return response

    def _read(self, request: Request, warc_file: str, offset: int) -> Response | None:
        try:
            with (self._parts / warc_file).open("rb") as file:
                file.seek(offset)
                record = next(records(WarcFile(warc_file, file).file))
                head = read_head(record)
                body = b"".join(iter(record.read, b""))
                record.finish()
        except (OSError, Damaged, NoHead, StopIteration):
            return None  # asked for once more
        headers = Headers()
        for name, value in head.headers:
            headers.appendlist(name, value.encode("latin-1"))
        kind = responsetypes.from_args(headers=headers, url=request.url, body=body)
        return kind(request.url, status=head.status, headers=headers, body=body, flags=["archived"])
