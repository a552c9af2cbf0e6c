"""Headings inside a text are never its title, on any platform, whatever they look like."""

import re
from pathlib import Path

import pytest
from lxml.html import HtmlElement, fragment_fromstring

from tests.support.saved_pages import pages, stored
from wardcrawler.extraction.blocks import text_of
from wardcrawler.extraction.boilerplate import drop
from wardcrawler.items import NotAnArticle
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.registry import PLATFORMS

HEADING = "1. Những việc cần làm ngay trong tháng tới"
_PART = re.compile(
    r"(?P<tag>[a-z]\w*|\*)?(?P<classes>(?:\.[\w-]+)*)(?P<attribute>\[itemprop='(?P<prop>\w+)'\])?"
)
_SHORTEST = 30  # characters of a line after which a heading may stand


def looks(platform: type[Platform]) -> list[str]:
    """Return headings that look like the platform's titles, and plain ones."""
    found = dict.fromkeys(f"<{tag}>{HEADING}</{tag}>" for tag in ("h1", "h2", "h3"))
    for selector in platform.title_selectors:
        part = _PART.fullmatch(selector.split()[-1])
        if part is None:
            continue
        tag = part["tag"] if part["tag"] not in (None, "*") else "h2"
        names = part["classes"].replace(".", " ").strip()
        found[f"<{tag} class='{names}' itemprop='{part['prop'] or ''}'>{HEADING}</{tag}>"] = None
    return list(found)


def paragraphs(document: HtmlElement, body: list[str]) -> list[HtmlElement]:
    """Return the elements that print the lines of ``body``, one each, innermost, in order."""
    wanted = [line for line in body if len(line) >= _SHORTEST]
    found = {}
    for element in document.iter("p", "div", "td", "li"):
        text = text_of(element)
        if text in wanted:
            found[text] = element
    return [found[line] for line in wanted if line in found]


ARTICLES = [  # the titles of unknown platforms are found by structure
    page
    for page in pages()
    if len(stored(page).get("article", {}).get("body", ())) > 1 and stored(page)["platform"] != "generic"
]


@pytest.mark.parametrize("page", ARTICLES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_a_heading_in_the_text_is_not_its_title(page: Path) -> None:
    expected = stored(page)
    platform = PLATFORMS[expected["platform"]]
    if page.read_bytes().lstrip()[:1] in b"{[":
        pytest.skip("the text is in JSON")
    document = platform.read_article(page.read_bytes(), None)
    lines = paragraphs(document, expected["article"]["body"])
    if not lines:
        pytest.skip("no paragraph has an element of its own")
    for look in looks(platform):
        for line in {lines[0], lines[-1]}:
            for place in (line.addprevious, line.addnext):
                heading = fragment_fromstring(look)
                heading.tail = None
                place(heading)
                try:
                    title = platform.parse_article(document, expected["url"]).title
                except NotAnArticle as refusal:
                    title = refusal.words
                drop(heading)
                assert title == expected["article"]["title"], look


def test_the_test_reaches_every_platform() -> None:
    reached = set()
    for page in ARTICLES:
        if page.read_bytes().lstrip()[:1] not in b"{[":
            platform = PLATFORMS[stored(page)["platform"]]
            document = platform.read_article(page.read_bytes(), None)
            if paragraphs(document, stored(page)["article"]["body"]):
                reached.add(platform.name)
    assert set(PLATFORMS) - reached <= {"dnn-cmsview", "generic"}
