"""The content of an article's body: lines of text, pictures and cleaned HTML."""

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

import nh3
from lxml import etree
from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import BLOCKS, HEADINGS, Line, collapse, lines_of, text_of
from wardcrawler.extraction.boilerplate import drop, drop_junk
from wardcrawler.extraction.boilerplate_lines import drop_boilerplate_lines
from wardcrawler.extraction.files import FILES_HEADING, attachments, file_candidates, file_links
from wardcrawler.extraction.hidden import hidden_elements
from wardcrawler.extraction.selectors import Matcher
from wardcrawler.extraction.urls import absolute
from wardcrawler.items import Attachment, Image

_NO_PARAGRAPH = HEADINGS | {"table", "tr", "td", "th", "caption", "figcaption", "figure", "li", "dt", "dd"}


@dataclass(slots=True)
class Content:
    """The content of an article's body element; all empty where a page has none."""

    lines: list[Line] = field(default_factory=list)
    html: str = ""
    images: list[Image] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)

    @property
    def body(self) -> str:
        """Return the text: one paragraph, heading, list item or table row a line."""
        return "\n".join(line.text for line in self.lines)

    @property
    def last_lines(self) -> list[str]:
        """Return the end of the text, up to five lines, without those that only link to the
        article's files.
        """
        files = {attachment.label for attachment in self.attachments}
        texts = (line.text for line in self.lines)
        return [text for text in texts if text not in files and not FILES_HEADING.fullmatch(text)][-5:]

    @property
    def first_paragraph(self) -> str | None:
        """Return the first line that is no heading, list item, table cell, caption of a picture or link to a
        file.
        """
        others = {image.caption for image in self.images} | {file.label for file in self.attachments}
        paragraphs = (line.text for line in self.lines if line.tag not in _NO_PARAGRAPH)
        return next((text for text in paragraphs if text not in others), None)


def read_content(body: HtmlElement, base: str, junk: Matcher, titles: Sequence[str]) -> Content:
    """Read a copy of the element ``body``; the page itself is not changed.

    ``base`` is the URL that relative ones count from, ``junk`` matches the elements to drop. ``titles`` are
    lines to drop where the text begins or ends with them: the article's own title, which many portals repeat,
    and titles of the boxes around it. One that is the link to a file stays in the HTML: "Danh sách cử tri"
    over a file of that name.
    """
    root = _visible_copy(body)
    linked = file_links(root, base)
    drop_junk(root, junk, linked)
    lines = drop_boilerplate_lines(root, lines_of(root), titles, linked)
    files = list(attachments(file_candidates(root), base))
    images = resolve_images(root, base)
    html = clean_html(root, base) if lines or images or files else ""
    return Content(lines, html, images, files)


def _visible_copy(body: HtmlElement) -> HtmlElement:
    """Return a copy of ``body`` without what no reader sees, which depends on the page around it."""
    root = copy.deepcopy(body)
    root.tail = None
    hidden = set(hidden_elements(body))
    if hidden:
        twins = [twin for element, twin in zip(body.iter(), root.iter(), strict=True) if element in hidden]
        for twin in twins:
            drop(twin)
    return root


# Where lazy loaders keep the address while ``src`` shows a placeholder.
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-large")
_CAPTION_CLASS = re.compile(
    r"(?:^|[\s_-])(?:caption|chu-?thich|image-?desc\w*)(?:$|[\s_-])|wp-caption-text|itemImageCaption",
    re.IGNORECASE,
)
_ICON_PATH = re.compile(r"/images/file_system/|/html/(?:themes|portlet|icons)/|/html/js/|[-_]theme/images/")
_CAPTION_ROWS = 3
_TABLE_PARTS = ("td", "th", "tr", "tbody", "thead", "tfoot")


def resolve_images(root: HtmlElement, base: str) -> list[Image]:
    """Give every ``img`` in ``root`` its real, absolute URL and return the pictures, each once, in order.

    Attributes of lazy loaders win over ``src``. Images without an http(s) URL, tracking pixels and icons of
    Liferay's themes are removed from the tree.
    """
    found: dict[str, Image] = {}
    for element in list(root.iterdescendants("img")):
        address = _address(element, base)
        if address is None or _is_decoration(element, address):
            drop(element)
            continue
        element.set("src", address)
        if address not in found:
            alt = collapse(element.get("alt") or "") or None
            found[address] = Image(address, caption(element, root), alt)
    return list(found.values())


def _address(element: HtmlElement, base: str) -> str | None:
    for name in (*_LAZY, "src"):
        address = absolute(element.get(name), base)
        if address is not None:
            return address
    sources = (element.get("data-srcset") or element.get("srcset") or "").split(",")[0].split()
    return absolute(sources[0], base) if sources else None


def _is_decoration(element: HtmlElement, address: str) -> bool:
    tiny = any((element.get(side) or "").strip() in ("0", "1", "0px", "1px") for side in ("width", "height"))
    return tiny or _ICON_PATH.search(address) is not None


def caption(image: HtmlElement, root: HtmlElement) -> str | None:
    """Return the text that the markup ties to ``image``, or None.

    It is the ``figcaption`` of its figure, the text of a table that holds one picture and up to three rows of
    one cell each, or an element around or right behind the picture whose class says it is a caption.
    """
    for around in (image, *image.iterancestors()):
        if around is root:
            break
        if around.tag == "figure":
            return next((text for text in map(text_of, around.iterdescendants("figcaption")) if text), None)
        if around.tag == "table":
            return _table_caption(around)
        for element in (around, around.getnext()):
            if element is not None and _CAPTION_CLASS.search(element.get("class") or ""):
                return text_of(element) or None
        if around.tag in BLOCKS and around.tag not in _TABLE_PARTS and text_of(around):
            break
    return None


def _table_caption(table: HtmlElement) -> str | None:
    rows = list(islice(table.iterdescendants("tr"), _CAPTION_ROWS + 1))
    if len(rows) > _CAPTION_ROWS or any(len(row) > 1 for row in rows):
        return None
    if table.find(".//table") is not None or len(list(islice(table.iterdescendants("img"), 2))) > 1:
        return None
    return text_of(table) or None


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
