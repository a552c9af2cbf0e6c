"""An add-on of Scrapy's that signals the process it crawls in, when a test could only guess the moment."""

import os
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings


def signal_at(response: int, *numbers: int) -> list[str]:
    """Return the options that let a crawl send itself the signals ``numbers`` at that response."""
    told = ",".join(str(int(number)) for number in numbers)
    return [
        "--set", 'ADDONS={"tests.support.signals.SignalAt": 0}',
        "--set", f"TEST_SIGNAL_AT={response}", "--set", f"TEST_SIGNALS={told}",
    ]  # fmt: skip


class SignalAt:
    """Counts responses."""

    def __init__(self, at: int, numbers: list[int]) -> None:
        self._left, self._numbers = at, numbers

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        numbers = [int(number) for number in crawler.settings.getlist("TEST_SIGNALS")]
        made = cls(crawler.settings.getint("TEST_SIGNAL_AT"), numbers)
        crawler.signals.connect(made._count, signals.response_received)
        return made

    def update_settings(self, settings: BaseSettings) -> None:
        """Change nothing."""

    def _count(self, **_: Any) -> None:
        self._left -= 1
        if self._left == 0:
            for number in self._numbers:
                os.kill(os.getpid(), number)
