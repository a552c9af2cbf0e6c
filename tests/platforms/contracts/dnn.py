"""DNN and its article modules."""

from tests.platforms.contract import Contract, NextPage
from wardcrawler.platforms.dnn.easy import EasyDnn
from wardcrawler.platforms.dnn.stock import Dnn

GUID = "24637302-c597-f111-9a81-1866dae8d0c9"

DNN = Contract(
    platforms=(Dnn, EasyDnn),
    keys={
        # hue.gov.vn
        f"/vi-vn/Du-khach/Su-kien/Chi-tiet-su-kien/mlid/{GUID}": f"mlid/{GUID}",
        f"/Du-khach/Su-kien/Chi-tiet-su-kien/mlid/{GUID.upper()}": f"mlid/{GUID}",
        "/en-us/Home/Investment-information/Details/Dam-pha-song-ngoi-960265": "960265",
        "/Hue-24h/Chi-tiet/tid/Quy-uoc-dua-thuyen.html/pid/16881/cid/28": "pid/16881",
        # shtp.hochiminhcity.gov.vn: each language is an article of its own
        "/danh-muc-du-lieu-mo-cua-thanh-pho-ho-chi-minh-962.htm": "962",
        "/en/launchpad-for-the-next-generation-of-young-talents-940.htm": "940",
        # EasyDNNnews and News Articles: with or without page, slug, capitals
        "/kinh-te/doanh-nghiep/artmid/591/articleid/36121/lang-chieu": "articleid/36121",
        "/Blog/ArtMID/10198/ArticleID/16278/Digital-Number": "articleid/16278",
        "/Tin/tabid/55/articleType/ArticleView/articleId/6/Slug.aspx": "articleid/6",
        "/Default.aspx?tabid=55&ArticleId=6": "articleid/6",
        # numbers that begin anew on every page
        "/Tin/tabid/55/ItemId/6/language/vi-VN/Default.aspx": "tin/itemid/6",
        "/Thong-bao/tabid/56/ItemId/6/Default.aspx": "thong-bao/itemid/6",
        "/Tin.aspx?id=6&tabid=55": "tin/id/6",
        # no articles
        "/Tin/tabid/294/Default.aspx": None,
        "/Tracuudiem/Tuyensinh10/tabid/294/NamThi/2019/DotThiId/28/ThiSinhId/1/Default.aspx": None,
        "/vi-vn/Tin-tuc/Thoi-su-2026": None,
        "/kinh-te/doanh-nghiep/pgrid/591/pageid/2": None,
        "/Tin/articleid/abc": None,
        "/": None,
    },
    traps=(
        "/Tin/ctl/Login/Default.aspx",
        "/Home/tabid/36/ctl/Terms/Default.aspx",
        "/Default.aspx?ctl=register",
        "/Login?returnurl=%2f",
        "/Tin/articleType/ArchiveView/year/2026/month/1.aspx",
        "/Tin/articleid/6/slug?dnnprintmode=true",
        "/Tin/tabid/55/Default.aspx?SkinSrc=%5BG%5DSkins%2Fprint",
        "/LinkClick.aspx?fileticket=abc",
    ),
    no_traps=(
        "/Tin/tabid/55/articleType/ArticleView/articleId/6/Slug.aspx",
        "/vi-vn/Tin-tuc",
        "/",
    ),
    canonical={
        f"/Du-khach/Chi-tiet/mlid/{GUID}?ReturnUrl=%2f&utm_source=zalo": f"/Du-khach/Chi-tiet/mlid/{GUID}",
    },
    views=("dnnprintmode=true", "SkinSrc=%5BG%5DSkins%2Fprint", "ReturnUrl=%2f"),
    next_pages=(
        NextPage(
            "/Tin/tabid/5/Default.aspx",
            '<a href="/Tin/tabid/5/currentpage/2/Default.aspx">Tiếp</a>',
            "/Tin/tabid/5/currentpage/2/Default.aspx",
        ),
        NextPage(
            "/Tin/tabid/5/currentpage/2/Default.aspx",
            '<a href="/Tin/tabid/5/currentpage/3/Default.aspx">Tiếp</a>',
            "/Tin/tabid/5/currentpage/3/Default.aspx",
        ),
        NextPage(
            "/Tin/tabid/5/currentpage/2/Default.aspx",
            '<a href="/Tin/tabid/5/currentpage/1/Default.aspx">Tiếp</a>',
            None,
        ),
        NextPage(
            "/tin/pgrid/591/pageid/9",
            '<a href="/tin/pgrid/591/pageid/10">Tiếp</a>',
            "/tin/pgrid/591/pageid/10",
        ),
        NextPage("/tin/pgrid/591/pageid/2", '<a href="/tin/pgrid/777/pageid/3">Tiếp</a>', None),
        NextPage("/tin", '<a href="/tin?PageIndex=2">Tiếp</a>', "/tin?PageIndex=2"),
        NextPage("/tin?Page=2", '<a href="/tin?Page=4">Tiếp</a>', None),
    ),
)
