"""Page requisites and files, found in pages and asked for in a preservation run."""

import re
from collections.abc import AsyncIterator, Iterable, Iterator
from functools import partial
from typing import Any, Self

from lxml.html import HtmlElement
from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import HtmlResponse, Response
from twisted.python.failure import Failure

from wardcrawler.archives.recording.contents import SizeLimits
from wardcrawler.archives.recording.recorder import VIA, store_of
from wardcrawler.crawling.middlewares.declared_hosts import Offsite, require_declared
from wardcrawler.crawling.middlewares.failures import explain
from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.extraction.document import declared_charset, read_document
from wardcrawler.extraction.urls import absolute, base_url
from wardcrawler.items import Article, NotAnArticle
from wardcrawler.store.database.clock import now
from wardcrawler.store.tables.archives import leave_out

BETWEEN_ARTICLES_AND_LISTINGS = 15
"""Priority of requests. Requisites of a listing's articles come before the next listing: so few requests wait
at any time, and what an interrupted run has is whole."""

NOT_WANTED = "not-wanted"
"""The reason for files that articles link to, in a run with ``--no-attachments``."""


class PageRequisites:
    """Spider middleware: asks for the home page, then for the requisites of every page that answers, those of
    style sheets too, and for the files and pictures of articles.

    Only of the portal's own hosts, each once, within limits. What is left out is kept in ``left_out``. Files
    are asked for here and nowhere else: ``crawling/spider/attachments.py`` then finds them in the archive.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        settings = crawler.settings
        self._id = settings.getint("WARDCRAWLER_ARCHIVE_ID")
        self._largest_file = settings.getint("WARDCRAWLER_ARCHIVE_LARGEST_FILE")
        self._with_files = settings.getbool("WARDCRAWLER_ATTACHMENTS")
        self._seen: set[int] = set()
        self._limits: SizeLimits | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from a crawler, as Scrapy asks. Raises ``NotConfigured`` where this is no
        preservation run.
        """
        if not crawler.settings.getbool("WARDCRAWLER_ARCHIVE_WHOLE"):
            raise NotConfigured
        return cls(crawler)

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Pass on what the portal starts with, then ask for its home page: there a reader of the archive
        begins.
        """
        async for each in start:
            yield each
        home = f"{self._portal.base_url}/"
        yield Request(home, callback=self.parse_page, errback=partial(self.failed, via=None), priority=1)

    async def process_spider_output(
        self, response: Response, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        """Pass on what the callback yields, then ask for the requisites of its page."""
        async for each in result:
            yield each
            if isinstance(each, Article):
                for request in self._file_requests([file.url for file in each.attachments], response.url):
                    yield request
                for request in self._requests([image.url for image in each.images], response.url):
                    yield request
        if isinstance(response, HtmlResponse) and VIA not in response.meta:
            for request in self._page_requests(response):
                yield request

    def parse_page(self, response: Response) -> Iterator[Request]:
        """Yield nothing: only the requisites of the home page are wanted, for which ``process_spider_output``
        asks.
        """
        yield from ()

    def parse_requisite(self, response: Response) -> Iterator[Request]:
        """Ask for the requisites of a requisite: a style sheet or a frame has some of its own."""
        mime = (response.headers.get("Content-Type") or b"").decode("latin-1").lower()
        if mime.startswith("text/css"):
            css = response.body.decode("utf-8", "replace")
            yield from self._requests(style_requisites(css, response.url), response.url)
        elif isinstance(response, HtmlResponse):
            yield from self._page_requests(response)

    def failed(self, failure: Failure, via: str | None) -> None:
        """Record why a requisite of the page ``via`` could not be had."""
        self._leave_out(failure.request.url, via, explain(failure)[0])  # type: ignore[attr-defined]

    def _page_requests(self, response: Response) -> Iterator[Request]:
        try:
            document = read_document(response.body, declared_charset(response.headers.get("Content-Type")))
        except NotAnArticle:
            return
        yield from self._requests(page_requisites(document, response.url), response.url)
        yield from self._file_requests(linked_documents(document, response.url), response.url)

    def _file_requests(self, addresses: Iterable[str], via: str) -> Iterator[Request]:
        """Yield requests for files; for none in a run that does without."""
        if self._with_files:
            yield from self._requests(addresses, via)
            return
        for url in addresses:
            if hash(url) not in self._seen:
                self._seen.add(hash(url))
                self._leave_out(url, via, NOT_WANTED)

    def _requests(self, addresses: Iterable[str], via: str) -> Iterator[Request]:
        for url in addresses:
            if hash(url) in self._seen:
                continue
            self._seen.add(hash(url))
            reason = self._why_not(url)
            if reason:
                self._leave_out(url, via, reason)
                continue
            yield Request(
                url,
                callback=self.parse_requisite,
                errback=partial(self.failed, via=via),
                priority=BETWEEN_ARTICLES_AND_LISTINGS,
                headers={"Accept": "*/*", "Referer": via},
                meta={VIA: via, "download_maxsize": self._largest_file, "handle_httpstatus_list": []},
            )

    def _why_not(self, url: str) -> str | None:
        platform = self._portal.reader.platform
        if len(url) > self.crawler.settings.getint("URLLENGTH_LIMIT"):
            return "too-long"
        try:
            require_declared(url, self._portal)
        except Offsite:
            return "offsite"
        if platform is not None and platform.is_trap(url):
            return "trap"
        if self._limits is None:
            self._limits = SizeLimits(self.crawler.settings, self._portal.name)
        return self._limits.reached()

    def _leave_out(self, url: str, via: str | None, reason: str) -> None:
        self.crawler.stats.inc_value(f"wardcrawler/left_out/{reason}")
        job = partial(
            leave_out, archive_id=self._id, site=self._portal.name, url=url, via=via, reason=reason, at=now()
        )
        store_of(self.crawler).also(job)

    @property
    def _portal(self) -> Portal:
        spider: Spider | None = self.crawler.spider
        assert isinstance(spider, Portal)  # noqa: S101  # no other is crawled with an archive
        return spider


_URL = re.compile(r"url\(\s*(?:'([^']*)'|\"([^\"]*)\"|([^'\")\s]+))\s*\)", re.IGNORECASE)
_IMPORT = re.compile(r"@import\s+(?:'([^']*)'|\"([^\"]*)\")", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DOCUMENT = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|csv|zip|rar|7z|jpe?g|png|gif|webp|tiff?|mp3|mp4)$", re.IGNORECASE
)
_LINKS = frozenset({"stylesheet", "icon", "shortcut", "apple-touch-icon", "preload", "manifest", "mask-icon"})
_SOURCES = {
    "img": ("src", "data-src", "data-original", "data-lazy-src"),
    "script": ("src",),
    "source": ("src",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "embed": ("src",),
    "iframe": ("src",),
    "frame": ("src",),
    "object": ("data",),
    "input": ("src",),
    "image": ("href", "{http://www.w3.org/1999/xlink}href"),
}


def page_requisites(document: HtmlElement, url: str) -> Iterator[str]:
    """Yield the absolute addresses of pictures, style sheets, scripts, fonts, frames and media of the page at
    ``url``; some more than once.
    """
    yield from _absolute(_references(document), base_url(document, url))


def linked_documents(document: HtmlElement, url: str) -> Iterator[str]:
    """Yield the absolute addresses of the documents, packages and pictures that the page at
    ``url`` links to.
    """
    links = (element.get("href") or "" for element in document.iter("a"))
    documents = (href for href in links if _DOCUMENT.search(href.partition("?")[0].partition("#")[0]))
    yield from _absolute(documents, base_url(document, url))


def style_requisites(css: str, url: str) -> Iterator[str]:
    """Yield the absolute addresses that a style sheet at ``url`` names by ``url()`` and ``@import``."""
    yield from _absolute(_in_style(css), url)


def _absolute(references: Iterable[str], base: str) -> Iterator[str]:
    for reference in references:
        address = absolute(reference, base)
        if address is not None:
            yield address


def _references(document: HtmlElement) -> Iterator[str]:
    for element in document.iter():
        tag = element.tag
        if not isinstance(tag, str):  # comments
            continue
        for name in _SOURCES.get(tag, ()):
            if value := element.get(name):
                yield value
        if (srcset := element.get("srcset")) and tag in ("img", "source"):
            yield from _in_srcset(srcset)
        if background := element.get("background"):
            yield background
        if style := element.get("style"):
            yield from _in_style(style)
        if tag == "style" and element.text:
            yield from _in_style(element.text)
        rel = set((element.get("rel") or "").lower().split())
        if tag == "link" and _LINKS & rel and (href := element.get("href")):
            yield href


def _in_srcset(srcset: str) -> Iterator[str]:
    """Yield the addresses of a ``srcset``: each may be followed by a width or density, then a comma."""
    for candidate in re.split(r",\s+|,(?=https?:)|(?<=[wx]),", srcset):
        if words := candidate.split():
            yield words[0]


def _in_style(css: str) -> Iterator[str]:
    css = _COMMENT.sub("", css)
    for pattern in (_URL, _IMPORT):
        for found in pattern.finditer(css):
            reference = next((group for group in found.groups() if group), "")
            if not reference.lower().startswith(("data:", "about:", "#")):
                yield reference
