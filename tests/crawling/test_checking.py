"""What is wrong with portal classes is found without the network, one line each."""

import inspect
from typing import Any

import pytest

from wardcrawler.crawling.portals.check import check_portals
from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.platforms.liferay.stock import HcmcLiferay


def portal(name: str = "hcm-phuong-9", **changes: Any) -> type[Portal]:
    constants = {
        "name": name,
        "title": "UBND Phường 9, Quận Tân Bình",
        "level": "ward",
        "unit_code": "27001",
        "unit_valid_from": "",
        "base_url": f"https://{name}.example.gov.vn",
    }
    return type("Example", (Portal,), {"platform": HcmcLiferay} | constants | changes)


def words(*classes: type[Portal]) -> list[str]:
    return [problem.words for problem in check_portals(classes)]


def test_a_portal_in_order_has_no_problem() -> None:
    assert words(portal(), portal("hcm-quan-9", platform=None, successor="hcm-phuong-9")) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"unit_code": "99999"}, "no unit of before the reform has the code 99999"),
        (
            {"level": "commune"},
            "unit 27001 is Phường 9, a ward, not a commune",
        ),
        (
            {"title": "UBND Phường 99"},
            "unit 27001 of before the reform is Phường 9, which the title 'UBND Phường 99' does not name",
        ),
        (
            {"unit_code": "26995", "unit_valid_from": "2025-07-01"},
            "unit 26995 of since the reform is Phường Tân Hòa, which the title "
            "'UBND Phường 9, Quận Tân Bình' does not name",
        ),
        ({"successor": "hcm-nobody"}, "its successor 'hcm-nobody' is not registered"),
        ({"successor": "hcm-phuong-9"}, "its successors run in a circle: hcm-phuong-9 → hcm-phuong-9"),
        (
            {"sections": {"Tin tức": "/tin", "Tin": "/tin"}},
            "sections 'Tin tức' and 'Tin' are one: /tin",
        ),
        (
            {"sections": {"Tin tức": "https://example.gov.vn/tin"}},
            "section 'Tin tức' leads to another host: https://example.gov.vn/tin",
        ),
    ],
)
def test_what_is_wrong_is_said(changes: dict[str, Any], expected: str) -> None:
    assert words(portal(**changes)) == [expected]


def test_a_title_may_be_spelt_in_the_other_tone_placement_or_case() -> None:
    tan_hoa = {"unit_code": "26995", "unit_valid_from": "2025-07-01"}
    assert words(portal(title="TRANG TIN PHƯỜNG TÂN HOÀ", **tan_hoa)) == []


def test_names_and_hosts_are_one_portals_each() -> None:
    twin = portal(base_url="https://x.example.gov.vn")
    beside = portal("hcm-phuong-10", hosts=("hcm-phuong-9.example.gov.vn",))
    assert words(portal(), twin, beside) == [
        "tests.crawling.test_checking has this name already",
        "hcm-phuong-9.example.gov.vn is also a host of hcm-phuong-9",
    ]


def test_a_circle_of_successors_is_found() -> None:
    assert words(portal("hcm-a", successor="hcm-b"), portal("hcm-b", successor="hcm-a")) == [
        "its successors run in a circle: hcm-a → hcm-b → hcm-a",
        "its successors run in a circle: hcm-b → hcm-a → hcm-b",
    ]


def test_a_portal_without_address() -> None:
    nowhere = type("Nowhere", (Portal,), {"name": "hcm-nowhere"})
    assert words(nowhere)[0].startswith("Nowhere.title = ''")


class Written(Portal):
    name, title, level, base_url = "hcm-written", "UBND Phường X", "ward", "https://x.example.gov.vn"
    successor = "hcm-nobody"


def test_it_is_said_where_a_class_is_written() -> None:
    (problem,) = check_portals([Written])
    line = inspect.getsourcelines(Written)[1]
    assert str(problem) == (f"{__name__}:{line}: hcm-written: its successor 'hcm-nobody' is not registered")
