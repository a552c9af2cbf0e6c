"""Who waits, and who is to blame when a worker dies."""

from typing import cast

from wardcrawler.crawling.spider.portal import Portal
from wardcrawler.crawling.workers.queue import Group, WorkQueue


def portal(name: str) -> type[Portal]:
    return cast("type[Portal]", type("Named", (), {"name": name}))


def queue(*names: str) -> WorkQueue:
    return WorkQueue.of([[portal(name)] for name in names])


def taken(waiting: WorkQueue) -> list[Group]:
    """All groups of the cohort an idle worker turns to."""
    cohort = waiting.next_cohort()
    assert cohort is not None
    groups = []
    while group := waiting.take(cohort):
        groups.append(group)
    return groups


def names(groups: list[Group]) -> list[str]:
    return [group.current for group in groups]


def test_groups_are_taken_in_the_order_given() -> None:
    waiting = queue("a", "b", "c")
    assert names(taken(waiting)) == ["a", "b", "c"]
    assert waiting.next_cohort() is None


def test_a_portal_whose_code_ran_for_too_long_is_guilty_and_the_others_wait_again() -> None:
    waiting = queue("a", "b", "c")
    assert waiting.worker_died(taken(waiting), "b", is_certain=True) == "b"
    assert names(taken(waiting)) == ["a", "c"]


def test_a_portal_whose_code_ran_when_its_worker_died_is_tried_once_more_alone() -> None:
    waiting = queue("a", "b", "c")
    assert waiting.worker_died(taken(waiting), "b", is_certain=False) is None
    assert names(taken(waiting)) == ["a", "c"]
    alone = taken(waiting)
    assert names(alone) == ["b"]
    assert waiting.worker_died(alone, "b", is_certain=False) == "b"
    assert len(waiting) == 0


def test_if_nobody_is_suspected_halves_are_kept_apart_until_the_guilty_one_is_alone() -> None:
    waiting = queue(*"abcdefgh")
    deaths = 0
    ended: list[str] = []
    while waiting.next_cohort() is not None:
        groups = taken(waiting)
        if "f" not in names(groups):
            ended += names(groups)
            continue
        deaths += 1
        if guilty := waiting.worker_died(groups, None, is_certain=False):
            assert guilty == "f"
    assert sorted(ended) == list("abcdegh")
    assert deaths == 5  # 8, 4, 2, alone, alone again


def test_a_name_that_no_crawl_has_is_no_suspect() -> None:
    waiting = queue("a", "b")
    assert waiting.worker_died(taken(waiting), "ended-long-ago", is_certain=True) is None
    assert [names(taken(waiting)), names(taken(waiting))] == [["a"], ["b"]]


def test_a_worker_that_crawled_nothing_takes_nobody_along() -> None:
    waiting = queue("a")
    assert waiting.worker_died([], None, is_certain=False) is None
    assert names(taken(waiting)) == ["a"]


def test_portals_of_the_guilty_one_s_host_go_on_without_it() -> None:
    waiting = WorkQueue.of([[portal("a1"), portal("a2")]])
    assert waiting.worker_died(taken(waiting), "a1", is_certain=True) == "a1"
    assert names(taken(waiting)) == ["a2"]
