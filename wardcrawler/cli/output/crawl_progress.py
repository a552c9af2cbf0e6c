"""Progress of a crawl: a live table of its portals, on standard error."""

import time
from collections import deque
from datetime import timedelta

from rich.console import Console, Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from wardcrawler.api.crawl.run import HEALTHY, CrawlListener, RunProgress, RunResult
from wardcrawler.cli.output.progress import Screen

ROWS_SHOWN = 8
FAILING_SHOWN = 5

_RATE_OVER = 10.0
_FEWEST_TO_ESTIMATE = 3


class CrawlProgress(Screen, CrawlListener):
    """A live table of the portals being crawled, here or by workers; draws nothing unless ``is_shown``."""

    def __init__(self, *, is_shown: bool, console: Console | None = None) -> None:
        super().__init__(is_shown=is_shown, console=console)
        self.portals = 0
        self.results: dict[str, RunResult] = {}
        self.running: dict[str, RunProgress] = {}
        self._began = time.monotonic()
        self._requests: deque[tuple[float, int]] = deque([(self._began, 0)])

    def crawling(self, portals: int) -> None:
        """Begin to draw."""
        self.portals = portals
        self._began = time.monotonic()
        self._requests = deque([(self._began, 0)])
        self.draw(Live(self, console=self.console, refresh_per_second=4, transient=True))

    def crawled(self) -> None:
        """End the drawing."""
        self.clear()

    def started(self, site: str) -> None:
        """Count a portal whose crawl began, perhaps again."""
        self.running[site] = RunProgress()

    def progressed(self, standings: dict[str, RunProgress]) -> None:
        """Take down how far portals came."""
        self.running.update((site, each) for site, each in standings.items() if site in self.running)
        now = time.monotonic()
        self._requests.append((now, self._sum("requests")))
        while now - self._requests[0][0] > _RATE_OVER:
            self._requests.popleft()

    def put_back(self, site: str) -> None:
        """Take down that a portal waits again."""
        self.running.pop(site, None)

    def finished(self, result: RunResult) -> None:
        """Take down how a portal's crawl ended."""
        self.running.pop(result.site, None)
        self.results[result.site] = result

    def _sum(self, count: str) -> int:
        every: list[RunResult | RunProgress] = [*self.results.values(), *self.running.values()]
        return sum(getattr(each, count) for each in every)

    def _rate(self) -> float:
        (since, before), (until, after) = self._requests[0], self._requests[-1]
        return max(0.0, (after - before) / (until - since)) if until > since else 0.0

    def _left(self, seconds: float) -> str:
        done = len(self.results)
        if done < _FEWEST_TO_ESTIMATE or done == self.portals:
            return ""
        return f", about {_clock(seconds / done * (self.portals - done))} left"

    # --- drawing -----------------------------------------------------------------------------------

    def __rich__(self) -> Group:
        done = len(self.results)
        seconds = time.monotonic() - self._began
        head = Table.grid(padding=(0, 1))
        head.add_row(
            Text(f"{done} of {self.portals} portals", style="bold"),
            ProgressBar(total=max(self.portals, 1), completed=done, width=20),
            Text(f"{len(self.running)} running, {_clock(seconds)}{self._left(seconds)}"),
        )
        totals = Text(
            f"{self._sum('pages')} pages stored, {self._sum('new')} new, {self._rate():.1f} requests/s"
        )
        return Group(head, totals, *self._failing(), self._table())

    def _failing(self) -> list[Text]:
        failing = [result for result in self.results.values() if result.outcome not in HEALTHY]
        lines = [
            Text(
                f"{result.outcome} {result.site}: {result.reason}",
                style="red",
                no_wrap=True,
                overflow="ellipsis",
            )
            for result in failing[-FAILING_SHOWN:]
        ]
        if len(failing) > FAILING_SHOWN:
            lines.insert(0, Text(f"{len(failing)} portals are not well, the last ones:", style="red"))
        return lines

    def _table(self) -> Table:
        table = Table(box=None, pad_edge=False)
        table.add_column("portal", no_wrap=True, overflow="ellipsis")
        for heading in ("listings", "stored", "new", "errors"):
            table.add_column(heading, justify="right")
        busiest = sorted(self.running.items(), key=lambda entry: (-entry[1].requests, entry[0]))
        for site, standing in busiest[:ROWS_SHOWN]:
            counts = (standing.listings, standing.pages, standing.new, standing.errors)
            table.add_row(site, *map(str, counts))
        if len(busiest) > ROWS_SHOWN:
            table.add_row(Text(f"and {len(busiest) - ROWS_SHOWN} more", style="dim"))
        return table


def _clock(seconds: float) -> str:
    return str(timedelta(seconds=round(seconds)))
