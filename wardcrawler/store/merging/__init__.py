"""Merging another database's rows into ours. It is attached as ``other`` and only read; see docs/merging.md.

Each module takes the open connection, in the one transaction of a merge, and merges some tables. Rows are
read one by one: memory does not grow with their number. Row numbers differ between databases, so two
temporary tables tell what became of them: ``article_map(old, new)`` and ``run_map(site, old, new)``; a third,
``replacing(id)``, holds our articles that a page turned to, as is known now.
"""

TEMPORARY = ("article_map", "run_map", "replacing")
"""The temporary tables of a merge."""
