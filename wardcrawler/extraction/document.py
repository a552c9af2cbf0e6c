"""Documents: the bytes of a response parsed as HTML."""

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from wardcrawler.extraction.legacy_fonts import convert_fonts
from wardcrawler.items import NotAnArticle
from wardcrawler.text.decoding import decode_html

# Magic numbers of what portals send under text/html: attachments behind article addresses, compressed bodies
# whose Content-Encoding was lost.
_MAGIC = {
    b"%PDF-": "a PDF document",
    b"PK\x03\x04": "a ZIP archive or Office document",
    b"\x89PNG\r\n\x1a\n": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF87a": "a GIF image",
    b"GIF89a": "a GIF image",
    b"\x1f\x8b": "gzip data",
    b"Rar!\x1a\x07": "a RAR archive",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old Office document",
    b"RIFF": "RIFF media",
}
_FEED = re.compile(
    r"\s*(?:<\?xml[^>]*>)?\s*(?:<!--.*?-->\s*)*<(rss|feed|urlset|sitemapindex|rdf:RDF)\b", re.DOTALL
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE | re.ASCII)
# Elements without content (HTML Standard §13.1.2) that libxml2 does not know as such: all that follows would
# become their content.
_VOID = re.compile(  # the first letter is looked at ahead: it halves the time
    rb"<(?=[bekstwBEKSTW])(embed|source|track|wbr|bgsound|keygen)\b"
    rb"(?:[^>\"']|\"[^\"]{0,2000}\"|'[^']{0,2000}')*>",
    re.IGNORECASE,
)
# What XML forbids in text: libxml2 lets it in, as such and as a reference, but lxml refuses to write it back.
_CONTROLS_TO_SPACES = bytes(byte if byte >= 0x20 or byte in b"\t\n\r" else 0x20 for byte in range(256))
_NO_CHARACTERS = ("\ufffe", "\uffff")
_FORBIDDEN_REFERENCE = re.compile(
    rb"&#0*(?:[1-8]|1[124-9]|2[0-9]|3[01]|6553[45])(?:;|(?![0-9]))"
    rb"|&#[xX]0*(?:[1-8b-cB-Ce-fE-F]|1[0-9a-fA-F]|[fF]{3}[e-fE-F])(?:;|(?![0-9a-fA-F]))"
)
_BLANKS = " \t\r\n\f\v\0\ufeff\u00a0\u200b"
_DEEPEST = 2048

# huge_tree lifts libxml2's nesting limit from 256, where it silently drops the rest of the page, to 2048.
# Without a table of ids, which nothing here asks for, parsing takes a third less time.
_parser = HTMLParser(
    encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
)
# One class for all elements: lxml.html's own parser asks Python for the class of each, whenever one is met.
_parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))


def declared_charset(content_type: bytes | None) -> str | None:
    """Return the charset that a Content-Type header declares, or None where it names none."""
    found = _CHARSET.search(content_type.decode("latin-1")) if content_type else None
    return found[1] if found else None


def read_document(raw: bytes, charset: str | None = None) -> HtmlElement:
    """Parse the bytes of a page; ``charset`` is the one that the HTTP header declares, a hint only.

    Returns the ``html`` element, without comments and processing instructions, with texts in fonts of before
    Unicode converted (:mod:`.legacy_fonts`). Raises :class:`NotAnArticle`
    with the reason ``not-html`` (files, feeds, plain text, nesting beyond libxml2's limit) or ``empty``.
    """
    start = raw[:8]
    for magic, words in _MAGIC.items():
        if start.startswith(magic):
            raise NotAnArticle("not-html", words)
    text = decode_html(raw, charset)
    if not text.strip(_BLANKS):
        raise NotAnArticle("empty", f"{len(raw)} bytes, nothing but white space")
    if "<" not in text:
        raise NotAnArticle("not-html", "text without a single tag")
    if feed := _FEED.match(text[:2000]):
        raise NotAnArticle("not-html", f"XML ({feed[1]})")
    try:
        document = document_fromstring(_sound(text), parser=_parser)
    except etree.ParserError:
        raise NotAnArticle("empty", "markup without any content") from None
    if text.count("<") > _DEEPEST and _is_cut_off():
        raise NotAnArticle("not-html", f"elements nested more than {_DEEPEST} deep")
    convert_fonts(document, text)
    return document


def _sound(text: str) -> bytes:
    """Return ``text`` in UTF-8, without what libxml2 or lxml trip over."""
    for character in _NO_CHARACTERS:
        text = text.replace(character, " ")
    markup = text.encode("utf-8", "replace").translate(_CONTROLS_TO_SPACES)
    if b"&#" in markup:
        markup = _FORBIDDEN_REFERENCE.sub(b" ", markup)
    return _VOID.sub(rb"\g<0></\1>", markup)


def _is_cut_off() -> bool:
    """Return whether the parser gave up on the page just parsed: what it returned then ends where
    it stopped.
    """
    return any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in _parser.error_log)
