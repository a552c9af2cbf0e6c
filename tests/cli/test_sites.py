"""``wardcrawler sites``: the registered portals, for people, for scripts and as JSON."""

import json

import pytest

from tests.support.command import Run
from tests.support.terminal import run_on_a_terminal

KEYS = [
    "name", "title", "level", "province", "unit_code", "base_url", "tls", "platform", "status", "successor",
    "sections",
]  # fmt: skip


def test_json_holds_every_constant_of_every_portal(wardcrawler: Run) -> None:
    done = wardcrawler("sites", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    portals = json.loads(done.stdout)
    assert len(portals) >= 70
    assert all(list(portal) == KEYS for portal in portals)
    assert [portal["name"] for portal in portals] == sorted(portal["name"] for portal in portals)
    (tan_binh,) = [portal for portal in portals if portal["name"] == "hcm-tan-binh"]
    assert tan_binh["platform"] == "liferay-hcmc"
    assert (tan_binh["level"], tan_binh["province"]) == ("district", "hcm")


@pytest.mark.parametrize("chosen", [("level", "ward"), ("province", "hcm"), ("status", "unverified")])
def test_a_selection_holds_what_was_asked_for(wardcrawler: Run, chosen: tuple[str, str]) -> None:
    key, value = chosen
    portals = json.loads(wardcrawler("sites", f"--{key}", value, "--json").stdout)
    assert portals
    assert {portal[key] for portal in portals} == {value}
    lines = wardcrawler("sites", f"--{key}", value).stdout.splitlines()
    assert [line.split("\t")[0] for line in lines] == [portal["name"] for portal in portals]


def test_people_see_a_table_and_how_many_there_are() -> None:
    seen = run_on_a_terminal("sites", "--province", "hcm", columns=160).stdout
    assert "hcm-tan-binh" in seen
    assert "liferay-hcmc" in seen
    assert seen.splitlines()[-1].endswith(" portals")
