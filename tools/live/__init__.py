"""A check against a real WordPress: ``python -m tools.live``.

WordPress comes from the distribution's packages; its database, its settings and its uploads live in a
temporary folder. It is filled through its own functions with texts of the replica, crawled as a user would
crawl it, and what was stored is judged by WordPress's own database.
"""
