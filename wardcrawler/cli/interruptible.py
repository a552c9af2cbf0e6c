"""Ctrl-C for what a command does after its crawl."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def interruptible() -> Iterator[None]:
    """Within, SIGINT and SIGTERM raise ``KeyboardInterrupt``; afterwards the handlers of before are back.

    Scrapy's signal handlers, which stay when its crawls are over, do nothing but close crawls.
    """
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, signal.default_int_handler) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
