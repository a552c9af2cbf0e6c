"""Small portals with an article that stands on three pages, as several systems print it."""

from collections.abc import Callable, Iterable

from tests.support.written_site import entries, page

TITLE = "Kế hoạch nạo vét kênh Bà Bông"
TEXTS = {
    1: "Ủy ban nhân dân xã lập kế hoạch nạo vét tuyến kênh Bà Bông dài hai cây số trước mùa mưa.",
    2: "Mỗi ấp cử hai mươi người, mang theo cuốc xẻng, tập trung ở đầu cầu lúc sáu giờ sáng.",
    3: "Công an xã giữ trật tự trên bờ kênh; trạm y tế cử một tổ trực cấp cứu suốt buổi.",
}
POST, ANOTHER = "/ke-hoach-nao-vet-kenh-ba-bong/", "/hop-dan-ap-ba-ve-duong-lang/"


def wordpress(content: str, kind: str, menu: str = "") -> str:
    return (
        '<!doctype html><html lang="vi"><head><title>UBND xã Bến Đò</title>'
        '<meta name="generator" content="WordPress 6.1.9"></head>'
        f'<body class="{kind}"><nav>{menu}</nav><main>{content}</main></body></html>'
    )


def post(title: str, text: str, pager: str = "") -> str:
    return wordpress(
        f'<article class="post"><h1 class="entry-title">{title}</h1>'
        '<time class="entry-date published" datetime="2024-03-05T08:15:00+07:00">05/03/2024</time>'
        f'<div class="entry-content"><p>{text}</p>{pager}</div></article>',
        "single single-post",
    )


def page_links(number: int, addresses: dict[int, str]) -> str:
    """What ``wp_link_pages`` prints on page ``number``."""
    links = " ".join(
        f'<span class="post-page-numbers current" aria-current="page">{each}</span>'
        if each == number
        else f'<a href="{address}" class="post-page-numbers">{each}</a>'
        for each, address in addresses.items()
    )
    return f'<p class="post-nav-links">Trang: {links}</p>'


class PagedPosts:
    """A portal of WordPress with one section: a post on three pages, and one on one page. ``listed`` are the
    addresses that the section links to, ``pages`` answer in place of the portal.
    """

    def __init__(self, listed: Iterable[str] = (POST, ANOTHER)) -> None:
        self.listed = list(listed)
        self.texts = dict(TEXTS)
        self.addresses = {number: POST if number == 1 else f"{POST}{number}/" for number in TEXTS}
        self.pages: dict[str, str | None] = {}
        self.titles: dict[int, str] = {}

    def __call__(self, path: str) -> str | None:
        if path in self.pages:
            return self.pages[path]
        if path == "/category/tin-tuc/":
            titles = "".join(
                f'<article><h2 class="entry-title"><a href="{each}">{TITLE}</a></h2></article>'
                for each in self.listed
            )
            return wordpress(titles, "archive category")
        if path == ANOTHER:
            return post("Họp dân ấp Ba về đường làng", "Ấp Ba họp dân bàn việc góp đất làm đường làng.")
        number = next((each for each, address in self.addresses.items() if address == path), None)
        if number is None:
            return None
        return post(self.titles.get(number, TITLE), self.texts[number], page_links(number, self.addresses))


class EndlessPosts(PagedPosts):
    """Every page leads to the next; ``text`` makes what it shows."""

    def __init__(self, text: Callable[[int], str]) -> None:
        super().__init__([POST])
        self.text = text

    def __call__(self, path: str) -> str | None:
        if not path.startswith(POST):
            return super().__call__(path)
        number = int(path.removeprefix(POST).strip("/") or 1)
        following = {number: path, number + 1: f"{POST}{number + 1}/"}
        return post(TITLE, self.text(number), page_links(number, following))


JOOMLA = "/tin-tuc/38-ke-hoach-nao-vet-kenh-ba-bong"


def paged_joomla(path: str) -> str | None:
    """A portal of Joomla: a blog with one article of three pages, as the plugin "pagebreak" prints them."""
    head = '<meta name="generator" content="Joomla! - Open Source Content Management">'
    if path == "/category/tin-tuc/":
        listed = f'<div class="page-header"><h2><a href="{JOOMLA}">{TITLE}</a></h2></div>'
        return f'<html><head>{head}</head><body class="view-category"><div class="blog">{listed}</div></body>'
    addresses = [JOOMLA, f"{JOOMLA}?start=1", f"{JOOMLA}?start=2"]
    if path not in addresses:
        return None
    number = addresses.index(path) + 1
    index = "".join(f'<li><a class="toclink" href="{each}">Phần việc</a></li>' for each in addresses)
    suffix = f" - Trang {number}" if number > 1 else ""
    following = f'<a href="{addresses[number]}" rel="next">Next</a>' if number < 3 else ""
    return (
        f'<html><head>{head}</head><body class="view-article"><div class="item-page" itemtype="Article">'
        f'<div class="page-header"><h2 itemprop="headline">{TITLE}{suffix}</h2></div>'
        '<dl><dd class="published"><time datetime="2024-03-05T08:15:00+07:00">5 March 2024</time></dd></dl>'
        f'<div class="article-index"><h3>Article Index</h3><ul>{index}'
        f'<li><a class="toclink" href="{JOOMLA}?showall=1">All Pages</a></li></ul></div>'
        f'<div itemprop="articleBody"><div class="pagenavcounter">Page {number} of 3</div>'
        f'<p>{TEXTS[number]}</p><div class="pager"><ul><li>{following}</li></ul></div></div>'
        f'<ul class="pager pagenav"><li><a href="/tin-tuc/37-bai-truoc" rel="prev">Prev</a></li></ul>'
        "</div></body></html>"
    )


class PagedUnknown:
    """A portal of no known make. Its first article has three pages; the others have the pager of what else
    was published below their text, or right behind it where ``near``.
    """

    def __init__(self, *, near: bool = False) -> None:
        self.near = near
        self.listed = [
            (
                f"Tổ dân phố {number} bầu tổ trưởng nhiệm kỳ mới",
                f"/tin/bai-{number}00.html",
                f"{number:02d}/03/2024",
            )
            for number in range(1, 5)
        ]

    def __call__(self, path: str) -> str | None:
        menu = [("Trang chủ", "/"), ("Tin tức", "/tin-tuc")]
        if path in ("/", "/tin-tuc"):
            return page(entries(self.listed), menu)
        address, _, number = path.partition("?trang=")
        entry = next((each for each in self.listed if each[1] == address), None)
        if entry is None:
            return None
        title, _, date = entry
        shown = int(number or 1) if address == self.listed[0][1] else 1
        text = "".join(
            f"<p>{TEXTS[shown]} Việc này do tổ {title[3]} làm, lần {each}.</p>" for each in range(3)
        )
        links = "".join(
            f"<b>{each}</b> "
            if each == shown
            else f'<a href="{address}{f"?trang={each}" if each > 1 else ""}">{each}</a> '
            for each in (1, 2, 3)
        )
        others = "" if self.near or entry is self.listed[0] else f"<h4>Tin khác</h4>{entries(self.listed)}"
        return page(
            f"<article><h1>{title}</h1><p class=ngay>{date} 08:15</p><div class=noi-dung>{text}</div>"
            f"</article>{others}<div class=pt>Trang: {links}</div>",
            menu,
        )
