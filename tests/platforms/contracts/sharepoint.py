"""SharePoint portals: Tân Dân's, list items of old HCMC sites, numbered news of Quảng Ninh."""

from tests.platforms.contract import Contract, NextPage
from wardcrawler.platforms.sharepoint.lists import SharePointNid, SharePointPost
from wardcrawler.platforms.sharepoint.tandan import TanDan

LIST = "/portal/Pages/Tin.aspx"
VIEWS = ("Mode=1&Source=%2Ftin", "IsDlg=1", "Category=Tin+chung")
TRAPS = (
    "/_layouts/15/Authenticate.aspx",
    "/_vti_bin/lists.asmx",
    "/portal/Pages/Login.aspx",
    "/chuyende/lists/posts/EditForm.aspx?ID=3",
    "/_layouts/listfeed.aspx?List=1",
    "/Trang/Qnp-rss.aspx",  # quangninh.gov.vn: the feeds it names are not there
)

TANDAN = Contract(
    platforms=(TanDan,),
    keys={
        # ninhphuoc.ninhthuan.gov.vn, svhttdl.dienbien.gov.vn: capitals, cut-off names and random ends stay
        "/portal/Pages/2023-3-9/My-Nghiep--vung-van-hoa-Cham-long-lay-nhung-soi-ch8p98kq.aspx": (
            "2023-03-09/My-Nghiep--vung-van-hoa-Cham-long-lay-nhung-soi-ch8p98kq"
        ),
        "/portal/pages/2026-07-15/Ra-quan-k2m4n6.aspx": "2026-07-15/Ra-quan-k2m4n6",
        "/portal/Pages/2026-7-15/Ra-quan-k2m4n6.aspx?Source=%2Fa": "2026-07-15/Ra-quan-k2m4n6",
        "/thanhhai/portal/Pages/2023-3-9/Tin-abc123.aspx": "thanhhai/2023-03-09/Tin-abc123",
        # Điện Biên's newer portal
        "/en/bai-viet/le-hoi-hoa-ban-x1y2z3": "bai-viet/le-hoi-hoa-ban-x1y2z3",
        "/bai-viet/le-hoi-hoa-ban-x1y2z3": "bai-viet/le-hoi-hoa-ban-x1y2z3",
        # sections, days that are none, files
        "/portal/Pages/Tin-tuc-su-kien.aspx": None,
        "/portal/Pages/Tin-tuc-su-kien.aspx?PageIndex=3": None,
        "/portal/Pages/2023-13-9/Tin-abc123.aspx": None,
        "/portal/Pages/2023-3-9/": None,
        "/portal/Photos/2023-03-09/5f3ca1-min.jpg": None,
        "/portal/VanBan/2021-01/d540e9f8da1cc5bdtb02.pdf": None,
        "/portal/Documents/2023-3-9/Tin.aspx": None,
        "/": None,
    },
    traps=(*TRAPS,),
    no_traps=("/portal/Pages/2023-3-9/Lich-lam-viec-a1.aspx", "/Pages/lich.aspx?tuan=40"),
    canonical={
        "/portal/Pages/2023-3-9/Tin-a1.aspx?Source=x#top": "/portal/Pages/2023-3-9/Tin-a1.aspx",
        "/portal/Pages/Tin.aspx?PageIndex=2": "/portal/Pages/Tin.aspx?PageIndex=2",
    },
    views=VIEWS,
    next_pages=(
        NextPage(LIST, '<a href="?PageIndex=2">2</a><a href="?PageIndex=9">9</a>', f"{LIST}?PageIndex=2"),
        NextPage(
            LIST,
            '<span class="CurrentPage">1</span><a href="/portal/Pages/Tin.aspx?p=b">2</a>',
            f"{LIST}?p=b",
        ),
        NextPage(LIST, '<span class="CurrentPage">1</span>', None),
        NextPage(LIST, '<span class="CurrentPage">1</span><a href="/_layouts/x.aspx">2</a>', None),
        NextPage(LIST, '<span class="CurrentPage">1</span><a href="javascript:;">2</a>', None),
    ),
)

POST = Contract(
    platforms=(SharePointPost,),
    keys={
        # quan8 and govap.hochiminhcity.gov.vn: where one came from, the category and the mode change nothing
        "/tintuc/lists/posts/post.aspx?Source=%2Fa&Category=b&ItemID=83&Mode=1": "tintuc/lists/posts/83",
        "/chuyende/lists/posts/post.aspx?ItemID=651": "chuyende/lists/posts/651",
        "/chuyende/Lists/Posts/Post.aspx?ID=651": "chuyende/lists/posts/651",
        "/Lists/Posts/Post.aspx?ID=187": "lists/posts/187",
        # Vĩnh Phúc
        "/ct/cms/tintuc/Lists/ThoiSuChinhTri/View_Detail.aspx?ItemID=13820": (
            "ct/cms/tintuc/lists/thoisuchinhtri/13820"
        ),
        "/chuyende/Lists/Posts/AllPosts.aspx": None,
        "/chuyende/lists/posts/post.aspx": None,
        "/chuyende/lists/posts/post.aspx?ItemID=x": None,
        "/chuyende/lists/posts/EditForm.aspx?ID=3": None,
        "/chuyende/default.aspx?ItemID=3": None,
    },
    traps=(*TRAPS,),
    no_traps=("/a/lists/posts/post.aspx?ItemID=83",),
    canonical={
        "/tintuc/lists/posts/post.aspx?Source=%2Fa&Category=b&ItemID=83&Mode=1": (
            "/tintuc/lists/posts/post.aspx?ItemID=83"
        ),
    },
    views=VIEWS,
    next_pages=(
        NextPage("/tintuc/default.aspx", '<a href="?PageIndex=2">2</a>', "/tintuc/default.aspx?PageIndex=2"),
        NextPage("/tintuc/default.aspx?PageIndex=2", '<a href="?PageIndex=1">1</a>', None),
    ),
)

NID = Contract(
    platforms=(SharePointNid,),
    keys={
        "/Trang/ChiTietTinTuc.aspx?nid=168658": "nid/168658",
        # web01.haiduong.gov.vn
        "/Trang/ChiTietTinTuc.aspx?nid=13066&title=khu-di-tich-con-son.html": "nid/13066",
        # departments and districts of Quảng Ninh count for themselves
        "/So/soxaydung/Trang/ChiTietTinTuc.aspx?nid=5479": "So/soxaydung/nid/5479",
        "/donvi/vandon/Trang/chitiettintuc.aspx?NID=2906": "donvi/vandon/nid/2906",
        "/Trang/Tin-tuc-su-kien.aspx?Cat=82": None,
        "/Trang/ChiTietBVGioiThieu.aspx?bvid=545": None,
        "/Trang/ChiTietTinTuc.aspx": None,
        "/Trang/ChiTietTinTuc.aspx?nid=": None,
        "/Lists/TinTuc/Attachments/4362/1.%20942-Q%C4%90.pdf": None,
    },
    traps=(*TRAPS,),
    no_traps=("/Trang/ChiTietTinTuc.aspx?nid=1",),
    canonical={
        "/Trang/ChiTietTinTuc.aspx?title=a.html&nid=1": "/Trang/ChiTietTinTuc.aspx?nid=1",
        "/Trang/Tin.aspx?Cat=82": "/Trang/Tin.aspx?Cat=82",
    },
    views=VIEWS,
    next_pages=(
        NextPage("/Trang/Tin.aspx?Cat=82", '<a href="?Cat=82&page=2">2</a>', "/Trang/Tin.aspx?Cat=82&page=2"),
        NextPage("/Trang/Tin.aspx?Cat=82&page=2", '<a href="?Cat=82">1</a>', None),
    ),
)
