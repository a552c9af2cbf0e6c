"""The registered portals: rows of ``portals.csv``, and a module per province for those that need code."""
