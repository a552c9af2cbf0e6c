"""Scrapy's log lines made short."""

import logging
from typing import Any

from scrapy import Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure


class OneLineLogFormatter(LogFormatter):
    """Scrapy's log lines with the address of an item in the place of its text."""

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> LogFormatterResult:
        """Return ``Passed on <address>``, at debug level."""
        return {"level": logging.DEBUG, "msg": "Passed on %(url)s", "args": {"url": item.url}}

    def item_error(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """Return ``Cannot store <address>: <why>``, at error level."""
        return {
            "level": logging.ERROR,
            "msg": "Cannot store %(url)s: %(why)s",
            "args": {"url": item.url, "why": exception},
        }
