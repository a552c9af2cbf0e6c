"""A portal class is checked when it is created; the error names class, constant and expectation."""

from typing import Any

import pytest

from wardcrawler.crawling.spider.declaration import DeclarationError
from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.platforms.liferay.stock import HcmcLiferay


def declare(**changes: Any) -> type[Portal]:
    constants = {
        "name": "hcm-tanbinh-phuong-9",
        "title": "UBND Phường 9, Quận Tân Bình",
        "level": "ward",
        "unit_code": "26983",
        "platform": HcmcLiferay,
        "base_url": "https://phuong9.example.gov.vn",
        "sections": {"Tin tức": "/web/phuong9/tin-tuc"},
        "status": "unverified",
        "successor": None,
    }
    return type("Example", (Portal,), constants | changes)


def test_a_portal_is_a_few_constants() -> None:
    portal = declare()
    assert portal.name == "hcm-tanbinh-phuong-9"
    assert portal().allowed_domains == ["phuong9.example.gov.vn"]


def test_province_is_the_first_word_of_the_name_unless_stated() -> None:
    assert declare().province == "hcm"
    assert declare(province="dong-nai").province == "dong-nai"


@pytest.mark.parametrize(
    ("changes", "period"),
    [
        ({"level": "ward"}, "2025-07-01"),
        ({"level": "province"}, "2025-07-01"),
        ({"level": "district"}, ""),
        ({"level": "ward", "unit_valid_from": ""}, ""),
        ({"unit_code": None}, None),
    ],
)
def test_districts_are_units_of_before_the_reform_and_others_of_since_unless_stated(
    changes: dict[str, Any], period: str | None
) -> None:
    assert declare(**changes).unit_valid_from == period


@pytest.mark.parametrize(
    ("constant", "wrong"),
    [
        ("name", "Phường 9"),
        ("name", ""),
        ("title", " "),
        ("level", "phường"),
        ("unit_code", 26983),
        ("unit_code", "26a"),
        ("unit_valid_from", "2024-01-01"),
        ("base_url", "phuong9.example.gov.vn"),
        ("base_url", "ftp://phuong9.example.gov.vn"),
        ("base_url", "https://phuong9.example.gov.vn/web/phuong9"),
        ("base_url", "https://phuong9.example.gov.vn:99999"),
        ("sections", ["/tin-tuc"]),
        ("sections", {"Tin tức": "tin-tuc"}),
        ("status", "ok"),
        ("successor", "Phường Tân Hòa"),
        ("tls", "none"),
        ("tls", True),
        ("hosts", ("https://cdn.example.gov.vn",)),
    ],
)
def test_a_wrong_constant_is_refused_by_name(constant: str, wrong: object) -> None:
    with pytest.raises(DeclarationError, match=rf"Example\.{constant} = .*expected"):
        declare(**{constant: wrong})
