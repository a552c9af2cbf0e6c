"""Article HTML that keeps structure and links and nothing that can run."""

import re

import nh3
from lxml import etree
from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import BLOCKS
from wardcrawler.extraction.urls import absolute

_STRUCTURE = frozenset((
    "div", "p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "li",
    "dl", "dt", "dd", "table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td",
    "figure", "figcaption", "a", "img", "b", "strong", "i", "em", "u", "s", "del", "ins", "sub", "sup",
    "small", "code",
))  # fmt: skip
_ATTRIBUTES = {
    "*": set[str](),  # else nh3 lets lang and title pass everywhere
    "a": {"href"},
    "img": {"src", "alt", "title"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
# Elements whose content goes with them; a browser reads or runs it otherwise than as text.
_WITH_CONTENT = frozenset((
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "applet",
    "frameset", "noframes", "noembed", "xmp", "plaintext", "textarea", "select", "title",
))  # fmt: skip
_cleaner = nh3.Cleaner(
    tags=set(_STRUCTURE),
    attributes=_ATTRIBUTES,
    clean_content_tags=set(_WITH_CONTENT),
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel=None,
    strip_comments=True,
)
_MAILTO = re.compile(r"\s*mailto:[^\s<>\"']+@[^\s<>\"']+", re.IGNORECASE)


def clean_html(root: HtmlElement, base: str) -> str:
    """Return the content of ``root`` as HTML of a few elements: structure, tables, absolute links (http,
    https, mailto), images; no styles, classes, ids, handlers, scripts, SVG or MathML. Empty for an empty
    article.

    Changes the tree: links become absolute, counted from ``base``, and unknown blocks become ``div``. Images
    must have been resolved before.
    """
    for element in root.iter():
        tag = element.tag
        if tag == "a":
            _make_absolute(element, base)
        elif tag in BLOCKS and tag not in _STRUCTURE:
            element.tag = "div"
    root.tag = "div"
    cleaned: str = _cleaner.clean(etree.tostring(root, encoding="unicode", method="html", with_tail=False))
    return cleaned.strip()


def _make_absolute(link: HtmlElement, base: str) -> None:
    href = link.get("href")
    if href is None:
        return
    address = href.strip() if _MAILTO.fullmatch(href) else absolute(href, base)
    if address is None:
        del link.attrib["href"]
    else:
        link.set("href", address)
