"""Liferay Portal 6.1 and 6.2: the stock asset publisher, and the look of hochiminhcity.gov.vn.

Element and class names: Liferay 6.2 ``html/portlet/asset_publisher``, ``html/taglib/ui/header``,
``html/taglib/ui/page_iterator``.
"""

import re
from datetime import datetime
from typing import ClassVar
from urllib.parse import unquote

from wardcrawler.extraction import urls
from wardcrawler.extraction.boilerplate import COMMON_JUNK
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.fingerprint import Mark
from wardcrawler.text.dates import ICT, from_epoch_ms

_LOCALE = re.compile(r"(?:vi|en|fr|zh|ja|ko|ru|de)(?:[_-][A-Za-z]{2})?")
_NO_SLUGS = frozenset((
    "asset_publisher", "blogs", "bookmarks", "calendar", "document_library", "document_library_display",
    "image_gallery", "journal", "journal_content", "login", "message_boards", "polls", "search", "tags",
    "categories", "wiki", "view-article", "view_content", "details",
))  # fmt: skip
_DETAIL_PAGE = re.compile(r"(?:xem-)?chi-tiet(?!-van-ban).*")
_ID_PARAMETERS = ("d", "dinhdanh", "id")
_NUMBER = re.compile(r"\d{1,19}")
_NUMBERED = {
    "details": re.compile(r".*-(\d{6,})"),
    "chi-tiet": re.compile(r".*-(\d{1,19})-\d{1,19}\.html"),
    "view_content": re.compile(r"(\d{1,19})(?:-.*)?(?:\.html)?"),
}
_EPOCH_MS = re.compile(r"1\d{12}")  # from September 2001 to May 2033
# Whoever reads a date says whether it lies ahead; none of these numbers does by then.
_BEHIND_THEM_ALL = datetime(2034, 1, 1, tzinfo=ICT)


class Liferay(Platform):
    """Stock Liferay: asset publisher (portlet 101) with its header, content, metadata and page iterator."""

    name = "liferay"
    marks: ClassVar[tuple[Mark, ...]] = (
        Mark(
            40,
            "Liferay's scripts",
            script=r"\bLiferay\s*\.\s*(?:ThemeDisplay|currentURL|Portlet|Util)|/html/js/liferay/",
        ),
        Mark(20, "portlet boundaries (p_p_id_…)", selector="div[id^='p_p_id_']"),
        Mark(
            25,
            "asset publisher portlet (101)",
            selector="*[id^='portlet_101_INSTANCE_'], *[id^='p_p_id_101_']",
        ),
        Mark(15, "Liferay header taglib", selector="div.taglib-header h3.header-title"),
        Mark(15, "journal content", selector="div.journal-content-article"),
        Mark(
            10,
            "asset publisher markup",
            selector="div.asset-full-content, div.asset-abstract, h3.asset-title",
        ),
        Mark(10, "page iterator (lfr-pagination)", selector="div.lfr-pagination, div.taglib-page-iterator"),
        Mark(15, "friendly address", address=r"^(?:/\w\w)?/web/|/-/|[?&]p_p_id="),
    )

    title_selectors: ClassVar[tuple[str, ...]] = (
        "h3.header-title > span",
        "h3.header-title",
        "h1.header-title",
        "div.asset-full-content-title",
    )
    body_selectors: ClassVar[tuple[str, ...]] = (
        "div.asset-full-content div.journal-content-article",
        "div.journal-content-article",
        "div.asset-full-content div.asset-content",
    )
    date_selectors: ClassVar[tuple[str, ...]] = ("span.metadata-publish-date",)
    author_selectors: ClassVar[tuple[str, ...]] = ("span.metadata-author",)
    category_selectors: ClassVar[tuple[str, ...]] = ("a.asset-category", "span.asset-category")
    detail_selectors: ClassVar[tuple[str, ...]] = ("div.taglib-header span.header-back-to",)
    generic_titles = Platform.generic_titles | {
        "xuất bản thông tin",
        "ubnd chi tiết bài viết",
        "asset publisher",
    }
    junk: ClassVar[tuple[str, ...]] = (
        *COMMON_JUNK,
        ".asset-actions", ".asset-user-actions", ".lfr-meta-actions", ".locale-actions", ".asset-flag",
        ".taglib-flags", ".asset-ratings", ".taglib-ratings", ".taglib-discussion", ".asset-links",
        ".asset-more", ".taglib-page-iterator",
    )  # fmt: skip
    boxes: ClassVar[tuple[str, ...]] = ("section.portlet", ".portlet-boundary")
    banners: ClassVar[tuple[str, ...]] = (".portlet-journal-content", ".portlet-boundary_56_")

    item_selectors: ClassVar[tuple[str, ...]] = (
        "h3.asset-title > a",
        "div.asset-abstract div.asset-title > a",
        "ul.title-list li.title-list a",
    )
    item_date_selectors: ClassVar[tuple[str, ...]] = ("span.metadata-publish-date",)
    page_parameter = r"(?:\w*_)?cur"
    neutral_parameters: ClassVar[tuple[str, ...]] = (
        *Platform.neutral_parameters,
        r"p_p_(?:state|mode|col_id|col_pos|col_count)",
        r"\w*_(?:advancedSearch|andOperator|keywords)|p_r_p_\w*_resetCur",
    )
    trap_paths: ClassVar[tuple[str, ...]] = (
        *Platform.trap_paths,
        r"/c/(?!document_library/)",
        r"/group/control_panel",
    )
    trap_parameters: ClassVar[tuple[str, ...]] = (
        *Platform.trap_parameters,
        r"p_p_lifecycle=[12]",
        r"p_p_state=(?:pop_up|exclusive)",
        r"p_p_(?:resource_id|cacheability)=.*|p_p_auth=.*",
    )

    @classmethod
    def article_key(cls, url: str) -> str | None:
        """Return the slug of a friendly URL, the id of an older one, with the site group.

        - ``/web/dng/-/slug``, ``/vi/web/dng/trang/-/asset_publisher/x/content/slug`` → ``dng/-/slug``. Slugs
          are unique inside a site group only, so the group stays; the guest group is the host's own. Slugs
          are kept to the letter: "…-1" ends a real title as often as it marks a second one.
        - ``…/content/id/123`` and ``view_content`` parameters → the ``urlTitle``, else ``-/id/123``
        - ``/tin-tuc/-/view_content/4101-slug.html`` → ``view_content/4101`` (sotttt.hanoi.gov.vn: on whatever
          page it is shown)
        - ``/chi-tiet-tin-tuc?d=1045&c=7`` → ``chi-tiet-tin-tuc?d=1045`` (``d`` alone decides)
        - ``/chi-tiet-tin?/slug/32403960`` → ``chi-tiet-tin?32403960``
        - ``/chi-tiet-tin/-/view-article/1/<category>/<article>`` → ``view-article/<article>``
        - ``/-/details/37632/slug-141199571`` → ``details/141199571``; ``/-/details/22511/slug`` →
          ``details/slug`` (bacninh.gov.vn: behind "details" stands the site group)
        - ``/-/chi-tiet/slug-23561-1002.html`` → ``chi-tiet/23561`` (svhtt.hochiminhcity.gov.vn: article and
          category)
        """
        try:
            segments = urls.path_segments(url)
        except ValueError:
            return None
        if segments and _LOCALE.fullmatch(segments[0]):
            del segments[0]
        group = ""
        if len(segments) > 1 and segments[0] == "web":
            group = "" if segments[1] == "guest" else segments[1] + "/"
            del segments[:2]
        if "-" in segments:
            position = segments.index("-")
            key = _friendly_key(segments[position + 1 :])
        else:
            key = _parameter_key(segments[-1] if segments else "", url)
        return None if key is None else group + key

    @classmethod
    def canonical(cls, url: str) -> str:
        """Return ``url`` as on any platform, a friendly URL of an article without its query."""
        address = super().canonical(url)
        path = address.partition("?")[0]
        return path if "/-/" in path and cls.article_key(path) is not None else address

    @classmethod
    def date_from_address(cls, url: str) -> str | None:
        """Return the day, in UTC+7, in a ``view-article`` URL, whose last number is the time of publication
        in epoch milliseconds (diensanh.quangtri.gov.vn); else None.
        """
        segments = urls.path_segments(url)
        if segments[-4:-3] != ["view-article"] or not _EPOCH_MS.fullmatch(segments[-1]):
            return None
        return from_epoch_ms(int(segments[-1]), now=_BEHIND_THEM_ALL).at.date().isoformat()


def _friendly_key(mapped: list[str]) -> str | None:
    """Return the key of the segments behind ``/-/``, or None."""
    match mapped:
        case ["asset_publisher", _, "content" | "blog", "id", number] if _NUMBER.fullmatch(number):
            return f"-/id/{number}"
        case ["asset_publisher", _, "content" | "blog", *slug] if slug and slug != ["id"]:
            return "-/" + "/".join(slug)
        case ["view-article", _, _, number] if _NUMBER.fullmatch(number):
            return f"view-article/{number}"
        case ["details" as view, _, slug] | ["chi-tiet" | "view_content" as view, slug]:
            return _numbered_key(view, slug)
        case [slug] if slug not in _NO_SLUGS:
            return f"-/{slug}"
    return None


def _numbered_key(view: str, slug: str) -> str | None:
    """Return the key of a slug with the article's number in it; only that of ``details`` may have none."""
    found = _NUMBERED[view].fullmatch(slug)
    if found is None:
        return f"{view}/{slug}" if view == "details" else None
    return f"{view}/{found[1]}"


def _parameter_key(page: str, url: str) -> str | None:
    """Return the key of a URL whose query names the article, or None; ``page`` is the last segment of its
    path.
    """
    named = {unquote(name): value for name, value in urls.query_parameters(url)}
    if any(value.replace("%2F", "/").endswith("/view_content") for value in named.values()):
        titles = [value for name, value in named.items() if name.endswith("_urlTitle") and value]
        entries = [value for name, value in named.items() if name.endswith("_assetEntryId") and value]
        return f"-/{titles[0]}" if titles else f"-/id/{entries[0]}" if entries else None
    if not _DETAIL_PAGE.fullmatch(page):
        return None
    for name in _ID_PARAMETERS:
        if _NUMBER.fullmatch(named.get(name, "")):
            return f"{page}?{name}={named[name]}"
    for name in named:
        number = name.rpartition("/")[2]
        if name.startswith("/") and _NUMBER.fullmatch(number):
            return f"{page}?{number}"
    return None


class HcmcLiferay(Liferay):
    """hochiminhcity.gov.vn and its district and ward sites, and the asset publisher hook for Liferay 6.1 that
    looks like it (``asset_publisher_view_full_content``).
    """

    name = "liferay-hcmc"
    variant_marks: ClassVar[tuple[Mark, ...]] = (
        Mark(40, "asset_publisher_view_full_content hook", selector="div.asset_publisher_view_full_content"),
        Mark(30, "list with banner-hinhanhlink", selector="div.banner-hinhanhlink div.article-title"),
        Mark(20, "span.header-title", selector="span.header-title"),
        Mark(20, "date in asset-publish-date", selector="div.asset-publish-date, span.asset-publish-date"),
        Mark(20, "assetdesc list items", selector="div.assetdesc-content, div.asset_title"),
    )
    title_selectors: ClassVar[tuple[str, ...]] = (
        "div.asset_publisher_view_full_content > div.asset_title > span",
        "span.header-title",
        *Liferay.title_selectors,
    )
    lead_selectors: ClassVar[tuple[str, ...]] = (
        "div.asset-abstract span.assetdesc-text",
        "div.asset-abstract div.assetdesc-text",
    )
    lead_opens_body = True
    date_selectors: ClassVar[tuple[str, ...]] = ("div.asset-publish-date", *Liferay.date_selectors)
    category_selectors: ClassVar[tuple[str, ...]] = ("span.asset-category-name", *Liferay.category_selectors)
    item_selectors: ClassVar[tuple[str, ...]] = (
        "div.banner-hinhanhlink div.col-md-12.article-title > a",
        "div.asset_title > a",
        *Liferay.item_selectors,
    )
    item_date_selectors: ClassVar[tuple[str, ...]] = (
        "span.asset-publish-date",
        "div.asset-publish-date",
        *Liferay.item_date_selectors,
    )
