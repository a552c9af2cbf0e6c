"""WordPress."""

from tests.platforms.contract import Contract, NextPage
from wardcrawler.platforms.wordpress import WordPress

WORDPRESS = Contract(
    platforms=(WordPress,),
    keys={
        "/2023/06/ra-quan/": "2023/06/ra-quan",
        "/ra-quan": "ra-quan",
        "/ra-quan/?share=zalo#comments": "ra-quan",
        "/ra-quan/amp/": "ra-quan",
        "/tin-tuc/ra-quan.html": "tin-tuc/ra-quan.html",
        "/Ra-Quan-2/": "Ra-Quan-2",
        "/th%c3%b4ng-b%c3%a1o/": "th%C3%B4ng-b%C3%A1o",
        "/thông-báo/": "th%C3%B4ng-b%C3%A1o",
        "/?p=123": "?p=123",
        "/wp/?p=123&preview_id=1": "?p=123",
        "/archives/123": "?p=123",
        # phuongtanphuoc.gov.vn
        "/wp/tin-tuc/ra-quan/": "wp/tin-tuc/ra-quan",
        # no posts: phuongbenthanh.gov.vn
        "/category/trung-tam-hanh-chinh-cong/dich-vu-hanh-chinh-cong/": None,
        "/wp/category/tin-tuc/": None,
        "/category/tin-tuc/page/2/": None,
        "/tin-tuc/page/2/": None,
        "/chuyen-muc/tin-tuc/": None,
        "/tag/via-he/": None,
        "/2023/06/": None,
        "/2023/06/ra-quan/feed/": None,
        "/wp-content/uploads/2023/06/a.pdf": None,
        "/tai-lieu/a.pdf": None,
        "/wp-json/wp/v2/posts": None,
        "/?p=abc": None,
        "/?s=ra+quan": None,
        "/": None,
    },
    traps=(
        "/wp-login.php",
        "/wp-admin/",
        "/xmlrpc.php",
        "/ra-quan/feed/",
        "/ra-quan/embed/",
        "/ra-quan/trackback/",
        "/author/admin/",
        "/?s=ra+quan",
        "/?feed=rss2",
        "/ra-quan/?preview=true",
        "/ra-quan/?print=pdf",
    ),
    no_traps=(
        "/",
        "/ra-quan/",
        "/category/tin-tuc/page/2/",
        "/?p=5",
        "/?m=202306",
        "/lich-cong-tac-tuan-39-nam-2026/",
    ),
    canonical={
        "/ra-quan/amp/?replytocom=5&utm_source=x": "/ra-quan/",
        "/?p=5&amp=1": "/?p=5",
    },
    views=("share=facebook", "replytocom=7", "amp=1", "preview=true"),
    next_pages=(
        NextPage(
            "/category/tin/",
            "<a class='next page-numbers' href='/category/tin/page/2/'>›</a>",
            "/category/tin/page/2/",
        ),
        NextPage(
            "/category/tin/page/2/",
            "<a class='next' href='/category/tin/page/3/'></a>",
            "/category/tin/page/3/",
        ),
        NextPage("/category/tin/page/2/", "<a href='/category/tin/page/3/'>3</a>", "/category/tin/page/3/"),
        NextPage("/category/tin/page/2/", "<a class='prev' href='/category/tin/'>Trước</a>", None),
        NextPage("/category/tin/page/2/", "<a class='next' href='/tag/x/page/3/'></a>", None),
        NextPage("/category/tin/", "<a class='next' href='/category/tin/page/9/'></a>", None),
        NextPage("/tin/", "<a href='/tin/?paged=2'>2</a>", "/tin/?paged=2"),
    ),
)
