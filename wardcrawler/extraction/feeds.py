"""Feeds and sitemaps: RSS, Atom and the sitemap protocol, read as listings."""

import html
import re
import zlib
from collections.abc import Iterable
from contextlib import suppress
from email.utils import parsedate_to_datetime

from lxml import etree
from lxml.html import HtmlElement

from wardcrawler.extraction.document import read_document
from wardcrawler.text.dates import ICT

FEED_LINK, FEED_DATE = "ul.feed > li > a", "ul.feed > li > time"
"""Where :func:`feed_document` puts the entries' links and dates."""
_KIND = "data-feed"
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*+>)*+"
    rb"<(?:\w+:)?(rss|RDF|feed|urlset|sitemapindex)\b",
    re.DOTALL,
)
_HEAD = 4000  # bytes in which the root element stands
_GZIP = b"\x1f\x8b"
_LARGEST = 64 * 2**20  # bytes of an unpacked sitemap; the protocol allows 50 MB


def feed_document(
    raw: bytes, *, has_times: bool = True, lastmod_publishes: bool = False
) -> HtmlElement | None:
    """Turn the bytes of an RSS or Atom feed or of a sitemap of pages into a document that lists its entries;
    None for anything else.

    Each entry is a link with its title and the time of publication, that of RSS as ISO 8601 in UTC+7; without
    ``has_times`` the day alone, as it is printed in Việt Nam. A sitemap says when a page was changed: that
    counts as its publication only with ``lastmod_publishes``. XML that declares entities is none, nothing is
    loaded.
    """
    root = _root(raw, (b"rss", b"RDF", b"feed", b"urlset"))
    if root is None:
        return None
    listed = []
    for entry in root.iter("{*}item", "{*}entry", "{*}url"):
        values = _values(entry)
        address = _address(entry, values)
        if not address:
            continue
        date = _date(values, has_times=has_times, lastmod_publishes=lastmod_publishes)
        listed.append((address, _title(values), date))
    return list_document(listed, "sitemap" if etree.QName(root).localname == "urlset" else "feed")


def list_document(entries: Iterable[tuple[str, str, str]], kind: str = "feed") -> HtmlElement:
    """Return a document that lists ``entries``, each its address, title and date, for the platforms to read
    like any listing.
    """
    items = [
        f'<li><a href="{html.escape(address)}">{html.escape(title)}</a><time>{html.escape(date)}</time></li>'
        for address, title, date in entries
    ]
    words = f"<p>{len(items)} entries of a {kind}</p>"
    return read_document(
        f'<html {_KIND}="{kind}"><body>{words}<ul class="feed">{"".join(items)}</ul></body></html>'.encode()
    )


def feed_kind(document: HtmlElement) -> str | None:
    """Return ``feed`` or ``sitemap`` for a document that :func:`feed_document` made, else None."""
    return document.get(_KIND)


def sitemap_children(raw: bytes) -> list[str] | None:
    """Return the addresses of the sitemaps that a sitemap index names, each once, in their order; None for
    what is no sitemap index.
    """
    root = _root(raw, (b"sitemapindex",))
    if root is None:
        return None
    named = (_values(entry).get("loc", "").strip("' ") for entry in root.iter("{*}sitemap"))
    return list(dict.fromkeys(filter(None, named)))


def _root(raw: bytes, names: tuple[bytes, ...]) -> etree._Element | None:
    if raw.startswith(_GZIP):
        with suppress(zlib.error):
            raw = zlib.decompressobj(wbits=31).decompress(raw, _LARGEST)
    found = _ROOT.match(raw.lstrip()[:_HEAD])
    if found is None or found[1] not in names:
        return None
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    with suppress(etree.XMLSyntaxError):
        return etree.fromstring(raw.strip(), parser=parser)
    return None


def _values(entry: etree._Element) -> dict[str, str]:
    """Return the texts of an entry's elements by their local names, the first of each; those of a news
    sitemap's ``<news:news>`` too.
    """
    values: dict[str, str] = {}
    for child in entry.iter():
        if child is not entry and isinstance(child.tag, str):
            values.setdefault(etree.QName(child).localname, (child.text or "").strip())
    return values


def _address(entry: etree._Element, values: dict[str, str]) -> str:
    """Return where an entry leads, or nothing. NukeViet 3 prints quotes around URLs."""
    for link in entry.iterchildren("{http://www.w3.org/2005/Atom}link"):
        if link.get("rel", "alternate") == "alternate" and link.get("href") and not values.get("link"):
            return str(link.get("href")).strip()
    return (values.get("link") or values.get("loc") or "").strip("' ")


def _title(values: dict[str, str]) -> str:
    """Return the title as text: WordPress and others escape it twice."""
    return html.unescape(values.get("title", ""))


def _date(values: dict[str, str], *, has_times: bool, lastmod_publishes: bool) -> str:
    """Return the time of publication as it is to be read, or as it is printed where it cannot be read."""
    names = ("pubDate", "published", "publication_date", "date", *(("lastmod",) if lastmod_publishes else ()))
    printed = next((values[name] for name in names if values.get(name)), "")
    with suppress(ValueError, TypeError, OverflowError):  # whoever reads the date says what is wrong with it
        at = parsedate_to_datetime(printed).astimezone(ICT)
        return at.isoformat(timespec="seconds") if has_times else at.strftime("%d/%m/%Y")
    return printed
