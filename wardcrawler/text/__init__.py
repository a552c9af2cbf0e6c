"""Vietnamese text as portals print it: spelling, dates, fingerprints and character sets.

Pure functions of strings and bytes. Nothing here knows Scrapy, lxml or SQLite, and nothing here
imports another part of the project.
"""
