"""Addresses: what they have in common, and how those that people wrote are read."""

import pytest

from wardcrawler.extraction.urls import absolute, family

H = "https://ubnd.example.gov.vn"


@pytest.mark.parametrize(
    "alike",
    [
        ("/tin-tuc?page=2", "/tin-tuc?page=117"),
        ("/ds.aspx?cat=12&nam=2023", "/ds.aspx?nam=2024&cat=15"),
        ("/lich-cong-tac?tuan=9&nam=2026", "/lich-cong-tac?tuan=10&nam=2026"),
        ("/lich?ngay=2023-12-31", "/lich?ngay=2024-01-01"),
        ("/lich?ngay=31%2F12%2F2023", "/lich?ngay=01%2F01%2F2024"),
        ("/2023/06/", "/2024/12/"),
        ("/tin/bai-12.html", "/tin/bai-345.html"),
        ("/lich/tuan-40/tuan-41/", "/lich/tuan-40/tuan-41/tuan-42/tuan-43/"),
    ],
)
def test_addresses_that_differ_in_numbers_or_dates_are_one_family(alike: tuple[str, str]) -> None:
    one, other = alike
    assert family(H + one) == family(H + other)


@pytest.mark.parametrize(
    "different",
    [
        ("/tin-tuc?page=2", "/thong-bao?page=2"),
        ("/tin-tuc?page=2", "/tin-tuc"),
        ("/tin-tuc?page=2", "/tin-tuc?trang=2"),
        ("/tin?lang=vi", "/tin?lang=en"),
        ("/tin?_101_cur=2", "/tin?_102_cur=2"),
        ("/tin/%E1%BA%A5.html", "/tin/%E1%BA%A7.html"),
        ("/ra-quan-12.html", "/hop-bao-12.html"),
    ],
)
def test_addresses_that_differ_in_words_are_not(different: tuple[str, str]) -> None:
    one, other = different
    assert family(H + one) != family(H + other)


def test_portals_have_families_of_their_own() -> None:
    assert family(f"{H}/tin?page=2") != family("https://xa.example.gov.vn/tin?page=2")
    assert family(f"{H}/ds.aspx?nam=2023&cat=15") == f"{H}/ds.aspx?cat=0&nam=0"


def test_what_is_no_url_is_its_own_family() -> None:
    assert family("//[x?tuan=40") == "//[x?tuan=40"


# --- addresses as people write them ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("\\tin-tuc\\bai-1.html", f"{H}/tin-tuc/bai-1.html"),
        ("bai-1.html", f"{H}/tin/bai-1.html"),
        ("..\\tin-tuc\\bai-1.html", f"{H}/tin-tuc/bai-1.html"),
        ("https:\\\\xa.example.gov.vn\\bai", "https://xa.example.gov.vn/bai"),
        ("\\\\xa.example.gov.vn\\bai", "https://xa.example.gov.vn/bai"),
        ("\\tin?tep=a\\b", f"{H}/tin?tep=a%5Cb"),
        ("?tep=a\\b", f"{H}/tin/?tep=a%5Cb"),
        ("\\tin#a\\b", f"{H}/tin"),
    ],
)
def test_backslashes_before_the_query_are_slashes(href: str, address: str) -> None:
    assert absolute(href, f"{H}/tin/") == address


@pytest.mark.parametrize(
    "start", ["http:///", "https:///", "HTTP:////", "http:/", "https:/", "///", "http:\\\\\\"]
)
def test_an_address_that_lacks_its_host_is_a_path_of_the_same_host(start: str) -> None:
    assert absolute(f"{start}tin-tuc/bai-1.html?x=1", f"{H}/tin/") == f"{H}/tin-tuc/bai-1.html?x=1"
    assert absolute(start, f"{H}/tin/") == f"{H}/"


@pytest.mark.parametrize("start", ["https:///", "https:/", "///", "https:////"])
def test_a_host_behind_too_many_slashes_or_too_few_is_the_host(start: str) -> None:
    assert absolute(f"{start}ubnd.example.gov.vn/bai", f"{H}/tin/") == f"{H}/bai"
    assert absolute(f"{start}www.example.gov.vn/bai", f"{H}/tin/") == "https://www.example.gov.vn/bai"


@pytest.mark.parametrize(
    "href", ["C:\\Users\\a.doc", "file:///C:/a.doc", "mailto:a\\b", "javascript:a\\b", "//[x", "#\\a"]
)
def test_what_is_no_address_of_the_web_is_none(href: str) -> None:
    assert absolute(href, f"{H}/tin/") is None
