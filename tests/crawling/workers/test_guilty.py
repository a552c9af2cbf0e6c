"""A portal that hangs, crashes or takes all memory costs only itself."""

import pytest

from tests.support.fleet import Fleet

SMALL = ("--jobs", "2", "--set", "WARDCRAWLER_WORKER_MIB=700")


def test_healthy_portals_are_crawled_whatever_runs_beside_them(fleet: Fleet) -> None:
    fleet.healthy(1, 2, 3)
    fleet.guilty(4, "hangs")
    fleet.guilty(5, "exits")
    fleet.guilty(6, "devours")
    fleet.guilty(7, "crashes")
    fleet.module("broken", "raise ValueError('a constant is wrong')\n")
    results = fleet.crawl(*SMALL)
    assert results["exit_code"] == 3
    for number in (1, 2, 3):
        result = results[f"test-quiet-00{number}"]
        assert (result["outcome"], result["pages"]) == ("ok", 8)
    for name, words in {
        "test-hangs": "no sign of life for 120 s",
        "test-exits": "its worker ended with status 3",
        "test-devours": "more memory than a worker may have (700 MiB)",
        "test-crashes": "its worker was ended by SIGSEGV",
        "portals_of_test.broken": "cannot be imported: ValueError: a constant is wrong",
    }.items():
        assert (results[name]["outcome"], words in results[name]["reason"]) == ("error", True), results[name]
    last = "SELECT site, outcome FROM runs WHERE id IN (SELECT max(id) FROM runs GROUP BY site)"
    assert dict(fleet.rows(last)) == {
        name: result["outcome"] for name, result in results.items() if name.startswith("test-")
    }
    assert fleet.rows("SELECT count(*) FROM runs WHERE outcome = 'running' OR finished_at IS NULL") == [(0,)]


@pytest.mark.parametrize("name", ["hangs-later", "devours-articles"])
def test_it_is_told_wherever_its_code_runs(fleet: Fleet, name: str) -> None:
    fleet.healthy(1, 2)
    fleet.guilty(4, name)
    results = fleet.crawl(*SMALL)
    assert {site: result["outcome"] for site, result in results.items() if site != "exit_code"} == {
        "test-quiet-001": "ok",
        "test-quiet-002": "ok",
        f"test-{name}": "error",
    }


def test_a_portal_that_cannot_even_be_built_is_an_error_in_its_own_name(fleet: Fleet) -> None:
    fleet.healthy(1)
    fleet.module(
        "odd",
        "from wardcrawler.crawling.spider.portal import Portal\n"
        "from wardcrawler.platforms.liferay.stock import HcmcLiferay\n\n\n"
        "class Odd(Portal):\n    platform = HcmcLiferay\n"
        "    name = 'test-odd'\n    title = 'UBND'\n    level = 'ward'\n"
        "    base_url = 'http://127.0.0.2'\n\n    def __init__(self, **_):\n        raise KeyError('odd')\n",
    )
    results = fleet.crawl()
    assert results["test-quiet-001"]["outcome"] == "ok"
    assert "cannot start: KeyError('odd')" in results["test-odd"]["reason"]
    assert results["exit_code"] == 3


def test_a_module_that_only_a_worker_cannot_import_is_an_error_of_its_portals(fleet: Fleet) -> None:
    fleet.healthy(1)
    fleet.module(
        "fickle",
        "import sys\n\nfrom wardcrawler.crawling.spider.portal import Portal\n"
        "from wardcrawler.platforms.liferay.stock import HcmcLiferay\n\n"
        "if 'worker' in sys.argv[0]:\n    raise ImportError('not here')\n\n\n"
        "class Fickle(Portal):\n    platform = HcmcLiferay\n"
        "    name = 'test-fickle'\n    title = 'UBND'\n    level = 'ward'\n"
        "    base_url = 'http://127.0.0.2'\n",
    )
    results = fleet.crawl()
    assert results["test-quiet-001"]["outcome"] == "ok"
    assert "not here" in results["test-fickle"]["reason"]


def test_a_portal_that_never_ends_is_given_up_some_time_after_its_time_was_up(fleet: Fleet) -> None:
    fleet.healthy(1)
    fleet.guilty(2, "waits")
    results = fleet.crawl("--jobs", "2", "--timeout", "3600", "--set", "WARDCRAWLER_GRACE=600")
    assert results["test-quiet-001"]["outcome"] == "ok"
    assert (results["test-waits"]["outcome"], "did not" in results["test-waits"]["reason"]) == ("error", True)


def test_workers_that_cannot_start_are_an_internal_failure_in_one_line(fleet: Fleet) -> None:
    fleet.healthy(1, 2)
    done = fleet.command("--all", "--set", "WARDCRAWLER_WORKER_MIB=1")
    assert done.returncode == 1
    assert "before they are ready; see " in done.stderr
    assert "Traceback" not in done.stderr
