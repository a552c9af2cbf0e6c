"""The stream from a parsed article to a stored one: clean, date, deduplicate, store."""
