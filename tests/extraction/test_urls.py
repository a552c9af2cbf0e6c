"""Addresses: what they have in common, and how those that people wrote are read."""

import pytest

from wardcrawler.extraction.urls import family

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
