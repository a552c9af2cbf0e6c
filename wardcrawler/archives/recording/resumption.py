"""Answers requests from the archive that is being made, so that nothing it holds is asked for again."""

from pathlib import Path
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.utils.httpobj import urlparse_cached

from wardcrawler.archives.recording.contents import ArchivedAnswer, ArchivedAnswers, SizeLimits
from wardcrawler.archives.recording.recorder import store_of
from wardcrawler.crawling.middlewares.failures import ArchiveFull, TooLarge
from wardcrawler.crawling.middlewares.retry import unpacked
from wardcrawler.crawling.spider.download import FILE
from wardcrawler.extraction.rest_page import seconds_of_rest


class Resumption:
    """Downloader middleware: answers a request from the WARC files of the earlier runs of this archive.

    The walk of a run that goes on is that of a new one: it finds the same pages, from the archive those
    that are there. robots.txt is always asked for: it may forbid by now what it allowed then.

    Files that articles link to come from this run's own WARC too: they were asked for as page requisites.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._answers: ArchivedAnswers | None = None
        self._limits: SizeLimits | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from a crawler, as Scrapy asks. Raises ``NotConfigured`` where this is no
        preservation run.
        """
        if not crawler.settings.getbool("WARDCRAWLER_ARCHIVE_WHOLE"):
            raise NotConfigured
        return cls(crawler)

    def process_request(self, request: Request) -> Response | None:
        """Return the archived answer, still coded as it came; None to ask the portal. Raises
        :class:`ArchiveFull` and :class:`TooLarge` for files that are not to be asked for.
        """
        store = store_of(self.crawler)
        if not store.run_id or store.is_closed or urlparse_cached(request).path == "/robots.txt":
            return None
        if self._answers is None:
            settings = self.crawler.settings
            archive_id = settings.getint("WARDCRAWLER_ARCHIVE_ID")
            parts = Path(settings["WARDCRAWLER_ARCHIVE_PARTS"])
            self._answers = ArchivedAnswers(store.database, archive_id, parts, store.run_id)
            self._limits = SizeLimits(settings, store.opened.state.site)
        assert self._limits is not None  # noqa: S101  # made above
        is_file = FILE in request.cb_kwargs
        answer: ArchivedAnswer | None = None
        if request.method == "GET":
            answer = self._answers.answer(request.url, of_this_run=is_file)
        elif request.method == "POST":
            answer = self._answers.answer_to_form(request.url, request.body)
        response = _response(request.url, answer) if answer is not None else None
        asked_for_rest = response is not None and seconds_of_rest(unpacked(response) or b"") is not None
        if response is not None and not asked_for_rest:
            self.crawler.stats.inc_value("wardcrawler/archive/resumed")
            return response
        if is_file and self._answers.was_too_large(request.url):
            raise TooLarge("it was asked for already, and is too large")
        if is_file and (reason := self._limits.reached()):
            raise ArchiveFull(f"{reason}: the archive takes no more files")
        return None


def _response(url: str, answer: ArchivedAnswer) -> Response:
    headers = Headers()
    for name, value in answer.headers:
        headers.appendlist(name, value.encode("latin-1"))
    kind = responsetypes.from_args(headers=headers, url=url, body=answer.body)
    return kind(url, status=answer.status, headers=headers, body=answer.body, flags=["archived"])
