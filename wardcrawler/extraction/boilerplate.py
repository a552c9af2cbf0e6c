"""Boilerplate: what stands around an article's text and is no part of it."""

import re
import unicodedata
from collections.abc import Iterable, Set

from lxml.html import HtmlElement

from wardcrawler.extraction.blocks import text_lengths
from wardcrawler.extraction.boxes import has_box_name, is_box
from wardcrawler.extraction.printed_boxes import is_related
from wardcrawler.extraction.selectors import Matcher

# Simple selectors (see ``selectors.Matcher``) that mean the same on every platform.
COMMON_JUNK = (
    "script", "style", "noscript", "template", "svg", "math", "canvas", "audio", "video", "input", "select",
    "textarea", "button", "nav", "dialog",
    # said to screen readers only (Bootstrap, AlloyUI)
    ".hide-accessible", ".helper-hidden-accessible", ".aui-helper-hidden", ".aui-helper-hidden-accessible",
    ".sr-only", ".visually-hidden", ".header-back-to",
    # share buttons
    ".taglib-social-bookmarks", ".zalo-share-button", ".zalo-follow-button", ".fb-like", ".fb-share-button",
    ".fb-send", ".fb-comments", "#fb-root", ".addthis_toolbox", ".addthis_inline_share_toolbox",
    ".addthis_sharing_toolbox", ".sharethis-inline-share-buttons", ".social-icon", ".social-share",
    ".network-share",
    # a second link to the file beside it (WordPress)
    ".wp-block-file__button",
    # font size, print, mail, read aloud
    ".font-size-tools", ".print-action", ".export-actions", ".mail_icon", ".article-audio", "#btnSpeak",
    "#decreaseText", "#increaseText",
    # related lists, clocks
    ".related-news", ".related-articles", ".relatedArticles", ".tin-lien-quan", ".tinlienquan", ".other-news",
    ".date-today", ".current-date", ".clock",
)  # fmt: skip
_SHARE_ADDRESS = re.compile(
    r"facebook\.com/(?:sharer|share\.php|dialog)|(?:twitter|x)\.com/(?:share|intent|home\?status)|zalo\.me/share"
    r"|sp\.zalo\.me|plus\.google\.com/share|linkedin\.com/(?:share|cws)|pinterest\.com/pin/create"
    r"|javascript:\s*(?:window\.)?(?:print|history|sendmail|mailpage)",
    re.IGNORECASE,
)
_CONTROLS = ("input", "select", "textarea", "button")

_LONGEST_HEADING = 80
_MOST_OF_TEXT, _SHORT_TEXT = 0.5, 100  # the share of a text that is no junk; characters that may be
# Elements whose content is no text, or no article's, however long it is.
_NEVER_TEXT = frozenset((
    "script", "style", "noscript", "template", "svg", "math", "canvas", "audio", "video", "input", "select",
    "textarea", "button", "nav", "dialog", "a",
))  # fmt: skip


def drop_junk(root: HtmlElement, junk: Matcher, files: Set[HtmlElement]) -> None:
    """Remove from the tree under ``root`` what ``junk`` matches, boxes beside the text, share links, and
    forms that a visitor would fill in; a form without controls is only a wrapper and stays.

    What holds more than half of the text stays whatever it is called, and so does a box with one of the
    ``files`` (see :func:`files.file_links`) in it.
    """
    doomed = [element for element in root.iterdescendants() if _is_junk(element, junk)]
    named = [element for element in root.iterdescendants() if has_box_name(element)]
    if not doomed and not named:
        return
    lengths = text_lengths(root)
    holders = _with_ancestors(files)
    half = _MOST_OF_TEXT * lengths[root][0]
    for element in doomed:
        plain = lengths[element][0]
        if plain <= max(half, _SHORT_TEXT) or element.tag in _NEVER_TEXT:
            drop(element)
    for element in named:
        if element not in holders and lengths[element][0] <= half and is_box(element, lengths):
            drop(element)


def _with_ancestors(elements: Iterable[HtmlElement]) -> set[HtmlElement]:
    around: set[HtmlElement] = set()
    for element in elements:
        current: HtmlElement | None = element
        while current is not None and current not in around:
            around.add(current)
            current = current.getparent()
    return around


def _is_junk(element: HtmlElement, junk: Matcher) -> bool:
    if junk.matches(element):
        return True
    if element.tag == "a":
        return _SHARE_ADDRESS.search(element.get("href") or "") is not None
    return element.tag == "form" and any(
        control.get("type") != "hidden" for control in element.iterdescendants(*_CONTROLS)
    )


def drop(element: HtmlElement) -> None:
    """Remove ``element`` from its tree; the text behind it stays where it is.

    With text behind it, an empty ``span`` is left in its place: moving that text, as lxml's ``drop_tree``
    does, takes quadratic time where thousands of elements go.
    """
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        element.clear(keep_tail=True)
        element.tag = "span"
    else:
        parent.remove(element)


def comparable(text: str) -> str:
    """Return ``text`` in NFC, on one line and in lower case: the form in which printed labels
    are compared.
    """
    return unicodedata.normalize("NFC", " ".join(text.split())).lower()


def is_related_heading(text: str) -> bool:
    """Return whether ``text`` is what portals print above links to other articles: "Tin liên quan" and the
    like.
    """
    return len(text) <= _LONGEST_HEADING and is_related(comparable(text))
