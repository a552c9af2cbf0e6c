"""Crawls in worker processes end like crawls in one process."""

from tests.support.crawls import BY_NAME
from tests.support.fleet import Fleet, assert_same, one_by_one
from wardcrawler.replica.expected import expected

LARGE = tuple(BY_NAME)


def test_two_workers_leave_the_database_that_one_process_leaves(fleet: Fleet) -> None:
    fleet.healthy(*LARGE, *range(1, 9))
    results = fleet.crawl("--jobs", "2", "--set", "CONCURRENT_REQUESTS_PER_DOMAIN=4")
    assert results["exit_code"] == 0
    for name in LARGE:
        assert results[f"test-{name}"]["pages"] == expected(name).pages
    assert fleet.rows("SELECT site, outcome FROM runs WHERE outcome != 'ok'") == []
    logs = {path.name for path in (fleet.db.parent / "logs").iterdir()}
    assert logs == {"fleet.log", "fleet-worker-1.log", "fleet-worker-2.log"}
    assert_same(fleet, one_by_one(fleet))


def test_a_second_run_finds_nothing_new_and_says_nothing(fleet: Fleet) -> None:
    fleet.healthy(1, 2, 3)
    fleet.crawl()
    done = fleet.command("--all", "--jobs", "2")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert fleet.rows("SELECT outcome, count(*) FROM runs GROUP BY outcome") == [("ok", 3), ("unchanged", 3)]


def test_portals_of_one_host_stay_in_this_process(fleet: Fleet) -> None:
    fleet.healthy(1)
    assert fleet.crawl()["test-quiet-001"]["outcome"] == "ok"
    assert [path.name for path in (fleet.db.parent / "logs").iterdir()] == ["fleet.log"]


def test_more_portals_than_places_are_all_crawled(fleet: Fleet) -> None:
    fleet.healthy(*range(1, 8))
    results = fleet.crawl("--jobs", "2", "--set", "WARDCRAWLER_PORTALS_AT_ONCE=1")
    assert {result["outcome"] for site, result in results.items() if site != "exit_code"} == {"ok"}
    assert len(results) == 8


def test_arguments_and_settings_reach_the_workers(fleet: Fleet) -> None:
    fleet.healthy(1, 2)
    results = fleet.crawl(
        "--limit", "3", "--since", "2000-01-01", "--user-agent", "kiểm thử (+x@example.org)"
    )
    assert [results[f"test-quiet-00{number}"]["pages"] for number in (1, 2)] == [3, 3]
    assert fleet.rows("SELECT DISTINCT command LIKE 'wardcrawler crawl % --limit 3 %' FROM runs") == [(1,)]


def test_a_portal_whose_time_is_up_is_partial_and_the_next_run_goes_on(fleet: Fleet) -> None:
    fleet.healthy(1)
    fleet.late("phuong-10", articles=5)
    first = fleet.crawl("--timeout", "3600")["test-phuong-10"]
    assert (first["outcome"], first["reason"]) == (
        "partial",
        "closed early: its time was up; the next run goes on",
    )
    assert 0 < first["new"] < expected("phuong-10").articles
    fleet.healthy("phuong-10")
    second = fleet.crawl()["test-phuong-10"]
    assert first["new"] + second["new"] == expected("phuong-10").articles
