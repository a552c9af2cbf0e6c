"""Listings and articles of unknown make, found by the structure of the page or the order of its texts."""
