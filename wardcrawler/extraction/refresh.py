"""Pages that only send a reader on: where to. A home page may be one; anywhere else it is a refusal."""

import re
from typing import cast
from urllib.parse import urlsplit

from lxml.etree import XPath
from lxml.html import HtmlElement

from wardcrawler.extraction.refusals import visible_text
from wardcrawler.extraction.urls import absolute, base_url

MOST_TEXT = 300
"""Characters of text from which a page is one of its own, wherever it sends on to."""
LONGEST_DELAY = 10.0
"""Seconds after which a reader would have begun to read."""
_FEW_LINKS = 3

_refreshes = XPath("//meta[translate(@http-equiv, 'REFSH', 'refsh') = 'refresh']/@content")
_scripts = XPath("//script[not(@src)]")
_links = XPath("count(//a[@href])")
_CONTENT = re.compile(
    r"\s*(?P<delay>[0-9]*\.?[0-9]*)\s*[;,\s]\s*(?:url\s*=\s*)?[\"']?(?P<address>[^\"'\s][^\"']*)",
    re.IGNORECASE,
)
_LOCATION = re.compile(
    r"\blocation(?:\.href)?\s*(?:=(?!=)|\.(?:replace|assign)\s*\()\s*(?P<quote>[\"'])(?P<address>.+?)(?P=quote)"
)
_TIMEOUT = re.compile(r"setTimeout\b.*?,\s*([0-9]+)\s*\)", re.DOTALL)
_SETS_COOKIE = re.compile(r"document\s*\.\s*cookie\s*=")


def refresh_target(document: HtmlElement, url: str) -> str | None:
    """Return the absolute address that the page ``document`` at ``url`` only sends on to; None for any other.

    By ``<meta http-equiv="refresh">``, or by a script that sets ``location`` to an address it spells out;
    within ten seconds, to another address of the same host and port. A page with text or links of its own is
    none, nor one whose script sets a cookie first: that is a guard's challenge.
    """
    if _links(document) > _FEW_LINKS or len(visible_text(document, MOST_TEXT)) >= MOST_TEXT:
        return None
    base = base_url(document, url)
    found = _by_meta(document) or _by_script(document)
    address = absolute(found, base)
    if address is None or address == absolute(url, url):
        return None
    here, there = urlsplit(url), urlsplit(address)
    return address if (here.hostname, here.port) == (there.hostname, there.port) else None


def _by_meta(document: HtmlElement) -> str | None:
    for content in cast("list[str]", _refreshes(document)):
        named = _CONTENT.match(content)
        if named and float(named["delay"].strip(".") or 0) <= LONGEST_DELAY:
            return named["address"]
    return None


def _by_script(document: HtmlElement) -> str | None:
    script = "\n".join(element.text or "" for element in cast("list[HtmlElement]", _scripts(document)))
    named = _LOCATION.search(script)
    if named is None or _SETS_COOKIE.search(script):
        return None
    delay = _TIMEOUT.search(script)
    return named["address"] if delay is None or int(delay[1]) <= LONGEST_DELAY * 1000 else None
