"""``wardcrawler probe``: platform, evidence, sections, a sample and a row that works when pasted."""

import json
from pathlib import Path

import pytest

from tests.support.cmsview_portal import serve_cmsview
from tests.support.command import Run
from tests.support.seed_page import URL, seed_page
from wardcrawler.api.probe import level_in
from wardcrawler.crawling.portals.rows import read_portals
from wardcrawler.platforms.registry import PLATFORMS
from wardcrawler.replica import Replica
from wardcrawler.replica.hcmc.traps import NEVER
from wardcrawler.replica.portals import DISTRICT, WARD_9, ReplicaPortal


def pasted(printed: str, folder: Path) -> Path:
    """A file with the heading and the row at the end of what was printed."""
    file = folder / "own.csv"
    file.write_text(printed[printed.index("name,unit_code,") :], encoding="utf-8")
    return file


@pytest.mark.parametrize("known", [WARD_9, DISTRICT], ids=["ward", "district"])
def test_a_portal_is_told_with_a_row_to_paste(
    wardcrawler: Run, replica: Replica, tmp_path: Path, known: ReplicaPortal
) -> None:
    done = wardcrawler("probe", replica.address(known.name), "--delay", "0", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"platform  {known.variant} (score ")
    assert "asset publisher portlet" in done.stdout
    assert " characters, " in done.stdout
    assert list(tmp_path.iterdir()) == []
    file = pasted(done.stdout, tmp_path)
    (portal,), problems = read_portals(file)
    assert problems == []
    assert portal.base_url == replica.address(known.name)
    assert portal.platform is PLATFORMS[known.variant]
    assert all(title in done.stdout for title in known.sections)
    assert portal.sections == {}
    assert (portal.level, known.title in portal.title) == (known.level, True)
    checked = wardcrawler("check", "--portals", str(file))
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")
    crawled = wardcrawler(
        "crawl", "--portals", str(file), portal.name, "--limit", "2", "--delay", "0", "--json", cwd=tmp_path
    )
    assert crawled.returncode == 0, crawled.stderr
    (result,) = json.loads(crawled.stdout)["portals"]
    assert (result["site"], result["outcome"], result["new"]) == (portal.name, "ok", 2)


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Trang thông tin điện tử UBND phường Bến Gỗ", "ward"),
        ("Ủy ban nhân dân xã Gò Nổi - Trang chủ", "commune"),
        ("ỦY BAN NHÂN DÂN THỊ XÃ TÂN LỘC", "district"),
        ("UBND thị trấn Cái Bè", "commune"),
        ("Cổng thông tin điện tử UBND thành phố Bến Đá", ""),
        ("Cổng thông tin điện tử", ""),
    ],
)
def test_a_level_is_read_from_the_title_and_never_guessed(title: str, level: str) -> None:
    assert level_in(title) == level


def test_it_is_as_polite_as_a_crawl(wardcrawler: Run, replica: Replica) -> None:
    wardcrawler("probe", replica.address("phuong-9"), "--delay", "0")
    asked = replica.requests("phuong-9")
    assert asked["/robots.txt"] == 1
    assert sum(asked.values()) <= 15 + 6  # robots.txt, home page, sitemap, what an article takes
    assert not [path for path in asked if any(part in path for part in NEVER)]


def test_a_portal_that_is_filled_by_script_shows_its_section_and_an_article(
    wardcrawler: Run, replica: Replica
) -> None:
    serve_cmsview(replica)
    done = wardcrawler("probe", replica.address("phuong-9"), "--delay", "0")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("platform  dnn-cmsview (score ")
    assert "Cảnh báo lừa đảo" in done.stdout
    assert "/tin-hoat-dong" in done.stdout


def test_what_cannot_be_reached_gets_one_line(wardcrawler: Run, replica: Replica) -> None:
    address = replica.address("phuong-9")
    replica.set_robots("phuong-9", "User-agent: *\nDisallow: /\n")
    done = wardcrawler("probe", address, "--delay", "0")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"wardcrawler: {address}/: robots: robots.txt forbids it\n"


def test_a_portal_of_no_known_platform_gets_one_line(wardcrawler: Run, replica: Replica) -> None:
    page = "<html><body><h1>Xin chào</h1><p>" + "một trang lạ " * 60 + "</p></body></html>"
    replica.answer("phuong-9", "/web/phuong9", page.encode())
    done = wardcrawler("probe", replica.address("phuong-9"), "--delay", "0")
    assert (done.returncode, done.stdout) == (2, "")
    assert ": unrecognised: " in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_saved_page_needs_no_network(wardcrawler: Run, tmp_path: Path) -> None:
    done = wardcrawler("probe", str(seed_page()), "--url", URL)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("platform  liferay-hcmc (score ")
    assert "no date: the page prints no publish date" in done.stdout
    (portal,), problems = read_portals(pasted(done.stdout, tmp_path))
    assert (portal.base_url, problems) == ("https://phuong9.example.gov.vn", [])


def test_wrong_input_is_named(wardcrawler: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body><p>xin chào</p></body></html>", encoding="utf-8")
    assert "--url is needed" in wardcrawler("probe", str(page)).stderr
    assert "not an http" in wardcrawler("probe", str(page), "--url", "ftp://x").stderr
    unknown = wardcrawler("probe", str(page), "--url", URL)
    assert (unknown.returncode, len(unknown.stderr.splitlines())) == (2, 1)
    assert "WARDCRAWLER_CONTACT" in wardcrawler("probe", "https://phuong9.example.gov.vn").stderr
