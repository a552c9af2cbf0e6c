"""``wardcrawler units``: what a unit was and is, for people and for scripts."""

import json

import pytest

from tests.support.command import Run

TAN_BINH_9 = "then\t27001\t\t2025-07-01\tPhường 9, Quận Tân Bình, Thành phố Hồ Chí Minh\n"
TAN_HOA = "now\t26995\t2025-07-01\t\tPhường Tân Hòa, Thành phố Hồ Chí Minh\n"


@pytest.mark.parametrize(
    "name",
    [["Phường 9, Quận Tân Bình"], ["P.9,", "Q.", "Tân", "Bình,", "TP.HCM"], ["phuong 9 quan tan binh"]],
)
def test_a_ward_of_before_and_its_successor(wardcrawler: Run, name: list[str]) -> None:
    done = wardcrawler("units", *name)
    assert (done.returncode, done.stdout, done.stderr) == (0, TAN_BINH_9 + TAN_HOA, "")


def test_a_ward_of_today_and_what_it_was_formed_of(wardcrawler: Run) -> None:
    lines = wardcrawler("units", "Phường Tân Hoà, TP.HCM").stdout.splitlines()
    assert [line.split("\t")[:2] for line in lines] == [
        ["then", "26995"],
        ["then", "26998"],
        ["then", "27001"],
        ["now", "26995"],
    ]


def test_an_ambiguous_name_lists_the_candidates(wardcrawler: Run) -> None:
    done = wardcrawler("units", "Phường 9")
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert len(lines) == 14
    assert {line.split("\t")[0] for line in lines} == {"candidate"}


def test_a_name_that_does_not_exist_is_refused_with_what_comes_nearest(wardcrawler: Run) -> None:
    done = wardcrawler("units", "Phường 99, Quận 3")
    assert (done.returncode, done.stdout) == (2, "")
    reason, first, *_ = done.stderr.splitlines()
    assert reason == 'wardcrawler: no unit is called "Phường 99" in Quận 3, Thành phố Hồ Chí Minh'
    assert first == "  perhaps Phường 9, Quận 3, Thành phố Hồ Chí Minh (until June 2025, code 27142)"


def test_a_name_given_up_earlier_is_refused_with_what_became_of_it(wardcrawler: Run) -> None:
    done = wardcrawler("units", "Phường 9, Quận 8")
    assert (done.returncode, done.stdout) == (2, "")
    assert "later part of Phường Hưng Phú, Quận 8" in done.stderr
    assert "now Phường Chánh Hưng" in done.stderr


def test_json_has_it_all(wardcrawler: Run) -> None:
    found = json.loads(wardcrawler("units", "Phường 9, Quận Tân Bình", "--json").stdout)
    assert [unit["code"] for unit in found["units"]] == ["27001"]
    assert (found["then"][0]["valid_from"], found["then"][0]["valid_to"]) == (None, "2025-07-01")
    assert (found["now"][0]["name"], found["now"][0]["resolution"]) == (
        "Phường Tân Hòa",
        "1685/NQ-UBTVQH15",
    )
    refused = wardcrawler("units", "Phường 99, Quận 3", "--json")
    assert refused.returncode == 2
    assert refused.stderr == ""
    assert json.loads(refused.stdout)["reason"].startswith("no unit is called")
