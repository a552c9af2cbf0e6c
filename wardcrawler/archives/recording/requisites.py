"""The page requisites, which a page needs to be looked at, as its markup and style sheets name them. Pure."""

import re
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from wardcrawler.extraction.urls import absolute, base_url

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
