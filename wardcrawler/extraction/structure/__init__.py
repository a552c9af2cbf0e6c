"""Lists and articles of unknown make, found by the structure of the page."""
