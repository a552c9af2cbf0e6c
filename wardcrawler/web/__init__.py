"""Pages on a database, for people: Datasette with ready-made queries, and pages of our own.

Everything here only reads. What crawled pages brought is never trusted: :mod:`wardcrawler.web.headers`
says what a browser may run, :mod:`wardcrawler.web.markup` what of an article's HTML is shown.
"""
