"""VNPT's .NET portal."""

from tests.platforms.contract import Contract, NextPage
from wardcrawler.platforms.vnpt import Vnpt

SECTION = "/tin-noi-bat"
ARTICLE = f"{SECTION}/hop-giao-ban-950942"
LIST = """<div class="UIArticleInMenu_Default"><ul class="ArticleList"><li class="row"><h2 class="Title">
    <a href="/tin-noi-bat/bai-950001">Bài 950001</a></h2></li></ul></div>"""
PAGER = '<ul class="pagination"><li><a href="/tin-noi-bat?page=2">2</a></li></ul>'

VNPT = Contract(
    platforms=(Vnpt,),
    keys={
        # vinhbao.haiphong.gov.vn, haiduong.haiphong.gov.vn, quangchau.nghean.gov.vn
        "/linh-vuc-dat-dai/quyet-dinh-so-3433-ve-linh-vuc-dat-dai-956002": "956002",
        "/tin-tuc-su-kien/le-phat-dong-889529": "889529",
        "/tin-noi-bat/50-so-dien-thoai-can-luu-950942?pageindex=0": "950942",
        # the number alone decides
        "/thong-bao/50-so-dien-thoai-can-luu-950942": "950942",
        "/tin-noi-bat/ten-moi-950942/": "950942",
        "/Tin-Noi-Bat/Ten-950942.html": "950942",
        "/tin-noi-bat/ngay-moi-truong-5-6-955640": "955640",
        "/tin-noi-bat/tong-ket-nam-2025-956400": "956400",
        "/lich-cong-tac/lich-cong-tac-tuan-47-961000": "961000",
        # sections
        "/": None,
        "": None,
        "/tin-noi-bat": None,
        "/tin-noi-bat?pageindex=2": None,
        "/quy-trinh-bieu-mau-danh-muc-tthc": None,
        "/ke-hoach/ke-hoach-nam-2024": None,
        "/van-ban/quy-3": None,
        "/950942": None,
        "/Default.aspx?pageid=950942": None,
        "/gov-hbg/6847/tintuc/2026/1/q-3433-956002.pdf": None,
    },
    traps=(
        "/tin-noi-bat/hop-950942?format=pdf",
        "/Default.aspx",
        "/default.aspx?pageid=12",
        "/trang?PageID=12",
        "/DesktopModule/UIArticleInMenu/Export.aspx",
        "/dang-nhap",
    ),
    no_traps=(
        SECTION,
        ARTICLE,
        f"{SECTION}?page=2",
        "/lich-cong-tac-tuan",
        "/lich-cong-tac-tuan/lich-tuan-47-961000",
    ),
    canonical={
        f"{ARTICLE}?pageindex=3&format=pdf": ARTICLE,
        f"{SECTION}?page=3&keyword=": f"{SECTION}?page=3",
    },
    views=("pageindex=3",),
    next_pages=(
        # some sites page by address; POST is in test_vnpt.py
        NextPage(SECTION, LIST + PAGER, f"{SECTION}?page=2"),
        NextPage(SECTION, LIST, None),
    ),
)
