"""Extraction: one class per CMS family says where listings, article links and fields are.

Pure functions of a parsed page and its address; nothing here fetches or stores.
"""
