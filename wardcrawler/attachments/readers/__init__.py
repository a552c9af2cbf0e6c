"""The text of files, read in a process of its own: see :mod:`wardcrawler.attachments.readers.sandbox`."""
