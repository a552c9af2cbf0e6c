"""The registered portals themselves, and how the registry is put together."""

import csv
import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request

from tests.support.command import CHECKOUT
from wardcrawler.crawling.portals.check import check_portals
from wardcrawler.crawling.portals.registry import PortalLoader, load_portals, project_settings
from wardcrawler.crawling.portals.rows import COLUMNS, MORE_COLUMNS, Problem
from wardcrawler.platforms.registry import PLATFORMS
from wardcrawler.units import successors
from wardcrawler.units.register import REFORM, all_units

# --- the registered portals ------------------------------------------------------------------------


def test_nothing_is_wrong_with_them() -> None:
    portals, problems = load_portals()
    assert problems == []
    assert list(check_portals(portals.values())) == []
    assert len(portals) > 60


def test_scrapy_finds_the_same_ones() -> None:
    loader = PortalLoader.from_settings(project_settings())
    assert sorted(loader.list()) == list(load_portals()[0])


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


def test_the_rows_are_sorted_and_whole_and_every_column_is_in_use() -> None:
    with (CHECKOUT / "spiders" / "portals.csv").open(encoding="utf-8", newline="") as file:
        heading, *rows = csv.reader(file)
    assert tuple(heading) == (*COLUMNS, *MORE_COLUMNS)
    assert [row[0] for row in rows] == sorted({row[0] for row in rows})
    assert {len(row) for row in rows} == {len(heading)}


def test_an_address_is_that_of_one_portal_sub_domains_of_others_are_not_its_own() -> None:
    loader = PortalLoader.from_settings(project_settings())
    for name, portal in load_portals()[0].items():
        for host in portal.allowed_domains:
            assert loader.find_by_request(Request(f"https://{host}/web/tin-tuc")) == [name]
    assert loader.find_by_request(Request("https://nobody.danang.gov.vn/")) == []


# --- what else is registered -----------------------------------------------------------------------

ROW = "name,unit_code,base_url\n{name},27001,https://{name}.example.gov.vn\n"

CLASS = """
from wardcrawler.crawling.spider.portal import Portal

class {name}(Portal):
    name, title, level, base_url = "{host}", "UBND Phường X", "ward", "https://{host}.example.gov.vn"
"""

Package = Callable[..., Path]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Package]:
    """Writes a package of portals, ``some_portals``: files by their name."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "some_portals"
    folder.mkdir()

    def write(**files: str) -> Path:
        for stem, text in {"__init__": "", **files}.items():
            suffix = "csv" if stem == "portals" else "py"
            (folder / f"{stem}.{suffix}").write_text(text, encoding="utf-8")
        importlib.invalidate_caches()
        return folder

    yield write
    for module in [name for name in sys.modules if name.split(".")[0] == "some_portals"]:
        del sys.modules[module]


def registered(**settings: Any) -> tuple[list[str], list[Problem]]:
    made = project_settings()
    made.setdict({"SPIDER_MODULES": ["some_portals"], **settings}, priority="cmdline")
    portals, problems = load_portals(made)
    return list(portals), problems


def test_a_package_of_portals_has_rows_and_classes(package: Package) -> None:
    package(portals=ROW.format(name="hcm-phuong-9"), more=CLASS.format(name="Ward", host="hcm-x"))
    assert registered() == (["hcm-phuong-9", "hcm-x"], [])


def test_a_module_that_cannot_be_imported_does_not_hide_the_others(package: Package) -> None:
    package(
        bad="from wardcrawler.crawling.spider.portal import Portal\n"
        "class Ward(Portal):\n"
        "    name, title, level, base_url = 'hcm-x', 'UBND Phường X', 'ward', 'x.gov.vn'\n",
        good=CLASS.format(name="Ward", host="hcm-y"),
        worse="import wardcrawler\n\nraise ValueError('a constant\\nis wrong')\n",
        worst="\n\nclass Ward\n",
    )
    names, problems = registered()
    assert names == ["hcm-y"]
    assert problems[0] == Problem(
        "some_portals.bad",
        "some_portals.bad:2",
        "cannot be imported: DeclarationError: Ward.base_url = 'x.gov.vn': expected an http(s) address "
        "without path, e.g. 'https://example.gov.vn'",
    )
    assert [str(problem).partition("Error: ")[0] for problem in problems[1:]] == [
        "some_portals.worse:3: cannot be imported: Value",
        "some_portals.worst:3: cannot be imported: Syntax",
    ]


def test_a_class_without_an_address_is_left_out_and_told(package: Package) -> None:
    package(
        bad="from wardcrawler.crawling.spider.portal import Portal\n\n\n"
        "class Ward(Portal):\n"
        "    name, title, level, baseurl = 'hcm-x', 'UBND Phường X', 'ward', 'https://x.gov.vn'\n",
        good=CLASS.format(name="Ward", host="hcm-y"),
    )
    names, problems = registered()
    assert names == ["hcm-y"]
    assert list(map(str, problems)) == [
        "some_portals.bad:4: hcm-x: baseurl: no constant has that name; did you mean 'base_url'?"
    ]


def test_of_two_portals_with_one_name_the_first_one_counts(package: Package, tmp_path: Path) -> None:
    package(
        portals=ROW.format(name="hcm-a-phuong-9") + ROW.format(name="hcm-b-phuong-9"),
        more=CLASS.format(name="Ward", host="hcm-b-phuong-9"),
    )
    own = tmp_path / "own.csv"
    own.write_text(ROW.format(name="hcm-c-phuong-9") + ROW.format(name="hcm-a-phuong-9"), encoding="utf-8")
    names, problems = registered(WARDCRAWLER_PORTALS=[str(own)])
    assert names == ["hcm-a-phuong-9", "hcm-b-phuong-9", "hcm-c-phuong-9"]
    assert list(map(str, problems)) == [
        "some_portals/portals.csv:4: hcm-b-phuong-9: some_portals.more:4 has this name already",
        "own.csv:4: hcm-a-phuong-9: some_portals/portals.csv:2 has this name already",
    ]


def test_files_of_ones_own_are_a_list_or_a_text(package: Package, tmp_path: Path) -> None:
    package()
    for name in ("hcm-a-phuong-9", "hcm-b-phuong-9"):
        (tmp_path / f"{name}, của tôi.csv").write_text(ROW.format(name=name), encoding="utf-8")
    files = [str(tmp_path / f"{name}, của tôi.csv") for name in ("hcm-a-phuong-9", "hcm-b-phuong-9")]
    both = (["hcm-a-phuong-9", "hcm-b-phuong-9"], [])
    assert registered(WARDCRAWLER_PORTALS=files) == both
    assert registered(WARDCRAWLER_PORTALS=":".join(files)) == both
    assert registered(WARDCRAWLER_PORTALS="") == ([], [])


def test_a_file_that_is_not_there_is_told_once(package: Package) -> None:
    package()
    names, problems = registered(WARDCRAWLER_PORTALS="gone.csv")
    assert names == []
    assert list(map(str, problems)) == ["gone.csv: cannot be read: No such file or directory"]


def test_the_examples_of_the_handbooks_are_in_order(package: Package, tmp_path: Path) -> None:
    contributing = (CHECKOUT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    operating = (CHECKOUT / "docs" / "operating.md").read_text(encoding="utf-8")
    package(ho_chi_minh=contributing.partition("```python\n")[2].partition("```")[0])
    own = tmp_path / "own.csv"
    rows = operating.partition("```csv\n")[2].partition("```")[0]
    own.write_text(rows.replace("phuong-9", "b-phuong-9"), encoding="utf-8")
    settings = project_settings([own])
    settings.set("SPIDER_MODULES", ["some_portals"], priority="cmdline")
    portals, problems = load_portals(settings)
    assert problems == list(check_portals(portals.values())) == []
    assert list(portals) == ["hcm-tanbinh-b-phuong-9", "hcm-tanbinh-phuong-9"]
