"""``wardcrawler check``: silent when nothing is wrong, else a line for each problem and exit code 2."""

from pathlib import Path

from tests.support.command import Run

WRONG = """
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


def test_the_registry_of_the_project_is_in_order(wardcrawler: Run) -> None:
    for arguments in ([], ["hcm", "hanoi-ba-dinh"]):
        done = wardcrawler("check", *arguments)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_problem_is_one_line(wardcrawler: Run, tmp_path: Path) -> None:
    (tmp_path / "spiders").mkdir()
    (tmp_path / "spiders" / "__init__.py").touch()
    (tmp_path / "spiders" / "wrong.py").write_text(WRONG, encoding="utf-8")
    done = wardcrawler("check", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "wardcrawler: hcm-phuong-9: its successor 'hcm-nobody' is not registered\n"
    assert wardcrawler("check", "hcm-quan", cwd=tmp_path).returncode == 0


def test_a_portal_that_does_not_exist(wardcrawler: Run) -> None:
    done = wardcrawler("check", "hcm-tan-bin")
    assert done.returncode == 2
    assert "hcm-tan-binh" in done.stderr
