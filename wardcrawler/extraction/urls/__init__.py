"""Addresses of articles and listings."""
