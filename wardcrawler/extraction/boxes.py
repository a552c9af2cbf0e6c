"""Boxes inside a text that are none of it: related articles, comments, advertisements, share bars, tags.

Told by the roles that their classes and ids name. A name proves nothing by itself ("sidebar-1",
"promo-content" are main columns elsewhere): what holds most of a text, or a file of the article, is no box.
"""

import re
from functools import lru_cache

from lxml.html import HtmlElement

# Names in the form of _spelled(). The first kinds hold whatever strangers and editors write there, ...
_TALKATIVE = re.compile(
    r"(?:.+-)?(?:related|relatedposts|relatednews|lien-quan|lienquan|tinlienquan|tin-khac|tinkhac|bai-khac"
    r"|comments|comment-list|commentlist|comment-form|comment-area|disqus|disqus-thread|binh-luan|binhluan"
    r"|author-bio|author-box|authorbox|about-(?:the-)?author|outbrain|taboola|recommendations?"
    r"|recommended)(?:-.+)?"
)
# ... these a line or two, or links.
_SHORT = re.compile(
    r"(?:.+-)?(?:share|sharing|sharedaddy|sharethis|addtoany|social|socials|promo|promotion|newsletter|subscribe"
    r"|subscription|signup|advert|adverts|advertisement|advertising|ads|adsbygoogle|ad|sponsor|sponsored"
    r"|quang-cao|quangcao|tags|taglist|tag-list|tagcloud|tag-cloud|hashtags?|tu-khoa|tukhoa|read-more|readmore"
    r"|readalso|read-also|see-also|xem-them|xemthem|doc-them|docthem|rating|ratings|danh-gia|view-count|viewcount"
    r"|luot-xem|luotxem|gallery-counter|follow-us)(?:-.+)?"
)
_OF_OTHERS = re.compile(r"(?:has|have|no|not|with|without|is|are|hide|show|js|data|wp-image|align)-.*")
_CAMEL = re.compile(r"(?<=[a-z\d])(?=[A-Z])")
_PICTURE = re.compile(r"image|img|photo|media|picture|figure|thumb", re.IGNORECASE)
_ROLES = ("complementary", "navigation")
_MOST_PLAIN = 200  # characters outside of links


def is_box(element: HtmlElement, lengths: dict[HtmlElement, tuple[int, int]]) -> bool:
    """Return whether ``element`` is named as a box and holds what such boxes hold; ``lengths`` as of
    :func:`blocks.text_lengths`. Whether it is most of the text is not asked here.
    """
    kind = _kind(element)
    if kind is None:
        return False
    if kind == "short" and next(element.iter("blockquote"), None) is not None:  # somebody's post, quoted
        return False
    plain, linked = lengths[element]
    if not plain + linked and (kind == "links" or _PICTURE.search(element.get("class") or "")):
        return False
    return kind == "talkative" or plain <= (_MOST_PLAIN if kind == "short" else linked)


def has_box_name(element: HtmlElement) -> bool:
    """Return whether ``element`` may be a box, by its names alone."""
    return _kind(element) is not None


def _kind(element: HtmlElement) -> str | None:
    names = element.get("class")
    own = element.get("id")
    if own:
        names = f"{names} {own}" if names else own
    kind = _kind_named(names) if names else None
    if kind is None and (element.tag == "aside" or element.get("role") in _ROLES):
        return "links"
    return kind


@lru_cache(maxsize=8192)
def _kind_named(names: str) -> str | None:
    for name in names.split()[:20]:
        spelled = _spelled(name)
        if _OF_OTHERS.fullmatch(spelled):
            continue
        if _TALKATIVE.fullmatch(spelled):
            return "talkative"
        if _SHORT.fullmatch(spelled):
            return "short"
    return None


def _spelled(name: str) -> str:
    """Return a class or id in lower case, its words joined by hyphens."""
    return _CAMEL.sub("-", name[:60]).lower().replace("_", "-")
