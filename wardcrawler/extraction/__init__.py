"""Extraction as a library: pages as documents, articles, listings and addresses.

Pure functions over parsed HTML and an address: no Scrapy, no network, no database.
"""
