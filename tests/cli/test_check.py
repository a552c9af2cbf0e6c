"""``wardcrawler check``: silent when nothing is wrong, else a line for each problem and exit code 2."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.command import CHECKOUT, Run, environment

WRONG = """\
from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.platforms.liferay.stock import Liferay

class Ward(Portal):
    platform = Liferay
    name = "hcm-phuong-9"
    title = "UBND Phường 9"
    level = "ward"
    base_url = "https://phuong9.example.gov.vn"
    successor = "hcm-nobody"

class District(Portal):
    platform = Liferay
    name = "hcm-quan"
    title = "UBND Quận"
    level = "district"
    base_url = "https://quan.example.gov.vn"
"""

OWN = """\
name,unit_code,base_url,status,successor
hcm-x-quan-1,760,https://quan1.hochiminhcity.gov.vn,,
hcm-tan-binh,766,https://tanbinh.example.gov.vn,,
hcm-x-phuong-9,27001,https://phuong9.example.gov.vn,,hcm-nobody
hcm-y,764,https://govap.example.gov.vn,verifed,
"""


def test_the_registry_of_the_project_is_in_order(wardcrawler: Run) -> None:
    for arguments in ([], ["hcm", "hanoi-ba-dinh"]):
        done = wardcrawler("check", *arguments)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_problem_is_one_line_with_module_and_line(tmp_path: Path) -> None:
    """In the checkout's ``spiders/``, as a person writes a class there."""
    for folder in ("wardcrawler", "spiders"):
        shutil.copytree(CHECKOUT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "spiders" / "wrong.py").write_text(WRONG, encoding="utf-8")

    def check(*sites: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "wardcrawler", "check", *sites],
            cwd=tmp_path, env=environment() | {"PYTHONPATH": str(tmp_path)}, check=False, capture_output=True,
            text=True,
        )  # fmt: skip

    done = check()
    assert (done.returncode, done.stdout) == (2, "")
    words = "hcm-phuong-9: its successor 'hcm-nobody' is not registered"
    assert done.stderr == f"wardcrawler: wardcrawler.spiders.wrong:4: {words}\n"
    assert check("hcm-quan").returncode == 0


def test_every_problem_of_a_file_is_a_line_with_its_place(wardcrawler: Run, tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(OWN, encoding="utf-8")
    done = wardcrawler("check", "--portals", "own.csv", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert sorted(done.stderr.splitlines()) == [
        "wardcrawler: own.csv:2: hcm-x-quan-1: quan1.hochiminhcity.gov.vn is also a host of hcm-quan-1",
        f"wardcrawler: own.csv:3: hcm-tan-binh: {CHECKOUT}/spiders/portals.csv:58 has this name already",
        "wardcrawler: own.csv:4: hcm-x-phuong-9: its successor 'hcm-nobody' is not registered",
        "wardcrawler: own.csv:5: hcm-y: status = 'verifed': expected one of verified, unverified, retired; "
        "did you mean 'verified'?",
    ]
    one = wardcrawler("check", "--portals", "own.csv", "hcm-y", cwd=tmp_path)
    assert [line.split(": ")[2] for line in one.stderr.splitlines()] == ["hcm-y"]
    assert wardcrawler("check", "hcm-y").returncode == 2


def test_a_portal_that_does_not_exist(wardcrawler: Run) -> None:
    done = wardcrawler("check", "hcm-tan-bin")
    assert done.returncode == 2
    assert "hcm-tan-binh" in done.stderr
