"""Extraction as a library: bytes of a page in, articles, listings and URLs out.

Pure functions over parsed HTML and a URL: no platform, no Scrapy, no network, no database.
"""
