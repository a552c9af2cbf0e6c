"""Scrapy's responses as pages, and what is made of one by itself."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from scrapy import Request
from scrapy.http import FormRequest, Response

from wardcrawler.extraction.document import declared_charset
from wardcrawler.extraction.listings import ListingRequest
from wardcrawler.items import Item, NotAnArticle, Refusal
from wardcrawler.pipelines import refine
from wardcrawler.platforms.reader import Page, PageReader
from wardcrawler.text.dates import ICT

Output = Iterator[Request | Item]
"""The output of a callback: requests, and items for the pipelines."""


def page_of(response: Response) -> Page:
    """Return the page that ``response`` brought just now."""
    return Page(
        response.url,
        response.body,
        declared_charset(response.headers.get("Content-Type")),
        response.status,
        _header(response, "ETag"),
        _header(response, "Last-Modified"),
        taken_at=datetime.now(ICT),
    )


def read_any_page(response: Response, reader: PageReader, site: str, callback: Callable[..., Any]) -> Output:
    """Give the whole record of an article, or requests to ``callback`` for the articles that a listing names
    and its next page; a refusal for a page that is neither.
    """
    page = page_of(response)
    try:
        yield refine(reader.read_article(page, site=site))
        return
    except NotAnArticle as error:
        refusal = Refusal(response.url, response.url, None, error.reason, error.words, response.status)
    try:
        document, platform = reader.read_listing(page)
        links = platform.article_links(document, response.url)
        following = platform.next_listing(document, response.url, ListingRequest(response.url))
    except NotAnArticle:
        yield refusal
        return
    if not links and not following:
        yield refusal
    for link in links:
        yield Request(platform.content_address(link.url), callback=callback)
    if following:
        kind = partial(FormRequest, formdata=list(following.form)) if following.form else Request
        yield kind(following.url, callback=callback)


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
