"""Administrative units of Vietnam before and after the reform of 1 July 2025.

``find`` reads a name as people write it, ``by_code`` a statistics-office code on a day, ``successors`` and
``predecessors`` lead over the reform. The data and its limits are described in docs/units.md.
"""

from wardcrawler.units.finding import Match, find
from wardcrawler.units.register import (
    REFORM,
    SUCCESSOR_COLUMNS,
    UNIT_COLUMNS,
    Level,
    Unit,
    address,
    ancestors,
    by_code,
    predecessors,
    successor_rows,
    successors,
    unit_rows,
)

__all__ = [
    "REFORM",
    "SUCCESSOR_COLUMNS",
    "UNIT_COLUMNS",
    "Level",
    "Match",
    "Unit",
    "address",
    "ancestors",
    "by_code",
    "find",
    "predecessors",
    "successor_rows",
    "successors",
    "unit_rows",
]
