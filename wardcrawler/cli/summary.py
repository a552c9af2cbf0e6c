"""The table at the end of a crawl."""

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from wardcrawler.operate.outcomes import HEALTHY
from wardcrawler.operate.run import RunResult

ALL_SHOWN = 20
"""So many portals get a line each; of more, those that are not well, and so many that have news."""

_COUNTS = ("new", "changed", "known text", "unchanged", "refused")


def show_summary(results: Sequence[RunResult]) -> None:
    """Print how a crawl ended on standard output: every portal; of many, what a person wants to know."""
    console = Console()
    if len(results) <= ALL_SHOWN:
        console.print(_portals(results))
        return
    console.print(_outcomes(results))
    unwell = [result for result in results if result.outcome not in HEALTHY]
    news = sorted(
        (result for result in results if result.outcome in HEALTHY and result.new + result.changed),
        key=lambda result: -(result.new + result.changed),
    )
    if unwell or news:
        console.print()
        console.print(_portals([*unwell, *news[:ALL_SHOWN]]))
    if len(news) > ALL_SHOWN:
        console.print(f"and {len(news) - ALL_SHOWN} more portals with news")


def _outcomes(results: Sequence[RunResult]) -> Table:
    table = _table("outcome", "portals", *_COUNTS)
    for outcome, portals in Counter(result.outcome for result in results).most_common():
        counts = [_counts(result) for result in results if result.outcome == outcome]
        table.add_row(
            _coloured(outcome), str(portals), *(str(sum(column)) for column in zip(*counts, strict=True))
        )
    return table


def _portals(results: Sequence[RunResult]) -> Table:
    table = _table("portal", "outcome", *_COUNTS, "reason")
    for result in results:
        table.add_row(result.site, _coloured(result.outcome), *map(str, _counts(result)), result.reason or "")
    return table


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        if heading in ("portal", "outcome", "reason"):
            table.add_column(heading, overflow="fold")
        else:
            table.add_column(heading, justify="right")
    return table


def _counts(result: RunResult) -> tuple[int, ...]:
    refused = sum(result.refused.values())
    return result.new, result.changed, result.duplicates, result.unchanged, refused


def _coloured(outcome: str) -> Text:
    return Text(outcome, style="green" if outcome in HEALTHY else "red")
