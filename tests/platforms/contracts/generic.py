"""Portals of unknown make."""

from tests.platforms.contract import Contract, NextPage
from wardcrawler.platforms.generic import Generic

TITLES = (
    "Khởi công tuyến đường liên xã Tân Thuận",
    "Đoàn giám sát làm việc với xã Phong Đông",
    "Hội thi nấu ăn nhân ngày Gia đình Việt Nam",
)


def listing(pager: str) -> str:
    items = (f"<li><a href='/tin/{n}'>{title}</a> {n}/03/2026</li>" for n, title in enumerate(TITLES, 10))
    return f"<ul>{''.join(items)}</ul><div>{pager}</div>"


GENERIC = Contract(
    platforms=(Generic,),
    keys={
        "/node/2087": "node/2087",
        "/bai/688/Trao-Huy-Hieu": "bai/688/Trao-Huy-Hieu",
        "/tin-tuc/Hoi-nghi-Tong-ket-nam-qua": "tin-tuc/Hoi-nghi-Tong-ket-nam-qua",
        "/tin/hop-dan-1204.html?utm_source=zalo&fbclid=x#binh-luan": "tin/hop-dan-1204.html",
        "/xemtin.php?id=7&cat=3&PHPSESSID=ab": "xemtin.php?cat=3&id=7",
        "/xemtin.php?cat=3&id=7&print=1": "xemtin.php?cat=3&id=7",
        "/Default.aspx?NewsID=55": "Default.aspx?NewsID=55",
        "/tin/hop-dan-1204.html;jsessionid=A1": "tin/hop-dan-1204.html",
        "/": None,
        "/tin-tuc": None,
        "/tin-tuc/trang-2": None,
        "/tin-tuc/page/12": None,
        "/muc.php?cat=3&page=2": None,
        "/ke-hoach-2026": None,
        "/gioi-thieu/co-cau-to-chuc": None,
        # upper and lower case are different articles
        "/tin/Abc-1234": "tin/Abc-1234",
        "/tin/abc-1234": "tin/abc-1234",
    },
    traps=(
        "/print/node/2087",
        "/dang-nhap",
    ),
    no_traps=(
        "/tin-tuc/trang-2",
        "/node/2087",
        "/ds.aspx?cat=15&nam=2023",
        "/ct.aspx?id=133&nam=2023",
    ),
    canonical={
        "/tin/hop-dan-1204.html?zarsrc=30&print=1&sid=ab#binh-luan": "/tin/hop-dan-1204.html",
    },
    views=("print=1&view_mode=full", "in=1", "tmpl=component", "destination=node%2F2087"),
    next_pages=(
        NextPage("/tin", listing("<a rel='next' href='?page=1'>Sau</a>"), "/tin?page=1"),
        NextPage("/tin?page=1", listing("<a href='?page=0'>1</a><a href='?page=2'>3</a>"), "/tin?page=2"),
        NextPage(
            "/tin",
            listing("<a href='?page=1'>1</a><a href='?page=2'>2</a><a href='?page=9'>9</a>"),
            "/tin?page=2",
        ),
        NextPage("/tin/", listing("<a href='/tin/page/2/'>Tiếp theo</a>"), "/tin/page/2/"),
        NextPage(
            "/tin/trang-2",
            listing("<a href='/tin/trang-1'>«</a><a href='/tin/trang-3'>»</a>"),
            "/tin/trang-3",
        ),
        NextPage("/tin?start=10", listing("<a href='?start=20'>Next</a>"), "/tin?start=20"),
        NextPage("/tin?page=9", listing("<a href='?page=8'>8</a><a href='?page=9'>»</a>"), None),
        NextPage("/tin?page=9", listing("<a href='?page=1'>Tiếp theo</a>"), None),
        NextPage("/tin", listing("<a href='/khac?page=2'>Tiếp theo</a>"), None),
        NextPage("/tin", listing("<a href='/tin/bai-sau'>Tiếp theo</a>"), None),
        # a front page whose pager goes on at the address of all articles
        NextPage(
            "/",
            listing("<ul class='pager'><li><a href='/node?page=1'>Tiếp theo ›</a></li></ul>"),
            "/node?page=1",
        ),
        NextPage("/node?page=1", listing("<a href='/node?page=2'>Tiếp theo</a>"), "/node?page=2"),
        NextPage("/", listing("<ul class='pager'><li><a href='/node?page=7'>cuối »</a></li></ul>"), None),
        NextPage("/tin", listing("<ul class='pager'><li><a href='/khac?page=1'>2</a></li></ul>"), None),
        NextPage("/tin", listing("<p>Hết</p>"), None),
    ),
)
