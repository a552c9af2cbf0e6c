"""Hà Tĩnh."""

from tests.platforms.contract import Contract, NextPage
from wardcrawler.platforms.hatinh import HaTinh

SECTION = "/vi/chuyen-muc/tin-tuc---su-kien"
ITEM = '<div class="post-item"><h4><a href="/vi/bai-viet/a">Bài a</a></h4></div>'

HATINH = Contract(
    platforms=(HaTinh,),
    keys={
        # hatinh.gov.vn
        "/vi/bai-viet/nhung-giao-dich-se-bi-dung-neu-khong-xac-thuc-tai-khoan-truoc-112025": (
            "bai-viet/nhung-giao-dich-se-bi-dung-neu-khong-xac-thuc-tai-khoan-truoc-112025"
        ),
        "/bai-viet/dong-loc-trong-trai-tim-ca-nuoc": "bai-viet/dong-loc-trong-trai-tim-ca-nuoc",
        # with a language, a campaign, a slash behind it or without: one article
        "/vi/bai-viet/tin-moi?utm_source=zalo": "bai-viet/tin-moi",
        "/en/bai-viet/tin-moi/": "bai-viet/tin-moi",
        # endings and capitals count
        "/vi/bai-viet/tin-moi-1": "bai-viet/tin-moi-1",
        "/vi/bai-viet/Tin---Moi": "bai-viet/Tin---Moi",
        # no articles
        "/vi/chuyen-muc/tin-tuc---su-kien?page=2": None,
        "/vi/bai-viet": None,
        "/vi/bai-viet/tin-moi/binh-luan": None,
        "/vi/tim-kiem?q=bai-viet": None,
        "/vi": None,
        "/": None,
        "": None,
    },
    traps=(
        "/vi/dang-nhap",
        "/vi/rss",
    ),
    no_traps=(
        "/vi/chuyen-muc/lich-cong-tac?tuan=4",
        "/vi/bai-viet/lich-cong-tac-tuan-39",
        f"{SECTION}?page=3",
    ),
    canonical={
        "/vi/bai-viet/a?page=3&fbclid=1#x": "/vi/bai-viet/a",
        f"{SECTION}?page=3&fbclid=1": f"{SECTION}?page=3",
    },
    next_pages=(
        NextPage(SECTION, ITEM + "<a href='?page=2'>2</a>", f"{SECTION}?page=2"),
        NextPage(f"{SECTION}?page=2", ITEM + "<a href='?page=1'>1</a>", None),  # the last of its pager
        NextPage(SECTION, ITEM, f"{SECTION}?page=2"),  # no pager: count
        NextPage(
            SECTION, ITEM + "<ul class='pagination'><li><a href='#'>2</a></li></ul>", f"{SECTION}?page=2"
        ),
        NextPage(f"{SECTION}?page=9", ITEM, f"{SECTION}?page=10"),
        NextPage(f"{SECTION}?page=10", "<p>Không có bài viết</p>", None),  # behind the last
        NextPage("/vi", ITEM, None),  # a home page is one page
    ),
)
