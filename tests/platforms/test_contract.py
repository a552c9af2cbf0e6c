"""Every platform keeps its contract: keys, traps, canonical URLs, paging, and what holds for all."""

from collections.abc import Iterator
from copy import deepcopy
from itertools import cycle
from typing import Any

import pytest
from lxml.html import HtmlElement

from tests.platforms.contract import HOST, NO_URLS, NOT_HTTP, NextPage, whole
from tests.platforms.contracts.dnn import DNN
from tests.platforms.contracts.dnn_cmsview import CMSVIEW
from tests.platforms.contracts.drupal import DRUPAL
from tests.platforms.contracts.generic import GENERIC
from tests.platforms.contracts.hatinh import HATINH
from tests.platforms.contracts.joomla import JOOMLA
from tests.platforms.contracts.liferay import BAC_NINH, LIFERAY
from tests.platforms.contracts.nukeviet import NUKEVIET
from tests.platforms.contracts.sharepoint import NID, POST, TANDAN
from tests.platforms.contracts.vhv import VHV
from tests.platforms.contracts.vnpt import VNPT
from tests.platforms.contracts.webforms import WEBFORMS
from tests.platforms.contracts.wordpress import WORDPRESS
from tests.support.pages import document
from tests.support.saved_pages import pages, stored
from wardcrawler.extraction.document import read_document
from wardcrawler.extraction.listings import ListingRequest
from wardcrawler.items import NotAnArticle
from wardcrawler.platforms.base import Platform
from wardcrawler.platforms.registry import PLATFORMS

ALL = (
    LIFERAY, BAC_NINH, DNN, CMSVIEW, JOOMLA, WORDPRESS, DRUPAL, NUKEVIET, VHV, VNPT, HATINH, TANDAN, POST,
    NID, WEBFORMS, GENERIC,
)  # fmt: skip
CONTRACTS = {platform: contract for contract in ALL for platform in contract.platforms}
NAMES = {platform: name for name, platform in PLATFORMS.items()}
# Views of an article that a portal may link to beside it, as parameters.
VIEWS = ("print=1", "viewMode=print", "format=pdf", "redirect=%2Ftin", "PHPSESSID=a1", "utm_source=zalo")
LOGINS = ("/dang-nhap", "/login", "/vi/dang-nhap?redirect=%2Ftin", "/dang-xuat", "/dang-ky", "/print/tin/1")

Platforms = tuple[type[Platform], ...]

each_platform = pytest.mark.parametrize("platform", CONTRACTS, ids=NAMES.get)


def rows(part: str) -> list[Any]:
    """Return a row of each entry that the contracts have in ``part``, as parameters of a test: the contract's
    platforms and the entry.
    """
    found = []
    for contract in ALL:
        entries = getattr(contract, part)
        listed = entries.items() if isinstance(entries, dict) else [(entry,) for entry in entries]
        name = NAMES[contract.platforms[0]]
        found += [
            pytest.param(contract.platforms, *entry, id=f"{name}-{number}")
            for number, entry in enumerate(listed)
        ]
    return found


# --- what each contract says -----------------------------------------------------------------------


def test_every_platform_has_a_contract_that_says_something_of_everything() -> None:
    assert set(CONTRACTS) == set(PLATFORMS.values())
    for contract in CONTRACTS.values():
        assert None in contract.keys.values()
        assert len(set(contract.keys.values())) > 2
        assert contract.traps
        assert contract.no_traps
        assert contract.canonical
        assert {page.following is None for page in contract.next_pages} == {True, False}


@pytest.mark.parametrize(("platforms", "address", "key"), rows("keys"))
def test_key(platforms: Platforms, address: str, key: str | None) -> None:
    for platform in platforms:
        assert platform.article_key(whole(address)) == key


@pytest.mark.parametrize(("platforms", "address"), rows("traps"))
def test_trap(platforms: Platforms, address: str) -> None:
    for platform in platforms:
        assert platform.is_trap(whole(address))


@pytest.mark.parametrize(("platforms", "address"), rows("no_traps"))
def test_no_trap(platforms: Platforms, address: str) -> None:
    for platform in platforms:
        assert not platform.is_trap(whole(address))


@pytest.mark.parametrize(("platforms", "address", "canonical"), rows("canonical"))
def test_canonical_url(platforms: Platforms, address: str, canonical: str) -> None:
    for platform in platforms:
        assert platform.canonical(whole(address)) == whole(canonical)
        assert platform.canonical(whole(canonical)) == whole(canonical)


@pytest.mark.parametrize(("platforms", "listing"), rows("next_pages"))
def test_next_page(platforms: Platforms, listing: NextPage) -> None:
    url = whole(listing.url)
    expected = None if listing.following is None else whole(listing.following)
    for platform in platforms:
        page = document(listing.html)
        request = platform.next_listing(page, url, ListingRequest(url))
        assert request == (expected and ListingRequest(expected, page=listing.page))
        if listing.by_address:
            assert platform.next_listing_address(page, url) == expected


# --- what holds for all ----------------------------------------------------------------------------


@each_platform
def test_what_is_no_url_is_no_article_and_not_asked_for(platform: type[Platform]) -> None:
    for address in NO_URLS:
        assert platform.article_key(address) is None
        assert platform.is_trap(address)


@each_platform
def test_only_http_is_asked_for(platform: type[Platform]) -> None:
    for address in NOT_HTTP:
        assert platform.is_trap(address)


def every_url() -> list[str]:
    """Return all URLs of all contracts and of all saved pages, those of their links included."""
    found = [
        whole(address)
        for contract in CONTRACTS.values()
        for part in (contract.keys, contract.traps, contract.no_traps, contract.canonical)
        for address in part
    ]
    for page in pages():
        expectation = stored(page)
        found += [expectation["url"], *(link["url"] for link in expectation["links"])]
    return list(dict.fromkeys(found))


@each_platform
def test_canonical_urls_are_canonical_and_keep_their_key(platform: type[Platform]) -> None:
    for url in every_url():
        canonical = platform.canonical(url)
        assert platform.canonical(canonical) == canonical, url
        assert platform.article_key(canonical) == platform.article_key(url), url


@each_platform
def test_a_key_is_some_text_and_its_article_can_be_asked_for(platform: type[Platform]) -> None:
    for url in articles(platform):
        key = platform.article_key(url)
        assert key == key.strip() != ""
        assert not platform.is_trap(platform.canonical(url)), url
        assert platform.article_key(platform.content_address(platform.canonical(url))) == key, url


@each_platform
def test_a_view_of_an_article_is_a_trap_or_that_article(platform: type[Platform]) -> None:
    for url in articles(platform):
        bare = url.partition("#")[0]
        for view in (*VIEWS, *CONTRACTS[platform].views):
            address = f"{bare}{'&' if '?' in bare else '?'}{view}"
            is_same = platform.article_key(platform.canonical(address)) == platform.article_key(url)
            assert is_same or platform.is_trap(address), address


@each_platform
def test_login_and_print_pages_are_traps(platform: type[Platform]) -> None:
    for address in LOGINS:
        assert platform.is_trap(HOST + address)


@each_platform
def test_a_trap_is_never_among_the_links_of_a_listing(platform: type[Platform]) -> None:
    traps = [whole(address) for address in CONTRACTS[platform].traps]
    tried = 0
    for listing, url in listings(platform):
        for hrefs in (traps, [*traps, *articles(platform)]):
            for page in pages_with_links(listing, hrefs):
                tried += 1
                for link in platform.article_links(page, url):
                    assert not platform.is_trap(link.url)
                    assert platform.canonical(link.url) == link.url
                    assert link.key
    assert tried


@each_platform
def test_a_listing_names_an_article_once_whatever_the_urls_it_is_linked_by(platform: type[Platform]) -> None:
    by_key: dict[str, list[str]] = {}
    for address, key in CONTRACTS[platform].keys.items():
        if key is not None:
            by_key.setdefault(key, []).append(whole(address))
    key, addresses = max(by_key.items(), key=lambda entry: len(entry[1]))
    for listing, url in listings(platform):
        for page in pages_with_links(listing, addresses):
            assert [link.key for link in platform.article_links(page, url)] in ([key], [])


def test_a_platform_must_say_what_an_article_is() -> None:
    with pytest.raises(NotImplementedError):
        Platform.article_key(HOST)


def articles(platform: type[Platform]) -> list[str]:
    """Return the URLs of articles in the platform's contract."""
    return [whole(address) for address, key in CONTRACTS[platform].keys.items() if key is not None]


def listings(platform: type[Platform]) -> Iterator[tuple[HtmlElement, str]]:
    """Yield the saved listing pages of the platform, or of one it is a variant of, each with its URL."""
    names = {NAMES.get(base) for base in platform.__mro__}
    for page in pages():
        expectation = stored(page)
        if expectation["platform"] in names and expectation["links"]:
            try:
                yield platform.read_listing(page.read_bytes(), None), expectation["url"]
            except NotAnArticle:  # generic without its library reads the page all the same
                yield read_document(page.read_bytes()), expectation["url"]


def pages_with_links(listing: HtmlElement, hrefs: list[str]) -> Iterator[HtmlElement]:
    """Yield copies of ``listing`` whose links lead to ``hrefs`` in turn, each copy beginning with another."""
    for start in range(min(len(hrefs), 8)):
        page = deepcopy(listing)
        for link, href in zip(page.iter("a"), cycle(hrefs[start:] + hrefs[:start])):
            link.set("href", href)
        yield page
