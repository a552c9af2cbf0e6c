"""Files that articles link to: their media types, the vault they are kept in, readers of their texts.

Nothing here knows Scrapy or SQLite. This is the lowest layer that writes files, so how to write one that is
whole (:mod:`~wardcrawler.attachments.atomic`) stands here for all that do.
"""
