"""Every portal is an ordinary Scrapy spider: Scrapy's own commands read it, and leave no trace."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.support.command import environment, run
from tests.support.crawls import BY_NAME, row_of
from wardcrawler.replica import Replica

ARTICLE = "/web/phuong9/-/phuong-9-hoi-nghi-giao-ban-cong-tac-thang-6-nam-2024"
LISTING = "/web/phuong9/tin-tuc-su-kien"
AT_ONCE = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0")


class Scrapy:
    """Runs ``scrapy`` in an empty folder, with the replica's portals registered."""

    def __init__(self, replica: Replica, folder: Path) -> None:
        self.replica = replica
        self.folder = folder / "empty"
        self.folder.mkdir()
        self.own = folder / "own.csv"
        self.own.write_text("".join(row_of(replica, name) for name in BY_NAME), encoding="utf-8")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", *arguments, *AT_ONCE],
            cwd=self.folder, capture_output=True, text=True, check=False,
            env=environment()
            | {
                "SCRAPY_SETTINGS_MODULE": "wardcrawler.settings",
                "WARDCRAWLER_PORTALS": str(self.own),
                "PYTHONIOENCODING": "utf-8",
            },
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr
        return done

    def address(self, path: str) -> str:
        return self.replica.address("phuong-9") + path

    def saved(self, path: str) -> Path:
        """The page as a person saves it."""
        file = self.folder.parent / "saved.html"
        with urlopen(self.address(path)) as answer:  # noqa: S310
            file.write_bytes(answer.read())
        return file


_MOMENT = re.compile(r"datetime\.datetime\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")


@pytest.fixture
def scrapy(replica: Replica, tmp_path: Path) -> Scrapy:
    return Scrapy(replica, tmp_path)


def items(printed: str) -> list[dict[str, object]]:
    """What ``scrapy parse`` printed as items."""
    _, _, rest = printed.partition("# Scraped Items")
    text = rest[rest.index("\n") :].partition("# Requests")[0]
    text = _MOMENT.sub("None", text)  # when it was taken
    found = ast.literal_eval(text.strip())
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("named", [True, False], ids=["by name", "by address"])
def test_parse_gives_the_record_that_our_own_command_gives(scrapy: Scrapy, named: bool) -> None:
    spider = ["--spider", "test-phuong-9"] if named else []
    done = scrapy.run("parse", *spider, "--nocolour", "--nolinks", scrapy.address(ARTICLE))
    (item,) = items(done.stdout)
    told = run(
        "parse", str(scrapy.saved(ARTICLE)), "--url", scrapy.address(ARTICLE), "--platform", "liferay-hcmc"
    )
    for name, value in ast.literal_eval(told.stdout.replace("null", "None")).items():
        assert item[name] == value, name
    assert item["site"] == "test-phuong-9"
    assert list(scrapy.folder.iterdir()) == []


def test_parse_follows_a_listing(scrapy: Scrapy) -> None:
    done = scrapy.run("parse", "--nocolour", "--depth", "2", "--pipelines", scrapy.address(LISTING))
    found = items(done.stdout)
    assert len(found) >= 8
    assert {item["site"] for item in found if "title" in item} == {"test-phuong-9"}
    assert list(scrapy.folder.iterdir()) == []


def test_parse_says_why_a_page_is_no_article(scrapy: Scrapy) -> None:
    scrapy.replica.answer("phuong-9", "/web/phuong9/-/x", b"<html><body><p>xin</p></body></html>")
    (item,) = items(scrapy.run("parse", "--nocolour", scrapy.address("/web/phuong9/-/x")).stdout)
    assert item["reason"] == "soft-error"


def test_shell_has_the_portal_as_its_spider(scrapy: Scrapy) -> None:
    code = "(spider.name, [item.title for item in spider.parse(response)])"
    done = scrapy.run("shell", "--nolog", scrapy.address(ARTICLE), "-c", code)
    name, titles = ast.literal_eval(done.stdout)
    assert name == "test-phuong-9"
    assert titles == ["Phường 9: Hội nghị giao ban công tác tháng 6 năm 2024"]
    assert list(scrapy.folder.iterdir()) == []


def test_fetch_prints_the_page(scrapy: Scrapy) -> None:
    done = scrapy.run("fetch", "--nolog", scrapy.address(ARTICLE))
    assert "Hội nghị giao ban công tác tháng 6 năm 2024" in done.stdout
    assert list(scrapy.folder.iterdir()) == []


def test_crawl_stores_what_our_own_command_stores(scrapy: Scrapy) -> None:
    scrapy.run("crawl", "test-phuong-9", "-a", "limit=2", "--nolog")
    done = run("status", "--json", cwd=scrapy.folder)
    assert '"outcome": "ok"' in done.stdout


def test_check_finds_no_contract_that_is_broken(scrapy: Scrapy) -> None:
    assert "OK" in scrapy.run("check", "test-phuong-9").stderr


def test_genspider_writes_into_the_current_folder(scrapy: Scrapy) -> None:
    scrapy.run("genspider", "mine", "example.gov.vn")
    assert [file.name for file in scrapy.folder.iterdir()] == ["mine.py"]


def test_crawl_exports_articles_and_nothing_else(scrapy: Scrapy) -> None:
    scrapy.run("crawl", "test-phuong-9", "-a", "limit=2", "-O", "items.jsonl", "--nolog")
    lines = (scrapy.folder / "items.jsonl").read_text(encoding="utf-8").splitlines()
    items = [json.loads(line) for line in lines]
    assert len(items) == 2
    assert all(item["title"] and item["content_hash"] for item in items)


def test_a_crawl_without_the_store_says_that_nothing_would_be_kept(scrapy: Scrapy) -> None:
    done = scrapy.run("crawl", "test-phuong-9", "-s", "ITEM_PIPELINES={}")
    assert "ITEM_PIPELINES has no wardcrawler.pipelines.store.Store: nothing would be kept" in done.stderr
