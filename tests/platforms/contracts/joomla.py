"""Joomla and K2."""

from tests.platforms.contract import Contract, NextPage
from wardcrawler.platforms.joomla import K2, Joomla


def links(*hrefs: str) -> str:
    return "".join(f'<a href="{href}">Tiếp</a>' for href in hrefs)


JOOMLA = Contract(
    platforms=(Joomla, K2),
    keys={
        # congan.thuathienhue.gov.vn: đ and accents lost from the section, kept in the article
        "/tin-tuc-su-kien/tin-ho-t-d-ng/1814-%C3%BD-ngh%C4%A9a-c%E1%BB%A7a-12-s%E1%BB%91": "article/1814",
        "/tin-tuc-su-kien/1814-y-nghia.html": "article/1814",
        "/vi/tin-tuc/12-thoi-su/1814-y-nghia?Itemid=57": "article/1814",
        "/index.php/tin-tuc/1814-y-nghia": "article/1814",
        "/index.php?option=com_content&view=article&id=1814:y-nghia&catid=38&Itemid=57": "article/1814",
        "/index.php?option=com_content&view=article&id=1814%3Ay-nghia": "article/1814",
        # K2 counts its own items
        "/tin-tuc/item/1814-y-nghia": "item/1814",
        "/component/k2/item/1814-y-nghia.html": "item/1814",
        "/index.php?option=com_k2&view=item&id=1814:y-nghia&Itemid=5": "item/1814",
        # numbers switched off
        "/tin-tuc/hoi-nghi-tong-ket-cong-tac-nam": "tin-tuc/hoi-nghi-tong-ket-cong-tac-nam",
        "/index.php/tin-tuc/hoi-nghi-tong-ket-cong-tac-nam.html": "tin-tuc/hoi-nghi-tong-ket-cong-tac-nam",
        # no articles
        "/tin-tuc/hoat-dong-cua-lanh-dao.html": None,
        "/tin-tuc.html?start=8": None,
        "/index.php?option=com_content&view=category&id=38": None,
        "/index.php?option=com_users&view=login&id=1": None,
        "/tin-tuc/itemlist/category/12-thoi-su": None,
        "/": None,
    },
    traps=(
        "/tin-tuc/1814-y-nghia.html?tmpl=component&print=1&layout=default",
        "/component/mailto/?tmpl=component&link=abc",
        "/component/users/?view=login",
        "/index.php?option=com_jevents&view=month",
        "/index.php?option=com_content&view=form&layout=edit",
        "/tin-tuc.html?format=feed&type=rss",
        "/tin-tuc/itemlist/user/62-vanphong",
        "/tin-tuc/item/download/45_0123456789abcdef0123456789abcdef",
        "/tin-tuc.html?filter_order_Dir=asc",
        "/administrator/",
    ),
    no_traps=(
        "/component/k2/item/1-a",
        "/component/content/article/12-tin/1814-y-nghia",
        "/tin-tuc.html?start=8",
        "/tin-tuc/itemlist/category/12-thoi-su",
        "/tin-tuc/itemlist/date/2026/11",
        "/index.php?option=com_content&view=article&id=1814",
    ),
    canonical={
        "/tin-tuc/1814-y-nghia.html?Itemid=57&hitcount=0": "/tin-tuc/1814-y-nghia.html",
    },
    views=("tmpl=component&print=1", "Itemid=57", "hitcount=0"),
    next_pages=(
        NextPage("/tin", links("/tin?start=10", "/tin?start=20", "/tin?start=90"), "/tin?start=10"),
        NextPage("/tin?start=10", links("/tin", "/tin?start=20", "/tin?start=90"), "/tin?start=20"),
        NextPage("/tin?start=90", links("/tin", "/tin?start=80"), None),
        NextPage("/tin?limitstart=5", links("/tin?limitstart=0", "/tin?limitstart=10"), "/tin?limitstart=10"),
        NextPage(
            "/tin", links("/van-ban?start=10", "/tin/12-bai?start=1"), None
        ),  # another list, the parts of an article
        NextPage("/tin", links("/tin?start=10&amp;format=feed"), None),
        NextPage("/tin", links("/tin?start=x", "//[x?start=10", "/tin?start=9999999"), None),
    ),
)
