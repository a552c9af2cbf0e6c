"""NukeViet."""

from tests.platforms.contract import Contract, NextPage
from wardcrawler.platforms.nukeviet import NukeViet

SECTION = "/vi/news/tin-tuc/"
ARTICLE = "/vi/news/tin-tuc/hop-giao-ban-12.html"
UNWRITTEN = "/index.php?language=vi&nv=news&op="
WRITTEN_OUT = "/index.php?language=vi&nv=news&op=tin-tuc/hop-giao-ban-12"


def pager(*numbers: int) -> str:
    links = "".join(f'<li><a href="/vi/news/tin-tuc/page-{n}/">{n}</a></li>' for n in numbers)
    return f"""<ul class="pagination"><li><a href="/vi/news/tin-tuc/">1</a></li>
        <li class="active"><a href="javascript:void(0)">…</a></li>{links}</ul>"""


NUKEVIET = Contract(
    platforms=(NukeViet,),
    keys={
        "/vi/news/tin-tuc/hop-giao-ban-12.html": "news/12",
        "/news/tin-tuc/hop-giao-ban-12.html": "news/12",
        # redirected to the address above
        "/vi/news/thong-bao/hop-giao-ban-12.html": "news/12",
        "/vi/news/tin-tuc/ten-cu-12.html": "news/12",
        "/vi/news/tin-tuc/hop-giao-ban-12/": "news/12",
        "/vi/news/tin-tuc/hop-giao-ban-12.html?download=1&id=0": "news/12",
        "/index.php?language=vi&nv=news&op=tin-tuc/hop-giao-ban-12": "news/12",
        "/index.php?language=vi&nv=news&op=tin-tuc%2Fhop-giao-ban-12.html": "news/12",
        "/?language=vi&nv=news&op=tin-tuc/hop-giao-ban-12": "news/12",
        # every module and every language counts for itself
        "/vi/thong-bao/xa/hop-giao-ban-12.html": "thong-bao/12",
        "/en/news/events/meeting-12.html": "en/news/12",
        "/index.php?language=en&nv=news&op=events/meeting-12": "en/news/12",
        # as installed where the server does not rewrite, and in a folder
        "/index.php/vi/news/tin-tuc/hop-giao-ban-12.html": "news/12",
        "/index.php/en/news/events/meeting-12.html": "en/news/12",
        "/xa-an-phu/vi/news/tin-tuc/hop-giao-ban-12.html": "news/12",
        "/xa-an-phu/index.php/vi/news/tin-tuc/hop-giao-ban-12.html": "news/12",
        "/xa-an-phu/index.php?language=vi&nv=news&op=tin-tuc/hop-giao-ban-12": "news/12",
        "/xa-an-phu/news/tin-tuc/hop-giao-ban-12.html": "news/12",
        "/xa-an-phu/vi/thong-bao/xa/hop-giao-ban-12.html": "thong-bao/12",
        # sites that leave the module out: an article has an address in each of its categories
        "/vi/tin-tuc/hop-giao-ban-12.html": "12",
        "/tin-tuc/hien-mau-dot-2-1-1295.html": "1295",
        "/thong-bao/hien-mau-dot-2-1-1295.html": "1295",
        "/index.php/thong-bao/hien-mau-dot-2-1-1295.html": "1295",
        "/xa-an-phu/tin-tuc/hop-giao-ban-12.html": "xa-an-phu/12",
        "/kt/hop-giao-ban-12.html": "12",  # a category's name may be as short as a language's
        # no articles
        "/": None,
        "": None,
        "/vi/": None,
        "/vi/news/": None,
        "/vi/news/tin-tuc/": None,
        "/vi/news/tin-tuc-nam-2024/": None,
        "/vi/news/tin-tuc/page-2/": None,
        "/vi/news/page-2/": None,
        "/vi/news/print/tin-tuc/hop-giao-ban-12.html": None,
        "/vi/news/savefile/tin-tuc/hop-giao-ban-12.html": None,
        "/vi/news/tag/chu-ky-so-2/": None,
        "/vi/news/topic/chuyen-de-5/": None,
        "/vi/laws/detail/quyet-dinh-12-77/": None,
        "/vi/about/lich-su-12.html": None,
        "/vi/gioi-thieu-12.html": None,
        "/index.php?language=vi&nv=news": None,
        "/index.php/vi/news/tin-tuc/": None,
        "/index.php/about/lich-su-12.html": None,
        "/xa-an-phu/vi/news/print/tin-tuc/hop-giao-ban-12.html": None,
        "/index.php?language=vi&nv=news&op=tin-tuc/page-2": None,
        "/index.php?language=vi&nv=laws&op=detail/quyet-dinh-12": None,
    },
    traps=(
        "/vi/news/print/tin-tuc/hop-giao-ban-12.html",
        "/vi/news/savefile/tin-tuc/hop-giao-ban-12.html",
        "/vi/news/sendmail/tin-tuc/hop-giao-ban-12.html",
        "/vi/news/rss/",
        "/vi/users/login/",
        "/admin/index.php",
        "/vi/seek/?q=a",
        "/index.php?language=vi&nv=users&op=login",
        "/vi/news/tin-tuc/hop-giao-ban-12.html?download=1&id=0",
        "/vi/laws/detail/quyet-dinh-12-77/?pdf=1&id=0",
    ),
    no_traps=(
        SECTION,
        ARTICLE,
        f"{SECTION}page-2/",
        "/vi/news/rss-cua-xa/",
    ),
    canonical={
        f"{ARTICLE}?fbclid=1#comments": ARTICLE,
        WRITTEN_OUT: WRITTEN_OUT,
    },
    views=("download=1&id=0", "pdf=1"),
    next_pages=(
        NextPage(SECTION, pager(2, 3, 12), f"{SECTION}page-2/"),
        NextPage(f"{SECTION}page-2/", pager(3, 12), f"{SECTION}page-3/"),
        NextPage(f"{SECTION}page-12/", pager(2, 11), None),
        NextPage(SECTION, "<p>Không có bài viết</p>", None),
        # a page out of range that shows the first leads nowhere
        NextPage(f"{SECTION}page-99/", pager(2, 3, 12), None),
        # where addresses are not rewritten, the page stands in the query
        NextPage(
            f"{UNWRITTEN}tin-tuc",
            f'<a rel="next" href="{UNWRITTEN}tin-tuc/page-2">2</a>',
            f"{UNWRITTEN}tin-tuc/page-2",
        ),
        NextPage(
            f"{UNWRITTEN}tin-tuc/page-2",
            f'<a href="{UNWRITTEN}tin-tuc">1</a><a rel="next" href="{UNWRITTEN}tin-tuc/page-3">3</a>',
            f"{UNWRITTEN}tin-tuc/page-3",
        ),
        NextPage(f"{UNWRITTEN}tin-tuc/page-3", f'<a href="{UNWRITTEN}tin-tuc/page-2">2</a>', None),
        # older sites count pages in the query
        NextPage(SECTION, '<a rel="next" href="/vi/news/tin-tuc/?page=2">›</a>', f"{SECTION}?page=2"),
    ),
)
