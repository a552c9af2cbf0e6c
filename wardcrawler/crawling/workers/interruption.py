"""Makes Ctrl-C and SIGTERM something to look at between two events, not an exception in the middle of one."""

import os
import signal
from contextlib import suppress
from types import FrameType, TracebackType
from typing import Any, Self

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interruption:
    """Counts the signals that ask for an end while a ``with`` block lasts."""

    def __init__(self) -> None:
        self.count = 0
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        self.descriptor, self._write = os.pipe()
        """Readable when a signal came: for ``select``."""
        for descriptor in (self.descriptor, self._write):
            os.set_blocking(descriptor, False)
        for number in _SIGNALS:
            self._before[number] = signal.signal(number, self._signalled)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        os.close(self.descriptor)
        os.close(self._write)

    def drain(self) -> None:
        """Read what ``descriptor`` holds, so that it waits for the next signal."""
        with suppress(BlockingIOError):
            os.read(self.descriptor, 64)

    def _signalled(self, number: int, frame: FrameType | None) -> None:
        self.count += 1
        with suppress(BlockingIOError):
            os.write(self._write, b"!")
