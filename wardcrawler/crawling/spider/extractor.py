"""What a spider asks of a platform."""

from typing import ClassVar, Protocol

from lxml.html import HtmlElement

from wardcrawler.extraction.listings import ArticleLink, ListingRequest
from wardcrawler.items import Article


class Extractor(Protocol):
    """The pure half of a platform class: what a page of it says."""

    platform: ClassVar[str]

    @classmethod
    def article_key(cls, url: str) -> str | None: ...  # noqa: D102
    @classmethod
    def canonical(cls, url: str) -> str: ...  # noqa: D102
    @classmethod
    def is_trap(cls, url: str) -> bool: ...  # noqa: D102
    @classmethod
    def article_links(cls, document: HtmlElement, url: str) -> list[ArticleLink]: ...  # noqa: D102
    @classmethod
    def read_listing(cls, raw: bytes, charset: str | None) -> HtmlElement: ...  # noqa: D102
    @classmethod
    def next_listing(  # noqa: D102
        cls, document: HtmlElement, url: str, asked: ListingRequest
    ) -> ListingRequest | None: ...
    @classmethod
    def content_address(cls, url: str) -> str: ...  # noqa: D102
    @classmethod
    def read_article(cls, raw: bytes, charset: str | None) -> HtmlElement: ...  # noqa: D102
    @classmethod
    def parse_article(cls, document: HtmlElement, url: str) -> Article: ...  # noqa: D102
