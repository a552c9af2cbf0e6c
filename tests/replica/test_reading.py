"""The replica's pages read by the platform classes: what a crawl must end with can be had from the pages."""

from collections import Counter

import pytest

from tests.replica.client import Get, fetch
from wardcrawler.extraction.document import declared_charset, read_document
from wardcrawler.items import Article, NotAnArticle
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.registry import PLATFORMS, recognise
from wardcrawler.replica import Replica
from wardcrawler.replica.expected import expected, expected_pages
from wardcrawler.replica.hcmc.traps import NEVER
from wardcrawler.replica.portals import PORTALS, ReplicaPortal


def read(replica: Replica, portal: ReplicaPortal, url: str) -> Article:
    reply = fetch(replica.address(portal.name), url.removeprefix(replica.address(portal.name)))
    if reply.status == 500:  # once more, as every crawler does
        reply = fetch(replica.address(portal.name), url.removeprefix(replica.address(portal.name)))
    if reply.status != 200:
        raise NotAnArticle(f"http-{reply.status}", url)
    document = read_document(reply.body, declared_charset(reply.headers["content-type"].encode()))
    return PLATFORMS[portal.variant].parse_article(document, url)


def walk(replica: Replica, portal: ReplicaPortal) -> dict[str, str]:
    """Return key → address of everything the listings name, by the platform's own rules."""
    platform: type[Platform] = PLATFORMS[portal.variant]
    base = replica.address(portal.name)
    found: dict[str, str] = {}
    for path in portal.sections.values():
        url: str | None = base + path
        while url is not None:
            document = read_document(fetch(base, url.removeprefix(base)).body)
            assert recognise(document, url)[0] is platform
            for link in platform.article_links(document, url):
                found.setdefault(link.key, link.url)
            url = platform.next_listing_address(document, url)
    return found


@pytest.mark.parametrize("portal", PORTALS, ids=lambda portal: portal.name)
def test_a_walk_finds_every_article_with_its_own_text_and_refuses_the_rest(
    portal: ReplicaPortal, replica: Replica, get: Get
) -> None:
    base, platform = replica.address(portal.name), PLATFORMS[portal.variant]
    wanted = {platform.article_key(base + page.path): page for page in expected_pages(portal.name)}
    refused: Counter[str] = Counter()
    read_keys = set()
    for key, url in walk(replica, portal).items():
        if "/noi-bo/" in url:  # robots.txt says no
            refused["robots"] += 1
            continue
        assert not any(piece in url for piece in NEVER if piece != "ngoai-pham-vi")
        if not url.startswith(base):
            refused["offsite"] += 1
            continue
        try:
            article = read(replica, portal, url)
        except NotAnArticle as refusal:
            refused[refusal.reason] += 1
            continue
        read_keys.add(key)
        story = wanted[key].story
        assert article.title == story.title
        text = "\n".join(filter(None, (article.lead, article.body)))
        for piece in story.pieces():
            assert piece in text or piece in [file.label for file in article.attachments]
        for alien in ("Zalo", "null", "Xuất bản thông tin", "Tin xem nhiều", "tài sản liên quan"):
            assert alien not in text
        assert bool(article.dates) == (wanted[key].published is not None) or "2035" in article.dates[0].text
    refused = Counter({_crawlers_word(reason): count for reason, count in refused.items()})
    assert read_keys == set(wanted)
    assert refused == _without_redirects(dict(expected(portal.name).refused), refused)


def _crawlers_word(reason: str) -> str:
    return "redirect" if reason == "http-302" else reason


def _without_redirects(wanted: dict[str, int], seen: Counter[str]) -> Counter[str]:
    """Return the expected counts, with loops and redirects to other hosts counted as what they
    are here: 302.
    """
    redirects = wanted.pop("redirect-loop", 0) + wanted.pop("offsite", 0) - seen["offsite"]
    return Counter(wanted) + Counter({"redirect": redirects, "offsite": seen["offsite"]})
