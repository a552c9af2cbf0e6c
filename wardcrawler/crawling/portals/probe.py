"""Finding out what a portal is, from a handful of its pages; nothing is stored."""

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit

from lxml.html import HtmlElement
from scrapy import Request
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

from wardcrawler.crawling.middlewares.failures import explain
from wardcrawler.crawling.portals.adhoc import portal_at
from wardcrawler.crawling.spider.candidates import home_links
from wardcrawler.crawling.spider.discovery import Discovery, Found
from wardcrawler.crawling.spider.page import Output, page_of
from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.extraction.blocks import collapse
from wardcrawler.extraction.document import read_document
from wardcrawler.extraction.listings import ArticleLink, ListingRequest
from wardcrawler.items import Article, Item, ListingRefusal, NotAnArticle
from wardcrawler.pipelines import REFINING, refine
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.fingerprint import Evidence
from wardcrawler.platforms.reader import PageReader
from wardcrawler.platforms.registry import platform_of, recognise

MOST_SAMPLES = 3
"""So many article pages are asked for until one gives an article."""


@dataclass
class Findings:
    """Findings about one portal; ``problem`` says in words why there is no ``platform``."""

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

    def take(self, item: Item) -> None:
        """Keep the first page that did not come or cannot be read, and the article."""
        if isinstance(item, ListingRefusal):
            self.problem = self.problem or f"{item.url}: {item.reason}: {item.words}"
        elif isinstance(item, Article):
            self.sample = item


class ProbingReader(PageReader):
    """Notes the platform that the first page shows, ``generic`` included, and keeps to it."""

    def __init__(self, findings: Findings) -> None:
        super().__init__()
        self._findings = findings
        self.is_settled = True

    def _recognise(self, document: HtmlElement, url: str) -> type[Platform]:
        self.platform = self._findings.recognised(document, url)
        return self.platform


class Probe(Portal):
    """A crawl that ends with the portal's sections and one article; nothing is stored."""

    is_registered = False
    findings: Findings

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        super().__init__(name, **arguments)
        self.reader = ProbingReader(self.findings)
        self._samples: list[ArticleLink] = []

    async def start(self) -> AsyncIterator[Any]:
        """Ask for the page that was named, then for the pages that its menu leads to."""
        hosts = self.allowed_domains
        yield Discovery(self.crawler, self.findings.url, hosts, self.reader, self.walk_found).begin()

    def walk_found(self, found: Found) -> Output:
        """Note the sections; ask for the first articles of the first list that names any."""
        home = self.findings.url
        if not found.lists and found.refusal is not None:
            yield ListingRefusal(home, "", found.refusal.reason, found.refusal.words)
            return
        for candidate, response in found.lists:
            if candidate.kind == "section":
                self.findings.sections[candidate.title] = candidate.url
            yield from self.parse_section(response, candidate.title, ListingRequest(candidate.url))
        if not found.lists:
            self.findings.sections[""] = home
            yield self._section_request("", ListingRequest(home))

    def _section_request(self, title: str, asked: ListingRequest) -> Request:
        return Request(
            asked.url,
            callback=self.parse_section,
            errback=self.section_failed,
            cb_kwargs={"title": title, "asked": asked},
        )

    def parse_section(self, response: Response, title: str, asked: ListingRequest) -> Output:
        """Ask for the first articles of a listing page, unless there are some already."""
        try:
            document, platform = self.reader.read_listing(page_of(response))
            links = platform.article_links(document, response.url)
            following = platform.next_listing(document, response.url, asked)
        except NotAnArticle as refusal:
            yield ListingRefusal(response.url, title, refusal.reason, refusal.words)
            return
        if following and following.page == asked.page:  # only the shell of a list that comes as JSON
            yield self._section_request(title, following)
            return
        if not links:
            self.findings.sections.pop(title, None)
        if not self._samples:
            self._samples = links[:MOST_SAMPLES]
            yield from self._next_sample()

    def section_failed(self, failure: Failure) -> Output:
        """Say why a listing page could not be had."""
        reason, words, _ = explain(failure)
        request: Request = failure.request  # type: ignore[attr-defined]
        yield ListingRefusal(request.url, request.cb_kwargs["title"], reason, words)

    def _next_sample(self) -> Output:
        if self._samples:
            url, platform = self._samples.pop(0).url, self.reader.platform
            address = platform.content_address(url) if platform else url
            yield Request(address, callback=self.parse_sample, errback=self.sample_failed)

    def parse_sample(self, response: Response) -> Output:
        """Give the article, or ask for the next."""
        try:
            yield self.reader.read_article(page_of(response))
        except NotAnArticle:
            yield from self._next_sample()

    def sample_failed(self, _failure: Failure) -> Output:
        """Ask for the next."""
        yield from self._next_sample()


class Gather:
    """Last pipeline of a probe: into its findings."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the findings of the crawler's probe."""
        probe = crawler.spider
        assert isinstance(probe, Probe)  # noqa: S101
        return cls(probe.findings)

    def process_item(self, item: Item) -> Item:
        """Pass ``item`` on."""
        self._findings.take(item)
        return item


def probe_address(url: str, settings: Settings) -> Findings:
    """Ask the portal at ``url`` for its home page (or the page named), the candidates of its menu and an
    article, as politely as a crawl. Raises ``ValueError`` for what is no address. Once a process.
    """
    portal = portal_at(url, (), None)
    address = portal.base_url + portal.home_path
    findings = Findings(address)
    constants = {"name": portal.name, "base_url": portal.base_url, "findings": findings}
    settings.set(
        "EXTENSIONS", {"wardcrawler.crawling.middlewares.politeness.CrawlDelay": 100}, priority="cmdline"
    )
    pipelines = {each: place for place, each in enumerate((*REFINING, Gather))}
    settings.set("ITEM_PIPELINES", pipelines, priority="cmdline")
    settings.set("LOG_INSTALL_ROOT_HANDLER", False, priority="cmdline")
    logging.getLogger().addHandler(logging.NullHandler())
    process = AsyncCrawlerProcess(settings)
    process.crawl(type("Probed", (Probe,), constants))
    process.start()
    return findings


def probe_page(raw: bytes, url: str) -> Findings:
    """Return what a saved page of a portal says; its sections are those its menu promises, not looked at."""
    findings = Findings(url)
    try:
        document = read_document(raw)
        platform = findings.recognised(document, url)
    except NotAnArticle as refusal:
        findings.problem = f"{url}: {refusal}"
        return findings
    host = urlsplit(url).hostname or ""
    candidates = home_links(document, url, platform, [host]).candidates
    findings.sections = {candidate.title: candidate.url for candidate in candidates}
    try:
        findings.sample = refine(platform.parse_article(document, url))
    except NotAnArticle:
        findings.sample = None
    return findings
