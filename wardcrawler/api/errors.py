"""Errors that the use cases raise, besides ``NotAnArticle``. Each has the exit code of its command."""

from wardcrawler.exit_codes import INTERNAL, USAGE
from wardcrawler.store.database.errors import DatabaseProblem

__all__ = ["CrawlFailed", "DatabaseProblem", "InputError", "SettingError"]


class InputError(ValueError):
    """Something that was asked for cannot be: an unknown portal, a query without words, a date that is none.
    The message says what and why, in one line.
    """

    exit_code = USAGE


class SettingError(InputError):
    """A Scrapy setting cannot have the value that was given; the message begins with ``NAME=value``."""


class CrawlFailed(RuntimeError):
    """A crawl's processes do not start, or died; what was stored stays. The message names their log."""

    exit_code = INTERNAL
