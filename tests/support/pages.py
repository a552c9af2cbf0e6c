"""Small pages of our own writing, and what Liferay's classes read from them."""

from lxml.html import HtmlElement

from wardcrawler.extraction.document import read_document
from wardcrawler.items import Article
from wardcrawler.platforms.liferay.stock import HcmcLiferay, Liferay

URL = "https://portal.example/web/p9/-/bai-viet"


def document(body: str, head: str = "") -> HtmlElement:
    """Return a page with ``body`` and ``head`` in it."""
    return read_document(f"<html><head>{head}</head><body>{body}</body></html>".encode())


def stock_page(
    text: str = "<p>Nội dung.</p>", *, title: str = "Tiêu đề bài viết", after: str = "", metadata: str = ""
) -> str:
    """Return the body of a stock Liferay article page."""
    return f"""<div id="content"><section class="portlet" id="portlet_101_INSTANCE_a">
<div class="portlet-body">
<div class="taglib-header"><h3 class="header-title"><span>{title}</span></h3></div>
<div class="asset-full-content">
<div class="asset-content"><div class="journal-content-article">{text}</div></div>
<div class="asset-metadata">{metadata}</div></div>{after}</div></section></div>"""


def stock_article(text: str = "<p>Nội dung.</p>", *, url: str = URL, head: str = "", **parts: str) -> Article:
    """Read a stock page with ``text`` as its article."""
    return Liferay.parse_article(document(stock_page(text, **parts), head), url)


def hcmc_article(text: str, *, url: str = URL, head: str = "") -> Article:
    """Read a page with ``text`` as its article by the HCMC variant."""
    page = f'<span class="header-title">Tiêu đề</span><div class="journal-content-article">{text}</div>'
    return HcmcLiferay.parse_article(document(page, head), url)
