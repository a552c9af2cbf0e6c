"""The health of portals as a table on a terminal."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from wardcrawler.api.health import PortalHealth, describe_gap, percent
from wardcrawler.cli.output.text import linked, on_one_line

_WIDE = 100
"""Columns of a terminal that has room for the time of day and for counts."""

_NARROW = 80
"""Columns below which there is no room for the usual rhythm."""

_GAP = 2
_STYLES = {"running": "cyan", "frozen": "dim", "archived": "dim", "retired": "dim"}
_AT_THE_END = ("frozen", "archived", "retired")


class _Column(NamedTuple):
    heading: str
    width: int
    is_number: bool = False


def show_health(rows: Sequence[PortalHealth], console: Console | None = None) -> None:
    """Draw the portals that need a person first, with why and what to do, then those of which a part is
    missing, then the others; a line of counts at the end, where it is seen however long the table is.
    """
    console = console or Console(highlight=False)
    columns = _columns(rows, console.width)
    unhealthy = [row for row in rows if not row.healthy]
    healthy = sorted((row for row in rows if row.healthy), key=lambda row: row.state in _AT_THE_END)
    incomplete = [row for row in healthy if row.shortfall]
    complete = [row for row in healthy if not row.shortfall]
    to_look_at = [*unhealthy, *incomplete]
    for row in to_look_at:
        console.print(_table([row], columns, has_head=row is to_look_at[0]))
        for words, style in ((row.problem, "red"), (row.shortfall, "yellow")):
            if words:
                console.print(Padding(Text(on_one_line(words), style=style), (0, 0, 0, _GAP)))
        console.print(Padding(_with_arrow(row.advice or ""), (0, 0, 1, _GAP)))
    if complete:
        console.print(_table(complete, columns, has_head=not to_look_at))
    if rows:
        console.print()
        if any(row.state == "frozen" for row in healthy):
            console.print(
                Text("frozen: nothing published since that day, nor when first crawled", style="dim")
            )
        console.print(Text(_counts(rows), style="bold"))
    else:
        console.print("no portal was crawled into this database yet: 'wardcrawler crawl' does it")


def _with_arrow(words: str) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_row("→", Text(on_one_line(words)))
    return grid


def _columns(rows: Sequence[PortalHealth], width: int) -> list[_Column]:
    """Return the columns; names of portals get what the others leave them."""
    is_wide = width >= _WIDE
    others = [
        _Column("state", max([len("state"), *(len(row.state) for row in rows)])),
        _Column("runs", 4, is_number=True),
        _Column("last success", 16 if is_wide else 10),
        _Column("last new article", 16 if is_wide else 10),
        _Column("stored", 6, is_number=True),
    ]
    if width >= _NARROW:
        others.append(_Column("usually", 13))
    if is_wide:
        others += [_Column("articles", 8, is_number=True), _Column("failing", 7, is_number=True)]
    left = width - sum(column.width + _GAP for column in others)
    longest = max((len(row.site) for row in rows), default=0)
    return [_Column("portal", max(min(longest, left), len("portal"))), *others]


def _table(rows: Sequence[PortalHealth], columns: Sequence[_Column], *, has_head: bool) -> Table:
    table = Table(
        box=None, pad_edge=False, padding=(0, _GAP, 0, 0), show_header=has_head, header_style="bold"
    )
    for column in columns:
        table.add_column(
            column.heading,
            width=column.width,
            overflow="fold",
            justify="right" if column.is_number else "left",
        )
    for row in rows:
        table.add_row(*(cell for cell, _ in zip(_cells(row, columns), columns, strict=False)))
    return table


def _cells(row: PortalHealth, columns: Sequence[_Column]) -> list[Text]:
    style = _STYLES.get(row.state, "green") if row.healthy else "bold red"
    last_success = row.last_success
    return [
        linked(row.site, row.base_url, "" if row.healthy else "bold"),
        Text(row.state, style=style),
        Text(str(row.streak or "-")),
        Text(last_success[: columns[3].width].replace("T", " ") if last_success else "never"),
        Text(row.last_article_day or "-"),
        Text("-" if row.coverage is None else percent(row.coverage), style="yellow" if row.shortfall else ""),
        Text("-" if row.rhythm_days is None else describe_gap(row.rhythm_days)),
        Text(f"{row.articles:,}"),
        Text(f"{row.failures:,}"),
    ]


def _counts(rows: Sequence[PortalHealth]) -> str:
    """Return ``67 of 69 portals well (3 frozen); 2 need you (1 dead, 1 quiet)``."""
    unhealthy = Counter(row.state for row in rows if not row.healthy)
    apart = Counter(row.state for row in rows if row.healthy and row.state in _STYLES)
    well = len(rows) - unhealthy.total()
    words = [f"{well} of {len(rows)} portals well"]
    if apart:
        words[0] += f" ({_list(apart)})"
    if unhealthy:
        words.append(f"{unhealthy.total()} need you ({_list(unhealthy)})")
    if incomplete := sum(row.shortfall is not None for row in rows):
        words.append(f"{incomplete} with less than 95 % stored")
    return "; ".join(words)


def _list(states: Counter[str]) -> str:
    return ", ".join(f"{count} {state}" for state, count in states.most_common())
