"""Use cases as plain functions: typed values in, dataclasses out, nothing printed. The command line, and
programs through :mod:`wardcrawler`, call these.

A module loads no more than its subject needs: ``extract`` neither Scrapy nor SQLite, ``database`` no Scrapy.
"""
