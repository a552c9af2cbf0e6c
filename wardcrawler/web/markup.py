"""Text and HTML from crawled pages, as it may stand in a page of ours."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

import nh3
from lxml import etree, html
from lxml.html import HtmlElement
from markupsafe import Markup, escape

_cleaner = nh3.Cleaner(
    tags=set(
        "div p br hr h2 h3 h4 h5 h6 blockquote pre ul ol li dl dt dd "
        "table caption thead tbody tfoot tr th td "
        "figure figcaption a b strong i em u s del ins sub sup small code span".split()
    ),
    attributes={"*": set[str](), "a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}},
    clean_content_tags=set(
        "script style noscript template svg math iframe object embed applet frameset noframes noembed xmp "
        "plaintext textarea select title".split()
    ),
    allowed_classes={"a": {"picture"}, "span": {"picture"}},
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel="noopener noreferrer nofollow",
    strip_comments=True,
)

_SCHEMES = ("http", "https", "mailto")
_CONTROL = re.compile(r"[\x00-\x20\x7f]")


def safe_html(stored: str, picture: str) -> Markup:
    """Clean an article's HTML for display: pictures become links that ``picture`` ("Picture") begins, for
    nothing may be loaded from a portal while somebody reads; what could run is not in it.

    It was cleaned before it was stored. That is not relied on: others may have written into the database,
    and the sanitiser of today knows more than that of then.
    """
    if not stored.strip():
        return Markup("")
    try:
        root = html.fragment_fromstring(stored, create_parent="div")
    except (etree.ParserError, ValueError):  # control characters, which lxml refuses
        return Markup("")
    for image in list(root.iter("img")):
        _link_to(image, picture)
    for heading in list(root.iter("h1")):
        heading.tag = "h2"  # the page's own title is its h1
    for block in list(root.iter("p", "div")):
        if block is not root and len(block) == 0 and not (block.text or "").strip():
            block.drop_tree()  # portals space their texts with empty paragraphs
    # The sanitiser's output is the last word: nothing touches it afterwards.
    return Markup(_cleaner.clean(etree.tostring(root, encoding="unicode", method="html")))  # noqa: S704


def _link_to(image: HtmlElement, picture: str) -> None:
    says = (image.get("alt") or image.get("title") or "").strip()
    inside_link = any(ancestor.tag == "a" for ancestor in image.iterancestors())
    link = html.Element("span" if inside_link else "a")
    link.set("class", "picture")
    link.text = f"{picture}: {says}" if says else picture
    if not inside_link and (address := web_address(image.get("src"))):
        link.set("href", address)
    link.tail = image.tail
    parent = image.getparent()
    if parent is not None:
        parent.replace(image, link)


def web_address(address: str | None) -> str | None:
    """Return ``address`` if it may be a link, else None: a "javascript:" one is shown as text.

    Browsers skip control characters and leading spaces in a scheme.
    """
    if not address or _CONTROL.search(address):
        return None
    try:
        scheme = urlsplit(address).scheme.lower()
    except ValueError:
        return None
    return address if scheme in _SCHEMES else None


def marked(text: str, marks: Iterable[tuple[int, int]]) -> Markup:
    """Mark in ``text`` what was searched for: from each first character to the one behind the last."""
    shown, end = [], 0
    for begin, behind in marks:
        shown += [escape(text[end:begin]), Markup("<mark>{}</mark>").format(text[begin:behind])]
        end = behind
    return Markup("").join([*shown, escape(text[end:])])
