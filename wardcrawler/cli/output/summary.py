"""Tables at the end of a crawl or a reparse: what became of the portals' pages.

``known`` counts pages whose text another page has; ``same`` those that had not changed; ``corrected`` those
that a reparse read otherwise than before; ``refused`` those that gave no article; ``left out`` the addresses
that were seen and not asked for, of all that were ``seen``.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Protocol

from rich.console import Console
from rich.table import Table
from rich.text import Text

from wardcrawler.api.crawl.run import HEALTHY, RunResult

ALL_SHOWN = 20
"""So many portals get a line each; of more, those that are not well, and so many that have news."""

COUNTS = ("new", "changed", "known", "same", "refused")
_WIDE, _MORE = 100, ("left out", "seen")
"""On a terminal of so many columns there is room for what was seen, too; else the sums tell it."""

_COUNTED = {"known": "duplicates", "same": "unchanged"}
"""Headings that are not called like what they count."""


class Counted(Protocol):
    """How the pages of one portal ended; ``refused`` counts by reason."""

    site: str
    refused: dict[str, int]


def _counts_on(console: Console) -> tuple[str, ...]:
    return (*COUNTS, *_MORE) if console.width >= _WIDE else COUNTS


def show_summary(results: Sequence[RunResult], console: Console | None = None) -> None:
    """Print how a crawl ended, on standard output: every portal; of many, what a person wants to know."""
    console = console or Console()
    counts = _counts_on(console)
    if len(results) <= ALL_SHOWN:
        console.print(_portals(results, counts))
        _seen(results, console)
        _reasons([result for result in results if result.reason], console)
        return
    console.print(_outcomes(results, counts))
    _seen(results, console)
    news = sorted(
        (result for result in results if result.new + result.changed),
        key=lambda result: -(result.new + result.changed),
    )
    if news:
        console.print()
        console.print(_portals(news[:ALL_SHOWN], counts))
    if len(news) > ALL_SHOWN:
        console.print(f"and {len(news) - ALL_SHOWN} more portals with news")
    _reasons([result for result in results if result.outcome not in HEALTHY], console)


def files_line(files: int, texts: Counter[Any]) -> str:
    """Say in a line how many files were kept, and how many texts were read, by status."""
    told = ", ".join(f"{status} {count}" for status, count in texts.most_common()) or "none to read"
    return f"files: {files} kept; texts: {told}"


def _outcomes(results: Sequence[RunResult], names: Sequence[str]) -> Table:
    table = counts_table("outcome", "portals", *names)
    for outcome, portals in Counter(result.outcome for result in results).most_common():
        counts = [counts_of(result, names) for result in results if result.outcome == outcome]
        sums = (str(sum(column)) for column in zip(*counts, strict=True))
        table.add_row(_coloured(outcome), str(portals), *sums)
    return table


def _portals(results: Sequence[RunResult], names: Sequence[str]) -> Table:
    table = counts_table("portal", "outcome", *names)
    for result in results:
        table.add_row(result.site, _coloured(result.outcome), *map(str, counts_of(result, names)))
    return table


def _seen(results: Sequence[RunResult], console: Console) -> None:
    """Say in a line what became of all that was seen; nothing where nothing was."""
    seen = sum(result.seen for result in results)
    left_out: Counter[str] = Counter()
    for result in results:
        left_out.update(result.left_out)
    if not (seen or left_out):
        return
    words = f"seen: {seen} articles; {sum(result.covered for result in results)} of them are stored"
    if left_out:
        words += f"; left out: {', '.join(f'{reason} {count}' for reason, count in left_out.most_common())}"
    console.print(f"\n{words}", soft_wrap=True, highlight=False)


def _reasons(results: Sequence[RunResult], console: Console) -> None:
    if results:
        console.print()
    for result in results:
        line = Text.assemble(result.site, ": ", _coloured(result.outcome), f": {result.reason}")
        console.print(line, soft_wrap=True)


def counts_table(*headings: str) -> Table:
    """Return an empty table, numbers to the right."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        if heading in ("portal", "outcome", "platform"):
            table.add_column(heading, overflow="fold")
        else:
            table.add_column(heading, justify="right", no_wrap=True)
    return table


def counts_of(result: Counted, names: Sequence[str] = COUNTS) -> list[int]:
    """Return the counts under the headings ``names``."""
    return [_count_of(result, name) for name in names]


def _count_of(result: Counted, name: str) -> int:
    count = getattr(result, _COUNTED.get(name, name.replace(" ", "_")))
    return sum(count.values()) if isinstance(count, dict) else int(count)


def _coloured(outcome: str) -> Text:
    return Text(outcome, style="green" if outcome in HEALTHY else "red")
