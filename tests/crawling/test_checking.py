"""What is wrong with portal classes is found without the network, one line each."""

import sys
from pathlib import Path
from typing import Any

import pytest

from wardcrawler.crawling.portals.check import Problem, check_portals, load_classes
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
        "tests.crawling.test_checking.Example has the name of tests.crawling.test_checking.Example",
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


def test_a_module_that_cannot_be_imported_does_not_hide_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "some_portals"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "bad.py").write_text(
        "from wardcrawler.crawling.spider.portal import Portal\n"
        "class Ward(Portal):\n"
        "    name, title, level, base_url = 'hcm-x', 'UBND Phường X', 'ward', 'x.gov.vn'\n"
    )
    (package / "good.py").write_text(
        "from wardcrawler.crawling.spider.portal import Portal\n"
        "class Ward(Portal):\n"
        "    name, title, level, base_url = 'hcm-y', 'UBND Phường Y', 'ward', 'https://y.gov.vn'\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    classes, broken = load_classes("some_portals")
    for module in [name for name in sys.modules if name.startswith("some_portals")]:
        monkeypatch.delitem(sys.modules, module)
    assert [cls.name for cls in classes] == ["hcm-y"]
    assert broken == [
        Problem(
            "some_portals.bad",
            "DeclarationError: Ward.base_url = 'x.gov.vn': expected an http(s) address without path, "
            "e.g. 'https://example.gov.vn'",
        )
    ]
