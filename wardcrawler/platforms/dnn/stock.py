"""DNN (DotNetNuke): stock markup.

Element ids and classes of pages and modules: DNN Platform; URLs: hue.gov.vn, shtp.hochiminhcity.gov.vn,
sgd.binhduong.gov.vn.
"""

import re
from typing import ClassVar

from wardcrawler.extraction import urls
from wardcrawler.extraction.boilerplate import COMMON_JUNK
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.fingerprint import Mark
from wardcrawler.platforms.webforms import PostBack

_GUID = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
_ID = re.compile(rf"\d{{1,12}}|{_GUID}", re.IGNORECASE)
# One series of numbers for all of a site; "id" and "itemid" are counted by each kind of module anew.
_NAMES = ("articleid", "newsid", "mlid", "postid", "entryid", "pid")
_NAMES_OF_A_PAGE = ("itemid", "id")
_NUMBERED_FILE = re.compile(r".+-(\d{1,12})\.html?", re.IGNORECASE)
_NUMBERED = re.compile(r".+-(\d{3,12})")
_DETAIL_PAGE = re.compile(r"details?|chi-?tiet(?:-tin)?", re.IGNORECASE)


class Dnn(PostBack):
    """Any news module of DNN; the names that modules give their labels are known from common ones only."""

    name = "dnn"
    marks: ClassVar[tuple[Mark, ...]] = (
        Mark(
            40,
            "generator DotNetNuke",
            selector="meta[name='GENERATOR'][content^='DotNetNuke'], meta[content^='DotNetNuke']",
        ),
        Mark(30, "DNN's client variable", selector="input[name='__dnnVariable']"),
        Mark(30, "module boundaries (DnnModule)", selector="div.DnnModule"),
        Mark(20, "module elements (dnn_ctr…)", selector="*[id^='dnn_ctr']"),
        Mark(
            25,
            "DNN's scripts and skins",
            script=r"(?i:/js/dnn(?:core|\.modalpopup)?\.js|/portals/_default/|/desktopmodules/)",
        ),
        Mark(10, "address", address=r"(?i:/tabid/\d+/|[?&]tabid=\d+)"),
    )

    title_selectors: ClassVar[tuple[str, ...]] = (
        "*[itemprop='headline']",
        "*[id^='dnn_ctr'][id$='_lblTitle']",
        "*[id^='dnn_ctr'][id$='_lblTieuDe']",
        "h1",
        "h2.title",
    )
    body_selectors: ClassVar[tuple[str, ...]] = (
        "*[itemprop='articleBody']",
        "*[id^='dnn_ctr'][id$='_lblNoiDung']",
        "*[id^='dnn_ctr'][id$='_lblContent']",
        "div.articleEntry",
        "div.news-content",
    )
    lead_selectors: ClassVar[tuple[str, ...]] = (
        "*[id^='dnn_ctr'][id$='_lblSummary']",
        "*[id^='dnn_ctr'][id$='_lblTrichYeu']",
        "*[id^='dnn_ctr'][id$='_lblTomTat']",
        "*[id^='dnn_ctr'][id$='_lblDescription']",
    )
    date_selectors: ClassVar[tuple[str, ...]] = (
        "*[id^='dnn_ctr'][id$='_lblDate']",
        "*[id^='dnn_ctr'][id$='_lblNgayDang']",
        "*[id^='dnn_ctr'][id$='_lblPublishDate']",
        "*[id^='dnn_ctr'][id$='_lblCreatedDate']",
        "time",
    )
    author_selectors: ClassVar[tuple[str, ...]] = (
        "*[id^='dnn_ctr'][id$='_lblAuthor']",
        "*[id^='dnn_ctr'][id$='_lblTacGia']",
    )
    source_selectors: ClassVar[tuple[str, ...]] = (
        "*[id^='dnn_ctr'][id$='_lblSource']",
        "*[id^='dnn_ctr'][id$='_lblNguon']",
    )
    breadcrumb_selectors: ClassVar[tuple[str, ...]] = (
        "*[id$='BREADCRUMB_lblBreadCrumb'] a",
        *Platform.breadcrumb_selectors,
    )
    junk: ClassVar[tuple[str, ...]] = (*COMMON_JUNK, ".DnnModule-actions", ".dnnActionMenu", ".other_news")
    boxes: ClassVar[tuple[str, ...]] = (".DnnModule",)
    banners: ClassVar[tuple[str, ...]] = (".DnnModule-DNN_HTML",)

    item_selectors: ClassVar[tuple[str, ...]] = (
        "div.DnnModule h2 > a",
        "div.DnnModule h3 > a",
        "div.DnnModule h4 > a",
        "div.DnnModule a[id$='_hplTitle']",
        "div.DnnModule a[id$='_lnkTitle']",
    )
    item_date_selectors: ClassVar[tuple[str, ...]] = ("*[id$='_lblDate']", "*[id$='_lblNgayDang']", "time")
    page_parameter = r"(?i:page|pageindex|currentpage|trang)"
    page_path = r"(?i:/(?:currentpage|pageid|page|trang)/(\d+)(?=/|$))"
    neutral_parameters: ClassVar[tuple[str, ...]] = (
        *Platform.neutral_parameters,
        r"(?i:returnurl|dnnprintmode)",
    )
    trap_paths: ClassVar[tuple[str, ...]] = (
        *Platform.trap_paths,
        r"(?i:/ctl/)",
        r"(?i:/(?:login|register|logoff)(?:\.aspx)?/?$)",
        r"(?i:/articletype/(?!articleview(?:/|$)|categoryview(?:/|$)))",
        r"(?i:/(?:rsshandle\.ashx|linkclick\.aspx)$)",
    )
    trap_parameters: ClassVar[tuple[str, ...]] = (
        *Platform.trap_parameters,
        r"(?i:(?:ctl|skinsrc|containersrc|popup|dnnprintmode)=.*)",
    )

    @classmethod
    def article_key(cls, url: str) -> str | None:
        """Return the number or GUID that names the article.

        - ``/Tin/tabid/55/articleType/ArticleView/articleId/6/Slug.aspx``, ``/artmid/10198/articleid/6/slug``,
          ``?ArticleId=6`` → ``articleid/6``; so with ``newsid``, ``mlid`` (hue.gov.vn) and ``pid``
        - ``/Tin/tabid/55/ItemId/6/Default.aspx`` → ``tin/itemid/6``, for such numbers begin anew elsewhere
        - ``/danh-muc-962.htm``, ``/en/list-940.htm`` → ``962`` (shtp.hochiminhcity.gov.vn)
        - ``/en-us/Home/Investment-information/Details/Slug-960265`` → ``960265`` (hue.gov.vn)

        DNN does not tell capitals in names of pages and parameters apart, nor do keys.
        """
        try:
            segments = urls.path_segments(url)
        except ValueError:
            return None
        names = [segment.lower() for segment in segments]
        pairs = [
            (name, value, index) for index, (name, value) in enumerate(zip(names, segments[1:], strict=False))
        ]
        pairs += [(name.lower(), value, len(names)) for name, value in urls.query_parameters(url)]
        for wanted in _NAMES:
            for name, value, _ in pairs:
                if name == wanted and _ID.fullmatch(value):
                    return f"{name}/{value.lower()}"
        for wanted in _NAMES_OF_A_PAGE:
            for name, value, index in pairs:
                if name == wanted and _ID.fullmatch(value):
                    return f"{_page_name(names[:index])}/{name}/{value.lower()}"
        if segments and (found := _NUMBERED_FILE.fullmatch(segments[-1])):
            return found[1]
        if (
            len(segments) > 1
            and _DETAIL_PAGE.fullmatch(names[-2])
            and (found := _NUMBERED.fullmatch(names[-1]))
        ):
            return found[1]
        return None


def _page_name(names: list[str]) -> str:
    """Return the page among the first segments of a URL: up to its ``tabid``, without a file's ending."""
    page = names[: names.index("tabid")] if "tabid" in names else names
    return "/".join(re.sub(r"\.aspx$", "", name) for name in page) or "default"
