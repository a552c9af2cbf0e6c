"""Wherever wardcrawler is installed from, and in whatever folder it runs, it finds its portals: all of them,
and nothing of a person's own ``spiders/`` in their place.

Each way has a virtual environment that sees the dependencies of this one and, but for what is built here,
nothing of wardcrawler.
"""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.command import CHECKOUT
from wardcrawler.crawling.portals.registry import load_portals
from wardcrawler.replica import Replica

WAYS = ("wheel", "editable", "checkout")
PARTS = ("wardcrawler", "spiders", "pyproject.toml", "MANIFEST.in", "README.md", "LICENSE", "scrapy.cfg")
OLDEST_SETUPTOOLS = 77  # pyproject.toml

# A module of classes beside the rows: workers import it. Where the portals are is known only to the tests.
CLASSES = """
import os

from wardcrawler.crawling.spider.portal import Portal


class Phuong9(Portal):
    name, title, level = "test-phuong-9", "UBND Phường 9", "ward"
    base_url = os.environ.get("ADDRESS_9", "http://127.0.0.1:9")
    sections = {"Thông báo": "/web/phuong9/thong-bao"}


class Phuong10(Portal):
    name, title, level = "test-phuong-10", "UBND Phường 10", "ward"
    base_url = os.environ.get("ADDRESS_10", "http://127.0.0.1:10")
    sections = {"Thông báo": "/web/phuong10/thong-bao"}
"""


@dataclass
class Way:
    """One way to have wardcrawler."""

    python: Path
    source: Path
    is_installed: bool

    def run(self, *command: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a command with this environment's interpreter."""
        if not self.is_installed and cwd != self.source:
            variables["PYTHONPATH"] = str(self.source)
        return run(str(self.python), *command, cwd=cwd, **variables)


def run(*command: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("WARDCRAWLER_", "PYTHON"))
    }
    done = subprocess.run(
        command, cwd=cwd, env=kept | variables, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout without anything that was built in it, and with two portals that are classes."""
    folder = tmp_path_factory.mktemp("source")
    for part in PARTS:
        if (CHECKOUT / part).is_dir():
            shutil.copytree(CHECKOUT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(CHECKOUT / part, folder / part)
    (folder / "spiders" / "loopback.py").write_text(CLASSES, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def build_tools(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Variables under which any interpreter has a setuptools that is new enough to build."""
    folder = tmp_path_factory.mktemp("tools")
    pip("install", "--target", str(folder), f"setuptools>={OLDEST_SETUPTOOLS}", cwd=folder)
    return {"PYTHONPATH": str(folder)}


def pip(command: str, *arguments: str, cwd: Path, python: Path | None = None, **variables: str) -> None:
    where = ["--python", str(python)] if python else []
    words = [sys.executable, "-m", "pip", *where, command, "--quiet", "--disable-pip-version-check"]
    run(*words, *arguments, cwd=cwd, **variables)


BUILD = ("--no-deps", "--no-build-isolation")


@pytest.fixture(scope="module")
def built(source: Path, build_tools: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, the wheel made of it, and in ``direct/`` the wheel made of the checkout."""
    folder, copy = tmp_path_factory.mktemp("built"), tmp_path_factory.mktemp("copy") / "source"
    shutil.copytree(source, copy)  # a build leaves things behind
    hook = f"from setuptools import build_meta; build_meta.build_sdist({str(folder)!r})"
    run(sys.executable, "-c", hook, cwd=copy, **build_tools)
    (sdist,) = folder.glob("*.tar.gz")
    pip("wheel", *BUILD, "--wheel-dir", str(folder), str(sdist), cwd=folder, **build_tools)
    pip("wheel", *BUILD, "--wheel-dir", str(folder / "direct"), str(copy), cwd=folder, **build_tools)
    return folder


@pytest.fixture(scope="module")
def ways(
    source: Path, built: Path, build_tools: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Way]:
    made = {}
    (wheel,) = built.glob("*.whl")
    for name, installed in {
        "wheel": [str(wheel)],
        "editable": ["--no-build-isolation", "--editable", str(source)],
        "checkout": [],
    }.items():
        folder = tmp_path_factory.mktemp(name)
        venv.create(folder, with_pip=False, symlinks=True)
        way = made[name] = Way(folder / "bin" / "python", source, bool(installed))
        if installed:
            pip("install", "--no-deps", *installed, cwd=folder, python=way.python, **build_tools)
        # Dependencies only now: pip is not to take the wardcrawler of this environment for what it installs.
        # Of a path that a .pth file adds no .pth file is read, so an editable install there is out of reach.
        places = [path for path in sys.path if Path(path).name == "site-packages"]
        (site,) = folder.glob("lib/python*/site-packages")
        (site / "dependencies.pth").write_text("\n".join(places), encoding="utf-8")
    return made


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest, ways: dict[str, Way]) -> Way:
    return ways[request.param]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder with a person's own ``spiders/``."""
    own = tmp_path / "spiders"
    own.mkdir()
    (own / "__init__.py").write_text("raise RuntimeError('not these')\n", encoding="utf-8")
    return tmp_path


def every_portal() -> set[str]:
    return {*load_portals()[0], "test-phuong-9", "test-phuong-10"}


# --- what is built -----------------------------------------------------------------------------------


def test_a_wheel_has_one_package_at_its_top_and_the_portals_in_it(built: Path, source: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == {"wardcrawler"}
        inside = {name for name in names if name.startswith("wardcrawler/spiders/")}
        assert inside == {
            f"wardcrawler/{path.relative_to(source)}" for path in (source / "spiders").iterdir()
        }
        assert (
            archive.read("wardcrawler/spiders/__init__.py") == (source / "spiders/__init__.py").read_bytes()
        )


def test_a_wheel_of_the_sdist_is_the_wheel_of_the_checkout(built: Path) -> None:
    (one,), (other,) = built.glob("*.whl"), (built / "direct").glob("*.whl")
    with zipfile.ZipFile(one) as first, zipfile.ZipFile(other) as second:
        names = {name for name in first.namelist() if not name.endswith("RECORD")}
        assert names == {name for name in second.namelist() if not name.endswith("RECORD")}
        assert all(first.read(name) == second.read(name) for name in names)
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        assert any(name.endswith("/spiders/portals.csv") for name in archive.getnames())


# --- what is found -----------------------------------------------------------------------------------


def test_the_module_lists_all_portals(way: Way, elsewhere: Path) -> None:
    for folder in (elsewhere, way.source):
        done = way.run("-m", "wardcrawler", "sites", "--json", cwd=folder)
        assert {each["name"] for each in json.loads(done.stdout)} == every_portal()
        assert done.stderr == ""


def test_the_console_script_lists_all_portals(ways: dict[str, Way], elsewhere: Path) -> None:
    for name in ("wheel", "editable"):
        script = ways[name].python.with_name("wardcrawler")
        done = run(str(script), "sites", "--json", cwd=elsewhere)
        assert {each["name"] for each in json.loads(done.stdout)} == every_portal()


def test_plain_scrapy_lists_all_portals(way: Way, elsewhere: Path) -> None:
    done = way.run("-m", "scrapy", "list", cwd=elsewhere, SCRAPY_SETTINGS_MODULE="wardcrawler.settings")
    assert set(done.stdout.split()) == every_portal()


def test_in_the_checkout_its_scrapy_cfg_is_enough(ways: dict[str, Way]) -> None:
    done = ways["checkout"].run("-m", "scrapy", "list", cwd=ways["checkout"].source)
    assert set(done.stdout.split()) == every_portal()


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica() as replica:
        yield replica


def test_workers_find_the_classes(way: Way, elsewhere: Path, replica: Replica) -> None:
    addresses = {f"ADDRESS_{number}": replica.address(f"phuong-{number}") for number in (9, 10)}
    done = way.run(
        "-m", "wardcrawler", "crawl", "--select", "province=test", "--jobs", "2", "--limit", "1", "--json",
        "--delay", "0", cwd=elsewhere, **addresses,
    )  # fmt: skip
    results = json.loads(done.stdout)["portals"]
    assert {each["site"]: (each["outcome"], each["new"]) for each in results} == {
        "test-phuong-9": ("ok", 1),
        "test-phuong-10": ("ok", 1),
    }


def test_a_new_spider_is_written_into_the_folder_one_is_in(ways: dict[str, Way], elsewhere: Path) -> None:
    way = ways["wheel"]
    (site,) = way.python.parents[1].glob("lib/python*/site-packages")
    before = sorted(site.rglob("*.py"))
    way.run(
        "-m", "scrapy", "genspider", "mine", "example.gov.vn",
        cwd=elsewhere, SCRAPY_SETTINGS_MODULE="wardcrawler.settings",
    )  # fmt: skip
    assert (elsewhere / "mine.py").is_file()
    assert sorted(site.rglob("*.py")) == before
