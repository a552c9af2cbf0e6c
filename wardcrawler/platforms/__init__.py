"""Platforms: one class a CMS says where listings, article links and fields are on its pages.

Pure functions of a parsed page and its URL; nothing here fetches or stores.
"""
