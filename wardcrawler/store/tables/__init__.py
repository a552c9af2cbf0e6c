"""Rows of the tables, a module each: written and read."""
