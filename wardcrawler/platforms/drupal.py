"""Drupal 7 to 10: nodes of content in themes that keep Drupal's class names.

Markup: ``node.tpl.php`` and ``field.tpl.php`` of Drupal 7, ``node.html.twig`` of Drupal 8 and later, RDFa of
both; portals: wards of Long Xuyên (template_xaphuong).
"""

from collections.abc import Iterator
from typing import ClassVar

from lxml.html import HtmlElement

from wardcrawler.extraction import urls
from wardcrawler.extraction.blocks import text_of
from wardcrawler.extraction.boilerplate import COMMON_JUNK
from wardcrawler.extraction.content import Content
from wardcrawler.extraction.locate import View
from wardcrawler.items import DateText
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.fingerprint import Mark
from wardcrawler.platforms.generic_listings import following_page
from wardcrawler.text.dates import has_certain_order

# First steps of paths that are Drupal's own and hold no content of the portal.
_NO_NODES = frozenset((
    "admin", "user", "users", "taxonomy", "search", "comment", "contact", "filter", "batch", "blog", "forum",
    "sites", "modules", "themes", "misc", "core", "rss.xml", "sitemap.xml", "sitemap",
))  # fmt: skip
_NO_NODE_VIEWS = frozenset(("add", "edit", "delete", "revisions", "feed"))


class Drupal(Platform):
    """Nodes. A path is whatever a portal chose (``/tin/hop-giao-ban``): only the page tells what it is."""

    name = "drupal"
    marks: ClassVar[tuple[Mark, ...]] = (
        Mark(
            50,
            "generator Drupal",
            selector="meta[name='Generator'][content^='Drupal'], meta[name='generator'][content^='Drupal']",
        ),
        Mark(40, "Drupal's settings", script=r"Drupal\.settings|drupalSettings|/misc/drupal\.js"),
        Mark(
            25,
            "node and field markup",
            selector="div.field-name-body, div.field--name-body, .node-teaser, .node-full",
        ),
    )

    title_selectors: ClassVar[tuple[str, ...]] = (
        "h1#page-title",
        "h1.page-title",
        "h1.node__title",
        "h1.title",
        "h1",
    )
    body_selectors: ClassVar[tuple[str, ...]] = (
        "div.field-name-body",
        "div.field--name-body",
        ".node-full > .content",
        ".node__content",
    )
    detail_selectors: ClassVar[tuple[str, ...]] = (".node-full", ".node--view-mode-full")
    boxes: ClassVar[tuple[str, ...]] = (".node",)
    # An article's own footer tells its date and author in Drupal 8 and later.
    outside: ClassVar[tuple[str, ...]] = (
        ".site-footer", "#footer", "#footer-wrapper", ".region-footer", "nav", "aside",
    )  # fmt: skip
    junk: ClassVar[tuple[str, ...]] = (
        *COMMON_JUNK,
        ".node__links", ".link-wrapper", ".inline", "#comments", ".comment-wrapper", ".field-label",
        ".visually-hidden", ".file-icon",
    )  # fmt: skip
    machine_dates = True
    date_selectors: ClassVar[tuple[str, ...]] = (
        ".node__submitted time",
        ".node__meta time",
        ".field--name-created time",
        ".submitted time",
        ".date-display-single",
        ".node__submitted",
        ".post-created",
        ".post-date",
        ".submitted",
    )
    lead_selectors: ClassVar[tuple[str, ...]] = (
        ".field-name-field-summary",
        ".field--name-field-summary",
        ".field-name-field-tom-tat",
        ".field--name-field-tom-tat",
    )
    author_selectors: ClassVar[tuple[str, ...]] = (
        ".field-name-field-tac-gia .field-item",
        ".field--name-field-tac-gia .field__item",
        ".field--name-field-tac-gia",
    )
    account_selectors: ClassVar[tuple[str, ...]] = (
        ".submitted .username",
        ".node__submitted .username",
        ".node__meta .username",
        ".field--name-uid",
    )
    """Who posted: an account, which may bear somebody's name."""
    categories_are_certain = True
    category_selectors: ClassVar[tuple[str, ...]] = (
        ".field-type-taxonomy-term-reference:not(.field-name-field-tags) a",
        ".field--type-entity-reference:not(.field--name-field-tags):not(.field--name-uid) a[href]",
    )
    picture_selectors: ClassVar[tuple[str, ...]] = (
        ".node-full .field-type-image",
        ".node--view-mode-full .field--type-image",
    )

    listing_selectors: ClassVar[tuple[str, ...]] = ("body.page-taxonomy-term", ".node-teaser")
    keys_are_certain = False
    item_selectors: ClassVar[tuple[str, ...]] = (
        ".node-teaser h2 a",
        ".node--view-mode-teaser h2 a",
        ".views-row .views-field-title a",
        ".views-row h2 a",
        ".views-row h3 a",
    )
    item_date_selectors: ClassVar[tuple[str, ...]] = ("time", ".submitted", ".date-display-single")
    trap_paths: ClassVar[tuple[str, ...]] = (
        *Platform.trap_paths,
        r"^/(?:admin|user|comment|batch|filter)(?:/|$)",
        r"/node/add(?:/|$)",
    )

    @classmethod
    def article_key(cls, url: str) -> str | None:
        """Return the path, whatever it is: portals choose it.

        - ``/tin/hop-giao-ban-12``, also with a query → ``tin/hop-giao-ban-12``
        - ``/node/12`` → ``node/12``
        - ``/?q=node/12``, without clean addresses → ``node/12``

        Terms (``/taxonomy/term/3``), later pages (``?page=2``), accounts and files are none.
        """
        if urls.absolute(url, url) is None:
            return None
        given = dict(urls.query_parameters(url))
        steps = urls.path_segments(url) or given.get("q", "").strip("/").split("/")
        if not any(steps) or "page" in given or steps[0] in _NO_NODES:
            return None
        if steps[0] == "node" and (len(steps) != 2 or not steps[1].isdigit() or steps[1] in _NO_NODE_VIEWS):
            return None
        return "/".join(steps)

    @classmethod
    def next_listing_address(cls, document: HtmlElement, url: str) -> str | None:
        """Return the page after: Drupal counts from 0, and the front page goes on at ``/node?page=1``."""
        return following_page(cls, document, url)

    @classmethod
    def _dates(cls, document: HtmlElement, view: View, url: str) -> Iterator[DateText]:
        """Yield the time that RDFa gives, to the minute, before what is printed: by default that has the
        month first, so that numbers that fit both orders say nothing without a weekday.
        """
        for node in view.select(("[property~='dc:date']", "[property='schema:dateCreated']")):
            if moment := (node.get("content") or "").strip():
                yield DateText(moment, "node")
        for date in super()._dates(document, view, url):
            if date.source != "node" or has_certain_order(date.text):
                yield date

    @classmethod
    def _authors(cls, view: View, content: Content) -> Iterator[str]:
        """Yield whoever signs the text before the account that posted it."""
        yield from super()._authors(view, content)
        yield from map(text_of, view.select(cls.account_selectors))
