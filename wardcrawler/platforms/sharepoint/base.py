"""SharePoint 2010 and 2013: what all its portals share, scripts and web parts."""

from itertools import islice
from typing import ClassVar

from lxml.html import HtmlElement

from wardcrawler.extraction.boilerplate import COMMON_JUNK
from wardcrawler.extraction.refusals import is_legal_document
from wardcrawler.extraction.selectors import matcher, select
from wardcrawler.items import Article, NotAnArticle
from wardcrawler.platforms.fingerprint import Mark
from wardcrawler.platforms.webforms import PostBack

MARKS = (
    Mark(20, "SharePoint's scripts", script=r"/_layouts/|_spPageContextInfo|MSOWebPartPageFormName"),
    Mark(
        10,
        "SharePoint's web parts",
        selector="div[id^='WebPartWPQ'], .ms-webpartzone-cell, #MSOWebPartPage_PostbackSource",
    ),
)
_MOST_TITLES = 10  # no page of an article has as many
_WEB_PARTS = (".ms-webpartzone-cell", ".ms-webpart-chrome", ".s4-wpcell", "#part1")


class SharePoint(PostBack):
    """SharePoint without a list or page type of its own; no page is of this alone."""

    junk: ClassVar[tuple[str, ...]] = (
        *COMMON_JUNK,
        ".tandan-div-article-other", ".td-tags", ".ms-PostFooter", ".ms-CommentHeader", ".ms-toolbar",
        ".ms-formtoolbar",
    )  # fmt: skip
    boxes: ClassVar[tuple[str, ...]] = _WEB_PARTS
    outside: ClassVar[tuple[str, ...]] = (*PostBack.outside, "#s4-ribbonrow", "#s4-leftpanel", "#sideNavBox")
    neutral_parameters: ClassVar[tuple[str, ...]] = (
        *PostBack.neutral_parameters,
        r"(?i:Source|IsDlg|Mode|InitialTabId|VisibilityContext)",
    )
    trap_paths: ClassVar[tuple[str, ...]] = (
        *PostBack.trap_paths,
        r"(?i:/_(?:layouts|vti_bin|catalogs|windows|forms)(?:/|$))",
        r"(?i:/(?:login|authenticate|editform|newform|upload|rss|listfeed|\w+-rss)\.aspx$)",
    )

    @classmethod
    def parse_article(cls, document: HtmlElement, url: str) -> Article:
        """Read as for any platform. Also raises :class:`NotAnArticle` with the reason ``document`` where the
        web part with the title describes a legal document.
        """
        titles = islice(select(document, cls.title_selectors), _MOST_TITLES)
        parts = {part for title in titles if (part := cls._web_part(title)) is not None}
        if any(map(is_legal_document, parts)):
            raise NotAnArticle("document", "number and date of issue of a legal document")
        return super().parse_article(document, url)

    @classmethod
    def _web_part(cls, element: HtmlElement) -> HtmlElement | None:
        """Return the nearest web part around ``element``, or None."""
        is_box = matcher(cls.boxes).matches
        return next((around for around in element.iterancestors() if is_box(around)), None)
