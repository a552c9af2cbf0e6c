"""What an archive that is being made holds is not asked for again."""

from pathlib import Path
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.utils.httpobj import urlparse_cached

from wardcrawler.archives.recording.held_answers import Held, HeldAnswer
from wardcrawler.archives.recording.limits import Room
from wardcrawler.crawling.middlewares.failures import NoRoom, TooLarge
from wardcrawler.crawling.spider.download import FILE
from wardcrawler.pipelines.store import Store


class Resumption:
    """Downloader middleware: answers a request from the WARC files of the earlier runs of this archive.

    The walk of a run that goes on is that of a new one: it finds the same pages, from the archive those
    that are there. robots.txt is always asked for: it may forbid by now what it allowed then.

    Files that articles link to come from this run's own WARC too: they were asked for as what pages need.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._held: Held | None = None
        self._room: Room | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Raise ``NotConfigured`` where this is no preservation run."""
        if not crawler.settings.getbool("WARDCRAWLER_ARCHIVE_WHOLE"):
            raise NotConfigured
        return cls(crawler)

    def process_request(self, request: Request) -> Response | None:
        """The archived answer, still coded as it came; None to ask the portal. Raises :class:`NoRoom`
        and :class:`TooLarge` for files.
        """
        store = self.crawler.get_item_pipeline(Store)
        if store is None or not store.run_id or store.is_closed:
            return None
        if urlparse_cached(request).path == "/robots.txt":
            return None
        if self._held is None:
            settings = self.crawler.settings
            archive_id = settings.getint("WARDCRAWLER_ARCHIVE_ID")
            self._held = Held(
                store.database, archive_id, Path(settings["WARDCRAWLER_ARCHIVE_PARTS"]), store.run_id
            )
            self._room = Room(settings, store.opened.state.site)
        assert self._room is not None  # noqa: S101  # made above
        is_file = FILE in request.cb_kwargs
        answer: HeldAnswer | None = None
        if request.method == "GET":
            answer = self._held.answer(request.url, of_this_run=is_file)
        elif request.method == "POST":
            answer = self._held.answer_to_form(request.url, request.body)
        if answer is not None:
            self.crawler.stats.inc_value("wardcrawler/archive/resumed")
            return _response(request.url, answer)
        if is_file and self._held.was_too_large(request.url):
            raise TooLarge("it was asked for already, and is too large")
        if is_file and (reason := self._room.fullness()):
            raise NoRoom(f"{reason}: the archive takes no more files")
        return None


def _response(url: str, answer: HeldAnswer) -> Response:
    headers = Headers()
    for name, value in answer.headers:
        headers.appendlist(name, value.encode("latin-1"))
    kind = responsetypes.from_args(headers=headers, url=url, body=answer.body)
    return kind(url, status=answer.status, headers=headers, body=answer.body, flags=["archived"])
