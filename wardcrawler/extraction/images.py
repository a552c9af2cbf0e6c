"""Images of an article and their captions."""

import re
from itertools import islice

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import BLOCKS, collapse, text_of
from wardcrawler.extraction.boilerplate import drop
from wardcrawler.extraction.urls import absolute
from wardcrawler.items import Image

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
