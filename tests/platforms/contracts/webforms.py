"""Khánh Hòa."""

from tests.platforms.contract import Contract, NextPage
from wardcrawler.platforms.webforms import WebForms

LIST = "/vi/tin-xa"
FORM = """<form><input type="hidden" name="__VIEWSTATE" value="abc="><a href="?page=2">2</a>
    <a href="javascript:__doPostBack('p','2')">2</a></form>"""

WEBFORMS = Contract(
    platforms=(WebForms,),
    keys={
        # www.khanhhoa.gov.vn, ninhhoa.khanhhoa.gov.vn
        "/vi/du-an-dau-tu-mua-sam-cong/kiem-tra-thuc-dia?x=1": "du-an-dau-tu-mua-sam-cong/kiem-tra-thuc-dia",
        "/vi/diem-den-du-lich-36/khu-du-lich-ba-ho": "diem-den-du-lich-36/khu-du-lich-ba-ho",
        "/en/tourism/ba-ho": "en/tourism/ba-ho",
        "/vi/tin-hoat-dong-so-nganh-dia-phuong": None,
        "/vi": None,
        "/": None,
        "/tin-tuc/bai-viet/x": None,
        "/vi/tin-xa/tep.pdf": None,
        "/vi/a/b/c": None,
    },
    traps=(
        "/dang-nhap",
        "/vi/tin-xa/bai?print=1",
    ),
    no_traps=(
        LIST,
        "/vi/tin-xa/bai",
        "/vi/lich-cong-tac?tuan=40",
        f"{LIST}?page=2",
    ),
    canonical={
        "/vi/tin-xa/bai?id=7&fbclid=1": "/vi/tin-xa/bai",
        f"{LIST}?page=2": f"{LIST}?page=2",
    },
    next_pages=(
        # an address comes before posting back, which is in test_webforms.py
        NextPage(LIST, FORM, f"{LIST}?page=2"),
        NextPage(f"{LIST}?page=2", "<p>Hết</p>", None),
    ),
)
