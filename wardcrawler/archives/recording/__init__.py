"""An archive while a crawl records it."""
