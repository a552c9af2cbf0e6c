"""Crawl Vietnamese local-government portals into deduplicated SQLite records.

The public Python API, explained in docs/python-api.md: what is listed in ``__all__``. Everything else may
change in any release. A name is imported when it is first used: ``extract`` loads neither Scrapy nor SQLite.
``__init__.pyi`` says the types.
"""

import importlib
from typing import Any

from wardcrawler.version import __version__

__all__ = [
    "Article",
    "Attachment",
    "CrawlFailed",
    "Database",
    "DatabaseProblem",
    "Edit",
    "Hit",
    "Image",
    "InputError",
    "NotAnArticle",
    "Place",
    "PortalHealth",
    "Record",
    "RunResult",
    "SettingError",
    "SimilarArticle",
    "StoredArticle",
    "StoredFile",
    "StoredFileWithText",
    "__version__",
    "crawl",
    "extract",
    "open",
    "units",
]

_MODULES = {
    "wardcrawler.api.crawl.process": ("RunResult", "crawl"),
    "wardcrawler.api.database": ("Database", "Hit"),
    "wardcrawler.api.errors": ("CrawlFailed", "DatabaseProblem", "InputError", "SettingError"),
    "wardcrawler.api.extract": ("extract",),
    "wardcrawler.api.health": ("PortalHealth",),
    "wardcrawler.api.records": (
        "Edit",
        "Place",
        "Record",
        "SimilarArticle",
        "StoredArticle",
        "StoredFile",
        "StoredFileWithText",
    ),
    "wardcrawler.items": ("Article", "Attachment", "Image", "NotAnArticle"),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for (PEP 562)."""
    if name == "units":
        return importlib.import_module("wardcrawler.units")
    if name == "open":
        found = importlib.import_module("wardcrawler.api.database").open_database
    elif name in _HOMES:
        found = getattr(importlib.import_module(_HOMES[name]), name)
    else:
        raise AttributeError(f"module 'wardcrawler' has no attribute '{name}'")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
