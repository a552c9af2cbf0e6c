"""The table at the end of a crawl."""

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from wardcrawler.crawling.runs.outcome import HEALTHY
from wardcrawler.crawling.runs.result import RunResult

ALL_SHOWN = 20
"""So many portals get a line each; of more, those that are not well, and so many that have news."""

_COUNTS = ("new", "changed", "known", "same", "refused")


def show_summary(results: Sequence[RunResult], console: Console | None = None) -> None:
    """Print how a crawl ended, on standard output: every portal; of many, what a person wants to know.

    ``known``: pages whose text another page has; ``same``: pages that were fetched again and had not
    changed; ``refused``: pages that gave no article.
    """
    console = console or Console()
    if len(results) <= ALL_SHOWN:
        console.print(_portals(results))
        _reasons([result for result in results if result.reason], console)
        return
    console.print(_outcomes(results))
    news = sorted(
        (result for result in results if result.new + result.changed),
        key=lambda result: -(result.new + result.changed),
    )
    if news:
        console.print()
        console.print(_portals(news[:ALL_SHOWN]))
    if len(news) > ALL_SHOWN:
        console.print(f"and {len(news) - ALL_SHOWN} more portals with news")
    _reasons([result for result in results if result.outcome not in HEALTHY], console)


def _outcomes(results: Sequence[RunResult]) -> Table:
    table = _table("outcome", "portals", *_COUNTS)
    for outcome, portals in Counter(result.outcome for result in results).most_common():
        counts = [_counts(result) for result in results if result.outcome == outcome]
        sums = (str(sum(column)) for column in zip(*counts, strict=True))
        table.add_row(_coloured(outcome), str(portals), *sums)
    return table


def _portals(results: Sequence[RunResult]) -> Table:
    table = _table("portal", "outcome", *_COUNTS)
    for result in results:
        table.add_row(result.site, _coloured(result.outcome), *map(str, _counts(result)))
    return table


def _reasons(results: Sequence[RunResult], console: Console) -> None:
    if results:
        console.print()
    for result in results:
        line = Text.assemble(result.site, ": ", _coloured(result.outcome), f": {result.reason}")
        console.print(line, soft_wrap=True)


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        if heading in ("portal", "outcome"):
            table.add_column(heading, overflow="fold")
        else:
            table.add_column(heading, justify="right", no_wrap=True)
    return table


def _counts(result: RunResult) -> tuple[int, ...]:
    refused = sum(result.refused.values())
    return result.new, result.changed, result.duplicates, result.unchanged, refused


def _coloured(outcome: str) -> Text:
    return Text(outcome, style="green" if outcome in HEALTHY else "red")
