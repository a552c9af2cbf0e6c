"""What a person watching a crawl sees, at 80 columns and at 120, and what stands there at the end."""

import io

import pytest
from rich.console import Console

from wardcrawler.cli.output.crawl_progress import FAILING_SHOWN, ROWS_SHOWN, CrawlProgress
from wardcrawler.cli.output.summary import ALL_SHOWN, show_summary
from wardcrawler.crawling.runs.outcome import RunProgress, RunResult

LONG = "hcm-tan-binh-phuong-tan-son-nhat"


def console(width: int) -> Console:
    return Console(file=io.StringIO(), width=width, force_terminal=False)


def drawn(progress: CrawlProgress, width: int = 80) -> list[str]:
    on = console(width)
    on.print(progress)
    return on.file.getvalue().splitlines()  # type: ignore[attr-defined,no-any-return]


def summary(results: list[RunResult], width: int = 80) -> list[str]:
    on = console(width)
    show_summary(results, on)
    return on.file.getvalue().splitlines()  # type: ignore[attr-defined,no-any-return]


@pytest.fixture
def progress() -> CrawlProgress:
    """Sixty portals: 20 done, 2 of them badly, 30 running."""
    progress = CrawlProgress(is_shown=False)
    progress.crawling(60)
    for number in range(50):
        progress.started(f"portal-{number:02}")
    progress.progressed({f"portal-{number:02}": RunProgress(2, 30, 1, 7, 5) for number in range(20, 50)})
    for number in range(18):
        progress.finished(RunResult(f"portal-{number:02}", "ok", None, requests=10, pages=3, new=2))
    progress.finished(RunResult("portal-18", "dead", "timeout: no answer " * 20))
    progress.finished(RunResult("portal-19", "challenge", "D1N"))
    return progress


@pytest.mark.parametrize("width", [80, 120])
def test_the_head_counts_portals_and_pages_and_the_failing_are_named(
    progress: CrawlProgress, width: int
) -> None:
    lines = drawn(progress, width)
    assert lines[0].startswith("20 of 60 portals")
    assert "30 running" in lines[0]
    assert "left" in lines[0]
    assert lines[1].startswith(f"{18 * 3 + 30 * 7} pages stored, {18 * 2 + 30 * 5} new")
    assert lines[2].startswith("dead portal-18: timeout")
    assert lines[3].startswith("challenge portal-19: D1N")
    assert max(map(len, lines)) <= width
    assert len(lines) == 4 + 1 + ROWS_SHOWN + 1


def test_a_portal_that_waits_again_is_not_running(progress: CrawlProgress) -> None:
    progress.put_back("portal-30")
    assert "29 running" in drawn(progress)[0]
    progress.progressed({"portal-30": RunProgress()})
    assert "29 running" in drawn(progress)[0]


def test_of_many_failing_portals_the_last_ones_are_shown(progress: CrawlProgress) -> None:
    for number in range(20, 40):
        progress.finished(RunResult(f"portal-{number:02}", "dead", "no answer"))
    lines = drawn(progress)
    assert lines[2] == "22 portals are not well, the last ones:"
    assert [line.split(":")[0] for line in lines[3:8]] == [
        f"dead portal-{number}" for number in range(40 - FAILING_SHOWN, 40)
    ]


def test_a_few_portals_have_a_line_each_and_their_reasons(progress: CrawlProgress) -> None:
    lines = summary([RunResult(LONG, "ok", None, new=1234), RunResult("b", "dead", "no answer")])
    assert lines[1].split() == [LONG, "ok", "1234", "0", "0", "0", "0"]
    assert lines[-1] == "b: dead: no answer"


SEEN = [
    RunResult(LONG, "partial", "why", new=57, seen=80, covered=57, refused={"robots": 3},
              left_out={"bound": 12, "budget": 8}),
    RunResult("b", "ok", None, seen=10, covered=9, left_out={"bound": 1}),
]  # fmt: skip


def test_what_was_seen_and_left_out_is_told_in_a_line_on_any_terminal() -> None:
    assert "seen: 90 articles; 66 of them are stored; left out: bound 13, budget 8" in summary(SEEN)


def test_a_wide_terminal_tells_it_of_every_portal() -> None:
    lines = summary(SEEN, width=100)
    assert lines[0].split()[-3:] == ["left", "out", "seen"]
    assert lines[1].split()[-2:] == ["20", "80"]
    assert lines[2].split()[-2:] == ["1", "10"]


def test_where_nothing_was_left_out_the_line_says_no_more() -> None:
    assert "seen: 10 articles; 10 of them are stored" in summary(
        [RunResult("b", "ok", None, seen=10, covered=10)]
    )


def test_of_hundreds_only_what_a_person_wants_to_know() -> None:
    results = [RunResult(f"portal-{number}", "unchanged", None) for number in range(500)]
    results += [RunResult(LONG, "ok", None, new=3), RunResult("b", "blocked", "robots.txt forbids it")]
    lines = summary(results)
    assert lines[1].split()[:2] == ["unchanged", "500"]
    assert [line.split()[0] for line in lines if line][-3:] == ["portal", LONG, "b:"]
    assert len(lines) < 12


def test_hundreds_with_news_are_counted_too() -> None:
    results = [RunResult(f"portal-{number}", "ok", None, new=number) for number in range(1, 200)]
    lines = summary(results)
    assert f"and {199 - ALL_SHOWN} more portals with news" in lines
    assert next(line.split()[0] for line in lines if line.startswith("portal-")) == "portal-199"


def test_without_a_terminal_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    with CrawlProgress(is_shown=False) as progress:
        progress.crawling(1)
        progress.crawled()
        progress.linking(1, 2)
        progress.reading_files()
    assert capfd.readouterr() == ("", "")


def test_a_warning_is_a_line_of_its_own_whatever_is_drawn() -> None:
    screen = CrawlProgress(is_shown=True, console=console(80))
    with screen:
        screen.crawling(1)
        screen.warn("x is unfinished")
        assert screen._drawn is None
