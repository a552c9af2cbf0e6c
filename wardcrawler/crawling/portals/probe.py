"""What a portal is, from a handful of its pages; nothing is stored."""

import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlsplit

from lxml.html import HtmlElement
from scrapy import Request
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

from wardcrawler.crawling.portals.adhoc import portal_at
from wardcrawler.crawling.runs.run import Run
from wardcrawler.crawling.spider.autodetect import PlatformUnknown
from wardcrawler.crawling.spider.discovery import Discovery, menu_candidates
from wardcrawler.crawling.spider.extractor import Extractor
from wardcrawler.crawling.spider.walk import Walk
from wardcrawler.extraction.blocks import collapse
from wardcrawler.extraction.document import read_document
from wardcrawler.extraction.listings import ArticleLink, ListingRequest
from wardcrawler.items import Article, NotAnArticle
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.fingerprint import Evidence
from wardcrawler.platforms.registry import platform_of, recognise

MOST_SAMPLES = 3
"""So many article pages are asked for until one gives an article."""


@dataclass
class Findings:
    """What was found; ``problem`` says in words why there is no ``platform``."""

    url: str
    platform: type[Platform] | None = None
    evidence: Evidence | None = None
    page_title: str = ""
    sections: dict[str, str] = field(default_factory=dict)
    sample: Article | None = None
    problem: str = ""

    def recognised(self, document: HtmlElement, url: str) -> type[Platform]:
        """Note the platform that made a page. Raises :class:`NotAnArticle` for none."""
        self.platform = platform_of(document, url)
        self.evidence = recognise(document, url)[1]
        self.page_title = collapse(document.findtext(".//title") or "")
        return self.platform

    def listing_failed(self, _section: str, url: str, reason: str, words: str) -> None:
        """Keep the first page that did not come or is not readable, as :class:`Run` would."""
        self.problem = self.problem or f"{url}: {reason}: {words}"


class Probe(PlatformUnknown):
    """A crawl that ends with the portal's sections and one article."""

    is_registered = False
    findings: Findings

    def extractor_for(self, document: HtmlElement, url: str) -> type[Extractor]:
        """The platform the first page shows."""
        if self.recognised is None:
            self.recognised = cast("type[Extractor]", self.findings.recognised(document, url))
        return self.recognised

    async def start(self) -> AsyncIterator[Any]:
        """The page that was named, then what its menu leads to."""
        self.run = cast("Run", self.findings)
        self.samples: list[ArticleLink] = []
        discovery = Discovery(self)
        discovery.home = self.findings.url
        yield discovery.begin()

    def open_walk(self, title: str, url: str) -> Walk:
        """A section was found."""
        self.findings.sections[title] = url
        return Walk(title=title, url=url, known_before=0, is_backfill=True)

    def parse_listing(self, response: Response, walk: Walk, asked: ListingRequest) -> Iterator[Request]:
        """Ask for the first articles of the first listing."""
        try:
            document, extractor = self.read_answer(response)
            links = extractor.article_links(document, response.url)
            following = extractor.next_listing(document, response.url, asked)
        except NotAnArticle as refusal:
            self.findings.listing_failed(walk.title, response.url, refusal.reason, refusal.words)
            return
        if following and following.page == asked.page:  # only the shell of a list that comes as JSON
            yield self.listing_request(following, walk)
            return
        if not links:
            self.findings.sections.pop(walk.title, None)
        if not self.samples:
            self.samples = links[:MOST_SAMPLES]
            yield from self._next_sample()

    def _next_sample(self) -> Iterator[Request]:
        if self.samples:
            url, known = self.samples.pop(0).url, self.known_extractor
            address = known.content_address(url) if known else url
            yield Request(address, callback=self.parse_sample, errback=self.sample_failed)

    def parse_sample(self, response: Response) -> Iterator[Request]:
        """Keep the article, or ask for the next."""
        try:
            document, extractor = self.read_article_answer(response)
            self.findings.sample = extractor.parse_article(document, response.url)
        except NotAnArticle:
            yield from self._next_sample()

    def sample_failed(self, _failure: Failure) -> Iterator[Request]:
        """Ask for the next."""
        yield from self._next_sample()


def probe_address(url: str, settings: Settings) -> Findings:
    """Ask the portal at ``url`` for its home page (or the page named), the candidates of its menu and an
    article, as politely as a crawl. Raises ``ValueError`` for what is no address. Once a process.
    """
    portal = portal_at(url, (), None)
    address = portal.base_url + next(iter(portal.sections.values()), "/")
    findings = Findings(address)
    constants = {"name": portal.name, "base_url": portal.base_url, "findings": findings}
    settings.set(
        "EXTENSIONS", {"wardcrawler.crawling.middlewares.crawl_delay.CrawlDelay": 100}, priority="cmdline"
    )
    settings.set("ITEM_PIPELINES", {}, priority="cmdline")
    settings.set("LOG_INSTALL_ROOT_HANDLER", False, priority="cmdline")
    logging.getLogger().addHandler(logging.NullHandler())
    process = AsyncCrawlerProcess(settings)
    process.crawl(type("Probed", (Probe,), constants))
    process.start()
    return findings


def probe_page(raw: bytes, url: str) -> Findings:
    """What one saved page of a portal says; its sections are those its menu promises, not looked at."""
    findings = Findings(url)
    try:
        document = read_document(raw)
        platform = findings.recognised(document, url)
    except NotAnArticle as refusal:
        findings.problem = f"{url}: {refusal}"
        return findings
    host = urlsplit(url).hostname or ""
    candidates = menu_candidates(document, url, cast("type[Extractor]", platform), [host])
    findings.sections = dict(candidates)
    try:
        findings.sample = platform.parse_article(document, url)
    except NotAnArticle:
        findings.sample = None
    return findings
