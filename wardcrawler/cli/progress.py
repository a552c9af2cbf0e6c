"""What a person watching a crawl sees."""

import time
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from wardcrawler.operate.outcomes import HEALTHY
from wardcrawler.operate.run import Run, RunResult

ROWS_SHOWN = 15


class Progress:
    """A live table of the portals being crawled; draws nothing unless ``is_shown``."""

    def __init__(self, names: Sequence[str], *, is_shown: bool) -> None:
        self.names = names
        self.runs: dict[str, Run] = {}
        self._began = time.monotonic()
        self._live = (
            Live(self, console=Console(stderr=True), refresh_per_second=4, transient=True)
            if is_shown
            else None
        )

    def started(self, name: str, run: Run) -> None:
        """A portal's crawl began."""
        self.runs[name] = run

    def __enter__(self) -> Self:
        if self._live:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live:
            self._live.stop()

    def __rich__(self) -> Group:
        active = [run for run in self.runs.values() if run.result is None]
        table = Table(box=None, pad_edge=False)
        for heading in ("portal", "listings", "stored", "new", "refused"):
            table.add_column(heading, justify="left" if heading == "portal" else "right")
        for run in active[:ROWS_SHOWN]:
            table.add_row(
                run.site,
                str(run.seen.listings_answered),
                str(run.tally.stored),
                str(run.tally.new),
                str(run.seen.all_refused().total()),
            )
        done = len(self.runs) - len(active)
        stored = sum(run.tally.stored for run in self.runs.values())
        seconds = time.monotonic() - self._began
        head = Text(
            f"{done} of {len(self.names)} portals done, {stored} pages stored, {seconds:.0f} s", style="bold"
        )
        return Group(head, table)


def show_summary(results: Sequence[RunResult]) -> None:
    """The table at the end of a crawl, on standard output."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("portal", overflow="fold")
    table.add_column("outcome")
    for heading in ("new", "changed", "known text", "unchanged", "refused"):
        table.add_column(heading, justify="right")
    table.add_column("reason", overflow="fold")
    for result in results:
        table.add_row(
            result.site,
            Text(result.outcome, style="green" if result.outcome in HEALTHY else "red"),
            str(result.new),
            str(result.changed),
            str(result.duplicates),
            str(result.unchanged),
            str(sum(result.refused.values())),
            result.reason or "",
        )
    Console().print(table)
