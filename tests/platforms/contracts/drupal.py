"""Drupal."""

from tests.platforms.contract import Contract, NextPage
from wardcrawler.platforms.drupal import Drupal


def pager(*hrefs: str) -> str:
    links = "".join(f'<li class="pager-next"><a href="{href}">tiếp ›</a></li>' for href in hrefs)
    return f'<ul class="pager">{links}</ul>'


DRUPAL = Contract(
    platforms=(Drupal,),
    keys={
        "/tin/hop-giao-ban-12": "tin/hop-giao-ban-12",
        "/tin/hop-giao-ban-12?destination=node": "tin/hop-giao-ban-12",
        "/node/12": "node/12",
        "/?q=node/12": "node/12",
        "/hop-giao-ban": "hop-giao-ban",
        # no articles
        "/node": None,
        "/node?page=2": None,
        "/tin-tuc?page=1": None,
        "/node/12/edit": None,
        "/node/add/article": None,
        "/taxonomy/term/3": None,
        "/user/login": None,
        "/sites/default/files/van-ban.pdf": None,
        "/rss.xml": None,
        "/": None,
    },
    traps=("/user/login?destination=node/12", "/admin/content", "/comment/reply/12", "/node/add/article"),
    no_traps=("/node?page=1", "/taxonomy/term/3", "/?q=node/12", "/tin/nguoi-dung-dich-vu-cong"),
    canonical={"/tin/hop-giao-ban?utm_source=zalo": "/tin/hop-giao-ban"},
    next_pages=(
        # pages count from 0, and the front page goes on at another address
        NextPage("/", pager("/node?page=1"), "/node?page=1"),
        NextPage("/node?page=1", pager("/node?page=2"), "/node?page=2"),
        NextPage("/tin-tuc", pager("/tin-tuc?page=1"), "/tin-tuc?page=1"),
        NextPage("/tin-tuc?page=4", pager("/tin-tuc?page=3"), None),
    ),
)
