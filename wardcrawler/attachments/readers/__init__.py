"""Readers of files' texts, in a process of their own: see :mod:`wardcrawler.attachments.readers.sandbox`."""
