"""Crawl portals: choose them, settle how, crawl, finish what belongs to a crawl."""
