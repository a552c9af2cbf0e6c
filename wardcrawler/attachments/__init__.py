"""Files that articles link to: what they are, where they are kept, what they say.

Nothing here knows Scrapy or SQLite.
"""
