"""VHV."""

from tests.platforms.contract import Contract, NextPage
from wardcrawler.platforms.vhv import Vhv

LIST = "/tin-tuc"
SECTION = "/chuyen-muc-tin-c12-{}.html"
ITEM = """<article class="article-news"><a class="article-title common-title" href="/tin-tuc/a.html">Bài a</a>
    </article>"""
PAGER = '<a href="/chuyen-muc-tin-c12-1.html">1</a><a href="/chuyen-muc-tin-c12-3.html">3</a>'
NEXT = '<div class="wrapper-pagination"><a class="next-pages" href="?page=3"><i></i></a></div>'

VHV = Contract(
    platforms=(Vhv,),
    keys={
        # hungyen.gov.vn: the number behind the slug
        "/nghi-dinh-2822025nd-cp-tang-muc-phat-c232375.html": "c232375",
        "/ten-moi-cua-bai-c232375.html?page=2#top": "c232375",
        "/chuyen-muc-dich-su-dung-dat-c40209.html": "c40209",
        # moit.gov.vn, gialai.gov.vn: the path, to the letter
        "/tin-tuc/thong-bao/dieu-hanh-gia-ngay-3-9.html?utm_source=x": (
            "tin-tuc/thong-bao/dieu-hanh-gia-ngay-3-9.html"
        ),
        "/tin-tuc/dieu-hanh-gia-ngay-3-9.html": "tin-tuc/dieu-hanh-gia-ngay-3-9.html",
        "/tin-tuc/Khu-nha-o-c12.html": "tin-tuc/Khu-nha-o-c12.html",
        "/tin-tuc/chuyen-muc-moi-c5-1.html": "tin-tuc/chuyen-muc-moi-c5-1.html",
        # sections
        "/chuyen-muc-lang-nghe-truyen-thong-c21072-1.html": None,
        "/chuyen-muc-tin-trong-nuoc-c221-14.html": None,
        "/tin-tuc/thong-tin-chi-dao-dieu-hanh": None,
        "/tin-tuc/thong-tin-chi-dao-dieu-hanh?page=3": None,
        "/": None,
        "/trang-chu.html": None,
        "/lien-he.html": None,
        # documents, files, calls of the page's own script
        "/van-ban-phap-luat/thong-tu/thong-tu-so-12.html": None,
        "/du-thao-van-ban/luat-sua-doi.html": None,
        "/upload/2005517/20250531/Quyet_dinh_df799.pdf": None,
        "/?module=Content.Listing&moduleId=25&cmd=redraw&site=2005517": None,
    },
    traps=(
        "/?module=Content.Listing&cmd=redraw&moduleId=12",
        "/dang-nhap",
        "/rss",
        "/tin-tuc?layout=Content.Article.print",
    ),
    no_traps=(
        "/chuyen-muc-tin-c12-2.html",
        "/tin-tuc?page=2",
        "/lich-cong-tac",
        "/lich?tuan=40&nam=2026",
        "/lich-cong-tac-tuan-44-c40180.html",
    ),
    canonical={
        "/bai-c12.html?page=2&keyword=x": "/bai-c12.html",
        "/tin-tuc?page=2": "/tin-tuc?page=2",
    },
    views=("layout=Content.Article.print",),
    next_pages=(
        # the number at the end of a section's address counts pages
        NextPage(SECTION.format(2), ITEM + PAGER, SECTION.format(3)),
        NextPage(SECTION.format(3), ITEM + PAGER, None),
        NextPage("/chuyen-muc-khac-c13-2.html", ITEM + PAGER, None),
        # a link of class next-pages leads on, a span ends the list, and so does a page without articles
        NextPage(f"{LIST}?page=2", ITEM + NEXT, f"{LIST}?page=3"),
        NextPage(f"{LIST}?page=2", f'{ITEM}{NEXT}<span class="next-pages">›</span>', None, by_address=False),
        NextPage(
            f"{LIST}?page=2", f'{ITEM}{NEXT}<span class="current next">9</span>', None, by_address=False
        ),
        NextPage(f"{LIST}?page=2", NEXT, None, by_address=False),
    ),
)
