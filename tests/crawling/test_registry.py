"""The registered portals themselves."""

from pathlib import Path

from tests.support.command import CHECKOUT
from wardcrawler.crawling.portals.check import check_portals, load_classes
from wardcrawler.crawling.portals.registry import load_portals
from wardcrawler.platforms.registry import PLATFORMS
from wardcrawler.units import successors
from wardcrawler.units.register import all_units
from wardcrawler.units.unit import REFORM


def test_nothing_is_wrong_with_them() -> None:
    classes, broken = load_classes("spiders")
    assert broken == []
    assert list(check_portals(classes)) == []
    assert len(classes) > 60


def test_scrapy_finds_the_same_ones() -> None:
    portals, broken = load_portals()
    assert broken == []
    assert set(portals) == {cls.name for cls in load_classes("spiders")[0]}


def test_every_one_of_them_is_of_a_registered_platform_or_says_that_it_is_unknown() -> None:
    for portal in load_portals()[0].values():
        assert portal.platform is None or portal.platform is PLATFORMS[portal.platform.name]


def test_every_portal_of_a_district_leads_to_units_of_today() -> None:
    for portal in load_portals()[0].values():
        if portal.level == "district" and portal.unit_code:
            unit = all_units()[portal.unit_code, None]
            assert unit.valid_to == REFORM
            assert successors(unit)


def test_who_took_over_is_named_where_it_is_one_unit_with_a_portal() -> None:
    """A unit that went over to several has no successor; one that a portal names must have taken over."""
    portals = load_portals()[0].values()
    today = {portal.unit_code: portal.name for portal in portals if portal.unit_valid_from}
    for portal in portals:
        if portal.unit_code and not portal.unit_valid_from:
            heirs = [unit.code for unit in successors(all_units()[portal.unit_code, None])]
            named = today.get(heirs[0]) if len(heirs) == 1 else None
            assert portal.successor == named, portal.name


def test_the_files_are_sorted_and_have_one_province_each() -> None:
    provinces: dict[str, str] = {}
    for file in sorted(Path(CHECKOUT / "spiders").glob("[a-z]*.py")):
        classes = [cls for cls in load_classes("spiders")[0] if cls.__module__ == f"spiders.{file.stem}"]
        (province,) = {cls.province for cls in classes}
        assert provinces.setdefault(province, file.stem) == file.stem
        assert province == file.stem.replace("_", "") or province == "hcm"
