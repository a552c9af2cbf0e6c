"""Progress on standard error while a command works, for people: one thing at a time."""

from collections.abc import Callable
from types import TracebackType
from typing import Protocol, Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.status import Status

from wardcrawler.api.finish import FinishListener
from wardcrawler.cli.output.text import complain

Columns = Callable[[], tuple[ProgressColumn, ...]]


def in_percent() -> tuple[ProgressColumn, ...]:
    """Return a description, a bar, how much is done in percent, and the time that is left."""
    return TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn()


def in_numbers() -> tuple[ProgressColumn, ...]:
    """Return the same with how many are done, and of how many."""
    return TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()


def as_count() -> tuple[ProgressColumn, ...]:
    """Return how many records there are so far, and the time it took: nobody knows how many will come."""
    return TextColumn("{task.completed:,.0f} records"), TimeElapsedColumn()


class Drawing(Protocol):
    """Something of rich that is drawn until it is stopped."""

    def start(self) -> None:
        """Begin to draw."""

    def stop(self) -> None:
        """Take it off the screen."""


class Screen(FinishListener):
    """Draws how work comes on while its ``with`` block lasts; nothing unless ``is_shown``. Warnings are lines
    on standard error in any case.
    """

    def __init__(self, *, is_shown: bool, console: Console | None = None) -> None:
        self.is_shown = is_shown
        self.console = console or Console(stderr=True)
        self._drawn: Drawing | None = None

    def draw(self, drawing: Drawing) -> None:
        """Draw this instead of what is drawn."""
        self.clear()
        if self.is_shown:
            drawing.start()
            self._drawn = drawing

    def clear(self) -> None:
        """Take off what is drawn."""
        if self._drawn is not None:
            self._drawn.stop()
            self._drawn = None

    def progress(
        self, description: str, done: int, total: int | None = None, columns: Columns = in_percent
    ) -> None:
        """Draw a bar, or go on with the one that is drawn: ``done`` of ``total``."""
        if not self.is_shown:
            return
        if not isinstance(self._drawn, Progress):
            self.draw(Progress(*columns(), console=self.console, transient=True))
        assert isinstance(self._drawn, Progress)  # noqa: S101
        tasks = self._drawn.task_ids or [self._drawn.add_task(description, total=total)]
        self._drawn.update(tasks[0], completed=done, total=total, description=description)

    def linking(self, done: int, total: int) -> None:
        """Show how many new articles were compared with the others."""
        self._say(f"comparing texts: {done:,} of {total:,} new articles" if total else "comparing texts")

    def reading_files(self) -> None:
        """Show that files are read."""
        self._say("reading files")

    def warn(self, message: str) -> None:
        """Print ``message`` where nothing is drawn."""
        self.clear()
        complain(message)

    def _say(self, words: str) -> None:
        if isinstance(self._drawn, Status):
            self._drawn.update(words)
        elif self.is_shown:
            self.draw(self.console.status(words))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()
