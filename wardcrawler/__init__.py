"""Crawl Vietnamese local-government portals into deduplicated SQLite records."""

__version__ = "0.1.0"
