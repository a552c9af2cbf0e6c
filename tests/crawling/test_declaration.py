"""A portal class is checked when it is created; the error names class, constant and expectation."""

from typing import Any

import pytest
from scrapy import Request

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


@pytest.mark.parametrize(
    ("constant", "words"),
    [
        ("section", "section: no constant has that name; did you mean 'sections'?"),
        ("succesor", "succesor: no constant has that name; did you mean 'successor'?"),
        ("colour", "colour: no constant has that name"),
    ],
)
def test_a_constant_that_no_portal_has_is_refused_with_the_one_that_was_meant(
    constant: str, words: str
) -> None:
    with pytest.raises(DeclarationError) as refused:
        declare(**{constant: {"Tin tức": "/tin-tuc"}})
    assert str(refused.value) == f"Example.{words}"


def test_it_is_refused_in_a_base_too() -> None:
    base = type("Base", (Portal,), {"section": {}})
    with pytest.raises(DeclarationError, match="section: no constant has that name"):
        type("Example", (base,), {"name": "hcm-x", "base_url": "https://x.example.gov.vn"})


def test_code_may_bring_what_it_likes() -> None:
    brought = {
        "custom_settings": {"DOWNLOAD_DELAY": 3},
        "handle_httpstatus_list": [404],
        "_pattern": "x",
        "parse_listing": lambda self: None,
        "words": property(lambda self: "x"),
    }
    assert issubclass(declare(**brought), Portal)


def test_a_misspelt_word_is_told_with_the_right_one() -> None:
    with pytest.raises(DeclarationError, match=r"unverified, retired; did you mean 'retired'\?"):
        declare(status="retried")
    with pytest.raises(DeclarationError, match=r"province; did you mean 'district'\?"):
        declare(level="distrikt")


def test_an_address_is_the_portals_own_by_host_not_by_domain() -> None:
    portal = declare(hosts=("www.phuong9.example.gov.vn",))
    assert portal.handles_request(Request("https://PHUONG9.example.gov.vn:443/web/x"))
    assert portal.handles_request(Request("http://www.phuong9.example.gov.vn/"))
    assert not portal.handles_request(Request("https://to1.phuong9.example.gov.vn/"))
    here = declare(base_url="http://127.0.0.1:8001")
    assert here.handles_request(Request("http://127.0.0.1:8001/x"))
    assert not here.handles_request(Request("http://127.0.0.1:8002/x"))
