"""Which pages an article stands on, by what each of them shows; the line that says so is none of its text."""

import pytest

from tests.support.pages import document
from tests.support.written_site import article, entries, page
from wardcrawler.items import Article
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.generic import Generic
from wardcrawler.platforms.joomla import Joomla
from wardcrawler.platforms.wordpress import WordPress

H = "https://xa.example"
TEXT = "Ủy ban nhân dân xã lập kế hoạch nạo vét kênh trước mùa mưa."


def shown(article: Article) -> tuple[int, str | None, dict[int, str]]:
    return article.page, article.first_page, article.missing_pages


def further(*paths: str) -> dict[int, str]:
    return {number: H + path for number, path in enumerate(paths, 2)}


# --- WordPress ---------------------------------------------------------------------------------------


def post(url: str, pager: str, text: str = f"<p>{TEXT}</p>") -> Article:
    content = (
        '<body class="single single-post"><article><h1 class="entry-title">Kế hoạch nạo vét kênh</h1>'
        f'<div class="entry-content">{text}{pager}</div></article></body>'
    )
    found = WordPress.parse_article(document(content), H + url)
    assert found.body == TEXT
    assert found.html == f"<div><p>{TEXT}</p></div>"
    return found


CURRENT = '<span class="post-page-numbers current" aria-current="page">%s</span>'
LINK = '<a href="%s" class="post-page-numbers">%s</a>'


@pytest.mark.parametrize(
    ("url", "pager", "pages"),
    [
        ("/ke-hoach/", '<p class="post-nav-links">Trang: 1 <a href="/ke-hoach/2/">2</a>', ("/ke-hoach/2/",)),
        (
            "/2024/03/kenh/",
            '<nav class="page-links" aria-label="Page"> ' + CURRENT % "Page 1"
            + LINK % ("/2024/03/kenh/2/", "Page 2") + LINK % ("/2024/03/kenh/3/", "Page 3") + "</nav>",
            ("/2024/03/kenh/2/", "/2024/03/kenh/3/"),
        ),
        ("/?p=12", CURRENT % 1 + LINK % ("/?p=12&#038;page=2", 2), ("/?p=12&page=2",)),
        ("/index.php/archives/80", LINK % ("/index.php/archives/80/2", 2), ("/index.php/archives/80/2",)),
        ("/chi-tiet/80", CURRENT % 1 + LINK % ("/chi-tiet/80/2", 2), ("/chi-tiet/80/2",)),
        ("/ke-hoach.html", CURRENT % 1 + LINK % ("/ke-hoach.html/2/", 2), ("/ke-hoach.html/2/",)),
        ("/ke-hoach/", "<p>Pages: 1 <a href='/ke-hoach/2/'>2</a></p>", ("/ke-hoach/2/",)),
        ("/ke-hoach/", LINK % ("/ke-hoach/2/", "Trang sau"), ("/ke-hoach/2/",)),
    ],
)  # fmt: skip
def test_what_wordpress_and_its_themes_print(url: str, pager: str, pages: tuple[str, ...]) -> None:
    found = post(url, pager)
    assert shown(found) == (1, None, further(*pages))
    assert found.key == WordPress.article_key(H + url)


@pytest.mark.parametrize(
    ("url", "pager", "first"),
    [
        ("/ke-hoach/2/", LINK % ("/ke-hoach/", 1) + CURRENT % 2, "/ke-hoach/"),
        ("/chi-tiet/80/2", LINK % ("/chi-tiet/80", "Trang 1") + CURRENT % "Trang 2", "/chi-tiet/80"),
        ("/?p=12&page=2", LINK % ("/?p=12", 1) + CURRENT % 2, "/?p=12"),
        ("/ke-hoach/2/", LINK % ("/ke-hoach/", "Trang trước"), "/ke-hoach/"),
    ],
)
def test_a_later_page_has_the_key_of_page_1(url: str, pager: str, first: str) -> None:
    found = post(url, f'<p class="post-nav-links">Trang: {pager}</p>')
    assert shown(found) == (2, H + first, {})
    assert found.key == WordPress.article_key(H + first)


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/van-ban/2024/">2024</a>',  # a page below this one
        '<a href="/van-ban/2/">Điều 2</a>',
        '<a href="https://tinh.example/van-ban/2/">2</a>',
        '<a href="/thong-bao/2/">2</a>',
        '<a href="/van-ban/page/2/">2</a>',
        '<a href="/van-ban/#comment-2">2</a>',
        '<a href="/van-ban/comment-page-2/">2</a>',
        '<a href="/van-ban/">1</a>',
    ],
)
def test_other_links_in_a_post_lead_to_no_pages_of_it(link: str) -> None:
    content = (
        f'<body class="single"><h1>Văn bản mới</h1><div class="entry-content"><p>{TEXT} {link}</p></div>'
    )
    assert shown(WordPress.parse_article(document(content), f"{H}/van-ban/")) == (1, None, {})


# --- Joomla ------------------------------------------------------------------------------------------


def item(url: str, index: str, pager: str, counter: str = "Page 1 of 3") -> Article:
    content = (
        '<body class="view-article"><div class="item-page"><div class="page-header"><h2 itemprop="headline">'
        f"Kế hoạch nạo vét kênh</h2></div>{index}<div itemprop='articleBody'>"
        f'<div class="pagenavcounter">{counter}</div><p>{TEXT}</p>{pager}</div>'
        '<ul class="pager pagenav"><li><a href="/tin/37-bai-truoc?start=1" rel="prev">Prev</a></li></ul>'
        "</div></body>"
    )
    found = Joomla.parse_article(document(content), H + url)
    assert found.body == TEXT
    return found


TIN = "/tin/38-ke-hoach"


@pytest.mark.parametrize(
    ("url", "index", "pager", "pages"),
    [
        (
            TIN,
            f'<div class="article-index"><ul><li><a class="toclink" href="{TIN}">Kế hoạch</a></li>'
            f'<li><a class="toclink" href="{TIN}?start=1">Phần việc của ấp</a></li>'
            f'<li><a class="toclink" href="{TIN}?start=2">Kinh phí</a></li>'
            f'<li><a class="toclink" href="{TIN}?showall=1">All Pages</a></li></ul></div>',
            "",
            (f"{TIN}?start=1", f"{TIN}?start=2"),
        ),
        (
            TIN,
            "",
            f'<div class="pager"><a href="{TIN}?start=1" rel="next">Next</a></div>',
            (f"{TIN}?start=1",),
        ),
        (
            TIN,
            "",
            f'<ul class="pagination"><li class="next"><a href="{TIN}?start=1">Tiếp</a></li></ul>',
            (f"{TIN}?start=1",),
        ),
        (
            "/index.php?option=com_content&view=article&id=38:ke-hoach",
            '<div id="article-index"><a href="/index.php?option=com_content&amp;view=article&amp;'
            'id=38:ke-hoach&amp;limitstart=1&amp;Itemid=5">Trang 2</a></div>',
            "",
            ("/index.php?option=com_content&view=article&id=38:ke-hoach&limitstart=1",),
        ),
    ],
)
def test_what_joomla_prints(url: str, index: str, pager: str, pages: tuple[str, ...]) -> None:
    found = item(url, index, pager)
    assert shown(found) == (1, None, further(*pages))
    assert found.key == "article/38"


def test_a_later_page_of_joomla_leads_back_by_the_title_of_the_article() -> None:
    index = f'<div class="article-index"><a class="toclink" href="{TIN}">Kế hoạch nạo vét kênh</a></div>'
    found = item(f"{TIN}?start=2", index, "", "Trang 3 / 3")
    assert shown(found) == (3, H + TIN, {})


def test_all_pages_at_once_are_one_page() -> None:
    index = f'<div class="article-index"><a class="toclink" href="{TIN}?start=1">Trang 2</a></div>'
    assert shown(item(f"{TIN}?showall=1", index, "", "")) == (1, None, {})


# --- any portal --------------------------------------------------------------------------------------


def unknown(url: str, behind: str, platform: type[Platform] = Generic) -> Article:
    content = article("Kế hoạch dọn kênh năm 2024", "12/03/2024", "Xã dọn kênh Bà Bông")
    found = platform.parse_article(document(page(content + behind)), H + url)
    assert "Trang" not in found.body
    return found


def pager(*entries: tuple[str, str | None]) -> str:
    links = (f"<a href='{path}'>{words}</a>" if path else f"<b>{words}</b>" for words, path in entries)
    return f"<div class=phan-trang>Trang: {' '.join(links)}</div>"


BAI = "/tin/bai-1200.html"


@pytest.mark.parametrize(
    "pages",
    [
        (f"{BAI}?page=2", f"{BAI}?page=3"),
        (f"{BAI}?trang=2",),
        ("/tin/bai-1200-p2.html", "/tin/bai-1200-p3.html"),
        ("/tin/bai-1200-trang-2.html",),
        ("/tin/bai-1200/trang-2.html",),
        (f"{BAI}/2",),
    ],
)
def test_pagers_behind_the_text_of_any_system(pages: tuple[str, ...]) -> None:
    numbered = [(str(number), path) for number, path in enumerate(pages, 2)]
    assert shown(unknown(BAI, pager(("1", None), *numbered))) == (1, None, further(*pages))


def test_numbers_that_count_from_0() -> None:
    behind = pager(("1", None), ("2", "/ct.aspx?id=12&page=1"), ("3", "/ct.aspx?id=12&page=2"))
    pages = further("/ct.aspx?id=12&page=1", "/ct.aspx?id=12&page=2")
    assert shown(unknown("/ct.aspx?id=12", behind)) == (1, None, pages)


@pytest.mark.parametrize("first", [BAI, f"{BAI}?page=1"])
def test_a_later_page_of_any_system_has_the_key_of_page_1(first: str) -> None:
    found = unknown(f"{BAI}?page=2", pager(("1", first), ("2", None), ("3", f"{BAI}?page=3")))
    assert shown(found) == (2, H + BAI, {3: f"{H}{BAI}?page=3"})
    assert found.key == Generic.article_key(H + BAI)


def test_the_head_of_a_page_names_the_next_one_of_the_same_article() -> None:
    content = page(article("Kế hoạch dọn kênh năm 2024", "12/03/2024", "Xã dọn kênh"))
    for path, pages in ((f"{BAI}?page=2", further(f"{BAI}?page=2")), ("/tin/bai-1300.html", {})):
        with_head = content.replace("</head>", f"<link rel=next href='{path}'></head>")
        assert shown(Generic.parse_article(document(with_head), H + BAI)) == (1, None, pages)


@pytest.mark.parametrize(
    "behind",
    [
        pager(("1", None), ("2", "/tin-tuc?page=2")),
        pager(("1", None), ("2", "/tin/bai-1300.html?page=2")),
        pager(("1", None), ("2", f"https://tinh.example{BAI}?page=2")),
        pager(("Bài 1", None), ("Bài 2", f"{BAI}?page=2")),
        pager(("1", None), ("2", f"{BAI}?cpage=2")),
        entries([(f"Một bài khác của xã số {n}", f"/tin/bai-{n}000.html", "01/02/2024") for n in range(1, 4)])
        + pager(("1", None), ("2", f"{BAI}?page=2")),
    ],
)
def test_pagers_of_something_else(behind: str) -> None:
    content = article("Kế hoạch dọn kênh năm 2024", "12/03/2024", "Xã dọn kênh Bà Bông")
    found = Generic.parse_article(document(page(content + behind)), H + BAI)
    assert shown(found) == (1, None, {})
